"""A tutor tells the own part of a session, and nothing over the office's head."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from app.models.catalog import TravelTime
from app.models.values.actors import Actor, Role
from app.models.values.billing import MoneyOutcome
from app.models.values.schedule import AttendanceState, CancelledBy
from app.services.closing import errors
from app.services.closing.close_outs import CloseOuts
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    SetHomework,
    StudentOutcome,
    WaiveCharge,
)
from tests.services.closing.world import START, World

NO_SHOW = Outcome.NO_SHOW


def tutor(world: World, tutor_id: int | None = None) -> CloseOuts:
    """Give the close-outs as a tutor, Anna unless said, sees them."""
    return world.close_outs(world.tutor_desk(tutor_id).actor)


def shared(world: World) -> tuple[int, int]:
    """Give a session of Anna's in which Bob has a part, and Bob."""
    bob = world.make.tutor("Bob", rate=3000)
    return world.session(tutors=[world.anna, bob], minutes=90), bob


@pytest.mark.parametrize("teller", ["main", "second"])
def test_a_tutor_replaces_the_own_claims_and_minutes_only(
    world: World, teller: str
) -> None:
    session, bob = shared(world)
    own, other = (world.anna, bob) if teller == "main" else (bob, world.anna)
    taxi, way = ClaimExpense(other, "Taxi", 5000), ClaimMileage(other, Decimal(40))
    pens = ClaimExpense(own, "Pens", 300)
    world.close_outs().close(
        CloseSession(
            session,
            tutor_minutes={other: 45},
            expenses=(taxi, pens),
            mileage=(way,),
        )
    )
    tutor(world, own).close(
        CloseSession(
            session,
            Outcome.AS_PLANNED,
            tutor_minutes={own: 80},
            expenses=(ClaimExpense(own, "Book", 700),),
            mileage=(),
        )
    )
    told = world.close_outs().report(session)
    assert {each.tutor_id: each.actual_minutes for each in told.tutors} == {
        own: 80,
        other: 45,
    }
    assert [(each.tutor_id, each.what) for each in told.expenses] == [
        (other, "Taxi"),
        (own, "Book"),
    ]
    assert [each.tutor_id for each in told.mileage] == [other]
    again = tutor(world, own).report(session)
    assert [each.what for each in again.expenses] == ["Book"]


def test_the_first_report_of_one_tutor_gives_the_others_the_planned_time(
    world: World,
) -> None:
    session, bob = shared(world)
    tutor(world).close(CloseSession(session, minutes=600))
    told = world.close_outs().report(session)
    assert [each.actual_minutes for each in told.tutors] == [600, 90]
    tutor(world, bob).close(CloseSession(session, tutor_minutes={bob: 30}))
    told = world.close_outs().report(session)
    assert [each.actual_minutes for each in told.tutors] == [600, 30]


def test_a_tutor_names_no_other_tutor(world: World) -> None:
    session, bob = shared(world)
    for request in (
        CloseSession(session, tutor_minutes={bob: 1}),
        CloseSession(session, expenses=(ClaimExpense(bob, "Taxi", 77),)),
        CloseSession(session, mileage=(ClaimMileage(bob, Decimal(7)),)),
    ):
        with pytest.raises(errors.OthersPartError, match="your own part"):
            tutor(world).close(request)
    assert world.close_out(session) is None


def test_what_another_tutor_told_is_not_taken_back_in_whole(world: World) -> None:
    session, bob = shared(world)
    taxi = ClaimExpense(bob, "Taxi", 5000)
    tutor(world, bob).close(CloseSession(session, expenses=(taxi,)))
    with pytest.raises(errors.OthersPartError):
        tutor(world).close(CloseSession(session, NO_SHOW))
    with pytest.raises(errors.OthersPartError):
        tutor(world).reopen(session)
    assert world.pay(session) == [4050, 4500, 5000]


def test_a_tutor_is_proposed_the_own_way_only(world: World) -> None:
    home, school = world.make.place("Home"), world.make.place("School")
    way = TravelTime(from_place_id=home, to_place_id=school, minutes=20)
    way.distance = Decimal(9)
    world.make.save(way)
    two = [
        world.make.tutor(name, rate=2700, home_place_id=home) for name in ("Bo", "Cy")
    ]
    session = world.session(tutors=two, place_id=school)
    for one in two:
        (found,) = tutor(world, one).mileage_proposals(session)
        assert found.tutor_id == one
    assert len(world.close_outs().mileage_proposals(session)) == len(two)


def test_a_tutor_does_not_close_over_another_charge_of_the_offices(
    world: World,
) -> None:
    session = world.session()
    world.close_outs().close(
        CloseSession(session, money=MoneyOutcome.NEITHER, money_reason="Complaint")
    )
    for again in (CloseSession(session), CloseSession(session, Outcome.AS_PLANNED)):
        with pytest.raises(errors.OfficeDecidedError, match="ask the office"):
            tutor(world).close(again)
        with pytest.raises(errors.OfficeDecidedError):
            tutor(world).preview(again)
    with pytest.raises(errors.OfficeDecidedError):
        tutor(world).reopen(session)
    assert (world.charges(session), world.pay(session)) == ([], [])


def test_a_tutor_does_not_close_over_an_approval(world: World) -> None:
    session = world.session()
    tutor(world).close(CloseSession(session))
    world.close_outs().approve([session])
    with pytest.raises(errors.OfficeDecidedError):
        tutor(world).close(CloseSession(session, minutes=600))
    with pytest.raises(errors.OfficeDecidedError):
        tutor(world).reopen(session)
    assert world.close_outs().report(session).approved_by == "Olga"


def test_a_tutor_does_not_close_over_a_waiver(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    away = StudentOutcome(world.ben, AttendanceState.ABSENT)
    tutor(world).close(CloseSession(session, students=(away,)))
    world.cancellations().waive(WaiveCharge(session, "A sick child"))
    for again in (
        CloseSession(session, Outcome.AS_PLANNED),
        CloseSession(session, students=(StudentOutcome(world.ben),)),
    ):
        with pytest.raises(errors.OfficeDecidedError):
            tutor(world).close(again)
    with pytest.raises(errors.OfficeDecidedError):
        tutor(world).reopen(session)
    tutor(world).close(CloseSession(session, homework=(SetHomework(None, "p. 3"),)))
    assert world.place(session, world.ben).waived_reason == "A sick child"
    assert world.charges(session) == [4800]


def test_a_tutor_does_not_close_over_a_cancellation_of_the_office(
    world: World,
) -> None:
    session = world.session()
    by_office = CancelSession(session, CancelledBy.OFFICE, START - timedelta(days=2))
    world.cancellations().cancel(by_office)
    for again in (
        CloseSession(session, students=(StudentOutcome(world.maya),)),
        CloseSession(session, Outcome.CANCELLED_LATE),
    ):
        with pytest.raises(errors.OfficeDecidedError):
            tutor(world).close(again)
    assert (world.charges(session), world.pay(session)) == ([], [])


def test_a_group_is_closed_whose_one_student_the_office_called_off(
    world: World,
) -> None:
    session = world.session(students=[world.maya, world.ben])
    at = START - timedelta(days=2)
    world.cancellations().cancel(
        CancelSession(session, CancelledBy.OFFICE, at, world.ben)
    )
    came = (StudentOutcome(world.ben),)
    with pytest.raises(errors.OfficeDecidedError):
        tutor(world).close(CloseSession(session, students=came))
    tutor(world).close(CloseSession(session))
    assert world.charges(session) == [4800]


def test_a_tutor_calls_off_afterwards_as_before(world: World) -> None:
    session = world.session()
    state = AttendanceState
    refused = {
        Outcome.CANCELLED_BY_OFFICE: errors.CancelRightsError,
        Outcome.CANCELLED_IN_TIME: errors.EarlierMomentError,
    }
    for outcome, error in refused.items():
        with pytest.raises(error):
            tutor(world).close(CloseSession(session, outcome))
        one = StudentOutcome(world.maya, state(outcome.value))
        with pytest.raises(error):
            tutor(world).close(CloseSession(session, students=(one,)))
    tutor(world).close(CloseSession(session, Outcome.CANCELLED_BY_TUTOR))
    tutor(world).close(CloseSession(session, Outcome.CANCELLED_LATE))
    assert world.charges(session) == [4800]


def test_a_tutor_does_not_make_late_what_was_cancelled_in_time(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    at = START - timedelta(days=2)
    world.cancellations().cancel(
        CancelSession(session, CancelledBy.HOUSEHOLD, at, world.ben)
    )
    late = StudentOutcome(world.ben, AttendanceState.CANCELLED_LATE)
    with pytest.raises(errors.AlreadyCancelledError):
        tutor(world).close(CloseSession(session, students=(late,)))


def test_several_close_outs_leave_out_what_the_office_decided(world: World) -> None:
    good, decided = world.session(), world.session(START - timedelta(days=1))
    tutor(world).close(CloseSession(decided))
    world.close_outs().approve([decided])
    actor = Actor("Anna", Role.TUTOR, world.anna)
    done = world.close_outs(actor).close_many(
        [CloseSession(good), CloseSession(decided)]
    )
    assert [each.session_id for each in done.left_out] == [decided]
    assert "has decided" in done.left_out[0].why
