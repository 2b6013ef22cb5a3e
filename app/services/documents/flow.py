"""Lays blocks out over pages: heads repeat, what belongs together stays together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.services.documents.sheet import LATER_TOP, Block, Column, Sheet
from app.services.documents.style import (
    BODY,
    GREY,
    HALF,
    INK,
    MM,
    SMALL,
    TEXT_STRONG,
)
from app.services.documents.wrapping import elided, wrapped

_HEAD: Final = 6 * MM
_ROW: Final = 5.2 * MM

Row = tuple[str, str, bool]


def flow(
    sheet: Sheet, blocks: Sequence[Block], y: float, columns: Sequence[Column] = ()
) -> float:
    """Draw blocks from y on, over as many pages as they need; give where they end."""
    head = _HEAD if columns else 0.0
    pages = _paged(blocks, sheet.bottom - y - head, sheet.bottom - LATER_TOP - head)
    sheet.count = max(sheet.count, sheet.number + len(pages) - 1)
    for number, page in enumerate(pages):
        if number:
            sheet.next_page()
            y = LATER_TOP
        if columns:
            y = sheet.table_head(columns, y)
        for block in page:
            block.draw(y)
            y += block.height
    return y


def _paged(blocks: Sequence[Block], first: float, later: float) -> list[list[Block]]:
    pages: list[list[Block]] = [[]]
    left = first
    for block in blocks:
        if block.height > left and pages[-1]:
            carried: list[Block] = []
            follower = block
            while follower.keep and len(pages[-1]) > 1:
                follower = pages[-1].pop()
                carried.insert(0, follower)
            pages.append(carried)
            left = later - sum(block.height for block in carried)
        pages[-1].append(block)
        left -= block.height
    return pages


def totals(sheet: Sheet, rows: Sequence[Row], notes: Sequence[str] = ()) -> Block:
    """Make totals at the right with notes beside them; a line stays before them.

    Args:
        sheet: where they will stand.
        rows: label, amount and whether it is a sum over a dark rule.
        notes: what stands at the left, such as the sentence of an exemption.
    """
    x = sheet.left + 92 * MM
    noted = [line for note in notes for line in wrapped(note, SMALL, 80 * MM, 8)]
    height = max(len(rows) * _ROW, len(noted) * 4 * MM + 4 * MM) + 3 * MM

    def draw(y: float) -> None:
        """Draw the totals from their upper edge."""
        for number, line in enumerate(noted):
            sheet.text(sheet.left, y + (6 + 4 * number) * MM, line, SMALL, GREY)
        y += 2 * MM
        for label, value, strong in rows:
            kind = TEXT_STRONG if strong else BODY
            if strong:
                sheet.rule(x, sheet.right, y, 0.8, INK)
            taken = sheet.text(sheet.right, y + 3.9 * MM, value, kind, INK, "right")
            room = sheet.right - x - taken - 3 * MM
            colour = INK if strong else GREY
            sheet.text(x, y + 3.9 * MM, elided(label, kind, room), kind, colour)
            y += _ROW

    return Block(height + HALF, draw, keep=True)
