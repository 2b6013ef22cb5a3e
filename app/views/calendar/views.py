"""The calendar's views: which days they show, what they are called, where next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from app.text import _
from app.views.calendar.geometry import (
    WEEK,
    days_from,
    month_grid,
    month_of,
    same_day_of_month,
    week_of,
)
from app.views.formats import Formats

WORK_DAYS = 5


class View(StrEnum):
    """The ways of looking at the timetable."""

    DAY = "day"
    WORK_WEEK = "work_week"
    WEEK = "week"
    MONTH = "month"
    AGENDA = "agenda"
    TUTORS = "tutors"
    TUTORS_WEEK = "tutors_week"

    @property
    def word(self) -> str:
        """Give what it is called."""
        return {
            View.DAY: _("Day"),
            View.WORK_WEEK: _("Work week"),
            View.WEEK: _("Week"),
            View.MONTH: _("Month"),
            View.AGENDA: _("Agenda"),
            View.TUTORS: _("Tutors"),
            View.TUTORS_WEEK: _("Tutors by week"),
        }[self]

    @property
    def is_grid(self) -> bool:
        """Say whether it has a time grid."""
        return self in {View.DAY, View.WORK_WEEK, View.WEEK, View.TUTORS}

    @property
    def has_cells(self) -> bool:
        """Say whether its sessions are chips in cells."""
        return self in {View.MONTH, View.TUTORS_WEEK}

    @property
    def is_month(self) -> bool:
        """Say whether it shows a month."""
        return self in {View.MONTH, View.AGENDA}


def days_of(
    view: View,
    day: date,
    first_weekday: int,
    unused: frozenset[int] = frozenset(),
) -> tuple[date, ...]:
    """List the days that a view shows around a day.

    Args:
        view: the way of looking.
        day: a day of the period.
        first_weekday: the week begins with; 0 is Monday.
        unused: weekdays on which nothing ever is, left out of a week's columns.
    """
    if view in {View.DAY, View.TUTORS}:
        return (day,)
    if view is View.WORK_WEEK:
        return days_from(week_of(day), WORK_DAYS)
    if view is View.AGENDA:
        return month_of(day)
    if view is View.MONTH:
        grid = month_grid(day, first_weekday)
        return tuple(one for one in grid if one.weekday() not in unused)
    days = days_from(week_of(day, first_weekday), WEEK)
    used = tuple(one for one in days if one.weekday() not in unused)
    return used if day in used else days


def turned(view: View, day: date, pages: int) -> date:
    """Give the day that a view stands on some pages further."""
    if view in {View.DAY, View.TUTORS}:
        return day + timedelta(days=pages)
    if view.is_month:
        return same_day_of_month(day, pages)
    return day + timedelta(weeks=pages)


def title_of(view: View, day: date, days: Sequence[date], formats: Formats) -> str:
    """Name the period that is shown."""
    locale = formats.locale
    if view in {View.DAY, View.TUTORS}:
        return locale.long_date(day)
    if view.is_month:
        month = locale.months[day.month - 1]
        return _("{month} {year}").format(month=month, year=day.year)
    return locale.period(days[0], days[-1])
