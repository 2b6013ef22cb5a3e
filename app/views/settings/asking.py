"""A dialog that asks for some named values and hands them on together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.text import _
from app.views.form_dialog import RequestDialog
from app.views.settings.several import SeveralField
from app.views.tools import Tools
from app.views.widgets.cards import FormRow
from app.views.widgets.entries import EntryField
from app.views.widgets.inputs import ComboBox

Values = Mapping[str, Any]
Choices = Sequence[tuple[str, object]]
LABEL = 120  # px


@dataclass(frozen=True, slots=True)
class Asked:
    """One value that is asked for.

    Attributes:
        name: what it is called among the values.
        is_needed: whether it must be given.
    """

    name: str
    label: str
    field: QWidget
    hint: str = ""
    is_needed: bool = False


class AskDialog(RequestDialog[Values, object]):
    """Asks for values; what is done with them is handed in."""

    def __init__(
        self,
        title: str,
        tools: Tools,
        asked: Sequence[Asked],
        carry_out: Callable[[Values], object],
        parent: QWidget,
    ) -> None:
        super().__init__(title, tools.jobs, carry_out, parent, width=480)
        self.fields = {one.name: one.field for one in asked}
        self._asked = asked
        self._rows = {
            one.name: self.add_row(
                FormRow(one.label, one.field, one.hint, label_width=LABEL)
            )
            for one in asked
        }
        asked[0].field.setFocus()

    def request(self) -> Values | None:
        values, first_wrong = {}, None
        for one in self._asked:
            value, fault = read_field(one.field)
            if not fault and one.is_needed and value in {None, ""}:
                fault = _("This is needed.")
            self._rows[one.name].set_error(fault)
            if fault and first_wrong is None:
                first_wrong = one.field
            values[one.name] = value
        if first_wrong is not None:
            first_wrong.setFocus()
            return None
        return values


def read_field(field: QWidget) -> tuple[Any, str]:
    """Give what stands in a field, and what is wrong with it."""
    if isinstance(field, EntryField):
        return field.value, field.error()
    if isinstance(field, Choice | SeveralField):
        return field.value, ""
    if isinstance(field, QCheckBox):
        return field.isChecked(), ""
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText().strip(), ""
    if isinstance(field, QLineEdit):
        return field.text().strip(), ""
    message = f"a field of no known kind: {type(field).__name__}"
    raise TypeError(message)


class Choice(ComboBox):
    """A list to choose from that keeps what its words stand for as it is."""

    def __init__(self, choices: Choices, current: object = None) -> None:
        super().__init__()
        self._values = [value for _words, value in choices]
        self.fill(choices, current)

    @property
    def value(self) -> object:
        """What the chosen words stand for; Qt itself would hand a word's text back."""
        at = self.currentIndex()
        return self._values[at] if at >= 0 else None


def choice(choices: Choices, current: object = None) -> Choice:
    """Make a list to choose from."""
    return Choice(choices, current)


def line(text: str = "", example: str = "") -> QLineEdit:
    """Make a field of one line."""
    made = QLineEdit(text)
    made.setPlaceholderText(example)
    return made


def lines(text: str = "") -> QPlainTextEdit:
    """Make a field of some lines."""
    made = QPlainTextEdit(text)
    made.setTabChangesFocus(True)
    made.setFixedHeight(76)
    return made


def tick(words: str, *, checked: bool = False) -> QCheckBox:
    """Make a box to tick."""
    made = QCheckBox(words)
    made.setChecked(checked)
    return made
