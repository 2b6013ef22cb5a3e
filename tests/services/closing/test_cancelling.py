"""Cancelling and restoring, with the notice to the minute."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.closing import Note
from app.models.people import Student, TutorException
from app.models.values.actors import Actor, Role
from app.models.values.people import ExceptionKind
from app.models.values.policies import LateCancel
from app.models.values.schedule import AttendanceState, CancelledBy, SessionStatus
from app.services.closing import errors
from app.services.closing.cancelling import cancel_steps
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    CloseSession,
    Outcome,
    StudentOutcome,
    WaiveCharge,
)
from app.services.desk import OfficeOnlyError
from app.services.scheduling.errors import ClashError
from tests.services.closing.world import START, World

HOUSEHOLD, BY_OFFICE, BY_TUTOR = CancelledBy
LATE, IN_TIME = SessionStatus.CANCELLED_LATE, SessionStatus.CANCELLED_IN_TIME


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (timedelta(hours=24, minutes=1), IN_TIME),
        (timedelta(hours=24), IN_TIME),
        (timedelta(hours=23, minutes=59, seconds=59), LATE),
        (timedelta(0), LATE),
        (timedelta(minutes=-30), LATE),
    ],
)
def test_exactly_the_limit_is_in_time(
    world: World, before: timedelta, expected: SessionStatus
) -> None:
    session = world.session()
    done = world.cancellations().cancel(
        CancelSession(session, HOUSEHOLD, START - before)
    )
    assert done.status is expected
    assert done.notice_minutes == before // timedelta(minutes=1)


def test_notice_is_elapsed_time_when_the_clocks_change(world: World) -> None:
    starts = datetime(2026, 3, 29, 9, tzinfo=UTC)  # 10:00 in London; it was 23 hours
    world.clock.time = starts + timedelta(days=1)
    session = world.session(starts)
    ten_the_day_before = datetime(2026, 3, 28, 10, tzinfo=UTC)
    done = world.cancellations().cancel(
        CancelSession(session, HOUSEHOLD, ten_the_day_before)
    )
    assert (done.status, done.notice_minutes) == (LATE, 23 * 60)


def test_the_offerings_notice_goes_before_the_policys(world: World) -> None:
    strict = world.make.offering("Exam", price=4800, notice_hours=48)
    session = world.session(offering=strict)
    at = START - timedelta(hours=47)
    done = world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at))
    assert done.status is LATE


def test_the_most_particular_policy_decides_for_each_student(world: World) -> None:
    with world.make.transaction() as transaction:
        ben = transaction.get(Student, world.ben)
        assert ben is not None
        household = ben.household_id
    world.policy(LateCancel(Decimal(1)), "household", household)
    session = world.session(students=[world.maya, world.ben])
    at = START - timedelta(hours=2)
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at))
    assert world.states(session) == [
        AttendanceState.CANCELLED_LATE,
        AttendanceState.CANCELLED_IN_TIME,
    ]
    assert world.status(session) is LATE


def test_the_moment_and_the_side_are_recorded(world: World) -> None:
    session = world.session()
    at = START - timedelta(hours=5)
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at, note="Flu"))
    found, place = world.read(session), world.place(session, world.maya)
    assert (found.cancelled_at, found.cancelled_by) == (at, HOUSEHOLD)
    assert (found.cancel_note, found.notice_minutes) == ("Flu", 300)
    assert (place.state_at, place.state_by, place.notice_minutes) == (at, "Olga", 300)
    assert world.occupied(session) == 0


def test_a_moment_that_has_not_come_is_refused(world: World) -> None:
    session = world.session()
    at = world.clock.time + timedelta(seconds=1)
    with pytest.raises(errors.CancelMomentError, match="in the future"):
        world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at))
    assert world.status(session) is SessionStatus.PLANNED


@pytest.mark.parametrize("by", [HOUSEHOLD, CancelledBy.OFFICE, CancelledBy.TUTOR])
def test_what_did_not_take_place_can_be_called_off_afterwards(
    world: World, by: CancelledBy
) -> None:
    session = world.session()
    done = world.cancellations().cancel(CancelSession(session, by))
    assert done.status.is_cancelled
    late = done.status is SessionStatus.CANCELLED_LATE
    assert late is (by is HOUSEHOLD)


def test_now_is_the_moment_unless_another_is_given(world: World) -> None:
    world.clock.time = START - timedelta(hours=30)
    session = world.session()
    done = world.cancellations().cancel(CancelSession(session, HOUSEHOLD))
    assert (done.status, done.notice_minutes) == (IN_TIME, 1800)


def test_one_of_a_group_cancels_and_the_slot_stays(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    at = START - timedelta(days=2)
    done = world.cancellations().cancel(
        CancelSession(session, HOUSEHOLD, at, world.ben, note="At a match")
    )
    assert done.status is SessionStatus.PLANNED
    assert world.occupied(session) == 2
    with world.database.snapshot() as snapshot:
        note = snapshot.scalars(select(Note)).one()
    assert (note.student_id, note.audience, note.text) == (
        world.ben,
        "internal",
        "At a match",
    )


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ((HOUSEHOLD, 48), (HOUSEHOLD, 36), IN_TIME),
        ((HOUSEHOLD, 48), (HOUSEHOLD, 2), LATE),
        ((HOUSEHOLD, 48), (BY_OFFICE, 2), SessionStatus.CANCELLED_BY_OFFICE),
        ((HOUSEHOLD, 3), (BY_OFFICE, 2), LATE),
        ((BY_OFFICE, 2), (HOUSEHOLD, 48), SessionStatus.CANCELLED_BY_OFFICE),
    ],
)
def test_the_session_follows_when_the_last_student_cancels(
    world: World,
    first: tuple[CancelledBy, int],
    then: tuple[CancelledBy, int],
    expected: SessionStatus,
) -> None:
    session = world.session(students=[world.maya, world.ben])
    for student, (by, hours) in zip(
        (world.maya, world.ben), (first, then), strict=True
    ):
        at = START - timedelta(hours=hours)
        world.cancellations().cancel(CancelSession(session, by, at, student))
    assert world.status(session) is expected
    assert world.occupied(session) == 0


def test_cancelling_a_closed_session_corrects_it(world: World) -> None:
    session = world.session()
    book = ClaimExpense(world.anna, "Book", 500)
    world.close_outs().close(CloseSession(session, minutes=90, expenses=(book,)))
    world.close_outs().approve([session])
    world.cancellations().cancel(
        CancelSession(session, BY_TUTOR, START - timedelta(hours=1))
    )
    assert (world.charges(session), world.pay(session)) == ([], [])
    assert world.close_out(session) is None
    assert world.place(session, world.maya).actual_minutes is None


def test_cancelling_one_place_of_a_closed_session_corrects_it(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    world.close_outs().close(CloseSession(session))
    world.close_outs().approve([session])
    at = START - timedelta(days=3)
    done = world.cancellations().cancel(
        CancelSession(session, HOUSEHOLD, at, world.ben)
    )
    assert (done.status, done.charged) == (SessionStatus.HELD, 4800)
    assert world.close_outs().report(session).approved_by == ""
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at, world.maya))
    assert world.status(session) is IN_TIME


def test_a_no_show_is_left_when_who_came_turns_out_to_have_cancelled(
    world: World,
) -> None:
    session = world.session(students=[world.maya, world.ben])
    away = StudentOutcome(world.ben, AttendanceState.ABSENT)
    world.close_outs().close(CloseSession(session, students=(away,)))
    at = START - timedelta(days=3)
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at, world.maya))
    assert world.status(session) is SessionStatus.NO_SHOW


def test_cancelling_twice_is_refused(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    at = START - timedelta(days=2)
    cancel = CancelSession(session, HOUSEHOLD, at, world.ben)
    world.cancellations().cancel(cancel)
    for again in (cancel, CancelSession(session, HOUSEHOLD, at)):
        if again is not cancel:
            world.cancellations().cancel(again)
        with pytest.raises(errors.AlreadyCancelledError):
            world.cancellations().cancel(again)


def test_a_stranger_cannot_cancel(world: World) -> None:
    session = world.session()
    at = START - timedelta(days=2)
    with pytest.raises(errors.StrangerError):
        world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at, world.ben))
    with pytest.raises(errors.StrangerError):
        world.cancellations().restore(session, world.ben)


def test_tutors_cancel_own_sessions_in_their_own_or_the_familys_name(
    world: World,
) -> None:
    session = world.session()
    tutor = world.tutor_desk().actor
    at = START - timedelta(days=2)
    with pytest.raises(errors.CancelRightsError):
        world.cancellations(tutor).cancel(CancelSession(session, BY_OFFICE, at))
    with pytest.raises(errors.WaiverRightsError):
        world.cancellations(tutor).cancel(
            CancelSession(session, HOUSEHOLD, at, waive_reason="Kind")
        )
    with pytest.raises(errors.WaiverRightsError):
        world.cancellations(tutor).waive(WaiveCharge(session, "Kind"))
    stranger = Actor("Eve", Role.TUTOR, world.make.tutor("Eve"))
    with pytest.raises(errors.NotYourSessionError):
        world.cancellations(stranger).cancel(CancelSession(session, HOUSEHOLD, at))
    with pytest.raises(errors.EarlierMomentError):
        world.cancellations(tutor).cancel(CancelSession(session, HOUSEHOLD, at))
    done = world.cancellations(tutor).cancel(CancelSession(session, BY_TUTOR))
    assert done.charged is None
    with pytest.raises(OfficeOnlyError):
        world.cancellations(tutor).restore(session)


def test_what_was_closed_out_only_the_office_calls_off(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    tutor = world.tutor_desk().actor
    with pytest.raises(errors.ClosedOutRightsError):
        world.cancellations(tutor).cancel(CancelSession(session, BY_TUTOR))
    assert world.status(session) is SessionStatus.HELD


def test_only_missed_sessions_are_waived_and_with_a_reason(world: World) -> None:
    session = world.session()
    with pytest.raises(errors.NothingToWaiveError):
        world.cancellations().waive(WaiveCharge(session, "Kind"))
    with pytest.raises(errors.WaiverReasonError, match="needs a reason"):
        world.cancellations().waive(WaiveCharge(session, " "))


def test_restoring_brings_back_who_was_called_off_with_the_session(
    world: World,
) -> None:
    session = world.session(students=[world.maya, world.ben])
    two_days, one = START - timedelta(days=2), START - timedelta(hours=1)
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, two_days, world.ben))
    world.cancellations().cancel(CancelSession(session, BY_OFFICE, one))
    world.cancellations().restore(session)
    expected, in_time = AttendanceState.EXPECTED, AttendanceState.CANCELLED_IN_TIME
    assert world.states(session) == [expected, in_time]
    world.cancellations().restore(session, world.ben)
    assert world.states(session) == [expected, expected]
    assert world.occupied(session) == 3
    found, place = world.read(session), world.place(session, world.ben)
    assert (found.cancelled_at, found.cancelled_by) == (None, None)
    assert (place.state_at, place.notice_minutes) == (None, None)


def test_restoring_is_checked_like_a_booking(world: World) -> None:
    session = world.session()
    world.cancellations().cancel(
        CancelSession(session, BY_OFFICE, START - timedelta(days=1))
    )
    world.session(START + timedelta(minutes=30))
    with pytest.raises(ClashError):
        world.cancellations().restore(session)
    assert world.status(session) is SessionStatus.CANCELLED_BY_OFFICE


def test_restoring_a_student_is_checked_like_a_booking(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    at = START - timedelta(days=1)
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at, world.ben))
    world.session(tutors=[world.make.tutor("Bob")], students=[world.ben])
    with pytest.raises(ClashError):
        world.cancellations().restore(session, world.ben)


def test_restoring_onto_leave_is_refused(world: World) -> None:
    session = world.session()
    world.cancellations().cancel(
        CancelSession(session, BY_TUTOR, START - timedelta(days=1))
    )
    world.make.save(
        TutorException(
            tutor_id=world.anna,
            kind=ExceptionKind.LEAVE,
            starts_at=START - timedelta(hours=2),
            ends_at=START + timedelta(hours=2),
        )
    )
    with pytest.raises(ClashError):
        world.cancellations().restore(session)


def test_only_what_was_cancelled_is_restored(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    for student in (None, world.maya):
        with pytest.raises(errors.NotCancelledError):
            world.cancellations().restore(session, student)
    at = START - timedelta(days=1)
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, at, world.ben))
    world.close_outs().close(CloseSession(session))
    with pytest.raises(errors.ClosedPlaceError):
        world.cancellations().restore(session, world.ben)


def test_a_session_closed_as_cancelled_is_open_again_once_restored(
    world: World,
) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, Outcome.CANCELLED_LATE))
    world.cancellations().restore(session)
    assert world.close_out(session) is None
    assert world.charges(session) == []
    assert [each.session_id for each in world.close_outs().open_close_outs()] == [
        session
    ]


def test_several_are_cancelled_inside_another_step(world: World) -> None:
    sessions = [world.session(START + timedelta(days=day)) for day in range(3)]
    desk = world.desk()
    with desk.transaction("Cancel a series") as transaction:
        cancel_steps(transaction, desk, sessions, BY_OFFICE, desk.now())
        cancel_steps(transaction, desk, sessions, BY_OFFICE, desk.now())
    assert {world.status(each) for each in sessions} == {
        SessionStatus.CANCELLED_BY_OFFICE
    }
    assert sum(world.occupied(each) for each in sessions) == 0
