"""A small list of bills, as tests of tables show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.views.formats import Formats
from app.views.state import State
from app.views.tables.columns import Column
from app.views.tables.view import DataTable

FORMATS = Formats.of("en-GB", "Europe/London", "GBP")
RANKS = ("Draft", "Sent", "Paid")


@dataclass(frozen=True, slots=True)
class Bill:
    """One bill."""

    id: int
    family: str
    total: int
    due: date | None = None
    status: str = "Draft"
    currency: str = "GBP"


def _family(bill: Bill) -> str:
    return bill.family


def _due(bill: Bill) -> date | None:
    return bill.due


def _due_text(bill: Bill) -> str:
    return FORMATS.date(bill.due)


def _total(bill: Bill) -> int:
    return bill.total


def _total_text(bill: Bill) -> str:
    return FORMATS.amount(bill.total)


def _status(bill: Bill) -> str:
    return bill.status


def _rank(bill: Bill) -> int:
    return RANKS.index(bill.status)


def _currency(bill: Bill) -> str:
    return bill.currency


def _number(bill: Bill) -> str:
    return f"2026-{bill.id}"


def bill_key(bill: Bill) -> int:
    return bill.id


COLUMNS: tuple[Column[Bill], ...] = (
    Column("number", "Number", _number),
    Column("family", "Family", _family, "strong", stretch=True),
    Column("due", "Due", _due_text, "date", sort_by=_due),
    Column("total", "Total £", _total_text, "money", total=_total, currency=_currency),
    Column("status", "Status", _status, "pill", sort_by=_rank),
    Column("note", "Note", _status, "muted", is_hidden=True),
)

BILLS = (
    Bill(1, "Müller family", 4800, date(2026, 3, 9), "Paid"),
    Bill(2, "Ahmed family", 0, None, "Draft"),
    Bill(10, "Zając family", -1200, date(2026, 2, 1), "Sent"),
    Bill(9, "ahmed family", 9600, date(2026, 11, 5), "Sent"),
)


def bill_table(
    state: State, rows: Sequence[Bill] = BILLS, *, checkable: bool = True
) -> DataTable[Bill]:
    """Make a table of bills."""
    table: DataTable[Bill] = DataTable(
        COLUMNS,
        key=bill_key,
        noun=("invoice", "invoices"),
        name="bills",
        state=state,
        formats=FORMATS,
        checkable=checkable,
    )
    table.show_rows(rows)
    return table
