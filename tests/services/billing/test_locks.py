"""Period locks: fixed, trailing, and opened again."""

from __future__ import annotations

from datetime import date

import pytest

from app.services.billing.locks import (
    LockPeriod,
    Locks,
    NoLockError,
    PeriodLockedError,
    require_open,
)
from tests.fakes import FakeClock
from tests.services.billing.books import Books


def is_open(books: Books, day: date) -> bool:
    """Say whether something of a day may change."""
    with books.desk.transaction("look") as transaction:
        try:
            require_open(transaction, day)
        except PeriodLockedError:
            return False
        return True


def test_without_a_lock_everything_is_open(books: Books) -> None:
    assert is_open(books, date(1990, 1, 1))
    assert Locks(books.desk).first_open_day() == date.min


def test_a_lock_leaves_its_day_open(books: Books) -> None:
    Locks(books.desk).lock(LockPeriod(until=date(2026, 11, 1)))
    assert not is_open(books, date(2026, 10, 31))
    assert is_open(books, date(2026, 11, 1))


def test_a_trailing_lock_moves_with_the_clock(books: Books, clock: FakeClock) -> None:
    Locks(books.desk).lock(LockPeriod(trailing_days=10))
    assert Locks(books.desk).first_open_day() == date(2026, 11, 20)
    clock.advance(days=1)
    assert not is_open(books, date(2026, 11, 20))
    assert is_open(books, date(2026, 11, 21))


def test_the_newest_lock_holds(books: Books) -> None:
    locks = Locks(books.desk)
    locks.lock(LockPeriod(until=date(2026, 11, 20)))
    locks.lock(LockPeriod(until=date(2026, 11, 1)))
    assert is_open(books, date(2026, 11, 10))
    locks.unlock()
    assert is_open(books, date(2026, 10, 10))


def test_a_lock_needs_one_measure(books: Books) -> None:
    for request in (
        LockPeriod(),
        LockPeriod(date(2026, 11, 1), 10),
        LockPeriod(trailing_days=-1),
    ):
        with pytest.raises(NoLockError):
            Locks(books.desk).lock(request)


def test_nothing_is_issued_or_credited_in_a_locked_period(books: Books) -> None:
    books.held(4)
    [invoice] = books.run().document_ids
    books.held(11)
    Locks(books.desk).lock(LockPeriod(until=date(2026, 12, 15)))
    with pytest.raises(PeriodLockedError):
        books.run()
    with pytest.raises(PeriodLockedError):
        books.credit(invoice)
