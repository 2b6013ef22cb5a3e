"""Who may read which names in a clash."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.models.values.people import Trust
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import ClashError
from app.services.scheduling.sentences import day_text, when_text
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")


def test_a_tutor_does_not_learn_the_names_of_others(scene: Scene) -> None:
    room = scene.make.room(name="Room 2")
    scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,), room_id=room)
    placement = scene.make.placement(
        scene.anna, [scene.maya, scene.ben], scene.maths, who_books=Trust.TUTOR_BOOKS
    )
    bookings = Bookings(scene.as_tutor(scene.anna))
    request = scene.request(
        AT,
        student_ids=(scene.maya, scene.ben),
        room_id=room,
        placement_id=placement,
    )
    student, taken = bookings.check(request)
    assert student.sentence == (
        "Ben Okafor already has a session with another tutor 17:30-18:30 on "
        "Tue 24 Nov 2026."
    )
    assert "Paul" not in taken.sentence
    assert "Ben" not in taken.sentence
    with pytest.raises(ClashError) as refused:
        bookings.book(request)
    assert "Paul" not in str(refused.value)
    assert "(1 more clash.)" in str(refused.value)


def test_a_tutor_reads_the_names_of_own_sessions(scene: Scene) -> None:
    scene.book(AT, student_ids=(scene.ben,))
    scene.make.placement(scene.anna, [scene.maya], scene.maths)
    (clash,) = Bookings(scene.as_tutor(scene.anna)).check(scene.request(AT))
    assert clash.sentence.startswith("Anna already teaches Ben Okafor 17:30-18:30")


def test_instants_are_written_on_the_offices_clock() -> None:
    assert day_text(AT.date()) == "Tue 24 Nov 2026"
    moment = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    berlin = ZoneInfo("Europe/Berlin")
    assert when_text(moment, berlin) == "17:30 on Tue 24 Nov 2026"
