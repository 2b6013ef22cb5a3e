"""What a stroke of the brush makes of a week of hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.values.people import ExceptionKind
from app.models.values.schedule import WeekWindow
from app.services.availability.requests import ExceptionRow

DAY = 24 * 60
SNAP = 30  # minutes
DAYS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Special:
    """A part of leave or extra time that lies on one day of the week shown."""

    hours: WeekWindow
    is_leave: bool


def specials(
    rows: Iterable[ExceptionRow], first: date, zone: ZoneInfo
) -> tuple[Special, ...]:
    """Cut leave and extra time into the seven days from a day on."""
    found: list[Special] = []
    for row in rows:
        start = row.starts_at.astimezone(zone).replace(tzinfo=None)
        end = row.ends_at.astimezone(zone).replace(tzinfo=None)
        for number in range(DAYS_SHOWN):
            day = first + timedelta(days=number)
            low, high = _on_day(start, day), _on_day(end, day)
            if low < high:
                hours = WeekWindow(day.weekday(), low, high)
                found.append(Special(hours, row.kind is ExceptionKind.LEAVE))
    return tuple(found)


def _on_day(wall: datetime, day: date) -> int:
    """Give a wall-clock time as a minute of a day, at its ends if it is on another."""
    way = wall - datetime.combine(day, time())
    return min(DAY, max(0, int(way.total_seconds() // 60)))


def painted(
    windows: Sequence[WeekWindow], stroke: WeekWindow, *, clears: bool
) -> tuple[WeekWindow, ...]:
    """Give the week after a stroke: neighbours grow together, or it is cut away."""
    low, high = stroke.start, stroke.end
    kept: list[WeekWindow] = []
    for old in windows:
        if old.weekday != stroke.weekday or old.end < low or old.start > high:
            kept.append(old)
        elif clears:
            pieces = ((old.start, stroke.start), (stroke.end, old.end))
            kept += [
                replace(old, start=max(a, old.start), end=min(b, old.end))
                for a, b in pieces
                if max(a, old.start) < min(b, old.end)
            ]
        else:
            low, high = min(low, old.start), max(high, old.end)
    if not clears:
        kept.append(WeekWindow(stroke.weekday, low, high))
    return in_order(kept)


def in_order(windows: Sequence[WeekWindow]) -> tuple[WeekWindow, ...]:
    """Sort a week by day and time."""
    return tuple(sorted(windows, key=_place))


def minutes_of(windows: Sequence[WeekWindow], weekday: int | None = None) -> int:
    """Add up the hours of a week, or of one of its days, in minutes."""
    return sum(
        one.end - one.start
        for one in windows
        if weekday is None or one.weekday == weekday
    )


def _place(window: WeekWindow) -> tuple[int, int]:
    return window.weekday, window.start
