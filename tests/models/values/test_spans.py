"""Stretches of time add up, and weeks are laid out right on every kind of day."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.models.values.schedule import TimeSpan, WeekWindow, day_span, wall_clock
from app.models.values.spans import (
    WindowError,
    clipped,
    covers,
    days_of,
    laid_out,
    merged,
    merged_windows,
    stretches,
    without,
)

START = datetime(2026, 3, 1, tzinfo=UTC)
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2026, 4, 5), date(2026, 11, 1))


def span(first: int, last: int) -> TimeSpan:
    return TimeSpan(START + timedelta(minutes=first), START + timedelta(minutes=last))


def minutes(spans: tuple[TimeSpan, ...]) -> set[int]:
    found: set[int] = set()
    for one in spans:
        first = int((one.start - START).total_seconds()) // 60
        found.update(range(first, first + one.minutes))
    return found


some_spans = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 60)).map(
        lambda pair: span(pair[0], pair[0] + pair[1])
    ),
    max_size=8,
)


@given(some_spans)
def test_merged_spans_hold_the_same_minutes_apart(spans: list[TimeSpan]) -> None:
    found = merged(spans)
    assert minutes(found) == set().union(*(minutes((one,)) for one in spans))
    assert all(one.end < other.start for one, other in itertools.pairwise(found))


@given(some_spans, some_spans)
def test_what_is_taken_away_is_gone_and_nothing_else(
    spans: list[TimeSpan], taken: list[TimeSpan]
) -> None:
    left = without(spans, taken)
    assert minutes(left) == minutes(merged(spans)) - minutes(merged(taken))


@given(some_spans, st.integers(0, 200), st.integers(0, 60))
def test_clipping_keeps_what_is_inside(
    spans: list[TimeSpan], first: int, length: int
) -> None:
    frame = span(first, first + length)
    assert minutes(clipped(merged(spans), frame)) == (
        minutes(merged(spans)) & minutes((frame,))
    )


def test_a_span_is_covered_only_by_one_whole_stretch() -> None:
    assert covers((span(0, 60),), span(0, 60))
    assert not covers((span(0, 30), span(31, 60)), span(20, 40))


def test_windows_that_touch_or_overlap_become_one() -> None:
    windows = (
        WeekWindow(0, 900, 960),
        WeekWindow(0, 960, 1020),
        WeekWindow(0, 930, 940),
    )
    assert merged_windows(windows) == (WeekWindow(0, 900, 1020),)
    assert len(merged_windows((WeekWindow(0, 0, 60), WeekWindow(1, 0, 60)))) == 2


@pytest.mark.parametrize(
    "window",
    [
        WeekWindow(0, 960, 900),
        WeekWindow(0, 900, 900),
        WeekWindow(0, 900, 1441),
        WeekWindow(0, -1, 60),
        WeekWindow(7, 0, 60),
        WeekWindow(-1, 0, 60),
    ],
)
def test_refuses_a_window_that_is_none(window: WeekWindow) -> None:
    with pytest.raises(WindowError):
        merged_windows((window,))


@given(
    st.sampled_from(ZONES),
    st.one_of(st.sampled_from(CHANGES), st.dates(date(2025, 1, 1), date(2027, 12, 31))),
    st.integers(0, 1439),
    st.integers(1, 1440),
)
@example("Europe/London", date(2026, 3, 29), 90, 150)
@example("Europe/London", date(2026, 10, 25), 75, 105)
@example("Australia/Lord_Howe", date(2026, 4, 5), 100, 140)
def test_a_window_is_every_minute_whose_clock_shows_it(
    name: str, day: date, start: int, length: int
) -> None:
    zone, end = ZoneInfo(name), min(start + length, 1440)
    found = merged(laid_out(day, start, end, stretches(day, zone)))
    whole = day_span(day, zone)
    for minute in range(0, whole.minutes, 5):
        moment = whole.start + timedelta(minutes=minute)
        wall = wall_clock(moment, zone)
        shows = start <= wall.hour * 60 + wall.minute < end
        assert shows == any(one.start <= moment < one.end for one in found)


@given(st.sampled_from(ZONES), st.sampled_from(CHANGES))
def test_the_stretches_of_a_day_fill_it(name: str, day: date) -> None:
    zone = ZoneInfo(name)
    parts = stretches(day, zone)
    assert merged(part.span for part in parts) == (day_span(day, zone),)


def test_the_days_of_a_span_are_local() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    days = list(days_of(TimeSpan(late, late), ZoneInfo("Europe/London")))
    assert days == [date(2026, 7, 2)]
