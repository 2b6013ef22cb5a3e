"""Sessions to close out: oldest first, by day, one stop for the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.text import _
from app.views import paint, theme, typography
from app.views.formats import initials
from app.views.widgets.rows import hair

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_DAY_HEIGHT, _ROW_HEIGHT = 28, 44


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A line of the list: a day with its number of sessions, or a session.

    Attributes:
        session_id: 0 for a day.
        head: the day, or the session's time.
        mark: a word that stands out, such as *draft*.
        mark_tone: its colour.
        tutor_id: gives the hue.
        is_closed: it was closed out.
    """

    session_id: int
    head: str
    who: str = ""
    what: str = ""
    mark: str = ""
    mark_tone: str = "warn"
    tutor: str = ""
    tutor_id: int = 0
    count: int = 0
    is_closed: bool = False

    @property
    def spoken(self) -> str:
        """What is read out of it."""
        if not self.session_id:
            return f"{self.head}, {self.count}"
        parts = (self.head, self.who, self.what, self.tutor, self.mark)
        return ", ".join(part for part in parts if part)


class _Model(QAbstractListModel):
    """The lines, by place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[WaitingRow] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        roles = Qt.ItemDataRole
        if role == ROW:
            return row
        if role in {roles.DisplayRole, roles.AccessibleTextRole, roles.ToolTipRole}:
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].session_id:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def show(self, rows: Sequence[WaitingRow]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def change(self, place: int, row: WaitingRow) -> None:
        """Show one line otherwise."""
        self.rows[place] = row
        index = self.index(place)
        self.dataChanged.emit(index, index)


class _Delegate(QStyledItemDelegate):
    """Paints a line."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        height = _ROW_HEIGHT if row.session_id else _DAY_HEIGHT
        return QSize(0, typography.scaled(height))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        row: WaitingRow = index.data(ROW)
        box = QRectF(option.rect)
        painter.save()
        if row.session_id:
            self._session(painter, box, row, option)
        else:
            self._day(painter, box, row)
        painter.restore()

    def _day(self, painter: QPainter, box: QRectF, row: WaitingRow) -> None:
        inner = box.adjusted(16, 6, -16, 0)
        font = typography.font("label", tabular=True)
        tint = theme.color("text2")
        paint.write(painter, inner, row.head.upper(), font, tint)
        font = typography.font("caption", tabular=True)
        right = Qt.AlignmentFlag.AlignRight
        paint.write(painter, inner, str(row.count), font, theme.color("text3"), right)

    def _session(
        self,
        painter: QPainter,
        box: QRectF,
        row: WaitingRow,
        option: QStyleOptionViewItem,
    ) -> None:
        flags, state = QStyle.StateFlag, option.state
        is_chosen = bool(state & flags.State_Selected)
        _ground(
            painter,
            box,
            is_chosen=is_chosen,
            is_hot=bool(state & flags.State_MouseOver),
            has_focus=bool(state & flags.State_HasFocus),
        )
        side = typography.scaled(24)
        at = box.center().y() - side / 2
        disc = QRectF(box.right() - 12 - side, at, side, side)
        font = typography.font("medium", tabular=True)
        wide = paint.width_of("00:00", font) + 10
        time = QRectF(box.left() + 16, box.top(), wide, box.height())
        tint = "accent" if is_chosen else "text3" if row.is_closed else "text2"
        paint.write(painter, time, row.head, font, theme.color(tint))
        room = disc.left() - time.right() - 12
        names = QRectF(time.right() + 4, box.top(), room, box.height())
        self._names(painter, names, row, is_chosen=is_chosen)
        hue = theme.hue_of_tutor(row.tutor_id)
        paint.disc(painter, disc, initials(row.tutor), hue)

    def _names(
        self, painter: QPainter, box: QRectF, row: WaitingRow, *, is_chosen: bool
    ) -> None:
        half = box.height() / 2
        upper = QRectF(box.left(), box.top() + 4, box.width(), half - 4)
        lower = QRectF(box.left(), box.top() + half, box.width(), half - 5)
        font = typography.font("strong" if is_chosen else "medium")
        tint = theme.color("text2" if row.is_closed else "text")
        paint.write(painter, upper, row.who, font, tint)
        words = " \N{MIDDLE DOT} ".join(part for part in (row.mark, row.what) if part)
        tint = theme.color(row.mark_tone if row.mark else "text2")
        paint.write(painter, lower, words, typography.font("small"), tint)


def _ground(
    painter: QPainter, box: QRectF, *, is_chosen: bool, is_hot: bool, has_focus: bool
) -> None:
    """Paint what lies under a session's line."""
    accent = theme.color("accent")
    if is_chosen or is_hot:
        painter.fillRect(box, theme.color("sel" if is_chosen else "hover"))
    if is_chosen:
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), accent)
    if has_focus:
        for y in (box.top() + 0.5, box.bottom() - 0.5):
            hair(painter, box.left() + 3, y, box.width() - 3, accent)


class WaitingList(QListView):
    """Sessions to close out; what is typed in it goes on to the page.

    Signals:
        opened: One session is chosen; carries its number, or 0 for none.
        several: More than one is chosen, or no longer.
    """

    opened = Signal(object)
    several = Signal()

    _PASSED_ON: ClassVar[frozenset[str]] = frozenset("1234567nNhHrRaA")

    def __init__(self) -> None:
        super().__init__()
        self._shown = _Model(self)
        self.setModel(self._shown)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setAccessibleName(_("Sessions to close out"))
        self.setMouseTracking(True)
        # The frame of the focus keeps its room, so that no line moves when it comes.
        self.setStyleSheet("QListView:!focus { border: 2px solid transparent; }")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self._is_quiet = False
        self._told = 0

    @property
    def rows(self) -> Sequence[WaitingRow]:
        """The lines, as they are shown."""
        return self._shown.rows

    def show_rows(self, rows: Sequence[WaitingRow]) -> None:
        """Show other lines; what is chosen stays chosen."""
        chosen, bar = set(self.chosen()), self.verticalScrollBar()
        spot, place = bar.value(), self.currentIndex().row()
        self._is_quiet = True
        self._shown.show(rows)
        self._choose({number for number in chosen if self._place(number) >= 0})
        bar.setValue(spot)
        self._is_quiet = False
        if chosen and not self.chosen():
            self.choose_at(place)
        self._tell()

    def mark(self, marks: Mapping[int, WaitingRow]) -> None:
        """Show some sessions otherwise."""
        for number, row in marks.items():
            place = self._place(number)
            if place >= 0:
                self._shown.change(place, row)

    def chosen(self) -> list[int]:
        """Name the sessions that are chosen, in order."""
        places = sorted(index.row() for index in self.selectedIndexes())
        return [self.rows[place].session_id for place in places]

    def choose(self, session_id: int) -> bool:
        """Choose one session; say whether it is there."""
        place = self._place(session_id)
        if place < 0:
            return False
        index = self._shown.index(place)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def choose_at(self, place: int) -> None:
        """Choose the first open session from a place on, else the one before."""
        after = range(max(0, place), len(self.rows))
        before = range(min(place, len(self.rows)) - 1, -1, -1)
        for one in (*after, *before):
            row = self.rows[one]
            if row.session_id and not row.is_closed:
                self.choose(row.session_id)
                return
        self.clearSelection()

    def step(self, by: int) -> None:
        """Go on to the next session, or back to the one before."""
        place = self.currentIndex().row() + by
        while 0 <= place < len(self.rows):
            if self.rows[place].session_id:
                self.choose(self.rows[place].session_id)
                return
            place += by

    def step_back(self) -> None:
        """Go to the session before."""
        self.step(-1)

    def step_on(self) -> None:
        """Go to the next session."""
        self.step(1)

    def go_on(self) -> None:
        """Go on to the next session that is open, if one follows."""
        for row in self.rows[self.currentIndex().row() + 1 :]:
            if row.session_id and not row.is_closed:
                self.choose(row.session_id)
                return

    def selectAll(self) -> None:  # noqa: N802  Qt's own name
        """Choose every session that is open."""
        self._choose(
            {
                row.session_id
                for row in self.rows
                if row.session_id and not row.is_closed
            }
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif is_enter or event.text() in self._PASSED_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _choose(self, numbers: set[int]) -> None:
        selection = QItemSelection()
        for place, row in enumerate(self.rows):
            if row.session_id and row.session_id in numbers:
                index = self._shown.index(place)
                selection.select(index, index)
        model, flags = self.selectionModel(), QItemSelectionModel.SelectionFlag
        model.select(selection, flags.ClearAndSelect)
        if selection.indexes() and self.currentIndex() not in selection.indexes():
            model.setCurrentIndex(selection.indexes()[0], flags.NoUpdate)

    def _place(self, session_id: int) -> int:
        for place, row in enumerate(self.rows):
            if row.session_id == session_id:
                return place
        return -1

    def _on_selected(self, _on: QItemSelection, _off: QItemSelection) -> None:
        if not self._is_quiet:
            self._tell()

    def _tell(self) -> None:
        chosen = self.chosen()
        self.several.emit()
        number = chosen[0] if len(chosen) == 1 else 0
        if len(chosen) <= 1 and number != self._told:
            self._told = number
            self.opened.emit(number)
        elif len(chosen) > 1:
            self._told = 0
