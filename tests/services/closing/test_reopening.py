"""Closed sessions are listed, and opened again until a document holds them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from app.models.values.policies import LateCancel
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.closing.errors import HeldByDocumentError, NotClosedError
from app.services.closing.requests import CloseSession, Outcome
from app.services.payroll.requests import StartPayRun
from app.services.payroll.runs import PayRuns
from tests.services.closing.world import START, World


def test_a_reopened_session_waits_again_and_costs_nothing(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, progress_note="Fractions"))
    world.close_outs().reopen(session)
    assert [row.session_id for row in world.close_outs().open_close_outs()] == [session]
    assert world.charges(session) == []
    assert world.pay(session) == []
    assert world.states(session) == [AttendanceState.EXPECTED]
    assert world.close_outs().report(session).notes[0].text == "Fractions"


def test_a_session_called_off_by_its_close_out_is_planned_again(world: World) -> None:
    session = world.session()
    late = CloseSession(session, Outcome.CANCELLED_LATE)
    world.close_outs().close(late)
    world.close_outs().reopen(session)
    assert world.status(session) is SessionStatus.PLANNED
    assert world.read(session).cancelled_at is None


def test_what_was_never_closed_is_not_reopened(world: World) -> None:
    session = world.session()
    with pytest.raises(NotClosedError):
        world.close_outs().reopen(session)


def test_what_its_tutor_was_paid_for_is_corrected_instead(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    first, last = date(2026, 3, 1), date(2026, 3, 31)
    PayRuns(world.desk()).run(StartPayRun(first, last, last, "pay"))
    with pytest.raises(HeldByDocumentError, match="its tutor was paid"):
        world.close_outs().reopen(session)
    [row] = world.close_outs().closed_out(world.clock.now() - timedelta(days=1))
    assert row.fixed_why == "its tutor was paid"


def test_closed_sessions_are_listed_with_their_minutes(world: World) -> None:
    first = world.session()
    second = world.session(START + timedelta(hours=2), students=[world.ben])
    world.close_outs().close(
        CloseSession(first, Outcome.OTHER_TIMES, start=None, minutes=45)
    )
    world.close_outs().close(CloseSession(second, Outcome.NO_SHOW))
    rows = world.close_outs().closed_out(world.clock.now())
    assert [(row.session_id, row.minutes) for row in rows] == [
        (first, 45),
        (second, None),
    ]
    assert rows[0].students == ("Maya",)
    assert rows[0].closed_by == "Olga"
    later = world.clock.now() + timedelta(seconds=1)
    assert world.close_outs().closed_out(later) == ()


def test_a_tutor_sees_only_own_closed_sessions(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    other = world.make.tutor("Ben", rate=2000)
    since = world.clock.now() - timedelta(hours=1)
    own = world.tutor_desk().actor
    strange = world.tutor_desk(other).actor
    assert len(world.close_outs(own).closed_out(since)) == 1
    assert world.close_outs(strange).closed_out(since) == ()


def test_who_stayed_away_last_time_is_named(world: World) -> None:
    former = world.session(START - timedelta(days=7))
    session = world.session()
    world.close_outs().close(CloseSession(former, Outcome.NO_SHOW))
    [row] = world.close_outs().open_close_outs()
    assert row.session_id == session
    assert row.stayed_away == ("Maya",)


def test_the_rules_are_told_without_charges_to_tutors(world: World) -> None:
    world.policy(LateCancel(charge=Decimal(50)))
    session = world.session()
    office = world.close_outs().rules(session)
    tutor = world.close_outs(world.tutor_desk().actor).rules(session)
    assert office.late_charge == 50
    assert tutor.late_charge is None
    assert tutor.late_pay == office.late_pay == 100
