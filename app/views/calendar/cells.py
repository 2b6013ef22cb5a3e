"""Sessions as chips in cells: rows of weeks or of tutors, columns of days; no Qt.

A cell counts as a column of its own, from left to right and row below row, so that what
holds for columns of a time grid (whose day, whose tutor) holds for cells too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from app.views.calendar.geometry import WHOLE, Box, Grid, Slot

EDGE = 3  # pixels between a chip and the lines around its cell
LOW = 24  # pixels of a chip of one line, with the gap below it
TALL = 42  # pixels of a chip of two lines, with the gap below it
MOST_LINES = 4  # chips of a day in a month; more are counted
MONTH_GUTTER, MONTH_HEAD, NUMBER = 36, 28, 24
TUTOR_GUTTER, TUTOR_HEAD, TUTOR_ROW = 176, 44, 52
GHOST = 42  # pixels of what is dragged: times and name
NARROWEST = 84


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """What stands over a column of cells.

    Attributes:
        number: of the day; empty where a column is only a weekday.
    """

    title: str
    number: str = ""
    is_today: bool = False


@dataclass(frozen=True, slots=True)
class RowHead:
    """What stands before a row of cells.

    Attributes:
        title: a week's number, or a tutor's name.
        note: a tutor's load.
        lines: the most chips that one of its cells has.
    """

    title: str
    note: str = ""
    initials: str = ""
    hue: str = "slate"
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """The rows and columns that cells lie in.

    Attributes:
        is_month: rows are weeks, which share the height; else they grow.
        minute: of the day at which a session begins that is made in a cell.
    """

    columns: tuple[ColumnHead, ...]
    rows: tuple[RowHead, ...]
    is_month: bool
    minute: int = 9 * 60


@dataclass(frozen=True, slots=True)
class CellGrid(Grid):
    """Maps cells and their lines to pixels of a widget.

    Attributes:
        starts: the upper edge of every row under the heads, and the end of the last.
        line: pixels of a chip with the gap below it.
        number: pixels of a cell above its first chip.
        minute: of the day that every pixel of a cell stands for.
    """

    starts: tuple[float, ...] = (0.0, 1.0)
    line: float = LOW
    number: float = NUMBER
    minute: int = 9 * 60

    @property
    def keeps_time(self) -> bool:
        return True

    @property
    def has_numbers(self) -> bool:
        """Say whether cells begin with the number of their day."""
        return self.number > EDGE

    @property
    def most_scroll_y(self) -> float:
        return max(0.0, self.starts[-1] - (self.height - self.top))

    def scroll_to(self, minute: float) -> float:  # noqa: ARG002  rows have no hours
        return 0.0

    def place(self, cell: int) -> tuple[int, int]:
        """Give a cell's row and column."""
        return divmod(cell, self.columns)

    def cell(self, cell: int) -> Box:
        """Give the rectangle of a cell."""
        row, column = self.place(cell)
        x, y = self.x(column), self.row_y(row)
        row = min(row, len(self.starts) - 2)
        height = self.starts[row + 1] - self.starts[row]
        return Box(x, y, self.x(column + 1) - x, height)

    def row_y(self, row: int) -> float:
        """Give the upper edge of a row."""
        row = min(row, len(self.starts) - 1)
        return round(self.top + self.starts[row] - self.scroll_y)

    def spot(self, x: float, y: float) -> tuple[int, float]:
        row = bisect_right(self.starts, y - self.top + self.scroll_y) - 1
        row = min(len(self.starts) - 2, max(0, row))
        return row * self.columns + self.column_at(x), float(self.minute)

    def head_at(self, x: float, y: float) -> int | None:
        if x < self.gutter:
            return None
        if y < self.top or not self.has_numbers:
            is_day = y < self.top and not self.has_numbers
            return self.column_at(x) if is_day else None
        cell, _minute = self.spot(x, y)
        box = self.cell(cell)
        near = Box(box.x, box.y, self.number + EDGE, self.number)
        return cell if near.holds(x, y) else None

    def block(
        self,
        column: int,
        start: int,  # noqa: ARG002  a chip lies by its line, not by its hours
        end: int,  # noqa: ARG002
        slot: Slot = WHOLE,
    ) -> Box:
        box = self.cell(column)
        y = box.y + self.number + slot.lane * self.line
        return Box(box.x + EDGE, y, box.width - 2 * EDGE - 1, self.line - 2)

    def landing(self, column: int, start: int, end: int) -> Box:
        box = self.block(column, start, end)
        scale = self.line / (LOW if self.has_numbers else TALL)
        return Box(box.x, box.y, box.width, max(box.height, round(GHOST * scale)))

    def cursor_box(self, column: int, minute: int) -> Box:  # noqa: ARG002
        box = self.cell(column)
        return Box(box.x + 2, box.y + 2, box.width - 4, box.height - 4)


def cell_grid(
    table: Table,
    size: tuple[float, float],
    scroll: tuple[float, float] = (0, 0),
    factor: float = 1.0,
) -> CellGrid:
    """Fit rows and columns of cells into a widget; ``factor`` is of the text size."""
    width, height = size
    if table.is_month:
        head, gutter, line = MONTH_HEAD * factor, MONTH_GUTTER * factor, LOW * factor
        number = NUMBER * factor
        share = max(number + 2 * line, (height - head) / max(1, len(table.rows)))
        heights: Sequence[float] = [share] * len(table.rows)
    else:
        head, gutter, line = TUTOR_HEAD * factor, TUTOR_GUTTER * factor, TALL * factor
        number = float(EDGE)
        least = TUTOR_ROW * factor
        heights = [max(least, row.lines * line + 2 * EDGE) for row in table.rows]
    return CellGrid(
        width,
        height,
        max(1, len(table.columns)),
        scroll_x=scroll[0],
        scroll_y=scroll[1],
        gutter=round(gutter),
        head=round(head),
        all_day=0,
        narrowest=NARROWEST * factor,
        starts=tuple(accumulate(heights or [1.0], initial=0.0)),
        line=line,
        number=number,
        minute=table.minute,
    )


def lines_of_month(height: float, weeks: int) -> int:
    """Say how many lines a day of a month has room for, at the usual text size."""
    share = (height - MONTH_HEAD) / max(1, weeks)
    return max(2, min(MOST_LINES + 1, int((share - NUMBER - 2) // LOW)))


def shown_of(count: int, lines: int) -> int:
    """Say how many of a cell's sessions are drawn; the others are counted below."""
    return count if count <= min(lines, MOST_LINES) else min(lines - 1, MOST_LINES)
