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
from app.services.documents.flow import flow, paged
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
    A4,
    AMOUNT,
    BODY,
    BOX_TOP,
    FIGURE,
    FINE,
    GREY,
    HEADING,
    INK,
    KIND,
    LETTER,
    MM,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TEXT,
    TEXT_STRONG,
    WINDOWS,
    Page,
    Type,
)
from app.services.documents.tables import TablePainter
from app.services.documents.values import Letterhead, Party
from app.services.documents.wrapping import elided, wrapped

_ADDRESS: Final = {A4: 80 * MM, LETTER: 92 * MM}
_SMALLER: Final = ((STRONG, BODY, 4.2 * MM), (SMALL_STRONG, SMALL, 3.6 * MM))
_LAST: Final = 2  # lines of an address that stand alone: town and country
_FACTS: Final = 98 * MM
_BOX: Final = 18 * MM
_TITLE_TOP: Final = 38 * MM
_GAP: Final = 6 * MM
_SQUEEZE: Final = 1 * MM  # off each row, where that spares a page
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
    flow(sheet, _fitted(sheet, content, y), y)
    return sheet.finish()


def _address(sheet: Sheet, party: Party) -> None:
    """Draw the sender's line and the address where a window shows them."""
    window = WINDOWS[sheet.page]
    letterhead = sheet.letterhead
    sender = " · ".join((letterhead.name, *letterhead.address))
    short = elided(sender, FINE, _ADDRESS[sheet.page])
    sheet.text(sheet.left, window.sender, short, FINE, GREY)
    lines, lead = address_lines(party, sheet.page)
    y = window.first
    for line, kind in lines:
        sheet.text(sheet.left, y, line, kind)
        y += lead


def address_lines(party: Party, page: Page) -> tuple[list[tuple[str, Type]], float]:
    """Give a receiver's lines and the step between them, all inside the window.

    Long lines are wrapped, in smaller type where there are too many of them. What does
    not fit even so is joined in the middle and shortened, because town and country
    stand last; the name stays whole.
    """
    window, room = WINDOWS[page], _ADDRESS[page]
    texts = [text for text in party.lines if text]
    high = window.lead * window.lines
    for strong, plain, lead in ((TEXT_STRONG, TEXT, window.lead), *_SMALLER):
        names = wrapped(party.name, strong, room)
        rest = [line for text in texts for line in wrapped(text, plain, room)]
        if (len(names) + len(rest)) * lead <= high:
            return _in_types(names, strong, rest, plain), lead
    strong, plain, lead = _SMALLER[-1]
    most = int(high / lead)
    names = wrapped(party.name, strong, room, most - min(len(texts), _LAST + 1))
    rest = _shortened(texts, plain, room, most - len(names))
    return _in_types(names, strong, rest, plain), lead


def _in_types(
    names: list[str], strong: Type, rest: list[str], plain: Type
) -> list[tuple[str, Type]]:
    return [(line, strong) for line in names] + [(line, plain) for line in rest]


def _shortened(texts: list[str], kind: Type, room: float, most: int) -> list[str]:
    """Join and cut an address to so many lines; its last ones stand alone."""
    last = [elided(text, kind, room) for text in texts[-min(_LAST, most) :]]
    before, left = texts[: -len(last)], most - len(last)
    if not before or not left:
        return last
    return wrapped(", ".join(before), kind, room, left) + last


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


def _fitted(sheet: Sheet, content: Content, y: float) -> list[Block]:
    """Make the blocks, with closer rows where that spares a page for how to pay."""
    blocks = _blocks(sheet, content)
    if not any(isinstance(part, Payment) for part in content.parts):
        return blocks
    pages = len(paged(blocks, y, sheet.bottom))
    if pages > 1:
        closer = _blocks(sheet, content, _SQUEEZE)
        if len(paged(closer, y, sheet.bottom)) < pages:
            return closer
    return blocks


def _blocks(sheet: Sheet, content: Content, squeeze: float = 0) -> list[Block]:
    blocks: list[Block] = []
    for part in content.parts:
        if isinstance(part, PageBreak):
            blocks[-1:] = [block._replace(ends_page=True) for block in blocks[-1:]]
        elif isinstance(part, Table):
            gap = 0 if not blocks or blocks[-1].ends_page else _GAP
            blocks += TablePainter(sheet, part, gap, squeeze).blocks()
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
