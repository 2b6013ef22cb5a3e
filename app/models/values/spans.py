"""Arithmetic of time: stretches put together and taken away, and weeks laid out.

A window of the week is wall-clock time. Laid out on a day it is every instant at which
the office's clock shows a time of the window: on the day the clocks go forward the
hour that is left out is not there, on the day they go back it is there twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.models.values.errors import InputError
from app.models.values.schedule import TimeSpan, WeekWindow, day_span, local_date
from app.text import _

MIDNIGHT = 24 * 60
_SUNDAY = 6


class WindowError(InputError):
    """A window of the week that is none."""

    def __init__(self, window: WeekWindow) -> None:
        if not 0 <= window.weekday <= _SUNDAY:
            text = _(
                "Weekday {weekday} does not exist; give 0 for Monday to 6 for Sunday."
            ).format(weekday=window.weekday)
        else:
            text = _(
                "A window from {start} to {end} cannot be; it must end after it starts "
                "and by 24:00 of the same day."
            ).format(start=clock_time(window.start), end=clock_time(window.end))
        super().__init__(text)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a day on which the clock runs evenly.

    Attributes:
        offset: the wall clock's lead over UTC.
    """

    span: TimeSpan
    offset: timedelta


def clock_time(minute: int) -> str:
    """Write minutes after midnight as 16:30."""
    hours, minutes = divmod(minute, 60)
    return f"{hours:02d}:{minutes:02d}"


def merged(spans: Iterable[TimeSpan]) -> tuple[TimeSpan, ...]:
    """Put spans that overlap or touch together, earliest first; empty ones go."""
    found: list[TimeSpan] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if found and span.start <= found[-1].end:
            if span.end > found[-1].end:
                found[-1] = TimeSpan(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)


def without(
    spans: Iterable[TimeSpan], taken: Iterable[TimeSpan]
) -> tuple[TimeSpan, ...]:
    """Take some spans away from others."""
    holes = merged(taken)
    left: list[TimeSpan] = []
    for span in merged(spans):
        start = span.start
        for hole in holes:
            if hole.end <= start or hole.start >= span.end:
                continue
            if hole.start > start:
                left.append(TimeSpan(start, hole.start))
            start = max(start, hole.end)
        if start < span.end:
            left.append(TimeSpan(start, span.end))
    return tuple(left)


def clipped(spans: Iterable[TimeSpan], to: TimeSpan) -> tuple[TimeSpan, ...]:
    """Keep the parts of spans that lie within another."""
    return tuple(
        TimeSpan(max(span.start, to.start), min(span.end, to.end))
        for span in spans
        if span.overlaps(to)
    )


def covers(spans: Sequence[TimeSpan], span: TimeSpan) -> bool:
    """Say whether a span lies wholly within one of several merged ones."""
    return any(one.start <= span.start and span.end <= one.end for one in spans)


def merged_windows(windows: Iterable[WeekWindow]) -> tuple[WeekWindow, ...]:
    """Put a week's windows in order, those that overlap or touch together.

    Raises:
        WindowError: One ends before it starts, or leaves its day.
    """
    found: list[WeekWindow] = []
    for window in sorted(windows):
        if not (
            0 <= window.weekday <= _SUNDAY
            and 0 <= window.start < window.end <= MIDNIGHT
        ):
            raise WindowError(window)
        last = found[-1] if found else None
        if last and last.weekday == window.weekday and window.start <= last.end:
            end = max(last.end, window.end)
            found[-1] = WeekWindow(last.weekday, last.start, end)
        else:
            found.append(window)
    return tuple(found)


def days_of(span: TimeSpan, zone: ZoneInfo) -> Iterator[date]:
    """List the local dates that a span touches."""
    day, last = local_date(span.start, zone), local_date(span.end, zone)
    while day <= last:
        yield day
        day += timedelta(days=1)


@lru_cache(maxsize=4096)  # a check of a series asks for each day of many weeks
def stretches(day: date, zone: ZoneInfo) -> tuple[Stretch, ...]:
    """Divide a local day where its clocks change; nearly always into one."""
    whole = day_span(day, zone)
    first, last = _offset(whole.start, zone), _offset(whole.end, zone)
    if first == last:
        return (Stretch(whole, first),)
    before, after = whole.start, whole.end
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(middle, zone) == first:
            before = middle
        else:
            after = middle
    return (
        Stretch(TimeSpan(whole.start, after), first),
        Stretch(TimeSpan(after, whole.end), last),
    )


def laid_out(
    day: date, start: int, end: int, parts: Iterable[Stretch]
) -> Iterator[TimeSpan]:
    """Lay a window of wall-clock minutes out on a day.

    Args:
        day: the local date.
        start: minutes after midnight on the wall clock.
        end: the same, 1440 for the next midnight.
        parts: the day's stretches.
    """
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for part in parts:
        base = midnight - part.offset
        first = max(base + timedelta(minutes=start), part.span.start)
        last = min(base + timedelta(minutes=end), part.span.end)
        if first < last:
            yield TimeSpan(first, last)


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
