"""The columns of the invoices' tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.text import _
from app.views.formats import DASH, Formats
from app.views.invoices.rows import TONES, InvoiceRow, status_of
from app.views.tables.columns import Column

_FAR = date.max


@dataclass(frozen=True, slots=True)
class InvoiceColumns:
    """What the list of invoices shows of a row, in the office's way of writing."""

    formats: Formats

    def all(self) -> tuple[Column[InvoiceRow], ...]:
        """List the columns in order."""
        return (
            Column("number", _("Invoice"), self.number, width=96),
            Column("family", _("Family"), _family, "strong", width=124, stretch=True),
            Column("payer", _("Payer"), _payer, "muted", width=150, is_hidden=True),
            Column(
                "students", _("Students"), _students, "muted", width=104, stretch=True
            ),
            Column("issued", _("Issued"), self.issued, "date", _issued_on, width=108),
            Column("due", _("Due"), self.due, "date", _due_on, width=108),
            Column(
                "total",
                self._in_currency(_("Total")),
                self.total,
                "money",
                width=88,
                total=_total,
                currency=_currency,
            ),
            Column(
                "open",
                self._in_currency(_("Open")),
                self.open,
                "money",
                width=88,
                total=_open,
                currency=_currency,
            ),
            Column("status", _("Status"), status_of, "pill", width=124, tone=_tone),
        )

    def number(self, row: InvoiceRow) -> str:
        """Write the number; a draft has none."""
        return row.number or DASH

    def issued(self, row: InvoiceRow) -> str:
        """Write the day of issue."""
        return self.formats.date(row.issued_on)

    def due(self, row: InvoiceRow) -> str:
        """Write the day by which it is to be paid."""
        return self.formats.date(row.due_on)

    def total(self, row: InvoiceRow) -> str:
        """Write the total."""
        return self.amount(row.total, row.currency)

    def open(self, row: InvoiceRow) -> str:
        """Write what is open."""
        return self.amount(row.open, row.currency)

    def amount(self, minor: int, currency: str) -> str:
        """Write an amount; with its currency where that is not the office's."""
        if currency == self.formats.currency:
            return self.formats.amount(minor)
        return self.formats.money(minor, currency)

    def _in_currency(self, title: str) -> str:
        return f"{title} {self.formats.sign()}"


def _family(row: InvoiceRow) -> str:
    return row.household


def _payer(row: InvoiceRow) -> str:
    return row.payer


def _students(row: InvoiceRow) -> str:
    return row.students


def _issued_on(row: InvoiceRow) -> date:
    return row.issued_on or _FAR


def _due_on(row: InvoiceRow) -> date:
    return row.due_on or _FAR


def _total(row: InvoiceRow) -> int:
    return row.total


def _open(row: InvoiceRow) -> int:
    return row.open


def _currency(row: InvoiceRow) -> str:
    return row.currency


def _tone(row: InvoiceRow) -> str:
    return TONES[row.standing]
