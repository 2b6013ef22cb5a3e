"""A list of many columns on turned pages: its head repeats, and nothing is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.services.documents.content import (
    Column,
    Content,
    Part,
    Row,
    Rows,
    Sum,
    Table,
    Totals,
)
from app.services.documents.flow import flow
from app.services.documents.lettering import width
from app.services.documents.locale import Locale
from app.services.documents.sheet import Align, Block, Sheet
from app.services.documents.style import (
    BODY,
    FIGURE,
    FINE,
    GREY,
    HEADING,
    INK,
    KIND,
    MM,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TEXT,
    Page,
    Type,
)
from app.services.documents.values import Letterhead, Listing
from app.services.documents.wrapping import elided, wrapped

_MARGIN: Final = 14 * MM
_TOP: Final = 32 * MM
_GAP: Final = 3 * MM
_HEAD: Final = 6 * MM
_LEAD: Final = 3.8 * MM
_AIR: Final = 1.8 * MM
_LINES: Final = 40  # of one row; more of a text than a page holds is of no use
_NARROWEST: Final = 12 * MM


def listing_content(listing: Listing, locale: Locale) -> Content:
    """Say what stands on a list, for mails and screen readers."""
    columns = tuple(
        Column(one.title, is_figures=one.is_figures) for one in listing.columns
    )
    rows = tuple(Row(cells) for cells in listing.rows)
    sums = tuple(Sum(name, amount) for name, amount in listing.sums)
    table = Table(columns, (Rows(rows),))
    parts: tuple[Part, ...] = (table, Totals(sums)) if sums else (table,)
    printed = locale.t("Printed {when}").format(when=locale.stamp(listing.printed))
    facts = ((listing.title, listing.count), ("", listing.filters))
    return Content(
        kind=listing.title,
        subject=listing.filters,
        parts=parts,
        facts=tuple(fact for fact in facts if fact[1]),
        foot=printed,
    )


def draw(listing: Listing, letterhead: Letterhead, locale: Locale, page: Page) -> bytes:
    """Draw landscape pages with title, filter, day of printing, and page n / m."""
    sender = replace(letterhead, legal=letterhead.name)
    printed = locale.t("Printed {when}").format(when=locale.stamp(listing.printed))
    sheet = Sheet(
        sender,
        locale,
        page.turned(),
        listing.title,
        listing.filters,
        printed,
        margin=_MARGIN,
    )
    _head(sheet, listing, printed)
    painter = _ListPainter(sheet, listing)
    flow(sheet, painter.blocks(), _TOP)
    return sheet.finish()


def _head(sheet: Sheet, listing: Listing, printed: str) -> None:
    half = (sheet.right - sheet.left) / 2 - 4 * MM
    sheet.fitted(sheet.left, 20 * MM, listing.title, (KIND, FIGURE, HEADING), half)
    count = elided(listing.count, HEADING, half)
    sheet.text(sheet.right, 20 * MM, count, HEADING, INK, "right")
    filters = elided(listing.filters, TEXT, half)
    sheet.text(sheet.left, 26 * MM, filters, TEXT, GREY)
    sender = elided(f"{printed} · {sheet.letterhead.name}", SMALL, half)
    sheet.text(sheet.right, 26 * MM, sender, SMALL, GREY, "right")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a column stands, and the room of its texts."""

    left: float
    room: float
    is_figures: bool


class _ListPainter:
    """Makes the blocks of a list."""

    def __init__(self, sheet: Sheet, listing: Listing) -> None:
        self._sheet, self._listing = sheet, listing
        self._type, self._places = _fitted(listing, sheet.right - sheet.left)
        self._top = Block(_HEAD, self._draw_head)

    def blocks(self) -> list[Block]:
        """Give head, rows and sums."""
        blocks = [self._top]
        blocks += [self._row(row) for row in self._listing.rows]
        if self._listing.sums:
            blocks.append(self._sums())
        return blocks

    def _draw_head(self, y: float) -> None:
        sheet = self._sheet
        for place, column in zip(self._places, self._listing.columns, strict=True):
            title = elided(column.title, SMALL_STRONG, place.room)
            self._put(place, y + 4 * MM, title, SMALL_STRONG)
        sheet.rule(sheet.left, sheet.right, y + _HEAD, 0.8, INK)

    def _put(self, place: _Place, y: float, text: str, kind: Type) -> None:
        align: Align = "right" if place.is_figures else "left"
        x = self._sheet.left + place.left + (place.room if place.is_figures else 0)
        colour = GREY if kind is SMALL_STRONG else INK
        self._sheet.text(x, y, text, kind, colour, align)

    def _row(self, cells: Sequence[str]) -> Block:
        kind, sheet = self._type, self._sheet
        parts = [
            [elided(text, kind, place.room)]
            if place.is_figures
            else wrapped(text, kind, place.room, _LINES)
            for place, text in zip(self._places, cells, strict=True)
        ]
        height = max(map(len, parts), default=1) * _LEAD + _AIR

        def draw(y: float) -> None:
            """Draw the row from its upper edge."""
            for place, lines in zip(self._places, parts, strict=True):
                for number, line in enumerate(lines):
                    base = y + _AIR / 2 + (number + 0.78) * _LEAD
                    self._put(place, base, line, kind)
            sheet.rule(sheet.left, sheet.right, y + height)

        return Block(height, draw, head=self._top)

    def _sums(self) -> Block:
        texts = [f"{name}  {amount}" for name, amount in self._listing.sums]

        def draw(y: float) -> None:
            """Draw the sums in one line at the right."""
            sheet, x = self._sheet, self._sheet.right
            for text in reversed(texts):
                sheet.text(x, y + 5.4 * MM, text, STRONG, INK, "right")
                x -= width(text, STRONG) + 8 * MM

        return Block(8 * MM, draw, keep=True, head=self._top)


def _fitted(listing: Listing, room: float) -> tuple[Type, list[_Place]]:
    """Choose the largest type in which all fits; texts wrap where none does."""
    kind, wants = BODY, [0.0]
    for kind in (BODY, SMALL, FINE):
        wants = [_want(listing, number, kind) for number in range(_count(listing))]
        if sum(wants) <= room:
            break
    over = sum(wants) - room
    if over > 0:
        wants = _squeezed(listing, wants, over)
    elif wants:
        wants = _spread(listing, wants, -over)
    places, x = list[_Place](), 0.0
    for want, column in zip(wants, listing.columns, strict=True):
        places.append(_Place(x, max(want - _GAP, 1 * MM), column.is_figures))
        x += want
    return kind, places


def _count(listing: Listing) -> int:
    return len(listing.columns)


def _want(listing: Listing, number: int, kind: Type) -> float:
    title = width(listing.columns[number].title, SMALL_STRONG)
    texts = (width(row[number], kind) for row in listing.rows)
    return max(title, max(texts, default=0)) + _GAP


def _squeezed(listing: Listing, wants: list[float], over: float) -> list[float]:
    """Take what is too much from the columns of text, the widest most."""
    free = [
        0.0 if column.is_figures else max(want - _NARROWEST, 0)
        for want, column in zip(wants, listing.columns, strict=True)
    ]
    part = min(1.0, over / (sum(free) or 1))
    left = [want - part * spare for want, spare in zip(wants, free, strict=True)]
    still = sum(left) / (sum(wants) - over)
    return [want / still for want in left] if still > 1 else left


def _spread(listing: Listing, wants: list[float], spare: float) -> list[float]:
    """Give the room that is left to the columns of text, or between all."""
    texts = sum(not column.is_figures for column in listing.columns)
    if not texts:
        return wants
    share = spare / texts
    return [
        want if column.is_figures else want + share
        for want, column in zip(wants, listing.columns, strict=True)
    ]
