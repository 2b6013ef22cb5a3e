"""What cannot be a session is refused in one clear sentence each."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.people import Student, Tutor
from app.models.scheduling import Session
from app.models.values.schedule import ClockGapError
from app.services.desk import MissingRecordError
from app.services.records import ArchivedError
from app.services.scheduling.errors import (
    LengthError,
    NoStudentError,
    NoTutorError,
    RoomElsewhereError,
    TwiceError,
    WallClockError,
    WholeMinuteError,
)
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")


def refused(scene: Scene, error: type[Exception], **more: Any) -> str:  # noqa: ANN401
    start = more.pop("start", AT)
    with pytest.raises(error) as found:
        scene.book(start, more.pop("minutes", 60), **more)
    with scene.desk.snapshot() as snapshot:
        assert snapshot.scalars(select(Session.id)).all() == []
    return str(found.value)


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_a_length_of_nothing_or_over_a_day_is_refused(
    scene: Scene, minutes: int
) -> None:
    assert f"{minutes} minutes" in refused(scene, LengthError, minutes=minutes)


def test_a_whole_day_is_the_longest(scene: Scene) -> None:
    session = scene.stored(scene.book(AT, 24 * 60).session_id)
    assert session.ends_at - session.starts_at == timedelta(days=1)


def test_a_start_is_a_whole_minute_of_the_offices_clock(scene: Scene) -> None:
    refused(scene, WholeMinuteError, start=AT.replace(second=1))
    refused(scene, WholeMinuteError, start=AT.replace(microsecond=1))
    refused(scene, WallClockError, start=AT.replace(tzinfo=UTC))


def test_a_start_in_the_spring_gap_is_refused(scene: Scene) -> None:
    text = refused(scene, ClockGapError, start=wall("2027-03-28T02:30"))
    assert "02:30 on 28 Mar 2027 does not exist" in text


def test_elapsed_minutes_count_over_a_clock_change(scene: Scene) -> None:
    session = scene.stored(scene.book(wall("2027-03-28T01:30"), 120).session_id)
    assert session.ends_at - session.starts_at == timedelta(hours=2)
    assert f"{session.ends_at:%H:%M}" == "02:30"  # 04:30 on the summer clock


def test_somebody_teaches_and_somebody_is_taught_each_once(scene: Scene) -> None:
    refused(scene, NoTutorError, tutor_ids=())
    refused(scene, NoStudentError, student_ids=())
    text = refused(scene, TwiceError, student_ids=(scene.maya, scene.ben, scene.maya))
    assert text.startswith("Maya Lindqvist is named twice")
    refused(scene, TwiceError, tutor_ids=(scene.anna, scene.anna))


def test_unknown_ids_are_refused(scene: Scene) -> None:
    for field in ("tutor_ids", "student_ids"):
        refused(scene, MissingRecordError, **{field: (999,)})
    for field in ("offering_id", "room_id", "place_id", "placement_id", "contract_id"):
        refused(scene, MissingRecordError, **{field: 999})
    refused(scene, MissingRecordError, make_up_of_id=999)


def test_archived_people_and_things_are_refused(scene: Scene) -> None:
    now = scene.desk.now()
    gone = scene.make.tutor("Gone", archived_at=now)
    left = scene.make.student("Left", archived_at=now)
    assert "Gone" in refused(scene, ArchivedError, tutor_ids=(gone,))
    assert "Left" in refused(scene, ArchivedError, student_ids=(left,))
    old = scene.make.offering("Old", archived_at=now)
    refused(scene, ArchivedError, offering_id=old)
    room = scene.make.room(archived_at=now)
    refused(scene, ArchivedError, room_id=room)
    place = scene.make.place(archived_at=now)
    refused(scene, ArchivedError, place_id=place)
    with scene.desk.snapshot() as snapshot:
        assert snapshot.get_one(Tutor, gone).archived_at == now
        assert snapshot.get_one(Student, left).archived_at == now


def test_a_room_that_is_not_there_is_refused(scene: Scene) -> None:
    refused(scene, MissingRecordError, room_id=0)


def test_a_room_of_another_place_is_refused(scene: Scene) -> None:
    room, other = scene.make.room(name="Attic"), scene.make.place("Pankow")
    text = refused(scene, RoomElsewhereError, room_id=room, place_id=other)
    assert text == "Attic is not in Pankow; choose a room of that place."
