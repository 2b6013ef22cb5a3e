"""Sessions that overlap, side by side: no two ever share a pixel; no Qt.

Sorted by start, the longer first, each goes into the leftmost lane whose last session
has ended; a cluster ends when a session starts after all have ended; then each widens
to the right over lanes that are free while it lasts. Where a cluster has more lanes
than fit, the last lane counts what is left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.views.calendar.geometry import Slot

MOST_LANES = 4
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class More:
    """Sessions that are counted instead of drawn, by their place in the list."""

    start: int
    end: int
    slot: Slot
    hidden: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The slot of every session, None where it is only counted, and the counts."""

    slots: tuple[Slot | None, ...]
    more: tuple[More, ...]


def overlap(one: Span, other: Span) -> bool:
    """Say whether two stretches have time in common."""
    return one[0] < other[1] and other[0] < one[1]


def arrange(spans: Sequence[Span], most: int = MOST_LANES) -> Arrangement:
    """Lay sessions out, with at most so many lanes in a cluster."""
    slots: list[Slot | None] = [None] * len(spans)
    more: list[More] = []
    for cluster in _clusters(spans):
        lanes = _lanes(cluster, spans)
        count = max(lanes.values()) + 1
        if count > most:
            found = _counted(cluster, lanes, spans, most)
            more += found
            lanes = {n: lane for n, lane in lanes.items() if lane < most - 1}
            count = most
            taken = [((one.start, one.end), most - 1) for one in found]
        else:
            taken = []
        taken += [(spans[n], lane) for n, lane in lanes.items()]
        for n, lane in lanes.items():
            slots[n] = Slot(lane, _width(spans[n], lane, taken, count), count)
    return Arrangement(tuple(slots), tuple(more))


def _clusters(spans: Sequence[Span]) -> list[list[int]]:
    """Group sessions that are connected by overlaps, in the order of placing."""
    order = sorted(range(len(spans)), key=lambda n: (spans[n][0], -spans[n][1], n))
    clusters: list[list[int]] = []
    end = -1
    for n in order:
        if spans[n][0] >= end:
            clusters.append([])
        clusters[-1].append(n)
        end = max(end, spans[n][1])
    return clusters


def _lanes(cluster: Sequence[int], spans: Sequence[Span]) -> dict[int, int]:
    ends: list[int] = []
    lanes: dict[int, int] = {}
    for n in cluster:
        start, end = spans[n]
        lane = next((i for i, last in enumerate(ends) if last <= start), len(ends))
        ends[lane : lane + 1] = [end]
        lanes[n] = lane
    return lanes


def _width(span: Span, lane: int, taken: Sequence[tuple[Span, int]], count: int) -> int:
    blocked = [
        other_lane
        for other, other_lane in taken
        if other_lane > lane and overlap(span, other)
    ]
    return min(blocked, default=count) - lane


def _counted(
    cluster: Sequence[int], lanes: dict[int, int], spans: Sequence[Span], most: int
) -> list[More]:
    """Gather what has no lane of its own; what overlaps is counted together."""
    hidden = [n for n in cluster if lanes[n] >= most - 1]
    slot = Slot(most - 1, 1, most)
    found: list[More] = []
    for group in _clusters([spans[n] for n in hidden]):
        numbers = tuple(hidden[i] for i in group)
        start = min(spans[n][0] for n in numbers)
        end = max(spans[n][1] for n in numbers)
        found.append(More(start, end, slot, numbers))
    return found
