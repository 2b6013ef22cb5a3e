"""Work without a price or a rate of pay is named, and is no fault of the records."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models.catalog import Price
from app.services.checking.completeness import check_charges, check_pay
from app.services.closing.requests import CloseSession
from tests.services.closing.conftest import world
from tests.services.closing.world import World

__all__ = ["world"]


@pytest.fixture
def rateless(world: World) -> int:
    """A session that was closed out with a tutor without a rate."""
    bob = world.make.tutor("Bob")
    return world.session(tutors=[bob])


def unprice(world: World) -> None:
    """Take every price of the office away."""
    with world.make.transaction() as transaction:
        for price in transaction.scalars(select(Price)):
            transaction.delete(price)


def test_a_missing_rate_is_named_and_is_no_fault(world: World, rateless: int) -> None:
    closed = world.close_outs().close(CloseSession(rateless))
    sentence = (
        "There is no rate of pay for Bob teaching “Maths” with Maya on 03 Mar 2026; "
        "set one."
    )
    assert closed.lacks == (sentence,)
    with world.database.snapshot() as snapshot:
        named, whole = check_pay(snapshot)
    assert (named.code, named.message, named.is_error) == ("no_rate", sentence, False)
    assert f"session:{rateless}" in named.records
    assert "1 no rate" in whole.message


def test_a_missing_price_is_named_and_is_no_fault(world: World) -> None:
    session = world.session()
    unprice(world)
    closed = world.close_outs().close(CloseSession(session))
    [sentence] = closed.lacks
    assert "has no price that holds on" in sentence
    with world.database.snapshot() as snapshot:
        named, _whole = check_charges(snapshot)
    assert (named.code, named.message, named.is_error) == ("no_price", sentence, False)


def test_a_tutor_hears_of_the_own_pay_only(world: World, rateless: int) -> None:
    unprice(world)
    [part] = world.close_outs().report(rateless).tutors
    bob = world.tutor_desk(part.tutor_id).actor
    told = world.close_outs(bob).preview(CloseSession(rateless))
    assert [text[:24] for text in told.lacks] == ["There is no rate of pay "]


def test_nothing_is_lacking_where_all_is_agreed(world: World) -> None:
    assert world.close_outs().close(CloseSession(world.session())).lacks == ()
