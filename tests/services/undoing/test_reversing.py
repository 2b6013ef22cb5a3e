"""A step is turned round whole, with the timetable's guard, or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.models.faults import StillUsedError
from app.models.office import JournalEntry
from app.models.scheduling import Series, Session
from app.services.scheduling.occupancy import sync
from app.services.undoing.errors import ChangedSinceError
from app.services.undoing.reversing import take_back
from tests.services.closing.world import START, World
from tests.services.test_journal import contents


def last_step(world: World) -> int:
    with world.database.snapshot() as snapshot:
        return snapshot.scalar(select(func.max(JournalEntry.step))) or 0


def take_back_last(world: World) -> None:
    desk, step = world.desk(), last_step(world)
    with desk.transaction("Undo", undoes=step) as transaction:
        take_back(transaction, desk, step)


def move(world: World, session: int, by: timedelta) -> None:
    with world.desk().transaction("Move a session") as transaction:
        found = transaction.get(Session, session)
        assert found is not None
        found.starts_at += by
        found.ends_at += by
        sync(transaction, [session])


def test_a_moved_session_takes_its_old_time_again(world: World) -> None:
    session = world.session()
    before = contents(world)
    move(world, session, timedelta(hours=3))
    assert contents(world) != before
    take_back_last(world)
    assert contents(world) == before


def test_new_records_go_before_those_they_refer_to(world: World) -> None:
    before = contents(world)
    with world.desk().transaction("Book a series") as transaction:
        series = Series(
            offering_id=world.maths,
            weekdays=[1],
            start_minute=960,
            minutes=60,
            from_on=START.date(),
        )
        transaction.add(series)
        transaction.flush()
        first = Session(
            offering_id=world.maths,
            series_id=series.id,
            starts_at=START,
            ends_at=START + timedelta(hours=1),
        )
        transaction.add(first)
        transaction.flush()
        second = Session(
            offering_id=world.maths,
            starts_at=START,
            ends_at=START + timedelta(hours=1),
            make_up_of_id=first.id,
        )
        transaction.add(second)
    after = contents(world)
    take_back_last(world)
    assert contents(world) == before
    take_back_last(world)
    assert contents(world) == after


def test_a_refused_undo_changes_nothing_at_all(world: World) -> None:
    with world.desk().transaction("Book a session") as transaction:
        session = Session(
            offering_id=world.maths,
            starts_at=START,
            ends_at=START + timedelta(hours=1),
        )
        transaction.add(session)
    step = last_step(world)
    world.session(START + timedelta(days=1), make_up_of_id=session.id)
    before, desk = contents(world), world.desk()
    with pytest.raises(StillUsedError), desk.transaction("Undo") as transaction:
        take_back(transaction, desk, step)
    assert contents(world) == before


def test_a_record_that_is_gone_cannot_be_put_back(world: World) -> None:
    session = world.session()
    move(world, session, timedelta(hours=1))
    step = last_step(world)
    desk = world.desk()
    move(world, session, timedelta(hours=1))
    with (
        pytest.raises(ChangedSinceError) as refusal,
        desk.transaction("Undo") as transaction,
    ):
        take_back(transaction, desk, step)
    assert (refusal.value.table, refusal.value.row_id) == ("session", session)
