"""Time spans and the office's wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.schedule import (
    ClockGapError,
    SessionStatus,
    TimeSpan,
    day_span,
    instant,
    local_date,
    wall_clock,
)

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_time_in_the_spring_gap_is_refused() -> None:
    with pytest.raises(ClockGapError, match=r"02:30 on 29 Mar 2026"):
        instant(datetime(2026, 3, 29, 2, 30), BERLIN)  # noqa: DTZ001  a wall clock


def test_of_two_autumn_hours_the_first_is_taken() -> None:
    first = instant(datetime(2026, 10, 25, 2, 30), BERLIN)  # noqa: DTZ001
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(24, 24), (25, 25)])
def test_days_last_as_long_as_they_do(day: int, hours: int) -> None:
    assert day_span(date(2026, 10, day), BERLIN).minutes == hours * 60
    assert day_span(date(2026, 3, 29), BERLIN).minutes == 23 * 60


@given(st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31)))  # noqa: DTZ001
def test_the_wall_clock_reads_back(wall: datetime) -> None:
    try:
        moment = instant(wall, BERLIN)
    except ClockGapError:
        return
    assert wall_clock(moment, BERLIN) == wall
    assert local_date(moment, BERLIN) == wall.date()


def test_touching_spans_do_not_overlap() -> None:
    start = datetime(2026, 3, 4, 16, tzinfo=UTC)
    first = TimeSpan(start, start + timedelta(hours=1))
    second = TimeSpan(first.end, first.end + timedelta(hours=1))
    assert not first.overlaps(second)
    assert first.overlaps(TimeSpan(start, second.end))


def test_a_span_needs_zones_and_order() -> None:
    start = datetime(2026, 3, 4, 16, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        TimeSpan(start.replace(tzinfo=None), start)
    with pytest.raises(ValueError, match="before it starts"):
        TimeSpan(start, start - timedelta(seconds=1))


def test_cancelled_sessions_free_their_slot() -> None:
    cancelled = {status for status in SessionStatus if status.is_cancelled}
    assert len(cancelled) == 4
    assert {SessionStatus.TENTATIVE, SessionStatus.PLANNED} == {
        status for status in SessionStatus if status.is_ahead
    }
