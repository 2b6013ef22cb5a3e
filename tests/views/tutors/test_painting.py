"""A stroke of the brush makes the week that was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app.models.values.people import ExceptionKind
from app.models.values.schedule import WeekWindow
from app.services.availability.requests import ExceptionRow
from app.views.tutors.painting import Special, minutes_of, painted, specials

MORNING = WeekWindow(0, 540, 720)


def test_strokes_that_touch_grow_together() -> None:
    week = painted((MORNING,), WeekWindow(0, 720, 780), clears=False)
    assert week == (WeekWindow(0, 540, 780),)


def test_a_stroke_on_another_day_stands_alone_and_in_order() -> None:
    week = painted(
        (WeekWindow(3, 60, 120), MORNING), WeekWindow(1, 0, 60), clears=False
    )
    assert [window.weekday for window in week] == [0, 1, 3]


def test_clearing_the_middle_leaves_both_ends() -> None:
    week = painted((MORNING,), WeekWindow(0, 600, 660), clears=True)
    assert week == (WeekWindow(0, 540, 600), WeekWindow(0, 660, 720))
    assert minutes_of(week) == 120


def test_clearing_everything_leaves_nothing() -> None:
    assert painted((MORNING,), WeekWindow(0, 0, 1440), clears=True) == ()


def test_leave_and_extra_time_are_cut_into_the_days_of_the_week_shown() -> None:
    at = datetime(2026, 3, 3, 22, tzinfo=UTC)
    end = datetime(2026, 3, 5, tzinfo=UTC)
    leave = ExceptionRow(1, 1, 1, "Anna", ExceptionKind.LEAVE, at, end, "")
    later = datetime(2026, 3, 20, 9, tzinfo=UTC)
    noon = datetime(2026, 3, 20, 12, tzinfo=UTC)
    extra = ExceptionRow(2, 1, 1, "Anna", ExceptionKind.EXTRA, later, noon, "")
    shown = specials((leave, extra), date(2026, 3, 3), ZoneInfo("Europe/London"))
    assert shown == (
        Special(WeekWindow(1, 1320, 1440), is_leave=True),
        Special(WeekWindow(2, 0, 1440), is_leave=True),
    )
    (other,) = specials((extra,), date(2026, 3, 20), ZoneInfo("Europe/London"))
    assert other == Special(WeekWindow(4, 540, 720), is_leave=False)
