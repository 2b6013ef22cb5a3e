"""What a press, a drag and the arrow keys mean: draw, move or resize; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.views.calendar.geometry import DAY, SHORTEST, Box, snap

EDGE = 6  # pixels of the upper and lower edge that resize
THRESHOLD = 5  # pixels before a press on a session becomes a drag
TURN_ZONE = 24  # pixels at the sides of the grid that turn the page
EDGE_ZONE = 40  # pixels at the border of the grid that scroll
FASTEST = 16  # pixels a step of scrolling
FINE = 5  # minutes of the grid with Alt held


class Part(StrEnum):
    """What of a session is under the pointer."""

    BODY = "body"
    UPPER = "upper"
    LOWER = "lower"


class Kind(StrEnum):
    """What a gesture does."""

    DRAW = "draw"
    MOVE = "move"
    RESIZE = "resize"


@dataclass(frozen=True, slots=True)
class Keys:
    """The modifiers held while dragging.

    Attributes:
        fine: Alt, a grid of five minutes.
        copies: Ctrl, make a second session.
        keeps_time: Shift, change only the day or the tutor.
    """

    fine: bool = False
    copies: bool = False
    keeps_time: bool = False


NO_KEYS = Keys()


@dataclass(frozen=True, slots=True)
class Ghost:
    """A session under way to a new place, or a new one that is drawn.

    Attributes:
        session_id: 0 for a new one.
        column: where it would be.
        start: minutes of the column's day.
        end: minutes of the column's day, at most midnight.
        from_column: where it is now.
        is_guess: whether its length was proposed and not drawn.
    """

    kind: Kind
    session_id: int
    column: int
    start: int
    end: int
    from_column: int
    is_copy: bool = False
    is_guess: bool = False

    def is_at(self, column: int, start: int, end: int) -> bool:
        """Say whether it lies where something already is."""
        return (self.column, self.start, self.end) == (column, start, end)


@dataclass(frozen=True, slots=True)
class Press:
    """Where a button went down.

    Attributes:
        session_id: what was pressed; 0 is the empty grid.
        minute: of the pointer.
        start: of the session.
        end: of the session.
    """

    session_id: int
    part: Part
    column: int
    minute: float
    start: int = 0
    end: int = 0

    @property
    def threshold(self) -> int:
        """Pixels before it becomes a drag; drawing shows from the first."""
        return THRESHOLD if self.session_id else 1


def part_at(box: Box, y: float) -> Part:
    """Tell the edges of a block from its body; a low block has only a body."""
    if box.height < 4 * EDGE:
        return Part.LOWER if y >= box.bottom - EDGE / 2 else Part.BODY
    if y < box.y + EDGE:
        return Part.UPPER
    return Part.LOWER if y >= box.bottom - EDGE else Part.BODY


def follow(
    press: Press, column: int, minute: float, step: int, keys: Keys = NO_KEYS
) -> Ghost:
    """Give the ghost for a pointer that was moved."""
    step = FINE if keys.fine else step
    if not press.session_id:
        return _drawn(press, minute, step)
    if press.part is Part.BODY:
        return _moved(press, column, minute, step, keys)
    return _resized(press, minute, step)


def _drawn(press: Press, minute: float, step: int) -> Ghost:
    first = int(press.minute // step) * step
    start, end = first, snap(minute, step)
    if end <= first:
        start, end = min(end, first), first + step
    end = max(end, start + SHORTEST)
    start, end = _within(start, end)
    return Ghost(Kind.DRAW, 0, press.column, start, end, press.column)


def _moved(press: Press, column: int, minute: float, step: int, keys: Keys) -> Ghost:
    start = press.start
    if not keys.keeps_time:
        start = snap(press.start + minute - press.minute, step)
    start, end = _within(start, start + press.end - press.start)
    return Ghost(
        Kind.MOVE, press.session_id, column, start, end, press.column, keys.copies
    )


def _resized(press: Press, minute: float, step: int) -> Ghost:
    start, end = press.start, press.end
    way = minute - press.minute
    if press.part is Part.LOWER:
        end = min(DAY, max(start + SHORTEST, snap(end + way, step)))
    else:
        start = max(0, min(end - SHORTEST, snap(start + way, step)))
    return Ghost(Kind.RESIZE, press.session_id, press.column, start, end, press.column)


def _within(start: int, end: int) -> tuple[int, int]:
    """Keep a stretch within its day, as long as it is."""
    length = min(end - start, DAY)
    start = min(max(0, start), DAY - length)
    return start, start + length


def nudged(
    ghost: Ghost, columns: int, *, column: int = 0, minutes: int = 0, longer: int = 0
) -> Ghost:
    """Move a ghost by keys: by columns, by minutes, or its end by minutes."""
    there = min(columns - 1, max(0, ghost.column + column))
    if longer:
        end = min(DAY, max(ghost.start + SHORTEST, ghost.end + longer))
        return replace(ghost, end=end)
    start, end = _within(ghost.start + minutes, ghost.end + minutes)
    return replace(ghost, column=there, start=start, end=end)


def scroll_step(place: float, first: float, last: float) -> int:
    """Give how far to scroll with the pointer near the border of the grid."""
    if place < first + EDGE_ZONE:
        share = min(1.0, (first + EDGE_ZONE - place) / EDGE_ZONE)
        return -max(1, round(share * FASTEST))
    if place > last - EDGE_ZONE:
        share = min(1.0, (place - last + EDGE_ZONE) / EDGE_ZONE)
        return max(1, round(share * FASTEST))
    return 0


def page_at(place: float, first: float, last: float) -> int:
    """Say which page a pointer at the side of the grid wants: -1, 1, or 0 for none."""
    if place < first + TURN_ZONE:
        return -1
    return 1 if place >= last - TURN_ZONE else 0
