"""Lays blocks out over pages: heads repeat, what belongs together stays together."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.documents.sheet import LATER_TOP, Block, Sheet

Placed = tuple[Block, float]


def flow(sheet: Sheet, blocks: Sequence[Block], y: float) -> None:
    """Draw blocks from y on, over as many pages as they need."""
    pages = paged(blocks, y, sheet.bottom)
    sheet.count = len(pages)
    for number, page in enumerate(pages):
        if number:
            sheet.next_page()
        for block, top in page:
            block.draw(top)


def paged(blocks: Sequence[Block], y: float, bottom: float) -> list[list[Placed]]:
    """Give each page's blocks and where each starts."""
    pages: list[list[Placed]] = [[]]
    for block in blocks:
        page = pages[-1]
        breaks = bool(page) and page[-1][0].ends_page
        if breaks or (page and y + block.height > bottom):
            carried = [] if breaks else _carried(page, block, bottom - LATER_TOP)
            page = []
            pages.append(page)
            y = LATER_TOP
            head = [*carried, block][0].head
            for moved in ([head] if head else []) + carried:
                page.append((moved, y))
                y += moved.height
        page.append((block, y))
        y += block.height
    return pages


def _carried(page: list[Placed], block: Block, room: float) -> list[Block]:
    """Take from a page what must not be left behind by a block that leaves it.

    As much comes along as a fresh page can hold, and never the whole page.
    """
    carried: list[Block] = []
    follower, taken = block, block.height
    while follower.keep and len(page) > 1:
        before = page[-1][0]
        taken += before.height
        if taken > room:
            break
        follower = before
        carried.insert(0, follower)
        page.pop()
    return carried
