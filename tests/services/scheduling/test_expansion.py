"""The dates of weekly rules, against python-dateutil and the clock's own changes."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.schedule import ClockGapError, instant, wall_clock
from app.services.scheduling.expansion import (
    WeeklyRule,
    at_minute,
    minute_of,
    slot_instant,
)
from app.services.scheduling.validating import span_of
from tests.services.scheduling.conftest import wall

CORPORA = Path(__file__).parents[4] / "shared" / "corpora"
RECURRENCES = [
    CORPORA / "ical" / f"recur_{source}.json" for source in ("dateutil", "libical")
]
CLOCK_CHANGES = CORPORA / "time" / "dst_transitions_2025_2027.json"
OURS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]

days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
weekdays = st.sets(st.integers(0, 6), min_size=1).map(sorted).map(tuple)


@given(days, weekdays, st.integers(1, 8), st.integers(1, 60))
def test_a_count_of_dates_agrees_with_dateutil(
    start: date, on: tuple[int, ...], every: int, count: int
) -> None:
    wanted = rrule(WEEKLY, at_minute(start, 0), every, byweekday=on, count=count)
    found = WeeklyRule(start, on, every).first(count)
    assert found == [moment.date() for moment in wanted]


@given(days, weekdays, st.integers(1, 8), st.integers(0, 400))
def test_dates_until_a_day_agree_with_dateutil(
    start: date, on: tuple[int, ...], every: int, length: int
) -> None:
    last = start + timedelta(days=length)
    wanted = rrule(
        WEEKLY, at_minute(start, 0), every, byweekday=on, until=at_minute(last, 0)
    )
    found = WeeklyRule(start, on, every).until(last)
    assert found == [moment.date() for moment in wanted]


@given(days, weekdays, st.integers(1, 4), st.integers(-20, 20))
def test_a_shifted_rule_has_all_dates_shifted_alike(
    start: date, on: tuple[int, ...], every: int, by: int
) -> None:
    # With one day a week the rhythm of weeks moves along whatever the shift is.
    rule = WeeklyRule(start, on[:1], every)
    first = rule.first(1)[0]
    moved = WeeklyRule(first, on[:1], every).shifted(by).first(10)
    assert moved == [
        day + timedelta(days=by) for day in WeeklyRule(first, on[:1], every).first(10)
    ]


def test_the_calendar_ends_without_an_error() -> None:
    assert WeeklyRule(date(9999, 12, 20), (0,)).first(10) == [
        date(9999, 12, 20),
        date(9999, 12, 27),
    ]


def test_minutes_of_the_day_are_read_and_written() -> None:
    assert at_minute(date(2026, 11, 3), 16 * 60 + 30) == wall("2026-11-03T16:30")
    assert minute_of(wall("2026-11-03T16:30")) == 990


def test_a_slot_has_an_instant_even_where_the_clock_leaves_it_out() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    slot = slot_instant(wall("2027-03-28T02:30"), berlin)
    assert slot == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def recurrences() -> list[tuple[str, dict[str, str], datetime, list[str]]]:
    """Read the weekly recurrences that a series of ours can express."""
    found: list[tuple[str, dict[str, str], datetime, list[str]]] = []
    for case in [case for file in RECURRENCES if file.exists() for case in cases(file)]:
        if "ical" in case:
            start, rule = case["ical"].removeprefix("DTSTART:").split("\n", 1)
        else:
            start, rule = case["dtstart"], case["rrule"]
        parts = dict(
            part.split("=", 1)
            for part in rule.removeprefix("RRULE:").split(";")
            if "=" in part
        )
        if parts.get("FREQ") == "WEEKLY" and parts.keys() <= OURS and is_like(parts):
            wanted = [re.sub("[-:Z]", "", one) for one in case["instances"]]
            first = datetime.fromisoformat(start.removesuffix("Z"))
            found.append((case["id"], parts, first, wanted))
    return found


def cases(file: Path) -> list[dict[str, Any]]:
    """Read the cases of a file of the corpora."""
    return list(json.loads(file.read_text())["cases"])


def is_like(parts: dict[str, str]) -> bool:
    """Say whether the start of the week makes no difference: ours is Monday."""
    every = int(parts.get("INTERVAL", "1"))
    has_sunday = "SU" in parts.get("BYDAY", "")
    return not (parts.get("WKST") == "SU" and every > 1 and has_sunday)


@pytest.mark.skipif(not RECURRENCES[0].exists(), reason="the corpora are not here")
def test_there_are_recurrences_to_agree_with() -> None:
    assert len(recurrences()) >= 9


@pytest.mark.parametrize("case", recurrences(), ids=lambda case: case[0])
def test_a_known_recurrence_comes_out(
    case: tuple[str, dict[str, str], datetime, list[str]],
) -> None:
    _name, parts, start, wanted = case
    names = parts.get("BYDAY", DAYS[start.weekday()]).split(",")
    weekdays = tuple(sorted({DAYS.index(name) for name in names}))
    rule = WeeklyRule(start.date(), weekdays, int(parts.get("INTERVAL", "1")))
    if "COUNT" in parts:
        dates = rule.first(int(parts["COUNT"]))
    else:
        # A last instant at midnight leaves that day out.
        last = datetime.fromisoformat(parts["UNTIL"].removesuffix("Z"))
        dates = [
            day
            for day in rule.until(last.date())
            if at_minute(day, minute_of(start)) <= last
        ]
    found = [at_minute(day, minute_of(start)) for day in dates]
    assert [f"{one:%Y%m%dT%H%M%S}" for one in found] == wanted


def clock_changes() -> list[dict[str, Any]]:
    """Read the clock changes of three years in many zones."""
    if not CLOCK_CHANGES.exists():
        return []
    return cases(CLOCK_CHANGES)


@pytest.mark.skipif(not CLOCK_CHANGES.exists(), reason="the corpora are not here")
def test_weekly_lessons_keep_their_wall_clock_in_every_zone() -> None:
    assert len(clock_changes()) >= 65
    for case in clock_changes():
        zone, weekly = ZoneInfo(case["tz"]), case["weekly_16h"]
        first = datetime.fromisoformat(weekly["first_local"])
        rule = WeeklyRule(first.date(), (first.weekday(),))
        found = [
            span_of(at_minute(day, minute_of(first)), 60, zone)
            for day in rule.first(len(weekly["utc"]))
        ]
        assert [f"{start:%Y-%m-%dT%H:%MZ}" for start, _end in found] == weekly["utc"]
        assert all(end - start == timedelta(hours=1) for start, end in found)


@pytest.mark.skipif(not CLOCK_CHANGES.exists(), reason="the corpora are not here")
def test_a_time_that_does_not_exist_is_refused_and_the_first_of_two_taken() -> None:
    for case in clock_changes():
        zone, wall = ZoneInfo(case["tz"]), datetime.fromisoformat(case["local_time"])
        if case["kind"] == "gap":
            with pytest.raises(ClockGapError):
                instant(wall, zone)
        else:
            first, _second = case["two_instants_utc"]
            moment = instant(wall, zone)
            assert f"{moment:%Y-%m-%dT%H:%M:%SZ}" == first
            assert wall_clock(moment, zone) == wall
