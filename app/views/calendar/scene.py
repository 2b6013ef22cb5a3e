"""What a time grid shows: columns, bars and sessions in their places; no painting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.views.calendar.blocks import Block, Look
from app.views.calendar.cells import Table
from app.views.calendar.geometry import Box, Grid, Slot
from app.views.calendar.gestures import Ghost
from app.views.calendar.lanes import More, arrange

LEAST_LANE = 44  # pixels of a lane that still shows initials and start
MOST_BARS = 3
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Head:
    """A column: a day, or a tutor's day.

    Attributes:
        note: small words beside the title, such as how many sessions.
        short_note: the same where there is little room.
        free: stretches in which somebody can, in minutes of the day.
        extra: stretches that are free besides the week.
        away: stretches of leave, each with its name.
        is_faint: beside the period that is shown, such as days of another month.
    """

    day: date
    title: str
    note: str = ""
    short_note: str = ""
    tutor_id: int | None = None
    initials: str = ""
    hue: str = "slate"
    is_today: bool = False
    free: tuple[Stretch, ...] = ()
    extra: tuple[Stretch, ...] = ()
    away: tuple[tuple[int, int, str], ...] = ()
    is_faint: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasts whole days, from one column to another."""

    first: int
    last: int
    title: str
    hue: str = "slate"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about a ghost's place.

    Attributes:
        tone: ``err`` if it may not lie there, ``warn`` if it may, empty if all is well.
        sentence: why.
        way_out: what could be done instead.
        free: the next start that is free for everybody: column and minute.
    """

    ghost: Ghost
    tone: str = ""
    sentence: str = ""
    way_out: str = ""
    free: Stretch | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A session in its column and lane."""

    block: Block
    column: int
    slot: Slot

    def box(self, grid: Grid) -> Box:
        """Give its rectangle."""
        return grid.block(self.column, self.block.start, self.block.end, self.slot)


@dataclass(frozen=True, slots=True)
class Count:
    """Sessions of a column that are counted instead of drawn."""

    column: int
    more: More
    blocks: tuple[Block, ...]

    def box(self, grid: Grid) -> Box:
        """Give its rectangle."""
        return grid.block(self.column, self.more.start, self.more.end, self.more.slot)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that stands still while something is dragged.

    Attributes:
        now: the minute of the now-line, where it is shown.
        empty: what to say if there are no sessions.
        attached: words for buffers and ways by session id, with their minutes.
        table: the rows and columns, where every head is a cell; none in a time grid.
    """

    heads: tuple[Head, ...] = ()
    bars: tuple[Bar, ...] = ()
    placed: tuple[Placed, ...] = ()
    counts: tuple[Count, ...] = ()
    now: int | None = None
    empty: str = ""
    show_free: bool = True
    show_attached: bool = True
    rows: tuple[int, ...] = field(default=())
    table: Table | None = None

    @property
    def first_cell(self) -> int:
        """Give where a cursor begins: today, else the first day that is not faint."""
        cells = range(len(self.heads))
        plain = [n for n in cells if not self.heads[n].is_faint]
        return next((n for n in plain if self.heads[n].is_today), (*plain, 0)[0])

    @property
    def is_by_tutor(self) -> bool:
        """Say whether the columns are tutors of one day."""
        return bool(self.heads) and self.heads[0].tutor_id is not None

    @property
    def bar_rows(self) -> int:
        """How many rows the bars take, one at least."""
        return min(MOST_BARS, max(self.rows, default=0) + 1)

    def find(self, session_id: int) -> Placed | None:
        """Give where a session is drawn first."""
        return next(
            (one for one in self.placed if one.block.session_id == session_id), None
        )

    def column_of(self, day: date, tutor_id: int | None = None) -> int | None:
        """Give the column of a day, and of a tutor where columns are tutors."""
        for number, head in enumerate(self.heads):
            if head.day == day and head.tutor_id in {None, tutor_id}:
                return number
        return None


def laid_out(
    heads: Sequence[Head], blocks: Sequence[Block], column_width: float
) -> tuple[tuple[Placed, ...], tuple[Count, ...]]:
    """Put sessions into columns and lanes; what has no room is counted."""
    placed: list[Placed] = []
    counts: list[Count] = []
    most = max(4, int(column_width // LEAST_LANE))
    for column, here in _by_column(heads, blocks).items():
        found = arrange([(one.start, one.end) for one in here], most)
        for block, slot in zip(here, found.slots, strict=True):
            if slot is not None:
                placed.append(Placed(block, column, slot))
        counts += [
            Count(column, more, tuple(here[n] for n in more.hidden))
            for more in found.more
        ]
    return tuple(placed), tuple(counts)


def _by_column(
    heads: Sequence[Head], blocks: Sequence[Block]
) -> Mapping[int, list[Block]]:
    found: dict[int, list[Block]] = {}
    for column, head in enumerate(heads):
        found[column] = [
            block
            for block in blocks
            if block.day == head.day
            and (head.tutor_id is None or head.tutor_id in block.tutor_ids)
        ]
        # What was called off takes the room that is left, not the first lane.
        found[column].sort(key=_calm_last)
    return found


def _calm_last(block: Block) -> bool:
    return block.look is Look.CANCELLED


def bar_rows(bars: Sequence[Bar]) -> tuple[int, ...]:
    """Give each bar the first row that is free for it."""
    found = arrange([(bar.first, bar.last + 1) for bar in bars], len(bars) + 1)
    return tuple(slot.lane if slot else 0 for slot in found.slots)
