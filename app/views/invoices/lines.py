"""What an invoice is made of: its lines, each of which leads to its session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.billing.ledger import LineRow
from app.services.billing.settlements import SettledBy, Settlement
from app.text import _
from app.views.formats import Formats
from app.views.tables.columns import Column


@dataclass(frozen=True, slots=True)
class LineColumns:
    """What the list of an invoice's lines shows."""

    formats: Formats
    currency: str

    def all(self) -> tuple[Column[LineRow], ...]:
        """List the columns in order."""
        return (
            Column("day", _("Date"), self._day, "date", _service_on, width=100),
            Column("text", _("For"), _text, stretch=True, width=120),
            Column("hours", _("Hours"), self._hours, "hours", _minutes, width=64),
            Column("amount", _("Amount"), self._amount, "money", _amount, width=84),
        )

    def _day(self, row: LineRow) -> str:
        return self.formats.date(row.service_on)

    def _hours(self, row: LineRow) -> str:
        return "" if row.minutes is None else self.formats.locale.hours(row.minutes)

    def _amount(self, row: LineRow) -> str:
        return self.formats.amount(row.amount, self.currency)


@dataclass(frozen=True, slots=True)
class SettlementColumns:
    """What the list of payments of an invoice shows."""

    formats: Formats
    currency: str

    def all(self) -> tuple[Column[Settlement], ...]:
        """List the columns in order."""
        return (
            Column("day", _("Date"), self._day, "date", _settled_on, width=100),
            Column("what", _("What"), what_settled, stretch=True, width=140),
            Column("amount", _("Amount"), self._amount, "money", _settled, width=84),
        )

    def _day(self, row: Settlement) -> str:
        return self.formats.date(row.on)

    def _amount(self, row: Settlement) -> str:
        return self.formats.amount(row.amount, self.currency)


def what_settled(row: Settlement) -> str:
    """Say what settled an invoice."""
    if row.by is SettledBy.CREDIT_NOTE:
        return _("Credit note {number}").format(number=row.text)
    if row.by is SettledBy.WRITE_OFF:
        return _("Written off: {reason}").format(reason=row.text)
    words = _("Payment taken back") if row.amount < 0 else _("Payment")
    return f"{words}, {row.text}" if row.text else words


def _service_on(row: LineRow) -> date:
    return row.service_on


def _text(row: LineRow) -> str:
    return row.text


def _minutes(row: LineRow) -> int:
    return row.minutes or 0


def _amount(row: LineRow) -> int:
    return row.amount


def _settled_on(row: Settlement) -> date:
    return row.on


def _settled(row: Settlement) -> int:
    return row.amount
