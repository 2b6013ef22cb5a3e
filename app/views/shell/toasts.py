"""Words in passing, one after the other, and all of them to be read again later."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views.tools import Word
from app.views.widgets.feedback import Toast

MOST_WAITING, REMEMBERED = 3, 50
BOTTOM = 16


class Toasts(QObject):
    """Shows one toast at a time; the newest three wait for their turn.

    Signals:
        undone: The last step is to be taken back.
        went: The place is wanted where it happened; carries its Link.
    """

    undone = Signal()
    went = Signal(object)

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._waiting: deque[Word] = deque(maxlen=MOST_WAITING)
        self._toast: Toast | None = None
        self._word: Word | None = None
        self.recent: deque[Word] = deque(maxlen=REMEMBERED)

    def say(self, word: Word) -> None:
        """Tell something, after what is being told now."""
        self.recent.appendleft(word)
        self._waiting.append(word)
        if self._toast is None:
            self._next()

    def take_focus(self) -> bool:
        """Move the keyboard to the toast; False if there is none."""
        if self._toast is None:
            return False
        self._toast.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return self._toast.focusNextChild()

    def _next(self) -> None:
        if not self._waiting:
            return
        word = self._waiting.popleft()
        action = _("Undo") if word.can_undo else word.link_text
        self._word, self._toast = word, Toast(word.sentence, action)
        self._toast.acted.connect(self._on_acted)
        self._toast.closed.connect(self._on_closed)
        self._toast.show_in(self._ground, BOTTOM)
        event = QAccessibleAnnouncementEvent(self._ground, word.sentence)
        QAccessible.updateAccessibility(event)

    def _on_acted(self) -> None:
        word = self._word
        self._on_closed()
        if word is not None and word.can_undo:
            self.undone.emit()
        elif word is not None and word.link is not None:
            self.went.emit(word.link)

    def _on_closed(self) -> None:
        if self._toast is not None:
            self._toast.hide()
            self._toast.deleteLater()
        self._toast = self._word = None
        self._next()
