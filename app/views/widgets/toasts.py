"""Words in passing at the bottom of the window: one at a time, never in the way."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from shiboken6 import isValid

from app.text import _
from app.views.speech import speech
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.feedback import MARGIN, Floating

QUEUE = 3
SHORT, LONG = 6_000, 10_000  # milliseconds, the longer with something to do
BOTTOM = 16
WIDEST, LEAST = 720, 120  # px of a toast, and of its sentence


@dataclass(frozen=True, slots=True)
class ToastWords:
    """What a toast says.

    Attributes:
        sentence: one, in the past tense.
        action: the word on its button, none for none.
        about: handed back when the button is pressed.
    """

    sentence: str
    action: str = ""
    about: object = None


class Toast(Floating):
    """One sentence that goes by itself; stays while pointer or focus is on it.

    Signals:
        acted: Its button was pressed.
        gone: It went, by itself or because it was closed.
    """

    acted = Signal()
    gone = Signal()

    def __init__(self, words: ToastWords) -> None:
        super().__init__(ground="toast", radius=8, padding=0, edge=False)
        self.setAccessibleName(words.sentence)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self.sentence: QLabel = label(words.sentence, "body", "on_toast")
        row.addWidget(self.sentence)
        self.button: Button | None = None
        if words.action:
            self.button = Button(words.action, kind="toast", compact=True)
            self.button.clicked.connect(self._on_acted)
            row.addWidget(self.button)
        self.close_button = IconButton("x", _("Close"), _("Esc"), 28, "on_toast")
        self.close_button.setProperty("kind", "toast")
        self.close_button.clicked.connect(self.leave)
        row.addWidget(self.close_button)
        self.body.addLayout(row)
        for one in (self.button, self.close_button):
            if one is not None:
                one.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LONG if words.action else SHORT)
        self._timer.timeout.connect(self._on_timeout)
        self._before: QWidget | None = None  # what had the keyboard

    def start(self, parent: QWidget) -> None:
        """Appear bottom centre of a widget, tell screen readers, start the clock."""
        self.setParent(parent)
        self.settle(parent.rect())
        self.show()
        self.raise_()
        self._timer.start()
        speech.say(self, self.accessibleName())

    def settle(self, room: QRect) -> None:
        """Stand bottom centre of some room, in several lines where it is long."""
        self.sentence.setWordWrap(False)
        self.sentence.setMinimumSize(0, 0)
        self.adjustSize()
        most = min(room.width(), scaled(WIDEST))
        if self.width() > most:
            beside = self.width() - self.sentence.sizeHint().width()
            left = max(LEAST, most - beside)
            self.sentence.setWordWrap(True)
            self.sentence.setMinimumSize(left, self.sentence.heightForWidth(left))
            self.resize(most, self.minimumSizeHint().height())
        x = room.left() + (room.width() - self.width()) // 2
        y = room.bottom() + 1 - self.height() + MARGIN - BOTTOM
        self.move(x, y)

    def take_focus(self) -> None:
        """Take the keyboard, until it goes; the clock stands still meanwhile."""
        if not self.has_focus:
            self._before = QApplication.focusWidget()
        button = self.button or self.close_button
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._go_on()
        return super().eventFilter(watched, event)

    @property
    def has_focus(self) -> bool:
        """Say whether the keyboard is on it."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def leave(self) -> None:
        """Go, and give the keyboard back."""
        self._timer.stop()
        before = self._before if self.has_focus else None
        self.hide()
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.gone.emit()

    @property
    def is_waiting(self) -> bool:
        """Say whether the clock stands still because somebody is with it."""
        return not self._timer.isActive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._go_on()
        super().leaveEvent(event)

    def _on_acted(self) -> None:
        self.acted.emit()
        self.leave()

    def _on_timeout(self) -> None:
        if self.has_focus or self.underMouse():
            self._timer.start()
        else:
            self.leave()

    def _go_on(self) -> None:
        if self.isVisible():
            self._timer.start()


class ToastQueue(QObject):
    """Shows toasts over a widget, one at a time; keeps three waiting at most.

    Signals:
        acted: A toast's button was pressed; carries what it was about.
    """

    acted = Signal(object)

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._waiting: deque[ToastWords] = deque(maxlen=QUEUE)
        self._words: ToastWords | None = None
        self.current: Toast | None = None
        over.installEventFilter(self)

    def say(self, sentence: str, action: str = "", about: object = None) -> None:
        """Say something after what is being said; the oldest in wait gives way."""
        self._waiting.append(ToastWords(sentence, action, about))
        if self.current is None:
            self._next()

    def focus(self) -> bool:
        """Put the focus on the toast; say whether there is one."""
        if self.current is None:
            return False
        self.current.take_focus()
        return True

    def clear(self) -> None:
        """Take back everything said or waiting, as when somebody else sits down."""
        self._waiting.clear()
        if self.current is not None:
            self.current.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_resize = event.type() == QEvent.Type.Resize
        if is_resize and watched is self._over and self.current is not None:
            self.current.settle(self._over.rect())
        return super().eventFilter(watched, event)

    def _next(self) -> None:
        if not self._waiting:
            return
        self._words = self._waiting.popleft()
        toast = Toast(self._words)
        toast.acted.connect(self._on_acted)
        toast.gone.connect(self._on_gone)
        self.current = toast
        toast.start(self._over)

    def _on_acted(self) -> None:
        if self._words is not None:
            self.acted.emit(self._words.about)

    def _on_gone(self) -> None:
        if self.current is not None:
            self.current.deleteLater()
            self.current = None
        self._next()
