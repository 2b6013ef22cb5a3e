"""Fields that hand over what was typed when they are left, without a button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.text import _
from app.views.formats import Formats
from app.views.typography import scaled
from app.views.widgets.cards import FormRow
from app.views.widgets.entries import EntryField
from app.views.widgets.inputs import ComboBox, MoneyField

LABEL = 152  # px


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person left in a field."""

    row: SavedRow
    value: Any


class TextField(QLineEdit):
    """One line.

    Signals:
        settled: Another text stands there; carries it.
    """

    settled = Signal(object)

    def __init__(self, example: str = "") -> None:
        super().__init__()
        self._saved = ""
        self.setPlaceholderText(example)
        self.editingFinished.connect(self._on_finished)

    def show_saved(self, value: str) -> None:
        """Show what is kept, unless something else is being typed."""
        was, self._saved = self._saved, value
        if not self.hasFocus() or self.text() in {was, value}:
            self.setText(value)
            self.setCursorPosition(0)

    def _on_finished(self) -> None:
        text = self.text().strip()
        if text != self._saved:
            self.settled.emit(text)


class LinesField(QPlainTextEdit):
    """Several lines.

    Signals:
        settled: Another text stands there; carries it.
    """

    settled = Signal(object)

    def __init__(self, lines: int = 3) -> None:
        super().__init__()
        self._saved = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(scaled(20 * lines + 14))

    def show_saved(self, value: str) -> None:
        """Show what is kept, unless something else is being typed."""
        was, self._saved = self._saved, value
        if not self.hasFocus() or self.toPlainText() in {was, value}:
            self.setPlainText(value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        text = self.toPlainText().strip()
        if text != self._saved:
            self.settled.emit(text)


class NumberField(EntryField[Decimal]):
    """A number from a lowest to a highest.

    Signals:
        settled: Another number stands there; carries a Decimal.
    """

    settled = Signal(object)

    def __init__(
        self,
        formats: Formats,
        low: int = 0,
        high: int = 100_000,
        *,
        whole: bool = False,
        unit: str = "",
    ) -> None:
        super().__init__()
        self._formats, self._low, self._high = formats, low, high
        self._whole, self._unit = whole, unit
        self._saved: Decimal | None = None
        self.checked.connect(self._on_checked)

    def show_saved(self, value: Decimal | int) -> None:
        """Show what is kept, unless something else is being typed."""
        was, self._saved = self._saved, Decimal(value)
        if not self.hasFocus() or self.value in {was, self._saved}:
            self.show_value(self._saved)

    def read(self, text: str) -> Decimal | None:
        typed = text.removesuffix(self._unit).strip().replace(",", ".")
        typed = typed.replace("\N{MINUS SIGN}", "-")
        digits = typed.removeprefix("-").replace(".", "", 0 if self._whole else 1)
        if not (digits.isascii() and digits.isdigit()):
            return None
        number = Decimal(typed)
        return number if self._low <= number <= self._high else None

    def written(self, value: Decimal) -> str:
        text = f"{value:f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        text = text.replace(".", self._formats.locale.decimal)
        return f"{text} {self._unit}".strip()

    def stepped(self, value: Decimal | None, steps: int) -> Decimal | None:
        number = (value or Decimal(0)) + steps
        return min(Decimal(self._high), max(Decimal(self._low), number))

    def complaint(self) -> str:
        return _("“{text}” is not a number from {low} to {high}.").format(
            text=self.text(), low=self._low, high=self._high
        )

    def sizeHint(self) -> QSize:
        return QSize(scaled(64), super().sizeHint().height())

    def _on_checked(self) -> None:
        number = self.value
        if number is not None and not self.error() and number != self._saved:
            self.settled.emit(number)


class AmountField(MoneyField):
    """An amount in minor units of the office's currency.

    Signals:
        settled: Another amount stands there; carries it.
    """

    settled = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__(0, formats)
        self._saved = 0
        self.checked.connect(self._on_checked)

    def show_saved(self, value: int) -> None:
        """Show what is kept, unless something else is being typed."""
        was, self._saved = self._saved, value
        if not self.hasFocus() or self.minor in {was, value}:
            self.show_value(value)

    def _on_checked(self) -> None:
        minor = self.minor
        if minor is not None and not self.error() and minor != self._saved:
            self.settled.emit(minor)


class ChoiceField(ComboBox):
    """One of several.

    Signals:
        settled: Another one was chosen; carries what it stands for.
    """

    settled = Signal(object)

    def __init__(self, choices: Sequence[tuple[str, object]]) -> None:
        super().__init__()
        self.fill(choices)
        self._saved: object = self.currentData()
        self.activated.connect(self._on_activated)

    def show_saved(self, value: object) -> None:
        """Show what is kept, also where it is none of the choices."""
        self._saved = value
        if self.findData(value) < 0:
            self.addItem(str(value), value)
        self.choose(value)

    def _on_activated(self, _place: int) -> None:
        value = self.currentData()
        if value != self._saved:
            self._saved = value
            self.settled.emit(value)


class CheckField(QCheckBox):
    """Yes or no.

    Signals:
        settled: It was turned; carries whether it is on.
    """

    settled = Signal(object)

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.clicked.connect(self._on_clicked)

    def show_saved(self, value: object) -> None:
        """Show what is kept."""
        self.setChecked(bool(value))

    def _on_clicked(self, is_on: object) -> None:
        self.settled.emit(bool(is_on))


class SavedRow(FormRow):
    """A row of a form whose field is saved by itself.

    Attributes:
        name: what the field is called in the request.

    Signals:
        left: The field holds something else now; carries an Entry.
    """

    left = Signal(object)

    def __init__(self, name: str, label: str, field: QWidget, hint: str = "") -> None:
        super().__init__(label, field, hint, label_width=LABEL)
        self.name, self.label = name, label
        settled: Any = getattr(field, "settled")  # noqa: B009  every field here has it
        settled.connect(self._on_settled)

    def show_saved(self, value: object) -> None:
        """Show what is kept."""
        field: Any = self.field
        field.show_saved(value)

    def _on_settled(self, value: object) -> None:
        self.set_error("")
        self.left.emit(Entry(self, value))
