"""Which sessions are chosen: one more, a stretch of them, all within a band; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.views.calendar.blocks import Look
from app.views.calendar.geometry import Box, Grid
from app.views.calendar.scene import Placed


def toggled(selected: Sequence[int], number: int) -> tuple[int, ...]:
    """Choose one more, or one less."""
    if number in selected:
        return tuple(one for one in selected if one != number)
    return (*selected, number)


def stretched(
    selected: Sequence[int], number: int, order: Sequence[int]
) -> tuple[int, ...]:
    """Choose all from the first that is chosen up to another, in the order of time."""
    if not selected or selected[0] not in order or number not in order:
        return (number,)
    anchor, end = order.index(selected[0]), order.index(number)
    between = order[min(anchor, end) : max(anchor, end) + 1]
    return (selected[0], *(one for one in between if one != selected[0]))


@dataclass(slots=True)
class Band:
    """A rectangle drawn over the grid; what it touches is chosen.

    Attributes:
        former: what was chosen before, to come back to.
    """

    from_x: float
    from_y: float
    former: tuple[int, ...] = ()
    to_x: float = field(init=False)
    to_y: float = field(init=False)

    def __post_init__(self) -> None:
        self.to_x, self.to_y = self.from_x, self.from_y

    @property
    def box(self) -> Box:
        """Give its rectangle."""
        left, right = sorted((self.from_x, self.to_x))
        top, bottom = sorted((self.from_y, self.to_y))
        return Box(left, top, right - left, bottom - top)

    def reach(
        self, x: float, y: float, placed: Sequence[Placed], grid: Grid
    ) -> tuple[int, ...]:
        """Draw it to a point; give what is chosen now, without what was called off."""
        self.to_x, self.to_y = x, y
        touched = [
            one.block.session_id
            for one in placed
            if one.block.look is not Look.CANCELLED and _touch(one.box(grid), self.box)
        ]
        return tuple(dict.fromkeys((*self.former, *touched)))


def _touch(one: Box, other: Box) -> bool:
    across = one.x < other.right and other.x < one.right
    return across and one.y < other.bottom and other.y < one.bottom
