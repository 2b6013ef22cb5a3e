"""Where a day opens: at the hour before now, and at night where the work begins."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from app.services.scheduling.cards import SessionCard
from app.views.calendar.geometry import opening
from app.views.calendar.scenes import working_hours
from app.views.calendar.views import View
from tests.fakes import FakeClock
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

HOURS = (13 * 60, 20 * 60)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (2 * 60, HOURS[0]),
        (HOURS[0] - 1, HOURS[0]),
        (HOURS[0], HOURS[0] - 60),
        (16 * 60, 15 * 60),
        (23 * 60, HOURS[0]),
    ],
)
def test_at_night_a_day_opens_where_the_work_begins(now: int, opens: int) -> None:
    assert opening([15 * 60], now, HOURS) == opens


def test_another_day_opens_before_its_first_session() -> None:
    assert opening([15 * 60], None, HOURS) == 14 * 60
    assert opening([], None, HOURS) == 12 * 60
    assert opening([], None) == 8 * 60


def local(desk: Desk, card: SessionCard) -> datetime:
    return desk.window.tools.formats.local(card.starts_at)


def test_the_hours_of_work_hold_every_session(desk: Desk) -> None:
    reading, formats = desk.page.reading, desk.window.tools.formats
    assert reading is not None
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    hours = working_hours(reading, formats, days)
    assert hours is not None
    starts = [
        local(desk, card)
        for card in reading.period.cards
        if local(desk, card).date() in days and not card.status.is_cancelled
    ]
    assert starts
    minutes = [one.hour * 60 + one.minute for one in starts]
    assert hours[0] <= min(minutes)
    assert max(minutes) < hours[1]


def test_a_day_without_any_work_has_no_hours(desk: Desk) -> None:
    reading, formats = desk.page.reading, desk.window.tools.formats
    assert reading is not None
    assert working_hours(reading, formats, []) is None


def test_the_window_opens_at_night_where_the_work_begins(
    desk: Desk, clock: FakeClock
) -> None:
    book(desk, datetime.combine(SATURDAY, time(9)))
    clock.set(2026, 3, 14, 2)
    page = desk.page
    page.show_view(View.MONTH)
    page.go(SATURDAY)
    page.show_view(View.DAY)
    assert page.reading is not None
    hours = working_hours(page.reading, desk.window.tools.formats, [SATURDAY])
    assert hours is not None
    grid = page.canvas.grid()
    assert grid.scroll_y == round(grid.scroll_to(hours[0]))
    assert grid.scroll_y > grid.scroll_to(60)
