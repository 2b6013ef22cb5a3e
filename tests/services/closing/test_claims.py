"""Mileage and expenses are proposed, claimed and withdrawn."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.catalog import TravelTime
from app.models.closing import Expense
from app.models.values.payroll import DistanceUnit
from app.models.values.policies import ClaimsApproved
from app.services.closing import errors
from app.services.closing.claims import proposals
from app.services.closing.requests import (
    ClaimExpense,
    ClaimMileage,
    CloseSession,
)
from app.services.closing.sheet import sheet_of
from tests.services.closing.world import START, World


def test_claims_are_paid_and_a_correction_replaces_them(world: World) -> None:
    session = world.session()
    book, pens = (
        ClaimExpense(world.anna, "Book", 1250),
        ClaimExpense(world.anna, "Pens", 300),
    )
    world.close_outs().close(CloseSession(session, expenses=(book,)))
    assert world.pay(session) == [2700, 1250]
    world.close_outs().close(CloseSession(session, expenses=(pens,)))
    assert world.pay(session) == [2700, 300]
    world.close_outs().close(CloseSession(session))
    assert world.pay(session) == [2700, 300]
    world.close_outs().close(CloseSession(session, expenses=()))
    assert world.pay(session) == [2700]
    with world.database.snapshot() as snapshot:
        claims = snapshot.scalars(select(Expense).order_by(Expense.id)).all()
    assert [claim.what for claim in claims] == ["Book", "Pens"]
    assert all(claim.withdrawn_at is not None for claim in claims)


def test_expenses_wait_for_approval_where_the_policy_asks(world: World) -> None:
    world.policy(ClaimsApproved(at_once=False))
    session = world.session()
    book = ClaimExpense(world.anna, "Book", 1250)
    world.close_outs().close(CloseSession(session, expenses=(book,)))
    assert world.pay(session) == [2700]
    assert world.close_outs().report(session).expenses[0].approved is None


def test_a_tutors_large_expense_waits_and_the_offices_does_not(world: World) -> None:
    session, tutor = world.session(), world.tutor_desk().actor
    small, large = (
        ClaimExpense(world.anna, "Book", 5000),
        ClaimExpense(world.anna, "Atlas", 5001),
    )
    world.close_outs(tutor).close(CloseSession(session, expenses=(small, large)))
    assert world.pay(session) == [2700, 5000]
    world.close_outs().close(CloseSession(session, expenses=(small,)))
    world.close_outs().close(CloseSession(session, expenses=(small, large)))
    assert world.pay(session) == [2700, 5000, 5001]
    world.policy(ClaimsApproved(up_to=100))
    other = world.session(START + timedelta(hours=2))
    world.clock.time = START + timedelta(days=1)
    world.close_outs(tutor).close(CloseSession(other, expenses=(small,)))
    assert world.pay(other) == [2700]


def test_a_tutors_long_way_waits_and_the_offices_does_not(world: World) -> None:
    session, tutor = world.session(), world.tutor_desk().actor
    near, far = (ClaimMileage(world.anna, Decimal(way)) for way in ("100", "100.1"))
    world.close_outs(tutor).close(CloseSession(session, mileage=(near, far)))
    ways = world.close_outs().report(session).mileage
    assert [(way.distance, way.approved) for way in ways] == [
        (Decimal(100), Decimal(100)),
        (Decimal("100.1"), None),
    ]
    world.close_outs().close(CloseSession(session, mileage=()))
    world.close_outs().close(CloseSession(session, mileage=(far,)))
    world.close_outs(tutor).close(CloseSession(session, mileage=(far,)))
    (kept,) = world.close_outs().report(session).mileage
    assert (kept.distance, kept.approved) == (Decimal("100.1"), Decimal("100.1"))


def test_how_far_tutors_may_go_unasked_is_the_policys(world: World) -> None:
    world.policy(ClaimsApproved(up_to_distance=Decimal(5)))
    session, tutor = world.session(), world.tutor_desk().actor
    way = ClaimMileage(world.anna, Decimal("5.1"))
    world.close_outs(tutor).close(CloseSession(session, mileage=(way,)))
    (kept,) = world.close_outs().report(session).mileage
    assert kept.approved is None


def test_what_no_session_can_cause_is_refused(world: World) -> None:
    session, anna = world.session(), world.anna
    for claim in (
        CloseSession(session, expenses=(ClaimExpense(anna, "Book", 10**10 + 1),)),
        CloseSession(session, mileage=(ClaimMileage(anna, Decimal("2000.01")),)),
    ):
        with pytest.raises(
            errors.LargestClaimError, match=r"at most 100,000,000\.00 GBP"
        ):
            world.close_outs().close(claim)
    most = ClaimExpense(anna, "Book", 10**10)
    world.close_outs().close(CloseSession(session, expenses=(most,)))
    assert world.pay(session) == [2700, 10**10]


def test_mileage_is_proposed_from_the_travel_table(world: World) -> None:
    home, school = world.make.place("Home"), world.make.place("School")
    world.make.save(
        TravelTime(
            from_place_id=school,
            to_place_id=home,
            minutes=20,
            distance=Decimal("12.4"),
        )
    )
    bob = world.make.tutor("Bob", rate=2700, home_place_id=home)
    session = world.session(tutors=[bob], place_id=school)
    (proposed,) = world.close_outs().mileage_proposals(session)
    assert (proposed.tutor_id, proposed.distance) == (bob, Decimal("12.4"))
    assert proposed.unit is DistanceUnit.KILOMETRE
    claim = ClaimMileage(bob, Decimal(13), None, home, school)
    world.close_outs().close(CloseSession(session, mileage=(claim,)))
    (kept,) = world.close_outs().report(session).mileage
    assert (kept.distance, kept.unit) == (Decimal(13), DistanceUnit.KILOMETRE)


def test_the_way_begins_where_the_tutor_taught_before(world: World) -> None:
    home, school, library = (world.make.place(name) for name in ("H", "S", "L"))
    ways = [(home, school, "9"), (library, school, "2.5"), (school, library, "3")]
    for from_place, to_place, distance in ways:
        way = TravelTime(from_place_id=from_place, to_place_id=to_place, minutes=5)
        way.distance = Decimal(distance)
        world.make.save(way)
    bob = world.make.tutor("Bob", rate=2700, home_place_id=home)
    before = START - timedelta(hours=3)
    world.session(before, tutors=[bob], students=[world.ben], place_id=library)
    session = world.session(tutors=[bob], place_id=school)
    with world.database.snapshot() as snapshot:
        (proposed,) = proposals(snapshot, sheet_of(snapshot, session))
    assert (proposed.from_place_id, proposed.distance) == (library, Decimal("2.5"))
