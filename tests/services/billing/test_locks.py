"""Period locks: fixed, trailing, and opened again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from app.models.billing import Payment
from app.services.billing.fees import Fees
from app.services.billing.locks import (
    LockPeriod,
    Locks,
    NoLockError,
    PeriodLockedError,
    require_open,
)
from app.services.billing.packages import Packages
from app.services.billing.payments import Payments
from app.services.billing.requests import (
    RefundPayment,
    ReversePayment,
    UseCredit,
    WriteOffInvoice,
)
from app.services.billing.terms import ChargeInterest, RefundRest
from tests.fakes import FakeClock
from tests.services.billing.books import Books
from tests.services.billing.test_packages import buy, ten_hours


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


LOCKED, OPEN = date(2026, 12, 14), date(2026, 12, 15)
Move = Callable[[Books, int, int, date], object]
MOVES: dict[str, Move] = {
    "receive": lambda b, _i, _p, on: b.receive(100, on),
    "refund": lambda b, _i, _p, on: Payments(b.desk).refund(
        RefundPayment(b.payer, 100, on, b.key())
    ),
    "reverse": lambda b, _i, paid, on: Payments(b.desk).reverse_payment(
        ReversePayment(paid, on, "Bounced", b.key())
    ),
    "use credit": lambda b, _i, _p, on: Payments(b.desk).use_credit(
        UseCredit(b.payer, on, b.key())
    ),
    "write off": lambda b, invoice, _p, on: Payments(b.desk).write_off(
        WriteOffInvoice(invoice, on, "Moved away", b.key())
    ),
    "credit": lambda b, invoice, _p, on: b.credit(invoice, on),
    "interest": lambda b, _i, _p, on: Fees(b.desk).charge_interest(
        ChargeInterest(on, Decimal(8), b.make.tax_code("0"))
    ),
}


@pytest.mark.parametrize("name", MOVES)
def test_no_money_moves_on_a_locked_day(
    books: Books, clock: FakeClock, name: str
) -> None:
    books.held(4)
    [invoice] = books.run().document_ids
    paid = books.receive(5000, date(2026, 12, 1)).payment_id
    clock.set(2026, 12, 20)
    Locks(books.desk).lock(LockPeriod(until=OPEN))
    told = "14 Dec 2026 lies in a locked period: everything before 15 Dec 2026 is .*day"
    rows = len(books.rows(Payment)), books.owes()
    with pytest.raises(PeriodLockedError, match=told):
        MOVES[name](books, invoice, paid, LOCKED)
    assert (len(books.rows(Payment)), books.owes()) == rows
    if name == "write off":
        Payments(books.desk).reverse_payment(
            ReversePayment(paid, OPEN, "Bounced", books.key())
        )
    MOVES[name](books, invoice, paid, OPEN)


def test_the_rest_of_a_package_is_not_refunded_on_a_locked_day(books: Books) -> None:
    lot = buy(books, ten_hours(books))
    Locks(books.desk).lock(LockPeriod(until=OPEN))
    with pytest.raises(PeriodLockedError):
        Packages(books.desk).refund_rest(RefundRest(lot, LOCKED, "Stops"))
    Packages(books.desk).refund_rest(RefundRest(lot, OPEN, "Stops"))


def test_a_request_from_before_the_lock_still_gives_its_result(books: Books) -> None:
    key, day = books.key(), date(2026, 12, 5)
    before = books.receive(700, day, request_key=key)
    Locks(books.desk).lock(LockPeriod(until=OPEN))
    assert books.receive(700, day, request_key=key) == before
