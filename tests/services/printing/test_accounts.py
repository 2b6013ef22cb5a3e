"""A payer's account is printed as it stands at the end of a period."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.values.actors import Actor, Role
from app.services.desk import Desk, MissingRecordError, OfficeOnlyError
from app.services.payroll.errors import OtherWeekError
from app.services.printing.printing import Printing
from tests.services.billing.books import Books
from tests.services.billing.conftest import books
from tests.services.documents.reading import text

__all__ = ["books"]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_an_account_shows_what_was_asked_and_paid(books: Books) -> None:
    books.held(10)
    books.run()
    books.receive(1000)
    found = text(Printing(books.desk).account(books.payer, *YEAR))
    for words in ("Statement of account", "INV-0001", "48.00", "10.00", "Of this over"):
        assert words in found


def test_an_account_shows_the_credit_that_is_not_used_yet(books: Books) -> None:
    books.held(10)
    [first] = books.run().document_ids
    books.receive(1000, date(2026, 11, 30), to=(first,))
    books.held(17)
    [second] = books.run().document_ids
    books.credit(first, date(2026, 11, 30))
    november = (date(2026, 11, 1), date(2026, 11, 30))
    found = text(Printing(books.desk).account(books.payer, *november))
    assert books.open(second) == 4800
    assert books.owes() == 3800
    shown = " ".join(found.replace("\xa0", " ").split())
    credit = "Credit on account \N{MINUS SIGN}£10.00"
    for words in ("Open on invoices £48.00", credit, "£38.00"):
        assert words in shown


def test_nothing_is_called_overdue_where_nothing_is(books: Books) -> None:
    books.held(10)
    books.run()
    until = date(2026, 11, 30)
    found = text(Printing(books.desk).account(books.payer, YEAR[0], until))
    assert "Balance due" in found
    assert "overdue" not in found


def test_a_tutor_sees_the_own_week_only(books: Books) -> None:
    tutor = Actor("Anna", Role.TUTOR, books.tutor)
    printing = Printing(Desk(books.desk.database, books.desk.clock, tutor, "desk"))
    assert printing.week(books.tutor, date(2026, 11, 9))
    with pytest.raises(OtherWeekError, match="your own week only"):
        printing.week(books.tutor + 1, date(2026, 11, 9))


def test_an_account_is_the_offices_own(books: Books) -> None:
    tutor = Actor("Anna", Role.TUTOR, books.tutor)
    desk = Desk(books.desk.database, books.desk.clock, tutor, "desk")
    with pytest.raises(OfficeOnlyError):
        Printing(desk).account(books.payer, *YEAR)
    with pytest.raises(MissingRecordError):
        Printing(books.desk).account(999, *YEAR)
