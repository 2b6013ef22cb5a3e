"""The guard's rows follow the sessions, and the database refuses overlaps itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from app.models.faults import TimeTakenError
from app.models.scheduling import (
    Attendance,
    Session,
    occupancy,
    occupancy_override,
)
from app.models.values.occupancy import ResourceKind
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.occupancy import Held, held_by, in_batches, sync, write
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")


def rows(scene: Scene, *, apart: bool = False) -> int:
    table = occupancy_override if apart else occupancy
    with scene.desk.snapshot() as snapshot:
        return snapshot.scalars(select(func.count()).select_from(table)).one()


def test_a_session_takes_its_tutors_students_and_single_use_room(scene: Scene) -> None:
    room = scene.make.room()
    booked = scene.book(
        AT,
        tutor_ids=(scene.anna, scene.paul),
        student_ids=(scene.maya, scene.ben),
        room_id=room,
    )
    assert rows(scene) == 5
    with scene.make.transaction() as transaction:
        held = held_by(transaction, [booked.session_id])
        sync(transaction, [booked.session_id])
    assert {(one.kind, one.row_id) for one in held} == {
        (ResourceKind.TUTOR, scene.anna),
        (ResourceKind.TUTOR, scene.paul),
        (ResourceKind.STUDENT, scene.maya),
        (ResourceKind.STUDENT, scene.ben),
        (ResourceKind.ROOM, room),
    }
    assert rows(scene) == 5


def test_a_room_that_may_be_shared_is_not_taken(scene: Scene) -> None:
    room = scene.make.room(is_single_use=False)
    scene.book(AT, room_id=room)
    assert rows(scene) == 2


def test_cancelled_sessions_and_cancelled_students_take_nothing(scene: Scene) -> None:
    booked = scene.book(AT, student_ids=(scene.maya, scene.ben))
    with scene.make.transaction() as transaction:
        place = transaction.scalars(
            select(Attendance).where(Attendance.student_id == scene.ben)
        ).one()
        place.state = AttendanceState.CANCELLED_IN_TIME
        sync(transaction, [booked.session_id])
    assert rows(scene) == 2
    with scene.make.transaction() as transaction:
        session = transaction.get_one(Session, booked.session_id)
        session.status = SessionStatus.CANCELLED_BY_OFFICE
        sync(transaction, [booked.session_id])
    assert rows(scene) == 0


def test_sessions_may_swap_their_times(scene: Scene) -> None:
    first = scene.book(AT).session_id
    second = scene.book(AT + timedelta(hours=1)).session_id
    with scene.make.transaction() as transaction:
        one, other = (transaction.get_one(Session, row) for row in (first, second))
        one.starts_at, other.starts_at = other.starts_at, one.starts_at
        one.ends_at, other.ends_at = other.ends_at, one.ends_at
        sync(transaction, [first, second])
    assert rows(scene) == 4


def test_overridden_sessions_stand_apart(scene: Scene) -> None:
    scene.book(AT)
    request = scene.request(AT, student_ids=(scene.ben,), override_reason="Exam week")
    Bookings(scene.desk).book(request)
    assert (rows(scene), rows(scene, apart=True)) == (2, 2)


def test_the_database_refuses_an_overlap_by_itself(scene: Scene) -> None:
    booked = scene.book(AT)
    session = scene.stored(booked.session_id)
    later = session.starts_at + timedelta(minutes=59)
    kind = ResourceKind.TUTOR
    row = Held(session.id, kind, scene.anna, later, later + timedelta(minutes=5)).row()
    with pytest.raises(TimeTakenError), scene.make.transaction() as transaction:
        transaction.execute(insert(occupancy), [row])
    touching = session.ends_at
    row = Held(session.id, kind, scene.anna, touching, later + timedelta(hours=2)).row()
    with scene.make.transaction() as transaction:
        transaction.execute(insert(occupancy), [row])
    with pytest.raises(TimeTakenError), scene.make.transaction() as transaction:
        transaction.execute(
            update(occupancy)
            .where(occupancy.c.starts == row["starts"])
            .values(starts=row["starts"] - 1)
        )


def test_nothing_to_write_is_no_statement(scene: Scene) -> None:
    with scene.make.transaction() as transaction:
        write(transaction, [])
        sync(transaction, [])
    assert rows(scene) == 0


def test_many_ids_are_cut_into_lists_without_repeats() -> None:
    parts = list(in_batches([*range(1200), 5, 5]))
    assert [len(part) for part in parts] == [500, 500, 200]
    assert sorted(one for part in parts for one in part) == list(range(1200))
