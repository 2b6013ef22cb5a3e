"""The booking cases of other products, translated to our tutors, rooms and weeks.

Cases that rest on a convention we do not share are named below, each with the rule of
ours that decides otherwise; all others must come out as they do there.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.models.office import OfficeProfile
from app.models.values.schedule import TimeSpan, WeekWindow, instant, wall_clock
from app.services.availability import (
    AddExtraTime,
    AddLeave,
    Availabilities,
    SetWeek,
)
from app.services.availability.loading import load_free
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.clashes import check_kept
from app.services.scheduling.errors import ClashError
from app.services.scheduling.expansion import WeeklyRule, at_minute, minute_of
from app.services.scheduling.requests import BookSeries, ClashKind
from app.services.scheduling.rules import Stop, in_the_way, no_gap, room_needs
from app.services.scheduling.slots import common, minus, on_grid
from app.services.scheduling.validating import span_of
from app.services.series import SeriesBook
from tests.fakes import FakeClock
from tests.services.scheduling.conftest import Scene, wall

FILE = Path(__file__).parents[4] / "shared" / "corpora" / "booking" / "cases.json"
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
MIDNIGHT = "23:59:59.999"

WEEKS_ONLY = "A series repeats by weeks; other days are booked one by one."
DAY_LONG = "A session lasts a day at most."
BY_WEEK = "A tutor's limit is in minutes a week; there is none a day."
REFUSED = {
    "cal-wh-travel": "A week is kept on the office's clock, wherever the tutor is.",
    "lb-notice-update-0": "Notice is asked of the time that is booked; a late change "
    "is priced by the late-cancellation policy, not refused.",
    "lb-notice-delete-25h": "A late cancellation is never refused, it is priced.",
    "lb-cap-two-resources-one-slot": "A session is in one room.",
    "lb-repeat-daily2-across-dst": WEEKS_ONLY,
    "lb-repeat-monthly-day31-skips": WEEKS_ONLY,
    "lb-repeat-monthly-fifth-wed": WEEKS_ONLY,
    "lb-repeat-yearly2": WEEKS_ONLY,
    "lb-repeat-nth-weekday-2012-08-07": WEEKS_ONLY,
    "lb-repeat-nth-weekday-2012-08-01": WEEKS_ONLY,
    "lb-repeat-nth-weekday-2012-08-08": WEEKS_ONLY,
    "lb-repeat-london-9am-all-year": WEEKS_ONLY,
    "lb-repeat-first-friday-is-1st": WEEKS_ONLY,
    "lb-repeat-custom-dates-keep-length": WEEKS_ONLY,
    "lb-quota-day-count-over": BY_WEEK,
    "lb-quota-day-hours-over-by-1min": BY_WEEK,
    "lb-quota-week-count-ok": DAY_LONG,
    "lb-quota-week-hours-own-length": DAY_LONG,
}
Case = dict[str, Any]


def cases() -> list[Case]:
    """Read the cases that must come out the same."""
    if not FILE.exists():
        return []
    found: list[Case] = json.loads(FILE.read_text())["cases"]
    return [case for case in found if case["id"] not in REFUSED]


def minute(text: str) -> int:
    """Read an instant in minutes since 1970; their last millisecond is midnight."""
    moment = datetime.fromisoformat(text)
    return math.ceil(moment.timestamp() / 60) if MIDNIGHT in text else stamp(moment)


def stamp(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def stretches(pairs: list[list[str]]) -> list[tuple[int, int]]:
    return [(minute(first), minute(last)) for first, last in pairs]


def slots(case: Case, _scene: Scene) -> None:
    if "generator" in case:
        base = minute("2021-06-21T00:00Z")
        windows = [(base + 5 * n, base + 5 * n + 4) for n in range(2000)]
        start = perf_counter()
        assert list(on_grid(windows, case["duration_min"], case["step_min"])) == []
        assert (perf_counter() - start) * 1000 < case["expected_max_ms"]
        return
    if "windows_local" in case:
        zone, day = ZoneInfo(case["tz"]), "2026-11-24"
        first, last = (
            stamp(instant(wall(f"{day}T{at}"), zone)) for at in case["windows_local"]
        )
        busy = [(f"{day}T{one}Z", f"{day}T{other}Z") for one, other in case["busy_utc"]]
        free = minus([(first, last)], stretches([list(pair) for pair in busy]))
        found = on_grid(free, case["duration_min"], case["step_min"], first)
        assert [
            f"{datetime.fromtimestamp(start * 60, UTC):%H:%M}" for start in found
        ] == case["expected_starts_utc"]
        return
    now = datetime.fromisoformat(case["now"])
    earliest = math.ceil(now.timestamp() / 60) + case["min_notice_min"]
    free = common([stretches(case["windows"]), [(earliest, 10**9)]])
    found = on_grid(free, case["duration_min"], case["step_min"])
    assert len(list(found)) == case["expected_count"]


def office_in(scene: Scene, zone: str) -> ZoneInfo:
    with scene.make.transaction() as transaction:
        transaction.get_one(OfficeProfile, 1).zone = zone
    return ZoneInfo(zone)


def clock_minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def weekly(days: str | list[str], local: list[str]) -> tuple[WeekWindow, ...]:
    start, end = map(clock_minute, local)
    chosen = DAYS if days == "all" else days
    return tuple(WeekWindow(DAYS.index(day), start, end) for day in chosen)


def free_of(scene: Scene, first: datetime, last: datetime) -> list[list[str]]:
    with scene.desk.snapshot() as snapshot:
        times = load_free(snapshot, [scene.anna], TimeSpan(first, last))
    return [
        [f"{one.astimezone(UTC):%Y-%m-%dT%H:%MZ}" for one in (span.start, span.end)]
        for span in times[scene.anna].free
    ]


def working_hours(case: Case, scene: Scene) -> None:
    zone = office_in(scene, case["tz"])
    week = weekly(case["days"], case["local"])
    Availabilities(scene.desk).set_week(SetWeek(week, tutor_id=scene.anna))
    first, last = (date.fromisoformat(day) for day in case["range"])
    found = free_of(
        scene,
        instant(at_minute(first, 0), zone),
        instant(at_minute(last + timedelta(days=1), 0), zone),
    )
    if "expected_days" in case:
        assert len(found) == case["expected_days"]
        times = {(start[11:16], end[11:16]) for start, end in found}
        assert times == {tuple(case["expected_utc"])}
    else:
        assert any(case["expected_last_day"] in start for start, _end in found)


def exceptions(case: Case, scene: Scene) -> None:
    """Hours of a day of its own are leave from the week's, and extra time."""
    zone = office_in(scene, case["tz"])
    service = Availabilities(scene.desk)
    usual = [one for one in case["availability"] if "days" in one]
    week = [window for one in usual for window in weekly(one["days"], one["local"])]
    if week:
        service.set_week(SetWeek(tuple(week), tutor_id=scene.anna))
    own = [one for one in case["availability"] if "date" in one]
    absent = {date.fromisoformat(day) for day in case.get("absent_days", ())}
    for day in sorted({date.fromisoformat(one["date"]) for one in own} | absent):
        hours = [
            (clock_minute(one["local"][0]), clock_minute(one["local"][1]))
            for one in own
            if one["date"] == day.isoformat() and day not in absent
        ]
        for start, end in minus([(0, 24 * 60)], hours):
            leave = AddLeave(scene.anna, at_minute(day, start), at_minute(day, end))
            service.add_leave(leave)
        for start, end in hours:
            if start < end:
                extra = at_minute(day, start), at_minute(day, end)
                service.add_extra_time(AddExtraTime(scene.anna, *extra))
    first, last = (datetime.fromisoformat(one) for one in case["range"])
    found = free_of(scene, first.astimezone(UTC), last.astimezone(UTC))
    if case["expected"] is not None:
        assert found == case["expected"]
    else:
        wrong = stamp(datetime.fromisoformat(case["must_not_contain_end"]))
        assert found
        assert wrong not in [minute(end) for _start, end in found]
    assert zone.key == case["tz"]


def subtract(case: Case, _scene: Scene) -> None:
    left = minus(stretches(case["windows"]), stretches(case["busy"]))
    assert set(stretches(case["expected_contains"])) <= set(left)


def intersect(case: Case, _scene: Scene) -> None:
    found = common([stretches(one) for one in case["sets"]])
    assert found == stretches(case["expected"])


def conflict(case: Case, _scene: Scene) -> None:
    """Each of their resources is a room of ours with its changing time."""
    wanted = {case["new"]["resource"]: case["new"].get("buffer_min", 0)}
    wanted |= {one["resource"]: one["buffer_min"] for one in case.get("also_needs", ())}
    planned = Stop(minute(case["new"]["start"]), minute(case["new"]["end"]))
    met: list[int] = []
    for room, changing in wanted.items():
        others = {
            Stop(minute(one["start"]), minute(one["end"]), number): number
            for number, one in enumerate(case["existing"])
            if one["resource"] == room
        }
        needs = room_needs(changing)
        met += [others[one.other] for one in in_the_way(planned, others, needs)]
    assert (met == []) is case["expected_ok"]
    assert met == case.get("expected_conflicts", met)


def series_conflict(case: Case, scene: Scene) -> None:
    start, end = map(wall, case["first"])
    day = timedelta(days=1) // timedelta(minutes=1)
    assert end - start == timedelta(minutes=day)
    request = BookSeries(
        scene.maths,
        (scene.anna,),
        (scene.maya,),
        start,
        day,
        until_on=date.fromisoformat(case["repeat"]["until"]),
    )
    SeriesBook(scene.desk).book_series(request)
    dates = SeriesBook(scene.desk).preview(request)
    assert len(dates) == case["expected_instances_checked"]
    assert all(one.clashes for one in dates)


def min_notice(case: Case, scene: Scene) -> None:
    hours = case["notice_min"] // 60
    offering = scene.make.offering(notice_hours=hours)
    clock = scene.desk.clock
    assert isinstance(clock, FakeClock)
    now = clock.now()
    ahead = case.get("start_in_min") or case["new_start_in_h"] * 60
    start = wall_clock(now + timedelta(minutes=ahead), ZoneInfo("Europe/Berlin"))
    found = Bookings(scene.desk).check(scene.request(start, offering_id=offering))
    assert (found == ()) is case["expected_ok"]
    assert all(clash.kind is ClashKind.SHORT_NOTICE for clash in found)


def capacity(case: Case, scene: Scene) -> None:
    """A capacity of one is a single-use room; unlimited is a room that is shared."""
    place = scene.make.place(changing_minutes=case.get("buffer_min", 0))
    room = scene.make.room(place, is_single_use=case["capacity"] == 1)
    base = wall("2026-11-24T10:00")
    own: int | None = None
    for first, last, *who in reversed(case["existing"]):
        booked = scene.book(
            base + timedelta(minutes=first),
            last - first,
            tutor_ids=(scene.make.tutor(),),
            student_ids=(scene.make.student(),),
            room_id=room,
            override_reason="As they were" if who == ["self"] else "",
        )
        own = booked.session_id if who == ["self"] else own
    if own is not None:
        with pytest.raises(ClashError), scene.make.transaction() as transaction:
            check_kept(transaction, scene.desk, [own])
        assert not case["expected_ok"]
        return
    first, last = case["new"]
    request = scene.request(base + timedelta(minutes=first), last - first, room_id=room)
    found = Bookings(scene.desk).check(request)
    assert (found == ()) is case["expected_ok"]


def repeat(case: Case, _scene: Scene) -> None:
    zone, rule = ZoneInfo(case["tz"]), case["rule"]
    start, end = wall(case["start"]), wall(case["end"])
    assert rule["freq"] == "weekly"
    weekdays = tuple(sorted(DAYS.index(day) for day in rule["days"]))
    dates = WeeklyRule(start.date(), weekdays, rule["interval"]).until(
        date.fromisoformat(rule["until"])
    )
    walls = [at_minute(day, minute_of(start)) for day in dates]
    assert start not in walls
    assert len(walls) == case["expected_repeats"]
    assert walls[0] == wall(case["first_repeat"])
    assert walls[-1] == wall(case["last_repeat"])
    length = (end - start) // timedelta(minutes=1)
    spans = [span_of(one, length, zone) for one in walls]
    assert [wall_clock(one, zone) for one, _end in spans] == walls


def quota(case: Case, scene: Scene) -> None:
    """So many sessions of an hour a week are so many hours of a tutor's limit."""
    hanna = scene.make.tutor(weekly_limit_minutes=case["limit"] * 60)
    zone = office_in(scene, "UTC")
    times = [*case["existing"], case["new"]]
    walls = [wall_clock(datetime.fromisoformat(one), zone) for one, _end in times]
    for start in walls[:-1]:
        scene.book(start, tutor_ids=(hanna,))
    found = Bookings(scene.desk).check(scene.request(walls[-1], tutor_ids=(hanna,)))
    assert (found == ()) is case["expected_ok"]
    assert [clash.kind for clash in found] == [ClashKind.WEEKLY_LIMIT]


KINDS: dict[str, Callable[[Case, Scene], None]] = {
    "slots": slots,
    "working_hours": working_hours,
    "availability_with_exceptions": exceptions,
    "subtract_busy": subtract,
    "intersect": intersect,
    "conflict": conflict,
    "series_conflict": series_conflict,
    "min_notice": min_notice,
    "capacity": capacity,
    "repeat": repeat,
    "quota": quota,
}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_case_comes_out_as_there(case: Case, scene: Scene) -> None:
    KINDS[case["kind"]](case, scene)


@pytest.mark.skipif(not FILE.exists(), reason="the corpora are not here")
def test_every_case_is_played_or_refused_for_a_reason() -> None:
    every = {case["id"] for case in json.loads(FILE.read_text())["cases"]}
    assert every == {case["id"] for case in cases()} | REFUSED.keys()
    assert len(cases()) == len(every) - len(REFUSED) == 37
    assert all(reason.endswith(".") for reason in REFUSED.values())


def test_our_own_conventions_hold() -> None:
    """Show the rules that the refused cases are refused for."""
    assert WeeklyRule(date(2012, 8, 7), (1,)).first(2)[1] == date(2012, 8, 14)
    assert in_the_way(Stop(0, 60), [Stop(60, 120)], no_gap) == []
