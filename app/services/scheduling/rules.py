"""The clash rules for one resource: overlaps, and gaps to its neighbours.

Times are whole minutes since 1970 and half open: a session that ends when the next one
starts does not overlap it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned session as one resource meets it.

    Attributes:
        place_id: where it is; None where no way leads, such as online.
        before: minutes its offering keeps free before it.
        after: minutes its offering keeps free after it.
    """

    start: int
    end: int
    session_id: int | None = None
    place_id: int | None = None
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Met:
    """Another session in the way of a planned one.

    Attributes:
        needed: minutes that must lie between the two; None where they overlap.
    """

    other: Stop
    needed: int | None = None


Travel = Callable[[int, int], int]
Needs = Callable[[Stop, Stop], int]


def overlap(one: Stop, other: Stop) -> bool:
    """Say whether two sessions have any time in common."""
    return one.start < other.end and other.start < one.end


def tutor_needs(gap: int, travel: Travel) -> Needs:
    """Make the rule of how many minutes lie between two sessions of a tutor.

    The largest counts of: what the first keeps free after it, what the second keeps
    free before it, the tutor's own gap, and the way between the two places.

    Args:
        gap: the tutor's least minutes between two sessions.
        travel: minutes from one place to another, by the tutor's means.
    """

    def needs(first: Stop, second: Stop) -> int:
        """Give the minutes that must lie between two neighbours."""
        way = 0
        if (
            first.place_id is not None
            and second.place_id is not None
            and first.place_id != second.place_id
        ):
            way = travel(first.place_id, second.place_id)
        return max(first.after, second.before, gap, way)

    return needs


def room_needs(changing: int) -> Needs:
    """Make the rule of how many minutes lie between two sessions in a room."""

    def needs(_first: Stop, _second: Stop) -> int:
        """Give the place's changing time."""
        return changing

    return needs


def no_gap(_first: Stop, _second: Stop) -> int:
    """Let sessions touch, as a student's may."""
    return 0


def in_the_way(planned: Stop, others: Iterable[Stop], needs: Needs) -> list[Met]:
    """List what a planned session of one resource runs into, earliest first.

    Overlapping sessions are named each; of those before and after only the nearest
    is a neighbour.
    """
    found: list[Met] = []
    before: Stop | None = None
    after: Stop | None = None
    for other in others:
        if overlap(planned, other):
            found.append(Met(other))
        elif other.end <= planned.start:
            if before is None or other.end > before.end:
                before = other
        elif after is None or other.start < after.start:
            after = other
    if before is not None:
        needed = needs(before, planned)
        if planned.start - before.end < needed:
            found.append(Met(before, needed))
    if after is not None:
        needed = needs(planned, after)
        if after.start - planned.end < needed:
            found.append(Met(after, needed))
    return sorted(found, key=lambda met: (met.other.start, met.other.end))
