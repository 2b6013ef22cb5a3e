"""Flat fees: one charge a month, part months by days, corrections at the end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.billing import Charge
from app.models.values.billing import BillingModel, ChargeKind, DocumentKind
from app.models.values.entries import DatesError
from app.services.billing.errors import EndBeforeStartError, NotPositiveError
from app.services.billing.flat_fee_months import month_amount, months
from app.services.billing.flat_fees import FlatFees
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.billing.requests import Trouble
from app.services.billing.terms import AddFlatFee
from tests.fakes import FakeClock
from tests.services.billing.books import DECEMBER, Books
from tests.services.charging.story import at


def fee(
    books: Books,
    from_on: date = date(2026, 11, 1),
    **more: Any,  # noqa: ANN401
) -> int:
    """Agree 165.00 a month with the family."""
    plain = {"household_id": books.household, "amount": 16500, "from_on": from_on}
    tax = books.make.tax_code("0")
    return FlatFees(books.desk).add_flat_fee(
        AddFlatFee(**{**plain, "tax_code_id": tax, **more})
    )


def test_a_month_is_charged_once_whatever_is_held(books: Books) -> None:
    fee(books)
    session = books.held(17)
    [invoice] = books.run().document_ids
    [line] = books.lines(invoice)
    assert (line.kind, line.amount, line.service_on, line.text) == (
        ChargeKind.FLAT_FEE,
        16500,
        date(2026, 11, 1),
        "Flat fee November 2026",
    )
    assert books.reasons(session) == ["flat_fee"]
    assert books.run().document_ids == ()
    [later] = books.run(DECEMBER).document_ids
    assert books.document(later).total == 16500


def test_part_months_go_by_days(books: Books) -> None:
    fee(books, date(2026, 11, 16), until_on=date(2026, 12, 10))
    [first] = books.run().document_ids
    [line] = books.lines(first)
    assert (line.amount, line.service_on) == (8250, date(2026, 11, 16))
    [second] = books.run(DECEMBER).document_ids
    assert books.document(second).total == 5323  # 165.00 x 10 / 31
    assert books.run((date(2027, 1, 1), date(2027, 1, 31))).document_ids == ()


def test_a_preview_shows_the_fee_without_charging_it(books: Books) -> None:
    fee(books)
    [draft] = books.preview().drafts
    assert draft.total == 16500
    assert books.waiting() == []


def test_a_fee_that_ends_later_corrects_its_month(books: Books) -> None:
    number = fee(books)
    books.run()
    FlatFees(books.desk).end_flat_fee(number, date(2026, 11, 15))
    assert sorted(books.waiting()) == [-16500, 8250]
    [note] = books.run(DECEMBER).document_ids
    document = books.document(note)
    assert (document.kind, document.total) == (DocumentKind.CREDIT_NOTE, 8250)
    FlatFees(books.desk).end_flat_fee(number, None)
    assert sorted(books.waiting()) == [-8250, 16500]
    [row] = FlatFees(books.desk).flat_fees(books.household)
    assert (row.until_on, row.amount) == (None, 16500)


def test_sessions_after_the_end_are_charged_by_rate(books: Books) -> None:
    number = fee(books)
    inside, after = books.held(10), books.held(20)
    FlatFees(books.desk).end_flat_fee(number, date(2026, 11, 15))
    assert books.reasons(inside) == ["flat_fee"]
    assert books.charges(after) == [4800]


def test_a_credited_month_is_not_charged_again(books: Books) -> None:
    fee(books)
    [invoice] = books.run().document_ids
    books.credit(invoice)
    assert books.run(DECEMBER).document_ids
    assert [total for _number, total in books.totals()] == [16500, 16500, 16500]
    assert books.owes() == 16500


def test_a_rebilled_month_is_charged_again_once(books: Books) -> None:
    fee(books)
    [invoice] = books.run().document_ids
    books.credit(invoice, rebill=True)
    [again] = books.run(
        (date(2026, 11, 1), date(2026, 11, 30)), date(2026, 12, 2)
    ).document_ids
    assert books.document(again).total == 16500
    assert (books.owes(), books.waiting()) == (16500, [])


def test_a_lock_leaves_a_month_to_its_own_run(books: Books, clock: FakeClock) -> None:
    fee(books)
    clock.set(2026, 12, 2, 9)
    Locks(books.desk).lock(LockPeriod(trailing_days=14))
    [invoice] = books.run(on=date(2026, 12, 2)).document_ids
    [line] = books.lines(invoice)
    assert (line.service_on, line.amount) == (date(2026, 11, 1), 16500)
    [later] = books.run(DECEMBER).document_ids
    assert [line.text for line in books.lines(later)] == ["Flat fee December 2026"]


def test_a_locked_months_correction_bears_an_open_day(
    books: Books, clock: FakeClock
) -> None:
    number = fee(books)
    books.run()
    clock.set(2026, 12, 2, 9)
    Locks(books.desk).lock(LockPeriod(until=date(2026, 11, 10)))
    FlatFees(books.desk).end_flat_fee(number, date(2026, 11, 15))
    days = [(row.service_on, row.original_on) for row in books.rows(Charge)]
    own, corrected = date(2026, 11, 1), (date(2026, 12, 2), date(2026, 11, 1))
    assert days == [(own, None), corrected, corrected]


def test_a_lock_leaves_what_is_paid_in_advance_to_its_run(
    books: Books, clock: FakeClock
) -> None:
    advance = books.make.household("Ahead", model=BillingModel.ADVANCE)
    books.make.payer(advance)
    books.book(at(3), students=[books.make.student("Ida", advance)])
    clock.set(2026, 12, 2, 9)
    Locks(books.desk).lock(LockPeriod(until=date(2026, 12, 1)))
    [invoice] = books.run(on=date(2026, 12, 2)).document_ids
    assert [line.service_on for line in books.lines(invoice)] == [date(2026, 11, 3)]


def test_wrong_fees_are_refused(books: Books) -> None:
    number = fee(books)
    with pytest.raises(NotPositiveError):
        fee(books, amount=0)
    with pytest.raises(DatesError):
        fee(books, until_on=date(2026, 10, 31))
    with pytest.raises(EndBeforeStartError):
        FlatFees(books.desk).end_flat_fee(number, date(2026, 10, 1))
    Locks(books.desk).lock(LockPeriod(until=date(2026, 11, 20)))
    with pytest.raises(PeriodLockedError):
        fee(books)
    with pytest.raises(PeriodLockedError):
        FlatFees(books.desk).end_flat_fee(number, date(2026, 11, 15))


def test_a_family_without_payers_is_named(books: Books) -> None:
    empty = books.make.household("Empty")
    tax = books.make.tax_code("0")
    FlatFees(books.desk).add_flat_fee(AddFlatFee(empty, 1000, date(2026, 11, 1), tax))
    books.held(4)
    done = books.run()
    assert len(done.document_ids) == 1
    assert [(each.kind, each.household_id) for each in done.held_back] == [
        (Trouble.NO_RATE, empty)
    ]


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(0, 900))
def test_months_cover_every_day_once(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    spans = list(months(first, last))
    assert (spans[0][0], spans[-1][1]) == (first, last)
    days = sum((until - start).days + 1 for start, until in spans)
    assert days == length + 1
    assert all(start.month == until.month for start, until in spans)
    assert len({(start.year, start.month) for start, _until in spans}) == len(spans)
    for start, until in spans:
        assert 0 <= month_amount(16500, start, until) <= 16500
