"""Closing out keeps what happened, and closing again corrects it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from app.models.billing import Charge
from app.models.faults import BusyError
from app.models.values.billing import MoneyOutcome
from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    CloseOutState,
    SessionStatus,
)
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.closing import errors
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    SetHomework,
    StudentOutcome,
    TouchSkill,
)
from app.services.desk import MissingRecordError, OfficeOnlyError
from tests.services.closing.world import BOOKS, OFFICE, START, World

PRESENT, ABSENT = AttendanceState.PRESENT, AttendanceState.ABSENT


def wall(day: int, hour: int, minute: int) -> datetime:
    """Give a time of March on the office's clock."""
    return datetime(2026, 3, day, hour, minute)  # noqa: DTZ001


def test_additional_tutors_have_minutes_of_their_own(world: World) -> None:
    bob = world.make.tutor("Bob", rate=3000)
    session = world.session(tutors=[world.anna, bob], minutes=90)
    world.close_outs().close(CloseSession(session, tutor_minutes={bob: 30}))
    assert world.pay(session) == [4050, 1500]
    assert world.charges(session) == [7200]


def test_everybody_absent_is_a_no_show(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    away = tuple(StudentOutcome(who, ABSENT) for who in (world.maya, world.ben))
    world.close_outs().close(CloseSession(session, students=away))
    assert world.status(session) is SessionStatus.NO_SHOW


def test_a_close_out_can_say_that_a_student_cancelled(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    in_time = StudentOutcome(world.ben, AttendanceState.CANCELLED_IN_TIME)
    world.close_outs().close(CloseSession(session, students=(in_time,)))
    assert world.reasons(session) == ["", "cancelled_in_time", ""]
    assert world.occupied(session) == 2


@pytest.mark.parametrize("outcome", [each for each in Outcome if each.is_cancellation])
def test_every_cancellation_is_an_outcome_too(world: World, outcome: Outcome) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, outcome))
    assert world.status(session).value == outcome.value
    assert world.occupied(session) == 0
    assert world.close_outs().open_close_outs() == ()


def test_a_student_who_had_cancelled_keeps_that_unless_the_report_says_otherwise(
    world: World,
) -> None:
    session = world.session(students=[world.maya, world.ben])
    early = START - timedelta(days=2)
    household = CancelledBy.HOUSEHOLD
    world.cancellations().cancel(CancelSession(session, household, early, world.ben))
    world.close_outs().close(CloseSession(session))
    assert world.states(session) == [PRESENT, AttendanceState.CANCELLED_IN_TIME]
    came = StudentOutcome(world.ben)
    world.close_outs().close(CloseSession(session, students=(came,)))
    assert world.states(session) == [PRESENT, PRESENT]
    assert world.occupied(session) == 3


def test_a_cancelled_session_is_not_closed_as_planned(world: World) -> None:
    session = world.session()
    early = START - timedelta(days=2)
    world.cancellations().cancel(CancelSession(session, CancelledBy.HOUSEHOLD, early))
    with pytest.raises(errors.CalledOffError):
        world.close_outs().close(CloseSession(session))


def test_a_cancelled_session_is_closed_as_another_cancellation(world: World) -> None:
    session = world.session()
    early = START - timedelta(days=2)
    world.cancellations().cancel(CancelSession(session, CancelledBy.HOUSEHOLD, early))
    world.close_outs().close(CloseSession(session, Outcome.CANCELLED_LATE))
    assert world.charges(session) == [4800]


def test_minutes_are_split_over_subjects(world: World) -> None:
    algebra, geometry = world.make.subject("Algebra"), world.make.subject("Geometry")
    session = world.session()
    split = {algebra: 40, geometry: 20}
    both = StudentOutcome(world.maya, subject_minutes=split)
    world.close_outs().close(CloseSession(session, students=(both,)))
    told = world.close_outs().report(session)
    assert told.students[0].subject_minutes == split


def test_a_correction_replaces_what_is_on_no_document(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, minutes=90))
    world.close_outs().close(CloseSession(session, minutes=60))
    assert (world.charges(session), world.pay(session)) == ([4800], [2700])
    with world.database.snapshot() as snapshot:
        rows = snapshot.scalars(select(Charge).order_by(Charge.id)).all()
    assert [(row.amount, row.replaced_at is None) for row in rows] == [
        (7200, False),
        (4800, True),
    ]


def test_several_are_closed_in_one_step_and_problems_are_named(world: World) -> None:
    good, cancelled = world.session(), world.session(START - timedelta(days=1))
    early = START - timedelta(days=4)
    world.cancellations().cancel(CancelSession(cancelled, CancelledBy.OFFICE, early))
    done = world.close_outs().close_many([CloseSession(good), CloseSession(cancelled)])
    assert [each.session_id for each in done.closed] == [good]
    assert [each.session_id for each in done.left_out] == [cancelled]
    assert "restore it first" in done.left_out[0].why


def test_a_database_that_fails_is_no_problem_of_a_session(world: World) -> None:
    sessions = [world.session(START - timedelta(days=day)) for day in range(2)]

    def fail(*said: object) -> None:
        if "INSERT INTO close_out" in str(said[2]):
            raise BusyError

    event.listen(world.database._engine, "before_cursor_execute", fail)
    with pytest.raises(BusyError):
        world.close_outs().close_many([CloseSession(each) for each in sessions])
    event.remove(world.database._engine, "before_cursor_execute", fail)
    done = world.close_outs().close_many([CloseSession(each) for each in sessions])
    assert [each.session_id for each in done.closed] == sessions


def test_the_office_approves_in_bulk_and_a_correction_asks_again(world: World) -> None:
    sessions = [world.session(START - timedelta(days=day)) for day in range(3)]
    world.close_outs().close_many([CloseSession(each) for each in sessions])
    world.close_outs().approve(sessions)
    told = world.close_outs().report(sessions[0])
    assert (told.state, told.approved_by) == (CloseOutState.APPROVED, "Olga")
    world.close_outs().close(CloseSession(sessions[0], minutes=30))
    assert world.close_outs().report(sessions[0]).state is CloseOutState.CLOSED


def test_only_what_is_closed_is_approved_and_only_by_the_office(world: World) -> None:
    session = world.session()
    with pytest.raises(errors.NotClosedError, match="03 Mar 2026, 16:00"):
        world.close_outs().approve([session])
    with pytest.raises(OfficeOnlyError):
        world.close_outs(world.tutor_desk().actor).approve([session])


def test_a_session_is_closed_from_its_end_and_earlier_by_administrators(
    world: World,
) -> None:
    session = world.session()
    tutor = world.tutor_desk().actor
    world.clock.time = START + timedelta(minutes=59)
    for actor in (tutor, BOOKS):
        with pytest.raises(errors.SessionNotOverError, match="17:00"):
            world.close_outs(actor).close(CloseSession(session))
    world.close_outs(OFFICE).preview(CloseSession(session))
    world.clock.time = START + timedelta(minutes=60)
    world.close_outs(tutor).close(CloseSession(session))


def test_what_has_not_begun_is_not_closed_out(world: World) -> None:
    session = world.session()
    world.clock.time = START - timedelta(minutes=16)
    for outcome in (None, Outcome.OTHER_TIMES, Outcome.NO_SHOW):
        with pytest.raises(errors.SessionNotBegunError, match="16:00 on 03 Mar"):
            world.close_outs().close(CloseSession(session, outcome))
    assert world.close_outs().preview(CloseSession(session)).charged == 4800
    done = world.close_outs().close_many([CloseSession(session)])
    assert "has not begun" in done.left_out[0].why
    gone = world.session(START + timedelta(days=1), students=[world.ben])
    world.close_outs().close(CloseSession(gone, Outcome.CANCELLED_BY_TUTOR))
    held = world.session(START + timedelta(hours=3), students=[world.ben])
    world.close_outs().close(CloseSession(held, start=wall(3, 14, 30)))
    world.clock.time = START - timedelta(minutes=15)
    world.close_outs().close(CloseSession(session))


def test_other_money_needs_the_right_and_a_reason(world: World) -> None:
    session = world.session()
    free = CloseSession(session, money=MoneyOutcome.PAID_ONLY)
    with pytest.raises(errors.MoneyReasonError):
        world.close_outs().close(free)
    tutor = world.tutor_desk().actor
    named = CloseSession(session, money=MoneyOutcome.PAID_ONLY, money_reason="Why not")
    with pytest.raises(errors.MoneyRightsError):
        world.close_outs(tutor).close(named)
    assert world.status(session) is SessionStatus.PLANNED


def test_a_locked_period_stays_as_it_is(world: World) -> None:
    session = world.session()
    Locks(world.desk()).lock(LockPeriod(until=date(2026, 3, 4)))
    with pytest.raises(PeriodLockedError):
        world.close_outs().close(CloseSession(session))
    with pytest.raises(PeriodLockedError):
        world.cancellations().cancel(
            CancelSession(session, CancelledBy.OFFICE, START - timedelta(days=3))
        )
    with pytest.raises(PeriodLockedError):
        world.cancellations().restore(session)


Refusal = tuple[type[Exception], dict[str, object]]


def impossible(world: World) -> list[Refusal]:
    """List what no close-out can say, with the error it meets."""
    maya, anna = world.maya, world.anna
    outcome = StudentOutcome
    return [
        (errors.StrangerError, {"students": (outcome(world.ben),)}),
        (errors.StrangerError, {"tutor_minutes": {anna + 99: 5}}),
        (errors.NamedTwiceError, {"students": (outcome(maya), outcome(maya))}),
        (errors.MinutesError, {"minutes": 0}),
        (errors.MinutesError, {"minutes": 1441}),
        (errors.MinutesError, {"students": (outcome(maya, minutes=-5),)}),
        (
            errors.MinutesOfAbsentError,
            {"students": (outcome(maya, ABSENT, minutes=30),)},
        ),
        (
            errors.OutcomeMismatchError,
            {"outcome": Outcome.NO_SHOW, "students": (outcome(maya),)},
        ),
        (
            errors.OutcomeMismatchError,
            {"students": (outcome(maya, AttendanceState.EXPECTED),)},
        ),
        (
            errors.SubjectMinutesError,
            {"students": (outcome(maya, subject_minutes={1: 59}),)},
        ),
        (
            errors.UnknownSubjectError,
            {"students": (outcome(maya, subject_minutes={99: 60}),)},
        ),
        (errors.StartError, {"start": wall(8, 16, 0)}),
        (errors.EmptyTextError, {"homework": (SetHomework(None, " "),)}),
        (errors.SkillStepError, {"skills": (TouchSkill(maya, "sums", 6),)}),
        (errors.ClaimAmountError, {"expenses": (ClaimExpense(anna, "Book", 0),)}),
        (errors.ClaimAmountError, {"mileage": (ClaimMileage(anna, Decimal(-1)),)}),
        (errors.EmptyTextError, {"expenses": (ClaimExpense(anna, "", 5),)}),
        (MissingRecordError, {"expenses": (ClaimExpense(anna, "Book", 5, 99),)}),
    ]


def test_what_cannot_be_is_refused_with_a_sentence(world: World) -> None:
    session = world.session()
    for error, said in impossible(world):
        with pytest.raises(error):
            world.close_outs().close(
                CloseSession(session, **said)  # type: ignore[arg-type]
            )
        assert world.status(session) is SessionStatus.PLANNED
        assert world.close_out(session) is None
