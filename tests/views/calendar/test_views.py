"""Which days a view shows, how it is called, and where its pages lead."""

from __future__ import annotations

from datetime import date

import pytest

from app.views.calendar.views import View, days_of, title_of, turned
from app.views.formats import Formats

DAY = date(2026, 3, 11)


def test_a_month_shows_the_whole_weeks_that_it_touches() -> None:
    days = days_of(View.MONTH, DAY, 0)
    assert (days[0], days[-1]) == (date(2026, 2, 23), date(2026, 4, 5))
    assert len(days) % 7 == 0
    sunday = days_of(View.MONTH, DAY, 6)
    assert (sunday[0], sunday[-1]) == (date(2026, 3, 1), date(2026, 4, 4))


def test_a_month_leaves_out_days_on_which_nobody_works() -> None:
    days = days_of(View.MONTH, DAY, 0, frozenset({5, 6}))
    assert {day.weekday() for day in days} == set(range(5))
    assert len(days) % 5 == 0


def test_the_tutors_week_shows_the_days_of_the_week() -> None:
    assert days_of(View.TUTORS_WEEK, DAY, 0) == days_of(View.WEEK, DAY, 0)


@pytest.mark.parametrize(
    ("view", "then"),
    [
        (View.DAY, date(2026, 3, 12)),
        (View.WEEK, date(2026, 3, 18)),
        (View.TUTORS_WEEK, date(2026, 3, 18)),
        (View.MONTH, date(2026, 4, 11)),
        (View.AGENDA, date(2026, 4, 11)),
    ],
)
def test_a_page_is_a_day_a_week_or_a_month(view: View, then: date) -> None:
    assert turned(view, DAY, 1) == then
    assert turned(view, then, -1) == DAY


def test_a_month_is_called_by_its_name(formats: Formats) -> None:
    days = days_of(View.MONTH, DAY, 0)
    assert title_of(View.MONTH, DAY, days, formats) == "March 2026"


def test_every_view_has_a_word_of_its_own() -> None:
    assert len({view.word for view in View}) == len(View)
    assert {view for view in View if view.has_cells} == {View.MONTH, View.TUTORS_WEEK}
