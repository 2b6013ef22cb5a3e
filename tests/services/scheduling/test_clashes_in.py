"""What stands on the timetable against the hard rules is told by session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.values.schedule import TimeSpan
from app.services.availability.records import Availabilities
from app.services.availability.requests import AddLeave
from app.services.desk import OfficeOnlyError
from app.services.scheduling.requests import ClashKind
from app.services.scheduling.timetable import Timetable
from tests.services.conftest import tutor_desk
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")
DAY = TimeSpan(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC))


def test_a_session_that_leave_entered_later_hits_is_told(scene: Scene) -> None:
    session = scene.book(AT).session_id
    assert Timetable(scene.desk).clashes_in(DAY) == {}
    leave = AddLeave(scene.anna, AT, AT + timedelta(hours=1))
    Availabilities(scene.desk).add_leave(leave)
    found = Timetable(scene.desk).clashes_in(DAY)
    assert list(found) == [session]
    assert found[session][0].kind is ClashKind.TUTOR_LEAVE


def test_tutors_are_not_told_of_others_clashes(scene: Scene) -> None:
    with pytest.raises(OfficeOnlyError):
        Timetable(tutor_desk(scene.desk, scene.anna)).clashes_in(DAY)
