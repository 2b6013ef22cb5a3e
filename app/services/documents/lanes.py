"""Where slots lie on a printed grid: minutes, used hours, lanes side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Final, NamedTuple

from app.services.documents.values import Slot

MIDNIGHT: Final = 24 * 60
_HOUR: Final = 60
_SHORTEST: Final = 5  # hours that a grid shows at least
_USUAL: Final = (9, 17)


class Placed(NamedTuple):
    """A slot, its minutes of the day, its lane and how many lanes share the width."""

    slot: Slot
    start: int
    end: int
    lane: int
    lanes: int


def minutes_of(slot: Slot) -> tuple[int, int]:
    """Give start and end in minutes; what ends the next day ends at midnight."""
    start, end = _minute(slot.start), _minute(slot.end)
    return start, end if end > start else MIDNIGHT


def _minute(value: time) -> int:
    return value.hour * _HOUR + value.minute


def used_hours(slots: Sequence[Slot]) -> tuple[int, int]:
    """Give the first and the last hour of a grid, cropped to what is used."""
    if not slots:
        return _USUAL
    spans = [minutes_of(slot) for slot in slots]
    first = min(start for start, _end in spans) // _HOUR
    last = -(-max(end for _start, end in spans) // _HOUR)
    wanted = max(_SHORTEST - (last - first), 0)
    last = min(last + wanted, MIDNIGHT // _HOUR)
    return min(first, max(last - _SHORTEST, 0)), last


def in_lanes(slots: Sequence[Slot]) -> list[Placed]:
    """Give every slot of one column a lane, so that none hides another."""
    placed: list[Placed] = []
    cluster: list[tuple[Slot, int, int, int]] = []
    ends: list[int] = []
    spans = [(*minutes_of(slot), number) for number, slot in enumerate(slots)]
    for start, end, number in sorted(spans):
        if ends and start >= max(ends):
            placed += [Placed(*one, len(ends)) for one in cluster]
            cluster, ends = [], []
        lane = next((i for i, until in enumerate(ends) if until <= start), len(ends))
        ends[lane : lane + 1] = [end]
        cluster.append((slots[number], start, end, lane))
    return placed + [Placed(*one, len(ends)) for one in cluster]
