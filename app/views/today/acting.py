"""A list in a card that is walked by keys: one stop, one thing to do on each line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views.sizing import fix_width
from app.views.today.deeds import Deed
from app.views.tools import Link
from app.views.typography import label, scale
from app.views.widgets.buttons import Button
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, holder
from app.views.widgets.rows import ListCard, ListRow

SPACE, ENTER = _("Space"), _("Enter")


@dataclass(frozen=True, slots=True)
class Item:
    """A line that the keys stop at.

    Attributes:
        key: the same line has the same key at the next reading.
        deed: what Space does; Enter goes to ``link``, or does the same.
    """

    key: str
    row: ListRow
    spoken: str
    deed: Deed
    link: Link | None


class DeedButton(Button):
    """The button of a line; the keys reach it through the line.

    Signals:
        asked: Its deed is wanted; carries it.
    """

    asked = Signal(object)

    def __init__(self, deed: Deed, about: str, width: int = 96) -> None:
        super().__init__(deed.words, compact=True)
        self._deed = deed
        self.setAccessibleName(f"{deed.words}: {about}")
        self.setToolTip(f"{deed.words}  {SPACE}")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ensurePolished()
        needed = ceil(self.sizeHint().width() / scale.factor)
        fix_width(self, max(width, needed))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.asked.emit(self._deed)


class ActionCard(ListCard):
    """A card whose lines are walked with up and down.

    Attributes:
        quiet_words: what stands there while there are no lines.
        keys: what the keys do with the line that they are at.

    Signals:
        asked: A line's deed is wanted; carries the Deed.
        went: A line is to be opened; carries the Link.
        turned: The keys go to the other column.
        retried: What could not be read is to be read again.
    """

    asked = Signal(object)
    went = Signal(object)
    turned = Signal()
    retried = Signal()

    def __init__(self, title: str, note: str = "", way: str = "") -> None:
        super().__init__(title, note)
        self._name = title
        self.items: list[Item] = []
        self._at = 0
        self.quiet_words = ""
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.way = Button(way, kind="link", compact=True)
        if not way:
            self.way.hide()
        self.way.setAccessibleName(f"{title}: {way}")
        self.keys = ElideLabel("", "caption", "text3", least=0)
        self.keys.hide()
        self.head.addWidget(self.keys)
        self.head.addWidget(self.way)

    @property
    def current(self) -> Item | None:
        """The line that the keys are at."""
        return self.items[self._at] if self._at < len(self.items) else None

    def show_items(
        self, rows: Sequence[QWidget], items: Sequence[Item], words: str = ""
    ) -> None:
        """Show lines; the keys stay at the same one, or where it was."""
        former = self.current
        self.quiet_words = "" if rows else words
        self.items = list(items)
        for item in self.items:
            item.row.installEventFilter(self)
        self.show_rows([*rows, *([] if rows else [quiet_row(words)])])
        keys = [item.key for item in self.items]
        if former is not None and former.key in keys:
            self._at = keys.index(former.key)
        self._at = max(0, min(self._at, len(self.items) - 1))
        self._show_current()

    def show_error(self, sentence: str) -> None:
        """Say that it could not be read; the other cards stand."""
        self.items = []
        again = Button(_("Try again"), compact=True)
        again.clicked.connect(self.retried)
        row = across(
            label(sentence, "small", "err", wrap=True), again, margins=(16, 8, 12, 8)
        )
        row.setStretch(0, 1)
        self.show_rows([holder(row)])

    def button(self, deed: Deed, about: str, width: int = 96) -> DeedButton:
        """Make the button of a line."""
        made = DeedButton(deed, about, width)
        made.asked.connect(self._on_asked)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, item = Qt.Key(event.key()), self.current
        steps: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Down: self._on_down,
            Qt.Key.Key_Up: self._on_up,
            Qt.Key.Key_Left: self.turned.emit,
            Qt.Key.Key_Right: self.turned.emit,
        }
        if key in steps:
            steps[key]()
        elif item is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.asked.emit(item.deed)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if item.link is not None:
                self.went.emit(item.link)
            else:
                self.asked.emit(item.deed)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_current()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_current()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress:
            for place, item in enumerate(self.items):
                if item.row is watched:
                    self._at = place
                    self.setFocus(Qt.FocusReason.MouseFocusReason)
                    self._show_current()
        is_double = event.type() == QEvent.Type.MouseButtonDblClick
        if is_double and isinstance(event, QMouseEvent) and self.current is not None:
            if self.current.link is not None:
                self.went.emit(self.current.link)
            return True
        return super().eventFilter(watched, event)

    def _on_down(self) -> None:
        self._at = min(self._at + 1, max(0, len(self.items) - 1))
        self._show_current()

    def _on_up(self) -> None:
        self._at = max(0, self._at - 1)
        self._show_current()

    def _show_current(self) -> None:
        for place, item in enumerate(self.items):
            item.row.set_current(on=self.hasFocus() and place == self._at)
        item_ = self.current
        self.keys.setText(_keys_words(item_))
        self.keys.setVisible(self.hasFocus() and item_ is not None)
        spoken = f"{self._name}: {item_.spoken}" if item_ else self._name
        self.setAccessibleName(spoken)

    def _on_asked(self, deed: object) -> None:
        self.asked.emit(deed)


def _keys_words(item: Item | None) -> str:
    """Say what the keys do with a line."""
    if item is None:
        return ""
    words = _("{space}: {deed}").format(space=SPACE, deed=item.deed.words)
    if item.link is None or item.link == item.deed.link:
        return words
    return _("{words} · {enter}: open").format(words=words, enter=ENTER)


def quiet_row(words: str) -> QWidget:
    """Make the line of an empty card."""
    text = label(words, "body", "text2", wrap=True)
    return holder(across(text, margins=(16, 14, 16, 14)))
