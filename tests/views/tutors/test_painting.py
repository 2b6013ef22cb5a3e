"""A stroke of the brush makes the week that was meant."""

from __future__ import annotations

from app.models.values.schedule import WeekWindow
from app.views.tutors.painting import minutes_of, painted

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
