"""Free times: each one offered can be booked, and none is left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.models.catalog import Closure
from app.models.office import OfficeProfile
from app.models.values.schedule import WeekWindow, instant, wall_clock
from app.services.availability import (
    AddLeave,
    AddStudentAbsence,
    Availabilities,
    SetWeek,
)
from app.services.places import Places, SetTravel
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import LengthError, NoZoneError
from app.services.scheduling.free_times import FreeTimes
from app.services.scheduling.requests import FindFree, FreeTime
from tests.fakes import FakeClock
from tests.services.scheduling.conftest import Scene, wall

BERLIN = ZoneInfo("Europe/Berlin")
FROM = instant(wall("2026-11-23T00:00"), BERLIN)
TUESDAY = wall("2026-11-24T15:00")


def find(scene: Scene, **more: Any) -> tuple[FreeTime, ...]:  # noqa: ANN401
    plain = {
        "tutor_ids": (scene.anna,),
        "student_ids": (scene.maya,),
        "minutes": 60,
        "offering_id": scene.maths,
        "from_at": FROM,
        "days": 7,
        "limit": 1000,
    }
    return FreeTimes(scene.desk).next_free(FindFree(**{**plain, **more}))


def walls(found: tuple[FreeTime, ...]) -> list[str]:
    return [f"{wall_clock(one.span.start, BERLIN):%a %H:%M}" for one in found]


@pytest.fixture
def tuesdays(scene: Scene) -> Scene:
    """Anna can on Tuesdays from three to seven."""
    week = (WeekWindow(1, 15 * 60, 19 * 60),)
    Availabilities(scene.desk).set_week(SetWeek(week, tutor_id=scene.anna))
    return scene


def test_a_moment_without_a_zone_is_refused_with_a_sentence(scene: Scene) -> None:
    with pytest.raises(NoZoneError, match=r"15:00 on 24 Nov 2026 .* time zone"):
        find(scene, from_at=TUESDAY)


def test_starts_lie_on_the_offices_grid_within_availability(tuesdays: Scene) -> None:
    found = walls(find(tuesdays))
    assert found[0] == "Tue 15:00"
    assert found[-1] == "Tue 18:00"
    assert len(found) == 13
    assert walls(find(tuesdays, limit=2)) == ["Tue 15:00", "Tue 15:15"]
    assert find(tuesdays, weekdays=(2,)) == ()
    window = (WeekWindow(1, 16 * 60, 17 * 60 + 15),)
    assert walls(find(tuesdays, windows=window)) == ["Tue 16:00", "Tue 16:15"]


def test_sessions_leave_absences_and_closures_are_left_out(tuesdays: Scene) -> None:
    tuesdays.book(TUESDAY + timedelta(hours=1), student_ids=(tuesdays.ben,))
    assert walls(find(tuesdays))[:2] == ["Tue 15:00", "Tue 17:00"]
    hours = (wall("2026-11-24T17:00"), wall("2026-11-24T17:30"))
    Availabilities(tuesdays.desk).add_leave(AddLeave(tuesdays.anna, *hours))
    assert walls(find(tuesdays)) == ["Tue 15:00", "Tue 17:30", "Tue 17:45", "Tue 18:00"]
    day = date(2026, 11, 24)
    absence = AddStudentAbsence(tuesdays.maya, day, day)
    Availabilities(tuesdays.desk).add_student_absence(absence)
    assert find(tuesdays) == ()
    later = date(2026, 12, 1)
    tuesdays.make.save(Closure(name="Holiday", from_on=later, until_on=later))
    assert walls(find(tuesdays, days=20))[0] == "Tue 15:00"
    assert all(
        wall_clock(one.span.start, BERLIN).date() == date(2026, 12, 8)
        for one in find(tuesdays, days=20)
    )


def test_gaps_and_travel_are_kept_to_both_neighbours(tuesdays: Scene) -> None:
    here, there = tuesdays.make.place("Mitte"), tuesdays.make.place("Pankow")
    Places(tuesdays.desk).set_travel(SetTravel(here, there, 20))
    tuesdays.book(
        TUESDAY + timedelta(minutes=90), student_ids=(tuesdays.ben,), place_id=here
    )
    assert walls(find(tuesdays, place_id=there)) == ["Tue 15:00", "Tue 18:00"]
    assert walls(find(tuesdays, place_id=here))[:3] == [
        "Tue 15:00",
        "Tue 15:15",
        "Tue 15:30",
    ]


def test_a_free_room_is_found_or_the_one_asked_for(tuesdays: Scene) -> None:
    place = tuesdays.make.place()
    first, second = (tuesdays.make.room(place) for _ in range(2))
    tuesdays.book(
        TUESDAY,
        240,
        tutor_ids=(tuesdays.paul,),
        student_ids=(tuesdays.ben,),
        room_id=first,
    )
    assert find(tuesdays, room_id=first) == ()
    assert {one.room_id for one in find(tuesdays, place_id=place, any_room=True)} == {
        second
    }
    empty = tuesdays.make.place()
    assert find(tuesdays, place_id=empty, any_room=True) == ()
    both = (tuesdays.maya, tuesdays.make.student())
    small = tuesdays.make.room(empty, seats=1)
    assert find(tuesdays, place_id=empty, any_room=True, student_ids=both) == ()
    assert find(tuesdays, room_id=small)[0].room_id == small


def test_notice_is_kept_and_the_past_is_not_offered(
    tuesdays: Scene, clock: FakeClock
) -> None:
    soon = tuesdays.make.offering("Soon", notice_hours=2)
    clock.set(2026, 11, 24, 14, 50)  # 15:50 in Berlin
    assert walls(find(tuesdays))[0] == "Tue 16:00"
    assert walls(find(tuesdays, offering_id=soon))[0] == "Tue 18:00"


def test_what_is_offered_can_be_booked_and_the_rest_cannot(tuesdays: Scene) -> None:
    hanna = tuesdays.make.tutor("Hanna", gap_minutes=10)
    week = (WeekWindow(1, 15 * 60, 19 * 60),)
    Availabilities(tuesdays.desk).set_week(SetWeek(week, tutor_id=hanna))
    for start, minutes in ((0, 45), (70, 30), (190, 20)):
        tuesdays.book(
            TUESDAY + timedelta(minutes=start),
            minutes,
            tutor_ids=(hanna,),
            student_ids=(tuesdays.ben,),
        )
    offered = {
        wall_clock(one.span.start, BERLIN)
        for one in find(tuesdays, tutor_ids=(hanna,), minutes=30)
    }
    for number in range(17):
        moment = TUESDAY + timedelta(minutes=15) * number
        request = tuesdays.request(moment, 30, tutor_ids=(hanna,))
        is_free = Bookings(tuesdays.desk).check(request) == ()
        assert is_free is (moment in offered), moment


def test_the_grid_is_the_wall_clocks_in_every_zone(scene: Scene) -> None:
    with scene.make.transaction() as transaction:
        office = transaction.get_one(OfficeProfile, 1)
        office.zone, office.grid_minutes = "Asia/Kathmandu", 30
    found = find(scene, limit=3)
    zone = ZoneInfo("Asia/Kathmandu")
    assert {wall_clock(one.span.start, zone).minute % 30 for one in found} == {0}
    assert len(found) == 3


def test_nonsense_is_refused(scene: Scene) -> None:
    with pytest.raises(LengthError):
        find(scene, minutes=0)
    assert find(scene, limit=0) == ()
    moment: datetime = FROM
    assert find(scene, from_at=moment, days=-5, limit=1) != ()
