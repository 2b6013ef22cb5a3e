"""The dates of a weekly rule, and the instants its wall clock names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

WEEK = 7
MOST_DATES = 1000


@dataclass(frozen=True, slots=True)
class WeeklyRule:
    """On which days a series has its dates.

    Attributes:
        from_on: the first day that may be one; its week counts as the first.
        weekdays: 0 is Monday, in order and without repeats.
        every_weeks: 1 is each week, 2 every other.
    """

    from_on: date
    weekdays: tuple[int, ...]
    every_weeks: int = 1

    def dates(self) -> Iterator[date]:
        """Give the dates in order, as far as the calendar goes."""
        monday = self.from_on - timedelta(days=self.from_on.weekday())
        try:
            while True:
                for weekday in self.weekdays:
                    day = monday + timedelta(days=weekday)
                    if day >= self.from_on:
                        yield day
                monday += timedelta(days=WEEK * self.every_weeks)
        except OverflowError:
            return

    def until(self, last: date) -> list[date]:
        """List the dates up to a day, that day included."""
        return list(takewhile(lambda day: day <= last, self.dates()))

    def first(self, count: int) -> list[date]:
        """List a number of dates."""
        return list(islice(self.dates(), count))

    def shifted(self, days: int) -> WeeklyRule:
        """Give the same rhythm some days later."""
        moved = sorted((weekday + days) % WEEK for weekday in self.weekdays)
        return WeeklyRule(
            self.from_on + timedelta(days=days), tuple(moved), self.every_weeks
        )


def at_minute(day: date, minute: int) -> datetime:
    """Give the naive wall-clock time of a day, in minutes after midnight."""
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)


def minute_of(wall: datetime) -> int:
    """Give the minutes after midnight of a wall-clock time."""
    return wall.hour * 60 + wall.minute


def slot_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Give an instant to a slot, which is a name and need not exist on the clock."""
    return wall.replace(tzinfo=zone).astimezone(UTC)
