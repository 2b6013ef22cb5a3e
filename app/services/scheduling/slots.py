"""Finds free starts: pure arithmetic on minutes since 1970."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from app.services.scheduling.rules import Needs, Stop, in_the_way

Stretch = tuple[int, int]


def common(sets: Sequence[Iterable[Stretch]]) -> list[Stretch]:
    """Give the stretches that lie in every one of some sets, in order.

    No sets at all have nothing in common. Touching stretches share no time.
    """
    if not sets:
        return []
    result = sorted(sets[0])
    for others in sets[1:]:
        result = list(_both(result, sorted(others)))
    return result


def _both(ones: Sequence[Stretch], others: Sequence[Stretch]) -> Iterator[Stretch]:
    one = other = 0
    while one < len(ones) and other < len(others):
        start = max(ones[one][0], others[other][0])
        end = min(ones[one][1], others[other][1])
        if start < end:
            yield start, end
        if ones[one][1] < others[other][1]:
            one += 1
        else:
            other += 1


def minus(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """Give what is left of stretches once others are taken out."""
    gone = sorted(taken)
    left: list[Stretch] = []
    for first, last in sorted(stretches):
        start = first
        for busy_start, busy_end in gone:
            if busy_end <= start or busy_start >= last:
                continue
            if busy_start > start:
                left.append((start, busy_start))
            start = max(start, busy_end)
        if start < last:
            left.append((start, last))
    return left


def on_grid(
    stretches: Iterable[Stretch], minutes: int, grid: int, offset: int = 0
) -> Iterator[int]:
    """Give the starts on a grid at which some minutes fit into a stretch.

    Args:
        stretches: in order, without overlaps.
        minutes: how long it lasts.
        grid: minutes between two starts.
        offset: where the grid lies, minutes after a whole multiple.
    """
    for first, last in stretches:
        start = first + (offset - first) % grid
        while start + minutes <= last:
            yield start
            start += grid


class Timeline:
    """One resource's stops, ready to be asked whether a time fits between them."""

    def __init__(self, stops: Iterable[Stop], needs: Needs) -> None:
        self._stops = sorted(stops, key=lambda stop: (stop.start, stop.end))
        self._starts = [stop.start for stop in self._stops]
        self._longest = max((stop.end - stop.start for stop in self._stops), default=0)
        self._needs = needs

    def has_room(self, planned: Stop) -> bool:
        """Say whether nothing is in the way, gaps to both neighbours kept."""
        first = max(bisect_left(self._starts, planned.start - self._longest) - 1, 0)
        last = bisect_left(self._starts, planned.end) + 1
        return not in_the_way(planned, self._stops[first:last], self._needs)
