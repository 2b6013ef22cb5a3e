"""Tables on a sheet: columns as wide as their figures, rows that wrap and break."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from app.services.documents.content import Column, Row, Rows, Table
from app.services.documents.lettering import width
from app.services.documents.sheet import Align, Block, Sheet
from app.services.documents.style import (
    BODY,
    FINE,
    GREY,
    INK,
    MM,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TEXT_STRONG,
    Colour,
    Type,
)
from app.services.documents.wrapping import wrapped

_HEAD: Final = 6 * MM
_ROW: Final = 6 * MM
_LEAD: Final = 4 * MM
_HEADING: Final = 7.5 * MM
_SUM: Final = 7.4 * MM
_GAP: Final = 4 * MM
_NARROWEST: Final = 34 * MM  # of the column whose text wraps
_WIDEST: Final = 44 * MM  # of a column of short texts
_SLACK: Final = 0.01  # points, for what floating numbers lose
_PIECE: Final = 24  # lines that stay together when a row is longer than that


class Place(NamedTuple):
    """Where a column stands; ``edge`` is the right one for figures, else the left."""

    column: Column
    edge: float
    room: float


class TablePainter:
    """Makes the blocks of one table."""

    def __init__(
        self, sheet: Sheet, table: Table, gap: float, squeeze: float = 0
    ) -> None:
        self.sheet, self.table, self.gap, self.squeeze = sheet, table, gap, squeeze
        self.kind, self.places = _places(table, sheet.left, sheet.right)
        self.head = Block(_HEAD, self._draw_head(0))

    def blocks(self) -> list[Block]:
        """Give head, headings and rows; the head repeats on each page."""
        blocks = [Block(_HEAD + self.gap, self._draw_head(self.gap))]
        for group in self.table.groups:
            follows = len(blocks) == 1
            if group.title:
                blocks.append(self._heading(group, keep=follows))
                follows = True
            for row in group.rows:
                if row.is_strong:
                    blocks.append(self._sum(row))
                else:
                    blocks += self._row(row, keep=follows)
                follows = False
        return blocks

    def _draw_head(self, gap: float) -> Callable[[float], None]:
        def draw(y: float) -> None:
            """Draw the titles over a dark rule."""
            base, sheet = y + gap + 4 * MM, self.sheet
            for place in self.places:
                self._cell(place, base, place.column.title, SMALL_STRONG, GREY)
            sheet.rule(sheet.left, sheet.right, y + gap + _HEAD, 0.8, INK)

        return draw

    def _cell(
        self, place: Place, y: float, text: str, kind: Type, colour: Colour = INK
    ) -> None:
        if text:
            align: Align = "right" if place.column.is_figures else "left"
            self.sheet.text(place.edge, y, text, kind, colour, align)

    def _heading(self, group: Rows, *, keep: bool) -> Block:
        sheet = self.sheet
        lines = wrapped(group.title, STRONG, sheet.right - sheet.left, _PIECE)

        def draw(y: float) -> None:
            """Draw the heading from its upper edge."""
            sheet.lines(sheet.left, y + 5.6 * MM, lines, STRONG, _LEAD)

        return Block(_HEADING + (len(lines) - 1) * _LEAD, draw, keep, self.head)

    def _row(self, row: Row, *, keep: bool) -> list[Block]:
        """Make a row; a very long one is cut into pieces that pages may part."""
        parts = [
            [text] if place.column.is_figures else wrapped(text, self.kind, place.room)
            for place, text in zip(self.places, row.cells, strict=True)
        ]
        wide = self.table.wide
        notes = wrapped(row.note, SMALL, self.places[wide].room) if row.note else []
        above = len(parts[wide])
        count = max(*map(len, parts), above + len(notes))
        blocks = []
        for first in range(0, count, _PIECE):
            last = min(first + _PIECE, count)
            below = notes[max(first - above, 0) : max(last - above, 0)]
            pieces = [part[first:last] for part in parts] if parts else parts
            draw = self._draw_row(pieces, below, last - first, ends=last == count)
            air = _ROW - _LEAD - self.squeeze
            height = (last - first) * _LEAD + air * (last == count)
            blocks.append(Block(height, draw, keep and not first, self.head))
        return blocks

    def _draw_row(
        self,
        parts: Sequence[Sequence[str]],
        notes: Sequence[str],
        count: int,
        *,
        ends: bool,
    ) -> Callable[[float], None]:
        sheet, wide, squeeze = self.sheet, self.table.wide, self.squeeze

        def draw(y: float) -> None:
            """Draw the row, or the piece of it, from its upper edge."""
            for place, part in zip(self.places, parts, strict=True):
                colour = GREY if place.column.is_grey else INK
                for number, line in enumerate(part):
                    base = y + 4.1 * MM - squeeze / 2 + number * _LEAD
                    self._cell(place, base, line, self.kind, colour)
            base = y + 4 * MM - squeeze / 2 + len(parts[wide]) * _LEAD
            for number, line in enumerate(notes):
                place = self.places[wide]
                self._cell(place, base + number * _LEAD, line, SMALL, GREY)
            if ends:
                below = y + (count - 1) * _LEAD + _ROW - squeeze
                sheet.rule(sheet.left, sheet.right, below)

        return draw

    def _sum(self, row: Row) -> Block:
        """Make a strong row that stays with what it sums up."""
        first = self.places[0]
        room = self.places[self.table.wide].room
        lines = wrapped(row.cells[0], TEXT_STRONG, max(room, first.room), 2)

        def draw(y: float) -> None:
            """Draw the row from its upper edge."""
            base = y + 5.2 * MM
            self.sheet.lines(first.edge, base, lines, TEXT_STRONG, _LEAD)
            for place, text in zip(self.places[1:], row.cells[1:], strict=True):
                self._cell(place, base, text, TEXT_STRONG)

        height = _SUM + (len(lines) - 1) * _LEAD
        return Block(height, draw, keep=True, head=self.head)


def _places(table: Table, left: float, right: float) -> tuple[Type, list[Place]]:
    """Give every column its place, in the largest type in which all fit."""
    rows = [row for group in table.groups for row in group.rows]
    kind, widths = BODY, [0.0]
    for kind in (BODY, SMALL, FINE):
        widths = [
            _column_width(column, [row.cells[number] for row in rows], kind)
            for number, column in enumerate(table.columns)
        ]
        widths[table.wide] = right - left - sum(widths)
        if widths[table.wide] >= _NARROWEST:
            break
    places, x = [], left
    for column, taken in zip(table.columns, widths, strict=True):
        edge = x + taken if column.is_figures else x
        places.append(Place(column, edge, max(taken - _GAP, _GAP) + _SLACK))
        x += taken
    return kind, places


def _column_width(column: Column, texts: Sequence[str], kind: Type) -> float:
    """Give the width of a column; none for the one that takes what is left."""
    if not column.least:
        return 0.0
    widest = max(
        width(column.title, SMALL_STRONG), *(width(text, kind) for text in texts)
    )
    if not column.is_figures:
        widest = min(widest, _WIDEST)
    return max(column.least * MM, widest + _GAP)
