"""A reminder lists what a payer owes, and asks for no more than that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.models.values.actors import Actor, Role
from app.services.billing.reminders import (
    FINAL,
    SECOND,
    NothingOverdueError,
    PayByError,
    RemindPayer,
)
from app.services.desk import Desk, MissingRecordError, OfficeOnlyError
from app.services.documents.rendering import plain_text
from app.services.documents.values import Reminder
from app.services.printing.reminders import Reminders
from tests.services.billing.books import Books
from tests.services.billing.conftest import books
from tests.services.documents.reading import text

__all__ = ["books"]
LATER = date(2027, 3, 1)
PAY_BY = date(2027, 3, 15)


def asked(books: Books, level: int = 1) -> RemindPayer:
    return RemindPayer(books.payer, LATER, PAY_BY, level)


def remind(books: Books, request: RemindPayer | None = None) -> Reminder:
    value = Reminders(books.desk).preview(request or asked(books)).value
    assert isinstance(value, Reminder)
    return value


def test_all_open_invoices_stand_on_it_with_one_total(books: Books) -> None:
    books.held(10)
    [first] = books.run().document_ids
    books.receive(1000, to=(first,))
    books.held(17)
    books.run()
    value = remind(books)
    assert [(item.number, item.amount, item.open) for item in value.items] == [
        ("INV-0001", 4800, 3800),
        ("INV-0002", 4800, 4800),
    ]
    assert value.total == 8600 == books.owes()
    due = value.items[0].due
    assert value.items[0].days_late == (LATER - due).days > 0
    shown = text(Reminders(books.desk).draw(asked(books)))
    for words in ("Payment reminder", "INV-0001", "INV-0002", "38.00", "86.00"):
        assert words in shown


def test_credit_on_account_is_taken_off(books: Books) -> None:
    books.held(10)
    [first] = books.run().document_ids
    books.receive(1000, to=(first,))
    books.held(17)
    books.run()
    books.credit(first)
    value = remind(books)
    assert [(entry.label, entry.amount) for entry in value.fees] == [
        ("Credit on account", -1000)
    ]
    assert value.total == 3800 == books.owes()


def test_nobody_is_reminded_who_is_not_late(books: Books) -> None:
    books.held(10)
    [invoice] = books.run().document_ids
    due = books.document(invoice).due_on
    assert due is not None
    with pytest.raises(NothingOverdueError, match="nothing to remind of"):
        remind(books, replace(asked(books), on=due))
    late = replace(asked(books), on=date.fromordinal(due.toordinal() + 1))
    assert remind(books, late).items[0].days_late == 1
    books.receive(4800)
    with pytest.raises(NothingOverdueError):
        remind(books)


def test_the_letter_grows_firmer_and_names_the_day(books: Books) -> None:
    books.held(10)
    books.run()
    letters = [remind(books, asked(books, level)).text for level in (1, SECOND, FINAL)]
    assert len(set(letters)) == 3
    assert all("15 March 2027" in letter for letter in letters)
    job = Reminders(books.desk).preview(asked(books, FINAL))
    assert "Final reminder" in plain_text(job)


def test_an_impossible_reminder_is_refused(books: Books) -> None:
    with pytest.raises(PayByError, match="choose a later one"):
        remind(books, replace(asked(books), pay_by=date(2027, 2, 28)))
    with pytest.raises(MissingRecordError):
        remind(books, replace(asked(books), payer_id=999))
    tutor = Actor("Anna", Role.TUTOR, books.tutor)
    desk = Desk(books.desk.database, books.desk.clock, tutor, "desk")
    with pytest.raises(OfficeOnlyError):
        Reminders(desk).draw(asked(books))
