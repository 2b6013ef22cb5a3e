"""Draws a document's content on sheets: address and facts, key figures, then parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final

from app.services.documents.content import (
    Content,
    PageBreak,
    Payment,
    Remark,
    Section,
    Strip,
    Table,
    Tiles,
    Title,
    Totals,
)
from app.services.documents.flow import flow
from app.services.documents.lettering import width
from app.services.documents.locale import Locale
from app.services.documents.parts import (
    payment_blocks,
    remark_blocks,
    section_blocks,
    strip_blocks,
    tiles_blocks,
    title_blocks,
    totals_blocks,
)
from app.services.documents.sheet import Block, Sheet
from app.services.documents.style import (
    AMOUNT,
    BODY,
    BOX_TOP,
    FIGURE,
    FINE,
    GREY,
    HEADING,
    INK,
    KIND,
    MM,
    SMALL,
    STRONG,
    TEXT,
    TEXT_STRONG,
    WINDOWS,
    Page,
)
from app.services.documents.tables import TablePainter
from app.services.documents.values import Letterhead, Party
from app.services.documents.wrapping import elided, wrapped

_ADDRESS: Final = 80 * MM
_FACTS: Final = 98 * MM
_BOX: Final = 18 * MM
_TITLE_TOP: Final = 38 * MM
_GAP: Final = 6 * MM
_PAIR: Final = 2
_FIRST: Final = {1: 160 * MM, 2: 74 * MM, 3: 70 * MM}
_FIRST_OF_MANY: Final = 62 * MM


def draw(content: Content, letterhead: Letterhead, locale: Locale, page: Page) -> bytes:
    """Draw a document and give the file; the same content gives the same bytes."""
    sheet = Sheet(letterhead, locale, page, content.kind, content.subject, content.foot)
    sheet.head()
    y = _TITLE_TOP
    if content.party:
        _address(sheet, content.party)
        _facts(sheet, content)
        _figures(sheet, content)
        y = BOX_TOP + _BOX + 5 * MM
    flow(sheet, _blocks(sheet, content), y)
    return sheet.finish()


def _address(sheet: Sheet, party: Party) -> None:
    """Draw the sender's line and the address where a window shows them."""
    window = WINDOWS[sheet.page]
    letterhead = sheet.letterhead
    sender = " · ".join((letterhead.name, *letterhead.address))
    short = elided(sender, FINE, _ADDRESS)
    sheet.text(sheet.left, window.sender, short, FINE, GREY)
    y = window.first
    for number, line in enumerate(address_lines(party, window.lines)):
        kind = TEXT if number else TEXT_STRONG
        sheet.text(sheet.left, y, elided(line, kind, _ADDRESS), kind)
        y += window.lead


def address_lines(party: Party, most: int) -> list[str]:
    """Give a receiver's lines, so few that they stay inside the window.

    Long lines are wrapped while there is room, then shortened; of too many lines the
    ones in the middle are joined, because town and country stand last.
    """
    texts = [party.name, *filter(None, party.lines)]
    kinds = [TEXT_STRONG, *[TEXT] * (len(texts) - 1)]
    lines = [
        line
        for text, kind in zip(texts, kinds, strict=True)
        for line in wrapped(text, kind, _ADDRESS, 2)
    ]
    if len(lines) <= most:
        return lines
    if len(texts) > most:
        middle = ", ".join(texts[most - 3 : -2])
        texts = [*texts[: most - 3], middle, *texts[-2:]]
    return texts


def _facts(sheet: Sheet, content: Content) -> None:
    window, x = WINDOWS[sheet.page], sheet.left + _FACTS
    y = window.first
    for label, value in content.facts:
        sheet.text(x, y, label, BODY, GREY)
        room = sheet.right - x - width(label, BODY) - 4 * MM
        short = elided(value, STRONG, room)
        sheet.text(sheet.right, y, short, STRONG, INK, "right")
        y += window.lead


def _figures(sheet: Sheet, content: Content) -> None:
    """Draw the box: the first figure large, the others beside it."""
    facts, y = content.figures, BOX_TOP
    sheet.box(sheet.left, y, (sheet.right - sheet.left, _BOX))
    first = _FIRST.get(len(facts), _FIRST_OF_MANY)
    step = (sheet.right - sheet.left - first) / max(len(facts) - 1, 1)
    for number, (label, value) in enumerate(facts):
        x = sheet.left + 6 * MM
        if number:
            x += first + (number - 1) * step
        room = (step if number else first) - 7 * MM
        sheet.text(x, y + 5.8 * MM, elided(label, SMALL, room), SMALL, GREY)
        kinds = (FIGURE, HEADING, STRONG) if number else (AMOUNT, KIND, FIGURE, STRONG)
        sheet.fitted(x, y + 14 * MM, value, kinds, room)


def _blocks(sheet: Sheet, content: Content) -> list[Block]:
    blocks: list[Block] = []
    for part in content.parts:
        if isinstance(part, PageBreak):
            blocks[-1:] = [block._replace(ends_page=True) for block in blocks[-1:]]
        elif isinstance(part, Table):
            gap = 0 if not blocks or blocks[-1].ends_page else _GAP
            blocks += TablePainter(sheet, part, gap).blocks()
        else:
            blocks += _makers()[type(part)](sheet, part)
    return blocks


@cache
def _makers() -> dict[type, Callable[..., list[Block]]]:
    """Name who makes the blocks of each kind of part."""
    return {
        Totals: totals_blocks,
        Strip: strip_blocks,
        Section: section_blocks,
        Remark: remark_blocks,
        Tiles: tiles_blocks,
        Payment: payment_blocks,
        Title: title_blocks,
    }
