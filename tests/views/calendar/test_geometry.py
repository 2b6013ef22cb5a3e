"""Time to points and back, also where the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.values.schedule import TimeSpan
from app.views.calendar.geometry import (
    DAY,
    Grid,
    Piece,
    Slot,
    anchored,
    fitting,
    month_grid,
    opening,
    pieces,
    same_day_of_month,
    snap,
    wall,
    week_of,
    zoomed,
)

LONDON = ZoneInfo("Europe/London")
GRID = Grid(1000, 700, 5)


def span(start: str, minutes: int) -> TimeSpan:
    first = datetime.fromisoformat(start).replace(tzinfo=UTC)
    return TimeSpan(first, first + timedelta(minutes=minutes))


def test_a_session_lies_on_its_wall_clock_day() -> None:
    assert pieces(span("2026-07-01T15:30", 60), LONDON) == (
        Piece(date(2026, 7, 1), 16 * 60 + 30, 17 * 60 + 30),
    )


def test_a_session_across_midnight_has_a_piece_on_both_days() -> None:
    assert pieces(span("2026-11-24T23:15", 90), LONDON) == (
        Piece(date(2026, 11, 24), 23 * 60 + 15, DAY),
        Piece(date(2026, 11, 25), 0, 45),
    )


def test_a_session_until_midnight_has_one_piece() -> None:
    assert pieces(span("2026-11-24T23:00", 60), LONDON) == (
        Piece(date(2026, 11, 24), 23 * 60, DAY),
    )


def test_the_hour_that_spring_leaves_out_is_drawn_as_the_clock_reads() -> None:
    assert pieces(span("2026-03-29T00:30", 60), LONDON) == (
        Piece(date(2026, 3, 29), 30, 150),
    )


def test_a_session_in_the_hour_that_comes_twice_keeps_its_length() -> None:
    assert pieces(span("2026-10-25T00:30", 60), LONDON) == (
        Piece(date(2026, 10, 25), 90, 150),
    )


def test_the_day_of_a_clock_change_ends_at_midnight() -> None:
    whole = span("2026-10-24T23:00", 25 * 60)
    assert pieces(whole, LONDON) == (Piece(date(2026, 10, 25), 0, DAY),)


def test_points_and_minutes_are_inverse() -> None:
    grid = Grid(1000, 700, 5, hour=64, scroll_y=100)
    for minute in (100, 615, 1200):
        assert grid.minute_at(grid.y(minute)) == pytest.approx(minute)


def test_columns_share_the_width_without_gaps() -> None:
    assert [GRID.column_at(GRID.x(n) + 1) for n in range(5)] == [0, 1, 2, 3, 4]
    assert GRID.x(5) == 1000


def test_a_point_beside_the_grid_belongs_to_the_nearest_column() -> None:
    assert (GRID.column_at(0), GRID.column_at(5000)) == (0, 4)


def test_narrow_columns_are_scrolled_to() -> None:
    grid = Grid(1000, 700, 20, narrowest=120)
    assert grid.most_scroll_x == 56 + 20 * 120 - 1000
    assert GRID.most_scroll_x == 0


def test_a_short_session_is_tall_enough_to_press() -> None:
    assert GRID.block(0, 600, 605).height == 20


def test_lanes_of_a_column_do_not_share_pixels() -> None:
    left = GRID.block(1, 600, 660, Slot(0, 1, 3))
    middle = GRID.block(1, 600, 660, Slot(1, 2, 3))
    assert left.right + 2 == middle.x
    assert middle.right == GRID.x(2) - 8


def test_zoom_goes_in_steps_and_ends() -> None:
    assert (zoomed(52, 1), zoomed(52, -1), zoomed(104, 1), zoomed(36, -1)) == (
        64,
        44,
        104,
        36,
    )


def test_zoom_keeps_the_time_under_the_pointer() -> None:
    grid = Grid(1000, 700, 5, hour=52, scroll_y=300)
    y = 400.0
    later = Grid(1000, 700, 5, hour=80, scroll_y=anchored(grid, 80, y))
    assert later.minute_at(y) == pytest.approx(grid.minute_at(y))


def test_a_fitting_zoom_shows_the_opening_hours() -> None:
    hour = fitting(GRID, 8 * 60, 20 * 60)
    assert hour * 12 == pytest.approx(GRID.height - GRID.top)


def test_snap_goes_to_the_nearest_step() -> None:
    assert [snap(m, 15) for m in (7, 8, 22, 23)] == [0, 15, 15, 30]


def test_weeks_start_on_the_offices_first_day() -> None:
    assert week_of(date(2026, 11, 24)) == date(2026, 11, 23)
    assert week_of(date(2026, 11, 24), 6) == date(2026, 11, 22)


def test_a_month_is_shown_in_whole_weeks() -> None:
    days = month_grid(date(2026, 11, 24))
    assert (days[0], days[-1], len(days)) == (
        date(2026, 10, 26),
        date(2026, 12, 6),
        42,
    )


def test_a_month_on_is_the_last_day_where_the_day_is_missing() -> None:
    assert same_day_of_month(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert same_day_of_month(date(2026, 1, 15), -1) == date(2025, 12, 15)


def test_midnight_at_the_end_is_the_next_day() -> None:
    assert wall(date(2026, 11, 24), DAY) == datetime(2026, 11, 25)  # noqa: DTZ001


def test_it_opens_an_hour_before_now_or_the_first_session() -> None:
    assert opening([600], 1000) == 940
    assert opening([600, 700], None) == 540
    assert opening([], None) == 480
