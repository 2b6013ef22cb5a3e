"""The list of open close-outs is complete, and says by when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.catalog import Closure
from app.models.values.actors import Actor, Role
from app.models.values.policies import CloseOutDue
from app.models.values.schedule import CancelledBy, SessionStatus
from app.services.closing.due import ClosedDays, due_at
from app.services.closing.errors import NotYourSessionError
from app.services.closing.requests import CancelSession, CloseSession, Outcome
from tests.services.closing.world import START, World

LONDON = ZoneInfo("Europe/London")


def listed(world: World) -> list[int]:
    return [each.session_id for each in world.close_outs().open_close_outs()]


def test_every_past_session_not_cancelled_is_closed_or_listed(world: World) -> None:
    planned, tentative = SessionStatus.PLANNED, SessionStatus.TENTATIVE
    closed, missed, off, waiting, proposed, coming = (
        world.session(START + timedelta(hours=2 * hour), status=status)
        for hour, status in enumerate([*[planned] * 4, tentative, planned])
    )
    world.clock.time = START + timedelta(hours=9)  # the end of the one proposed
    world.close_outs().close(CloseSession(closed))
    world.close_outs().close(CloseSession(missed, Outcome.NO_SHOW))
    world.cancellations().cancel(CancelSession(off, CancelledBy.OFFICE, START))
    assert listed(world) == [waiting, proposed]
    never = [each.is_never_confirmed for each in world.close_outs().open_close_outs()]
    assert never == [False, True]
    world.clock.time = START + timedelta(hours=11)
    assert listed(world) == [waiting, proposed, coming]


def test_it_names_people_and_whether_it_is_late(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    world.cancellations().cancel(
        CancelSession(session, CancelledBy.HOUSEHOLD, START, world.ben)
    )
    world.clock.set(2026, 3, 4, 10)
    (told,) = world.close_outs().open_close_outs()
    assert (told.tutor, told.students, told.offering) == ("Anna", ("Maya",), "Maths")
    assert (told.due_at, told.is_late) == (datetime(2026, 3, 4, 10, tzinfo=UTC), False)
    world.clock.advance(minutes=1)
    assert world.close_outs().open_close_outs()[0].is_late


def test_a_tutor_sees_the_own_ones_only(world: World) -> None:
    mine = world.session()
    bob = world.make.tutor("Bob")
    other = world.session(START, tutors=[bob], students=[world.ben])
    tutor = world.tutor_desk().actor
    assert [e.session_id for e in world.close_outs(tutor).open_close_outs()] == [mine]
    with pytest.raises(NotYourSessionError):
        world.close_outs(tutor).open_close_outs(bob)
    with pytest.raises(NotYourSessionError):
        world.close_outs(Actor("Nobody", Role.TUTOR)).open_close_outs()
    assert [e.session_id for e in world.close_outs().open_close_outs(bob)] == [other]


def test_the_policy_and_closures_decide_when_it_is_due(world: World) -> None:
    world.policy(CloseOutDue(working_days=2, hour=18))
    first, last = date(2026, 3, 5), date(2026, 3, 6)
    world.make.save(Closure(name="Inset", from_on=first, until_on=last))
    world.session()
    (told,) = world.close_outs().open_close_outs()
    assert told.due_at == datetime(2026, 3, 9, 18, tzinfo=UTC)  # Wednesday, then Monday


@pytest.mark.parametrize(
    ("ended", "rule", "due"),
    [
        ("2026-03-06T17:00", CloseOutDue(), "2026-03-09T10:00"),  # Friday to Monday
        ("2026-03-07T12:00", CloseOutDue(), "2026-03-09T10:00"),  # Saturday
        ("2026-03-27T17:00", CloseOutDue(), "2026-03-30T09:00"),  # summer time by then
        ("2026-03-03T23:30", CloseOutDue(working_days=0, hour=24), "2026-03-04T00:00"),
        ("2026-03-03T17:00", CloseOutDue(working_days=5, hour=0), "2026-03-10T00:00"),
    ],
)
def test_working_days_are_counted_in_the_offices_zone(
    ended: str, rule: CloseOutDue, due: str
) -> None:
    end, expected = (datetime.fromisoformat(f"{text}+00:00") for text in (ended, due))
    assert due_at(end, rule, ClosedDays(()), LONDON) == expected
