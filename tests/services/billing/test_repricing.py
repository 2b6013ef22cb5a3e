"""Repricing: every difference is listed before anything changes."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.catalog import Price
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.entries import DatesError
from app.services.billing.locks import LockPeriod, Locks
from app.services.billing.repricing import RepriceOf, Repricing
from tests.services.billing.books import DECEMBER, NOVEMBER, Books


def dearer(books: Books) -> None:
    """Let the offering cost 50.00 from the middle of November."""
    books.make.save(
        Price(
            level=PriceLevel.OFFERING,
            offering_id=books.offering,
            per=PricePer.HOUR,
            amount=5000,
            valid_from=date(2026, 11, 15),
        )
    )


def test_differences_are_listed_and_nothing_changes(books: Books) -> None:
    books.held(4)
    waiting = books.held(18)
    dearer(books)
    [found] = Repricing(books.desk).preview(RepriceOf(*NOVEMBER))
    assert (found.session_id, found.before, found.after) == (waiting, 4800, 5000)
    assert (found.payer_id, found.offering, found.is_billed) == (
        books.payer,
        "Maths",
        False,
    )
    assert books.waiting() == [4800, 4800]


def test_chosen_sessions_are_priced_anew(books: Books) -> None:
    chosen, other = books.held(18), books.held(19)
    dearer(books)
    repricing = Repricing(books.desk)
    assert len(repricing.apply([chosen])) == 1
    assert (books.charges(chosen), books.charges(other)) == ([5000], [4800])
    assert repricing.apply([chosen]) == ()


def test_what_was_billed_lands_on_the_next_document(books: Books) -> None:
    session = books.held(18)
    books.run()
    dearer(books)
    [found] = Repricing(books.desk).apply([session])
    assert found.is_billed
    [invoice] = books.run(DECEMBER).document_ids
    assert books.document(invoice).total == 200


def test_locked_periods_are_left_alone(books: Books) -> None:
    session = books.held(18)
    dearer(books)
    Locks(books.desk).lock(LockPeriod(until=date(2026, 11, 19)))
    repricing = Repricing(books.desk)
    assert repricing.preview(RepriceOf(*NOVEMBER)) == ()
    assert repricing.apply([session]) == ()
    Locks(books.desk).lock(LockPeriod(until=date(2027, 1, 1)))
    assert repricing.preview(RepriceOf(*NOVEMBER)) == ()


def test_only_named_households_are_looked_at(books: Books) -> None:
    books.held(18)
    dearer(books)
    other = books.make.household()
    assert Repricing(books.desk).preview(RepriceOf(*NOVEMBER, (other,))) == ()
    with pytest.raises(DatesError):
        Repricing(books.desk).preview(RepriceOf(NOVEMBER[1], NOVEMBER[0]))
