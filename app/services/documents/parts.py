"""What stands between head and foot besides tables: totals, texts, how to pay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from app.services.documents import qr
from app.services.documents.content import (
    Note,
    Payment,
    Remark,
    Section,
    Strip,
    Sum,
    Tiles,
    Title,
    Totals,
)
from app.services.documents.lettering import width
from app.services.documents.sheet import LATER_TOP, Align, Block, Sheet
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
    TEXT_STRONG,
    Colour,
    Type,
)
from app.services.documents.wrapping import elided, wrapped

_SUM: Final = 5.2 * MM
_LABELS: Final = 92 * MM  # from the left margin to the labels of totals
_NOTES: Final = 80 * MM
_TOGETHER: Final = 20  # sums, and lines of notes, that stay on one page
_CODE: Final = 42 * MM
_HINT: Final = 48 * MM
_TILES: Final = 4
_FACTS: Final = 5


class Mark(NamedTuple):
    """A line of text placed from a block's left and upper edge."""

    x: float
    y: float
    text: str
    kind: Type = BODY
    colour: Colour = INK
    align: Align = "left"


def marks_block(
    sheet: Sheet, height: float, marks: Sequence[Mark], *, keep: bool = False
) -> Block:
    """Make a block of texts."""
    return Block(height, _drawing(sheet, marks), keep)


def _drawing(sheet: Sheet, marks: Sequence[Mark]) -> Callable[[float], None]:
    def draw(y: float) -> None:
        """Draw the texts from their upper edge."""
        for mark in marks:
            x = sheet.left + mark.x
            sheet.text(x, y + mark.y, mark.text, mark.kind, mark.colour, mark.align)

    return draw


def totals_blocks(sheet: Sheet, totals: Totals) -> list[Block]:
    """Make the sums at the right and notes beside them; a line stays before them.

    Notes that are too long to stand beside the sums follow below them.
    """
    noted = _noted(totals.notes)
    beside = noted if len(noted) <= _TOGETHER else []
    blocks = []
    for first in range(0, len(totals.sums), _TOGETHER):
        sums = totals.sums[first : first + _TOGETHER]
        blocks.append(_sums_block(sheet, sums, [] if first else beside, keep=not first))
    if not beside:
        for note in totals.notes:
            blocks += section_blocks(sheet, Section(note.title, note.text), small=True)
    return blocks


def _noted(notes: Sequence[Note]) -> list[Mark]:
    """Set notes under each other in the column beside the sums."""
    marks: list[Mark] = []
    y = 6.0 * MM
    for note in notes:
        for text, kind, colour in (
            (note.title, SMALL_STRONG, INK),
            (note.text, SMALL, GREY),
        ):
            for line in wrapped(text, kind, _NOTES) if text else ():
                marks.append(Mark(0, y, line, kind, colour))
                y += 4 * MM
        y += 1 * MM
    return marks


def _sums_block(
    sheet: Sheet, sums: Sequence[Sum], marks: Sequence[Mark], *, keep: bool
) -> Block:
    found, rules = list(marks), []
    right, y = sheet.right - sheet.left, 2 * MM
    for one in sums:
        kind, colour = (TEXT_STRONG, INK) if one.is_strong else (BODY, GREY)
        if one.is_strong:
            y += 0.8 * MM
            rules.append(y)
        base = y + (4.4 if one.is_strong else 3.9) * MM
        room = right - _LABELS - width(one.amount, kind) - 3 * MM
        found.append(Mark(_LABELS, base, elided(one.label, kind, room), kind, colour))
        found.append(Mark(right, base, one.amount, kind, INK, "right"))
        y += _SUM + (0.8 * MM if one.is_strong else 0)
    write = _drawing(sheet, found)

    def draw(top: float) -> None:
        """Draw the sums and the notes from their upper edge."""
        for rule in rules:
            sheet.rule(sheet.left + _LABELS, sheet.right, top + rule, 0.8, INK)
        write(top)

    height = max(y, marks[-1].y if marks else 0) + 2 * MM
    return Block(height, draw, keep)


def section_blocks(
    sheet: Sheet, section: Section, *, small: bool = False
) -> list[Block]:
    """Make a heading, a text and a list, line by line; a heading is never the last."""
    kind, title, lead = (SMALL, SMALL_STRONG, 4) if small else (TEXT, HEADING, 5)
    room = sheet.right - sheet.left - 8 * MM
    blocks: list[Block] = []
    if section.title:
        high, drop = (5, 1) if small else (11, 2.4)
        marks = [
            Mark(0, (high - drop + number * lead) * MM, line, title)
            for number, line in enumerate(wrapped(section.title, title, room, 3))
        ]
        blocks.append(marks_block(sheet, (high + (len(marks) - 1) * lead) * MM, marks))
    lines = wrapped(section.text, kind, room) if section.text else []
    rows = [[Mark(0, 4 * MM, line, kind)] for line in lines]
    for number, item in enumerate(section.items, 1):
        broken = wrapped(item, kind, room - 6 * MM)
        rows += [[Mark(6 * MM, 4 * MM, line, kind)] for line in broken]
        first = Mark(0, 4 * MM, f"{number}.", kind)
        rows[-len(broken)] = [first, *rows[-len(broken)]]
    for number, row in enumerate(rows):
        keep = bool(blocks) and number == 0
        blocks.append(marks_block(sheet, lead * MM, row, keep=keep))
    return blocks


def remark_blocks(sheet: Sheet, remark: Remark) -> list[Block]:
    """Make a small grey text, line by line, with some air above."""
    lines = wrapped(remark.text, SMALL, sheet.right - sheet.left)
    blocks = [
        marks_block(sheet, 4 * MM, [Mark(0, 3 * MM, line, SMALL, GREY)])
        for line in lines
    ]
    first = [Mark(0, 8 * MM, lines[0], SMALL, GREY)]
    return [marks_block(sheet, 9 * MM, first), *blocks[1:]]


def strip_blocks(sheet: Sheet, strip: Strip) -> list[Block]:
    """Make labelled figures side by side, five in a line."""
    step = (sheet.right - sheet.left) / _FACTS
    marks = [Mark(0, 9 * MM, strip.title, SMALL_STRONG, GREY)]
    lines = -(-len(strip.facts) // _FACTS)
    for number, (label, value) in enumerate(strip.facts):
        x, y = number % _FACTS * step, (16 + number // _FACTS * 10.5) * MM
        room = step - 3 * MM
        marks.append(Mark(x, y, elided(label, SMALL, room), SMALL, GREY))
        marks.append(Mark(x, y + 4.4 * MM, elided(value, STRONG, room), STRONG))
    write = _drawing(sheet, marks)

    def draw(y: float) -> None:
        """Draw title, rule and figures from their upper edge."""
        sheet.rule(sheet.left, sheet.right, y + 11.4 * MM)
        write(y)

    return [Block((13 + lines * 10.5) * MM, draw)]


def tiles_blocks(sheet: Sheet, tiles: Tiles) -> list[Block]:
    """Make figures in boxes of their own, four in a line."""
    gap = 2 * MM
    high = (21 if any(detail for _one, _two, detail in tiles.facts) else 16.4) * MM
    wide = (sheet.right - sheet.left - (_TILES - 1) * gap) / _TILES
    room = wide - 7 * MM

    def line_of(facts: Sequence[tuple[str, str, str]]) -> Block:
        """Make one line of boxes."""

        def draw(y: float) -> None:
            """Draw the boxes from their upper edge."""
            for number, (label, value, detail) in enumerate(facts):
                left = sheet.left + number * (wide + gap)
                sheet.box(left, y, (wide, high))
                x = left + 4 * MM
                sheet.text(x, y + 5.6 * MM, elided(label, SMALL, room), SMALL, GREY)
                sheet.fitted(x, y + 12 * MM, value, (FIGURE, HEADING, STRONG), room)
                short = elided(detail, FINE, room)
                sheet.text(x, y + 17.4 * MM, short, FINE, GREY)

        return Block(high + gap, draw)

    return [
        line_of(tiles.facts[at : at + _TILES])
        for at in range(0, len(tiles.facts), _TILES)
    ]


def title_blocks(sheet: Sheet, title: Title) -> list[Block]:
    """Make a large title and what stands below it."""
    room = sheet.right - sheet.left
    names = wrapped(title.text, KIND, room, 2)
    below = wrapped(title.below, TEXT, room, 4) if title.below else []
    marks = [
        Mark(0, (6 + 7 * number) * MM, name, KIND) for number, name in enumerate(names)
    ]
    y = (6 + 7 * len(names)) * MM
    marks += [
        Mark(0, y + 5 * number * MM, line, TEXT, GREY)
        for number, line in enumerate(below)
    ]
    return [marks_block(sheet, y + 5 * len(below) * MM + 2 * MM, marks)]


def payment_blocks(sheet: Sheet, payment: Payment) -> list[Block]:
    """Make how to pay, with a code; it stands at the foot of its page."""
    left = _CODE if payment.code else 0.0
    right = sheet.right - sheet.left
    hints = payment.hint.splitlines()
    asides = [line for hint in hints for line in wrapped(hint, SMALL, _HINT, 3)]
    marks = [Mark(left, 9.2 * MM, payment.title, HEADING)]
    marks += [
        Mark(right, (9.2 + 4 * number) * MM, line, SMALL, GREY, "right")
        for number, line in enumerate(asides)
    ]
    labels = [elided(label, BODY, 40 * MM) for label, _text in payment.facts]
    step = max((width(label, BODY) for label in labels), default=0) + 5 * MM
    y = 15 * MM
    lead = (4.9 if len(labels) <= _FACTS else 4.4) * MM
    for label, (_name, text) in zip(labels, payment.facts, strict=True):
        short = y < (9 + 4 * len(asides)) * MM
        room = right - left - step - (_HINT if short else 0)
        marks.append(Mark(left, y, label, BODY, GREY))
        for line in wrapped(text, STRONG, room, 2):
            marks.append(Mark(left + step, y, line, STRONG))
            y += lead
    height = max(y, 41 * MM if payment.code else 0.0)
    # How to pay takes the sums along: alone on a page it would say nothing of what.
    return [Block(height, _draw_payment(sheet, payment, marks, height), keep=True)]


def _draw_payment(
    sheet: Sheet, payment: Payment, marks: Sequence[Mark], height: float
) -> Callable[[float], None]:
    write = _drawing(sheet, marks)

    def draw(y: float) -> None:
        """Draw the block at the foot, or at the top of a page that it starts."""
        if y > LATER_TOP:
            y = max(y, sheet.bottom - height)
        sheet.rule(sheet.left, sheet.right, y + 1 * MM)
        if payment.code:
            low = sheet.page.height - y - 6 * MM - qr.SIZE
            sheet.shape(qr.path(payment.code, sheet.left, low))
        write(y)
        for mark in marks:
            if payment.link and payment.link == mark.text:
                size = (width(mark.text, mark.kind), 3 * MM)
                x = sheet.left + mark.x
                sheet.link(payment.link, x, y + mark.y + 0.6 * MM, size)

    return draw
