"""Time to points and back: days and tutors as columns, minutes as pixels; no Qt.

A column shows one day of the office's wall clock, 0 to 1440 minutes. On the day on
which the clocks change the wall clock is shown as it reads, so a column always has the
same height; a session within the hour that comes twice keeps the length it really has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from math import floor
from zoneinfo import ZoneInfo

from app.models.values.schedule import TimeSpan, day_span

GUTTER, HEAD, ALL_DAY = 56, 58, 28
MARGIN = 3  # between the edge of a column and its sessions
ROOM = 8  # free at the right of a column, to draw new sessions
GAP = 2  # between lanes
LEAST_HEIGHT = 20
DAY = 24 * 60
WEEK = 7
ZOOMS = (36, 44, 52, 64, 80, 104)
USUAL_ZOOM = 52
SHORTEST = 15


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a span of time that lies on one day, in wall-clock minutes."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a session stands: first lane, lanes taken, lanes there are."""

    lane: int
    taken: int
    lanes: int


WHOLE = Slot(0, 1, 1)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The first pixel beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The first pixel below it."""
        return self.y + self.height

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies in it."""
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True)
class Grid:
    """Maps columns and minutes to pixels of a widget.

    Attributes:
        hour: pixels of an hour.
        narrowest: a column is never narrower; the rest is scrolled to.
    """

    width: float
    height: float
    columns: int
    hour: float = USUAL_ZOOM
    scroll_x: float = 0
    scroll_y: float = 0
    gutter: float = GUTTER
    head: float = HEAD
    all_day: float = ALL_DAY
    narrowest: float = 0

    @property
    def keeps_time(self) -> bool:
        """Say whether a place says the day alone, not the hour."""
        return False

    @property
    def top(self) -> float:
        """The first pixel under the heads."""
        return self.head + self.all_day

    @property
    def column_width(self) -> float:
        """How wide every column is."""
        return max(self.narrowest, (self.width - self.gutter) / max(1, self.columns))

    @property
    def most_scroll_x(self) -> float:
        """How far the columns can be scrolled."""
        whole = self.gutter + self.column_width * self.columns
        return max(0.0, whole - self.width)

    @property
    def most_scroll_y(self) -> float:
        """How far the day can be scrolled."""
        return max(0.0, self.hour * 24 - (self.height - self.top))

    def x(self, column: float) -> float:
        """Give the left edge of a column."""
        return round(self.gutter + column * self.column_width - self.scroll_x)

    def y(self, minute: float) -> float:
        """Give the pixel of a time of day."""
        return self.top + minute * self.hour / 60 - self.scroll_y

    def column_at(self, x: float) -> int:
        """Give the nearest column to a pixel."""
        column = int((x - self.gutter + self.scroll_x) // self.column_width)
        return min(self.columns - 1, max(0, column))

    def minute_at(self, y: float) -> float:
        """Give the time of day at a pixel, within the day."""
        minute = (y - self.top + self.scroll_y) * 60 / self.hour
        return min(float(DAY), max(0.0, minute))

    def spot(self, x: float, y: float) -> tuple[int, float]:
        """Give the nearest column and the time of day at a point."""
        return self.column_at(x), self.minute_at(y)

    def head_at(self, x: float, y: float) -> int | None:
        """Give the column whose head is at a point."""
        is_head = x >= self.gutter and y < self.head
        return self.column_at(x) if is_head else None

    def landing(self, column: int, start: int, end: int) -> Box:
        """Give the rectangle of what is dragged there."""
        return self.block(column, start, end)

    def cursor_box(self, column: int, minute: int) -> Box:
        """Give the rectangle of the cursor of the keys."""
        return self.block(column, minute, min(DAY, minute + 30))

    def block(self, column: int, start: int, end: int, slot: Slot = WHOLE) -> Box:
        """Give the rectangle of a session."""
        left, right = self.x(column) + MARGIN, self.x(column + 1) - ROOM
        lane = (right - left + GAP) / slot.lanes
        x = round(left + slot.lane * lane)
        beyond = round(left + (slot.lane + slot.taken) * lane) - GAP
        y = whole(self.y(start)) + 1
        height = whole(self.y(end)) - 1 - y
        return Box(x, y, beyond - x, max(LEAST_HEIGHT, height))

    def scroll_to(self, minute: float) -> float:
        """Give the scroll that shows a time of day at the top."""
        return min(self.most_scroll_y, max(0.0, minute * self.hour / 60))


def whole(pixel: float) -> int:
    """Give the whole pixel nearest; halves go one way, so that scrolling keeps them."""
    return floor(pixel + 0.5)


@lru_cache(maxsize=8192)  # a week that is shown again has the same spans
def pieces(span: TimeSpan, zone: ZoneInfo) -> tuple[Piece, ...]:
    """Cut a span of time into the days it touches, on the wall clock."""
    found: list[Piece] = []
    day = span.start.astimezone(zone).date()
    last = span.end.astimezone(zone).date()
    while day <= last:
        whole = day_span(day, zone)
        start, end = max(span.start, whole.start), min(span.end, whole.end)
        if start < end:
            first = _minute(start, zone)
            until = DAY if end == whole.end else _minute(end, zone)
            if until <= first:  # the hour that comes twice
                until = min(DAY, first + TimeSpan(start, end).minutes)
            found.append(Piece(day, first, until))
        day += timedelta(days=1)
    return tuple(found)


def _minute(moment: datetime, zone: ZoneInfo) -> int:
    wall = moment.astimezone(zone)
    return wall.hour * 60 + wall.minute


def wall(day: date, minute: int) -> datetime:
    """Give the naive wall-clock time of a column's minute."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def snap(minute: float, step: int) -> int:
    """Round to the grid."""
    return int(minute / step + 0.5) * step


def week_of(day: date, first_weekday: int = 0) -> date:
    """Give the first day of a day's week."""
    return day - timedelta(days=(day.weekday() - first_weekday) % WEEK)


def days_from(first: date, count: int) -> tuple[date, ...]:
    """List days in a row."""
    return tuple(first + timedelta(days=n) for n in range(count))


def month_grid(day: date, first_weekday: int = 0) -> tuple[date, ...]:
    """List the days of the weeks that a month touches."""
    first = day.replace(day=1)
    begin = week_of(first, first_weekday)
    beyond = (first + timedelta(days=31)).replace(day=1)
    weeks = -(-(beyond - begin).days // WEEK)
    return days_from(begin, weeks * WEEK)


def month_of(day: date) -> tuple[date, ...]:
    """List the days of a month."""
    first = day.replace(day=1)
    beyond = (first + timedelta(days=31)).replace(day=1)
    return days_from(first, (beyond - first).days)


def same_day_of_month(day: date, months: int) -> date:
    """Go some months on; a day that the month lacks becomes its last."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    beyond = (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=min(day.day, (beyond - first).days) - 1)


def zoomed(hour: float, steps: int) -> int:
    """Give the next larger or smaller height of an hour."""
    nearest = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - hour))
    return ZOOMS[min(len(ZOOMS) - 1, max(0, nearest + steps))]


def anchored(grid: Grid, hour: float, y: float) -> float:
    """Give the scroll that keeps the time at a pixel where it is, at another zoom."""
    minute = grid.minute_at(y)
    return max(0.0, minute * hour / 60 - (y - grid.top))


def fitting(grid: Grid, start: int, end: int) -> float:
    """Give the height of an hour that shows a stretch of the day without scrolling."""
    return max(ZOOMS[0] / 2, (grid.height - grid.top) * 60 / max(60, end - start))


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join stretches that touch or overlap, earliest first."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def opening(
    starts: Sequence[int], now: int | None, hours: tuple[int, int] | None = None
) -> int:
    """Give the minute to open at: an hour before now, or before the first session.

    Args:
        starts: of the sessions that are shown.
        now: the minute of the day, if today is shown.
        hours: the first and last minute at which somebody works in the days that are
            shown; at night, outside of them, the day opens at the first.
    """
    if now is not None and hours is not None and not hours[0] <= now < hours[1]:
        return hours[0]
    if now is not None:
        return max(0, now - 60)
    first = hours[0] if hours is not None else 9 * 60
    return max(0, min(starts, default=first) - 60)
