"""Whatever is done, undone and done again: the tables end as they should."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.database import Database
from app.models.values.errors import OfficeError
from app.models.values.policies import LateCancel, MakeUp
from app.models.values.schedule import AttendanceState, CancelledBy
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    CloseSession,
    Outcome,
    SetHomework,
    StudentOutcome,
    WaiveCharge,
)
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.closing.world import START, World
from tests.services.test_journal import Contents, contents, journal

ACTIONS = (
    "close",
    "close_longer",
    "no_show",
    "one_absent",
    "late",
    "in_time",
    "by_office",
    "one_cancels",
    "restore",
    "approve",
    "waive",
    "policy",
    "undo",
    "undo",
    "undo",
    "redo",
)
Steps = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.integers(0, 2)), min_size=1, max_size=14
)


@pytest.fixture
def world(database: Database, clock: FakeClock, make: Make) -> World:
    """An office with a tutor and two families, on both databases."""
    return World(database, clock, make)


@pytest.fixture
def sessions(world: World) -> list[int]:
    """Three sessions of two students; every example leaves them as it found them."""
    world.policy(LateCancel(charge=Decimal(50)))
    both = [world.maya, world.ben]
    starts = [START - timedelta(hours=2 * number) for number in range(3)]
    return [world.session(each, students=both) for each in starts]


def actions(world: World, session: int) -> dict[str, Callable[[], object]]:
    """Give everything that can be done to a session."""
    closing, calling = world.close_outs(), world.cancellations()
    household, by_office = CancelledBy.HOUSEHOLD, CancelledBy.OFFICE
    book = (ClaimExpense(world.anna, "Book", 700),)
    page = (SetHomework(None, "Page 4"),)
    away = (StudentOutcome(world.ben, AttendanceState.ABSENT),)
    late, in_time = START - timedelta(hours=6), START - timedelta(hours=60)
    asked = {
        "close": CloseSession(session, progress_note="Good", homework=page),
        "close_longer": CloseSession(session, minutes=90, expenses=book),
        "no_show": CloseSession(session, Outcome.NO_SHOW),
        "one_absent": CloseSession(session, students=away),
    }
    called_off = {
        "late": CancelSession(session, household, late, note="Ill"),
        "in_time": CancelSession(session, household, in_time),
        "by_office": CancelSession(session, by_office, late),
        "one_cancels": CancelSession(session, household, late, world.ben, note="Ill"),
    }
    return {
        **{name: partial(closing.close, each) for name, each in asked.items()},
        **{name: partial(calling.cancel, each) for name, each in called_off.items()},
        "restore": partial(calling.restore, session),
        "approve": partial(closing.approve, [session]),
        "waive": partial(calling.waive, WaiveCharge(session, "Kind")),
        "policy": partial(world.policy, MakeUp(instead_of_charge=True)),
    }


def play(world: World, sessions: list[int], steps: list[tuple[str, int]]) -> None:
    """Play steps beside a memory of every state, and compare after each of them."""
    past: list[Contents] = [contents(world)]
    future: list[Contents] = []
    for action, which in steps:
        if action in {"undo", "redo"}:
            away, to = (past, future) if action == "undo" else (future, past)
            if len(past) == 1 if action == "undo" else not future:
                continue
            history = journal(world)
            stack = history.undoable() if action == "undo" else history.redoable()
            history.undo(stack[0].step)
            to.append(away.pop())
            assert contents(world) == past[-1], action
            continue
        before = len(journal(world).undoable())
        try:
            actions(world, sessions[which])[action]()
        except OfficeError:
            assert contents(world) == past[-1]
            continue
        now = contents(world)
        if len(journal(world).undoable()) > before:
            past.append(now)
            future.clear()
    while len(past) > 1:
        journal(world).undo(journal(world).undoable()[0].step)
        past.pop()
        assert contents(world) == past[-1]


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=Steps)
def test_undoing_and_redoing_at_random_never_loses_anything(
    world: World, sessions: list[int], steps: list[tuple[str, int]]
) -> None:
    play(world, sessions, steps)
