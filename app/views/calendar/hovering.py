"""The card of a session: shown when the pointer rests on it, or on Space."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.models.values.errors import OfficeError
from app.text import _
from app.views.calendar.blocks import Block
from app.views.calendar.inspector import TONES, Looked, look_at, lot_left
from app.views.calendar.painting import rect_of
from app.views.calendar.turning import Sheet
from app.views.formats import Formats
from app.views.sizing import fix_width
from app.views.typography import label, scaled
from app.views.widgets.feedback import MARGIN, Floating
from app.views.widgets.labels import Pill
from app.views.widgets.panels import empty

WIDTH, PADDING, NAMES = 288, 12, 64  # px
BESIDE = 10  # pixels between a session and its card
_STAY = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta}


class HoverCard(Floating):
    """Says everything about a session that is worth a glance; never takes a press."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(WIDTH, padding=PADDING)
        self.setParent(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setSpacing(4)
        self.hide()

    def show_block(self, block: Block, place: str, formats: Formats) -> None:
        """Say what is known at once."""
        empty(self.body)
        self.setAccessibleName(block.spoken)
        names = [one.name for one in block.card.students if not one.state.is_cancelled]
        title = ", ".join(names) or block.titles[0]
        self._add(_fitted(label(title, "strong", wrap=True), WIDTH - 2 * PADDING))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 2, 0, 2)
        row.addWidget(Pill(block.look.word, *TONES[block.look]))
        row.addStretch()
        self._add(holder)
        self._line(_("When"), f"{formats.day_of(block.card.starts_at)}, {block.times}")
        self._line(_("Subject"), block.card.offering)
        self._line(_("Tutor"), ", ".join(name for _id, name in block.card.tutors))
        self._line(_("Place"), place)
        if block.group:
            self._line(_("Group"), block.group)
        if block.mark.invoice:
            self._line(_("Invoice"), block.mark.invoice)

    def show_more(self, balance: str, note: str) -> None:
        """Say what had to be read first."""
        self._line(_("Balance"), balance)
        self._line(_("Note"), note)
        self.adjustSize()

    def words(self) -> str:
        """Give everything that the card says, line by line."""
        return "\n".join(
            one.text() for one in self.findChildren(QLabel) if one.isVisibleTo(self)
        )

    def _line(self, name: str, value: str) -> None:
        if not value:
            return
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        head = label(name, "small", "text2")
        fix_width(head, NAMES)
        row.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        words = label(value, "small", tabular=True, wrap=True)
        row.addWidget(_fitted(words, WIDTH - 2 * PADDING - NAMES - 8), 1)
        self._add(holder)

    def _add(self, widget: QWidget) -> None:
        """Add a row; on a card in sight it would take room only in a moment."""
        self.body.addWidget(widget)
        widget.show()


def _fitted(words: QLabel, width: int) -> QLabel:
    """Give words that wrap the height that they need at a width."""
    room = scaled(width)
    words.setFixedWidth(room)
    words.setFixedHeight(words.heightForWidth(room))
    return words


class HoverCards(QObject):
    """Opens the card of a session beside it, and takes it away again.

    Attributes:
        card: the card; hidden while there is none.
        session_id: whose card it is; 0 for none.
    """

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.card = HoverCard(sheet.body())
        self.session_id = 0
        self._asked = 0  # the number of the last asking; answers to others are late
        canvas = sheet.canvas
        canvas.hovered.connect(self._on_hovered)
        canvas.keys.peeked.connect(self._on_peeked)
        canvas.chosen.connect(self.leave)
        canvas.hands.under_way.connect(self.leave)
        canvas.verticalScrollBar().valueChanged.connect(self.leave)
        canvas.installEventFilter(self)

    def leave(self) -> None:
        """Take the card away."""
        self.session_id = 0
        self.card.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the card away with Esc alone, and before any other key is answered."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not self.session_id or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if event.type() not in kinds or key in _STAY:
            return super().eventFilter(watched, event)
        if key is Qt.Key.Key_Escape:
            event.accept()  # before a command of the window takes the key
            if event.type() == QEvent.Type.KeyPress:
                self.leave()
            return True
        if key is not Qt.Key.Key_Space:
            self.leave()
        return super().eventFilter(watched, event)

    def _on_hovered(self, session_id: int) -> None:
        if session_id:
            self._open(session_id)
        else:
            self.leave()

    def _on_peeked(self, session_id: int) -> None:
        if session_id == self.session_id:
            self.leave()
        else:
            self._open(session_id)

    def _open(self, session_id: int) -> None:
        sheet = self._sheet
        found, reading = sheet.canvas.scene.find(session_id), sheet.reading
        if found is None or reading is None:
            self.leave()
            return
        self.session_id = session_id
        self._asked += 1
        where = reading.names.where(found.block.card)
        self.card.show_block(found.block, where, sheet.tools.formats)
        self._place()
        homes = {one.student_id: one.household_id for one in reading.students}
        work = partial(look_at, sheet.tools.office, session_id, homes)
        done, failed = partial(self._on_looked, self._asked), self._on_unread
        sheet.tools.jobs.run(self, work, done=done, failed=failed)

    def _on_looked(self, asked: int, looked: Looked) -> None:
        if asked != self._asked or not self.session_id:
            return
        formats = self._sheet.tools.formats
        lots = [f"{lot.package}: {lot_left(lot, formats)}" for lot in looked.lots[:1]]
        self.card.show_more(", ".join(lots), looked.face.last_note)
        self._place()

    def _on_unread(self, _error: OfficeError) -> None:
        """Leave the card as it is: what it says was read with the timetable."""

    def _place(self) -> None:
        """Put the card right of its session, else left of it."""
        canvas, body = self._sheet.canvas, self._sheet.body()
        found = canvas.scene.find(self.session_id)
        if found is None:
            return
        box = rect_of(found.box(canvas.grid())).toRect()
        corner = canvas.viewport().mapTo(body, box.topRight())
        width = self.card.width() - 2 * MARGIN
        x = corner.x() + BESIDE
        if x + width > body.width():
            x = max(0, corner.x() - box.width() - width - BESIDE)
        spot = QPoint(x, corner.y())
        self.card.place(body, spot.x(), spot.y())
