"""Paying another amount or distance than a tutor claimed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtWidgets import QWidget

from app.models.values.payroll import FARTHEST_WAY
from app.services.payroll.deciding import DecideExpense, DecideMileage
from app.text import _
from app.views.form_dialog import OfficeForm
from app.views.payroll.claims import ClaimRow, claimed, plain, unit_word
from app.views.tools import Tools, Word
from app.views.widgets.entries import EntryField
from app.views.widgets.inputs import MoneyField

FINEST = -2  # the exponent of the smallest part of a distance that is kept


class DistanceField(EntryField[Decimal]):
    """A distance, typed with a point or a comma."""

    def __init__(self, distance: Decimal | None) -> None:
        super().__init__()
        self.show_value(distance)

    def read(self, text: str) -> Decimal | None:
        """Understand a figure of at most two places; nothing below zero."""
        try:
            found = Decimal(text.strip().replace(",", "."))
        except InvalidOperation:
            return None
        if not found.is_finite() or not 0 <= found <= FARTHEST_WAY:
            return None
        return found if int(found.as_tuple().exponent) >= FINEST else None

    def written(self, value: Decimal) -> str:
        return plain(value)

    def stepped(self, value: Decimal | None, steps: int) -> Decimal | None:
        """Step by a whole mile or kilometre."""
        wanted = (value or Decimal(0)) + steps
        return min(Decimal(FARTHEST_WAY), max(Decimal(0), wanted))

    def complaint(self) -> str:
        words = _("“{text}” is not a distance; type one such as 12.4.")
        return words.format(text=self.text())


class ClaimDialog(OfficeForm):
    """Asks what is paid instead of what was claimed."""

    def __init__(self, parent: QWidget, tools: Tools, row: ClaimRow) -> None:
        title = _("Pay another amount to {tutor}").format(tutor=row.tutor)
        if row.is_way:
            title = _("Pay another distance to {tutor}").format(tutor=row.tutor)
        super().__init__(parent, tools, title, _("Pay this"))
        self._row = row
        day, asked = tools.formats.date(row.on), claimed(row, tools.formats)
        words = _("{what}, {day}: {claimed} claimed.")
        self.add_text(words.format(what=row.what, day=day, claimed=asked))
        self.field: MoneyField | DistanceField = MoneyField(row.amount, tools.formats)
        if row.unit is not None:
            self.field = DistanceField(row.distance)
        name = _("Pay") if row.unit is None else _("Pay, {unit}")
        unit = unit_word(row.unit) if row.unit is not None else ""
        self.field_row = self.add_field(name.format(unit=unit), self.field)
        self.field.setFocus()
        self.field.selectAll()

    def commit(self) -> None:
        """Decide."""
        entries, number = self.tools.office.pay_entries, self._row.number
        value = self.field.value
        if value is None or value < 0:
            self.complain(_("Type what is paid; 0 pays nothing."), self.field_row)
        elif isinstance(value, Decimal):
            work = DecideMileage(number, value)
            self.ask(partial(entries.decide, (work,)), self._on_done)
        else:
            decided = DecideExpense(number, value)
            self.ask(partial(entries.decide, (decided,)), self._on_done)

    def _on_done(self, _nothing: None) -> None:
        words = _("Decided on the claim of {tutor}.").format(tutor=self._row.tutor)
        self.finish(Word(words, can_undo=True))
