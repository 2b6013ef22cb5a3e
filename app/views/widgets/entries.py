"""A field that is typed into freely, and that shows what it understood."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from app.text import _
from app.views import paint, theme, typography

Value = TypeVar("Value")

_STEPS = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
}


class EntryField(QLineEdit, Generic[Value]):
    """Reads what is typed; writes it out in full when the person leaves the field.

    Subclasses say how to read, write and step.

    Signals:
        changed: Another value is understood; carries it, or none.
        checked: The field was left; whoever shows it should show its error.
    """

    changed = Signal(object)
    checked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._value: Value | None = None
        typography.set_role(self, "body", tabular=True)
        self.textEdited.connect(self._on_edited)

    @property
    def value(self) -> Value | None:
        """What is understood, none for an empty or senseless text."""
        return self._value

    def read(self, _text: str) -> Value | None:
        """Understand a text; none where it makes no sense."""
        return None

    def written(self, value: Value) -> str:
        """Write a value out in full."""
        return str(value)

    def stepped(self, value: Value | None, _steps: int) -> Value | None:
        """Give the value that lies some steps further, at the cursor's part."""
        return value

    def complaint(self) -> str:
        """Say what is wrong with a text that makes no sense."""
        return _("“{text}” cannot be read.").format(text=self.text())

    def error(self) -> str:
        """Say what is wrong with what stands there, nothing if all is well."""
        is_wrong = bool(self.text().strip()) and self.read(self.text()) is None
        return self.complaint() if is_wrong else ""

    def show_value(self, value: Value | None) -> None:
        """Show a value without telling."""
        self._value = value
        self.setText("" if value is None else self.written(value))
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._step(step)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._settle()
            super().keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        echo = self._echo()
        if not echo:
            return
        font = typography.font("small")
        with QPainter(self) as painter:
            end = 10 + self.textMargins().left()
            end += round(paint.width_of(self.text(), self.font())) + 12
            right = self.width() - self.textMargins().right() - 8
            align = Qt.AlignmentFlag.AlignRight
            box = QRectF(end, 0, max(0, right - end), self.height())
            if box.width() >= paint.width_of(echo, font):
                paint.write(painter, box, echo, font, theme.color("text3"), align)

    def _echo(self) -> str:
        """Give what was understood, while it differs from what stands there."""
        if not self.hasFocus() or self._value is None:
            return ""
        full = self.written(self._value)
        return "" if full == self.text() else full

    def _step(self, steps: int) -> None:
        place = self.cursorPosition()
        value = self.stepped(self._value, steps)
        if value is None or value == self._value or self.isReadOnly():
            return
        self.setText(self.written(value))
        self.setCursorPosition(min(place, len(self.text())))
        self._take(value)

    def _settle(self) -> None:
        if self._value is not None and not self.error():
            full = self.written(self._value)
            if full != self.text():
                self.setText(full)
        self.checked.emit()

    def _on_edited(self, text: str) -> None:
        self._take(self.read(text))
        self.setToolTip(self._echo())

    def _take(self, value: Value | None) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)
        self.update()
