"""Hard clashes: each is one sentence that names the other side, and a way out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.models.catalog import Closure
from app.models.people import StudentAbsence, TutorException
from app.models.scheduling import Session, SessionTutor
from app.models.values.occupancy import ResourceKind
from app.models.values.people import ExceptionKind
from app.models.values.schedule import PlaceKind, SessionStatus, instant
from app.services.places import Places, SetTravel
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import ClashError
from app.services.scheduling.requests import Booked, Clash, ClashKind
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")
HOUR = timedelta(hours=1)


def only(clashes: tuple[Clash, ...]) -> Clash:
    (clash,) = clashes
    assert clash.is_hard
    assert clash.sentence.endswith(".")
    assert clash.way_out.endswith(".")
    return clash


def check(scene: Scene, start: datetime = AT, **more: Any) -> tuple[Clash, ...]:  # noqa: ANN401
    return Bookings(scene.desk).check(scene.request(start, **more))


def taken(scene: Scene, **more: Any) -> Booked:  # noqa: ANN401
    return scene.book(AT, student_ids=(scene.ben,), **more)


def test_a_tutor_who_teaches_then_is_named_with_the_student(scene: Scene) -> None:
    booked = taken(scene)
    clash = only(check(scene, AT + HOUR / 2))
    assert clash.kind is ClashKind.TUTOR
    assert clash.sentence == (
        "Anna already teaches Ben Okafor 17:30-18:30 on Tue 24 Nov 2026."
    )
    assert clash.session_id == booked.session_id
    assert clash.resource == (ResourceKind.TUTOR, scene.anna)
    with pytest.raises(ClashError, match="Anna already teaches Ben Okafor"):
        scene.book(AT + HOUR / 2)


def test_a_student_who_is_taught_then_is_named_with_the_tutor(scene: Scene) -> None:
    taken(scene)
    clash = only(
        check(scene, tutor_ids=(scene.paul,), student_ids=(scene.maya, scene.ben))
    )
    assert clash.kind is ClashKind.STUDENT
    assert clash.sentence == (
        "Ben Okafor already has a session with Anna 17:30-18:30 on Tue 24 Nov 2026."
    )


def test_a_single_use_room_that_is_taken_is_named_with_who_is_in_it(
    scene: Scene,
) -> None:
    room = scene.make.room(name="Room 2")
    taken(scene, room_id=room)
    clash = only(check(scene, tutor_ids=(scene.paul,), room_id=room))
    assert clash.kind is ClashKind.ROOM
    assert clash.sentence == (
        "Room 2 is already taken by Anna with Ben Okafor 17:30-18:30 on "
        "Tue 24 Nov 2026."
    )
    shared = scene.make.room(is_single_use=False)
    scene.book(AT + HOUR, room_id=shared)
    assert (
        check(scene, AT + HOUR, tutor_ids=(scene.paul,), room_id=shared)[0].kind
        is ClashKind.STUDENT
    )


def test_half_open_sessions_may_touch(scene: Scene) -> None:
    taken(scene)
    assert check(scene, AT + HOUR) == ()
    assert check(scene, AT - HOUR) == ()
    assert only(check(scene, AT - HOUR, minutes=61)).kind is ClashKind.TUTOR


def test_the_tutors_gap_is_kept_to_both_neighbours(scene: Scene) -> None:
    hanna = scene.make.tutor("Hanna", gap_minutes=15)
    taken(scene, tutor_ids=(hanna,))
    after = only(check(scene, AT + HOUR, tutor_ids=(hanna,)))
    assert after.kind is ClashKind.TOO_CLOSE
    assert after.sentence == (
        "Hanna teaches Ben Okafor 17:30-18:30 on Tue 24 Nov 2026, and 15 minutes must "
        "lie between."
    )
    assert after.way_out == "Start at 18:45 or later."
    before = only(check(scene, AT - HOUR, tutor_ids=(hanna,)))
    assert before.way_out == "End at 17:15 or earlier."
    for shift in (timedelta(minutes=75), -timedelta(minutes=75)):
        assert check(scene, AT + shift, tutor_ids=(hanna,)) == ()


def test_buffers_of_both_offerings_count(scene: Scene) -> None:
    wide = scene.make.offering("Exam", buffer_before=20, buffer_after=30)
    taken(scene, offering_id=wide)
    assert "30 minutes" in only(check(scene, AT + HOUR)).sentence
    assert "20 minutes" in only(check(scene, AT - HOUR)).sentence
    assert check(scene, AT + timedelta(minutes=90)) == ()


def test_travel_between_places_counts_but_not_online(scene: Scene) -> None:
    here, there = scene.make.place("Mitte"), scene.make.place("Pankow")
    online = scene.make.place("Online", kind=PlaceKind.ONLINE)
    Places(scene.desk).set_travel(SetTravel(here, there, 25))
    taken(scene, place_id=here)
    assert "25 minutes" in only(check(scene, AT + HOUR, place_id=there)).sentence
    assert "25 minutes" in only(check(scene, AT - HOUR, place_id=there)).sentence
    room = scene.make.room(there)
    assert "25 minutes" in only(check(scene, AT + HOUR, room_id=room)).sentence
    for free in (here, online, None):
        assert check(scene, AT + HOUR, place_id=free) == ()
    assert check(scene, AT + timedelta(minutes=85), place_id=there) == ()


def test_a_room_needs_its_places_changing_time(scene: Scene) -> None:
    room = scene.make.room(scene.make.place(changing_minutes=10), "Room 7")
    taken(scene, room_id=room)
    clash = only(check(scene, AT + HOUR, tutor_ids=(scene.paul,), room_id=room))
    assert clash.kind is ClashKind.TOO_CLOSE
    assert clash.sentence.startswith("Room 7 is used by Anna with Ben Okafor")
    assert clash.way_out == "Start at 18:40 or later."


def test_actual_times_never_move_the_slot(scene: Scene) -> None:
    booked = taken(scene)
    with scene.make.transaction() as transaction:
        session = transaction.get_one(Session, booked.session_id)
        session.status = SessionStatus.HELD
        part = transaction.scalars(
            select(SessionTutor).where(SessionTutor.session_id == session.id)
        ).one()
        part.actual_starts_at = session.starts_at + HOUR
        part.actual_minutes = 60
    assert check(scene, AT + HOUR) == ()
    assert only(check(scene)).kind is ClashKind.TUTOR


def test_leave_and_absence_and_closures_block(scene: Scene) -> None:
    here = instant(AT, ZoneInfo("Europe/Berlin"))
    scene.make.save(
        TutorException(
            tutor_id=scene.anna,
            kind=ExceptionKind.LEAVE,
            starts_at=here + HOUR / 2,
            ends_at=here + HOUR * 9,
            reason="Operation",
        )
    )
    leave = only(check(scene))
    assert leave.kind is ClashKind.TUTOR_LEAVE
    assert leave.sentence == "Anna is on leave 17:30-18:30 on Tue 24 Nov 2026."
    assert check(scene, AT - HOUR / 2) == ()
    on = date(2026, 11, 25)
    scene.make.save(
        StudentAbsence(student_id=scene.maya, from_on=on, until_on=on, reason="Trip")
    )
    away = only(check(scene, AT + timedelta(days=1)))
    assert away.kind is ClashKind.STUDENT_LEAVE
    assert "Maya Lindqvist is away" in away.sentence
    assert "Trip" not in away.sentence
    day = date(2026, 12, 24)
    scene.make.save(Closure(name="Christmas", from_on=day, until_on=day))
    closed = only(check(scene, wall("2026-12-24T10:00")))
    assert closed.kind is ClashKind.CLOSED
    assert closed.sentence == "The office is closed on Thu 24 Dec 2026 (Christmas)."
    assert check(scene, wall("2026-12-23T23:00")) == ()
    assert only(check(scene, wall("2026-12-23T23:01"))).kind is ClashKind.CLOSED


def test_a_group_over_capacity_is_refused(scene: Scene) -> None:
    alone = scene.make.offering("One to one", group_size=1)
    both = (scene.maya, scene.ben)
    clash = only(check(scene, offering_id=alone, student_ids=both))
    assert clash.kind is ClashKind.CAPACITY
    assert clash.sentence == "One to one takes 1 students at once, not 2."
    room = scene.make.room(name="Cabin", seats=1)
    small = only(check(scene, student_ids=both, room_id=room))
    assert small.sentence == "Cabin seats 1, and 2 would come."


def test_an_overridden_session_is_still_seen_by_later_bookings(scene: Scene) -> None:
    taken(scene)
    scene.book(AT, override_reason="Exam week")
    clash = check(scene, tutor_ids=(scene.paul,))
    assert only(clash).kind is ClashKind.STUDENT
