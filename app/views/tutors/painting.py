"""What a stroke of the brush makes of a week of hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.models.values.schedule import WeekWindow

DAY = 24 * 60
SNAP = 30  # minutes


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
