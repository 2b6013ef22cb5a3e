"""What a correction of a close-out does not name stays as it was said before."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.models.values.schedule import AttendanceState, CancelledBy, SessionStatus
from app.services.closing.errors import CalledOffError
from app.services.closing.requests import (
    CancelSession,
    CloseSession,
    Outcome,
    StudentOutcome,
)
from tests.services.closing.world import START, World

ABSENT, PRESENT = AttendanceState.ABSENT, AttendanceState.PRESENT


def test_an_absent_student_stays_absent_until_said_otherwise(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    away = (StudentOutcome(world.ben, ABSENT),)
    world.close_outs().close(CloseSession(session, students=away))
    world.close_outs().close(CloseSession(session, minutes=90))
    assert world.states(session) == [PRESENT, ABSENT]
    world.close_outs().close(CloseSession(session, Outcome.OTHER_TIMES, minutes=60))
    assert world.states(session) == [PRESENT, ABSENT]
    came = (StudentOutcome(world.ben),)
    world.close_outs().close(CloseSession(session, students=came))
    assert world.states(session) == [PRESENT, PRESENT]


def test_as_planned_names_everybody_and_all_times(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    away = (StudentOutcome(world.ben, ABSENT),)
    world.close_outs().close(CloseSession(session, minutes=90, students=away))
    world.close_outs().close(CloseSession(session, Outcome.AS_PLANNED))
    assert world.states(session) == [PRESENT, PRESENT]
    assert world.place(session, world.maya).actual_minutes == 60


def test_times_stay_and_whoever_followed_the_tutor_still_does(world: World) -> None:
    bob = world.make.tutor("Bob", rate=3000)
    session = world.session(
        tutors=[world.anna, bob], students=[world.maya, world.ben], minutes=90
    )
    first = CloseSession(
        session,
        start=datetime(2026, 3, 3, 16, 10),  # noqa: DTZ001  the office's clock
        minutes=80,
        students=(StudentOutcome(world.ben, minutes=40),),
        tutor_minutes={bob: 30},
    )
    world.close_outs().close(first)
    before = world.close_outs().report(session)
    world.close_outs().close(CloseSession(session, progress_note="Well done"))
    after = world.close_outs().report(session)
    assert (after.students, after.tutors) == (before.students, before.tutors)
    world.close_outs().close(CloseSession(session, minutes=70))
    told = world.close_outs().report(session)
    assert [each.actual_minutes for each in told.students] == [70, 40]
    assert [each.actual_minutes for each in told.tutors] == [70, 30]
    assert told.tutors[0].actual_starts_at == before.tutors[0].actual_starts_at


@pytest.mark.parametrize("outcome", [each for each in Outcome if each.state != PRESENT])
def test_an_outcome_stays_until_another_is_named(
    world: World, outcome: Outcome
) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, outcome))
    world.close_outs().close(CloseSession(session, internal_note="Rang at six"))
    assert world.status(session).value == outcome.value
    world.close_outs().close(CloseSession(session, Outcome.OTHER_TIMES, minutes=45))
    assert world.status(session) is SessionStatus.HELD
    assert world.states(session) == [PRESENT]


def test_a_missed_session_that_was_held_after_all_keeps_who_cancelled(
    world: World,
) -> None:
    session = world.session(students=[world.maya, world.ben])
    late = AttendanceState.CANCELLED_LATE
    told = (StudentOutcome(world.ben, late),)
    world.close_outs().close(CloseSession(session, Outcome.NO_SHOW, students=told))
    assert world.states(session) == [ABSENT, late]
    world.close_outs().close(CloseSession(session, Outcome.OTHER_TIMES))
    assert world.states(session) == [PRESENT, late]


def test_what_was_called_off_after_its_close_out_is_restored_first(
    world: World,
) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    early = START - timedelta(days=2)
    world.cancellations().cancel(CancelSession(session, CancelledBy.OFFICE, early))
    with pytest.raises(CalledOffError):
        world.close_outs().close(CloseSession(session))
