"""The common sheet: head, address window, box of figures, table rows and foot."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from reportlab.pdfgen.canvas import Canvas

from app.services.documents import fonts
from app.services.documents.locale import NBSP, Locale
from app.services.documents.style import (
    ACCENT,
    AMOUNT,
    BODY,
    EDGE,
    FIGURE,
    FINE,
    GREY,
    INK,
    KIND,
    MARGIN,
    MM,
    SENDER,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TEXT,
    TEXT_STRONG,
    TINT,
    WHITE,
    Colour,
    Page,
    Type,
)
from app.services.documents.values import Letterhead, Party
from app.services.documents.wrapping import elided, wrapped

Align = Literal["left", "right", "centre"]
LATER_TOP: Final = 32 * MM
_ADDRESS_LINES: Final = 7
_WIDE_BOX: Final = 4
_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Block:
    """Something of fixed height; ``keep`` pulls the block before it along."""

    height: float
    draw: Callable[[float], None]
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table column between two edges in points; ``title`` is already translated."""

    title: str
    left: float
    right: float
    figures: bool = False


class Sheet:
    """A document on fixed pages; y runs down from the top edge, in points."""

    def __init__(
        self,
        letterhead: Letterhead,
        locale: Locale,
        page: Page,
        kind: str,
        subject: str,
        foot: str = "",
    ) -> None:
        self.letterhead, self.locale, self.page = letterhead, locale, page
        self.kind, self.subject = kind, subject
        self.foot = foot or letterhead.legal
        self.left, self.right = MARGIN, page.width - MARGIN
        self.bottom = page.height - 24 * MM
        self.number, self.count = 1, 1
        self._buffer = io.BytesIO()
        self._text: list[str] = []
        self.canvas = Canvas(
            self._buffer,
            pagesize=page,
            pageCompression=1,
            invariant=1,
            initialFontName=cast("Any", fonts.registered("Regular")),
            lang=locale.language,
        )
        self.canvas.setTitle(fonts.clean(f"{kind} {subject}"[:_LONGEST_TITLE]))
        self.canvas.setAuthor(fonts.clean(letterhead.name))
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        kind: Type = BODY,
        colour: Colour = INK,
        align: Align = "left",
    ) -> float:
        """Draw one line on the baseline y and give its width."""
        width = fonts.width(text, kind.weight, kind.size, kind.tracking)
        if align != "left":
            x -= width if align == "right" else width / 2
        fill = f"{colour.red:g} {colour.green:g} {colour.blue:g} rg"
        for run in fonts.runs(text, kind.weight):
            name = fonts.internal_name(self.canvas, run.font)
            self._text.append(
                f"{name} {kind.size:g} Tf {kind.tracking:g} Tc {fill} "
                f"1 0 0 1 {x:.2f} {self.page.height - y:.2f} Tm <{run.code}> Tj"
            )
            x += run.width * kind.size + kind.tracking * len(run.code) / 4
        return width

    def lines(
        self,
        x: float,
        y: float,
        text: str,
        kind: Type,
        width: float,
        lead: float,
        colour: Colour = INK,
        most: int = 1000,
    ) -> float:
        """Draw a wrapped text of at most some lines; give the next baseline."""
        for line in wrapped(text, kind, width, most):
            self.text(x, y, line, kind, colour)
            y += lead
        return y

    def rule(
        self,
        left: float,
        right: float,
        y: float,
        weight: float = 0.4,
        colour: Colour = EDGE,
    ) -> None:
        """Draw a horizontal rule."""
        self.canvas.setStrokeColorRGB(*colour)
        self.canvas.setLineWidth(weight)
        self.canvas.line(left, self.page.height - y, right, self.page.height - y)

    def box(
        self,
        x: float,
        y: float,
        size: tuple[float, float],
        fill: Colour = TINT,
        edge: Colour = EDGE,
        radius: float = 3,
    ) -> None:
        """Draw a filled box with a thin edge that survives a grey print."""
        width, height = size
        self.canvas.setFillColorRGB(*fill)
        self.canvas.setStrokeColorRGB(*edge)
        self.canvas.setLineWidth(0.5)
        top = self.page.height - y - height
        self.canvas.roundRect(x, top, width, height, radius, stroke=1, fill=1)

    def head(self) -> None:
        """Draw mark, sender and kind of document."""
        self.box(self.left, 16 * MM, (8 * MM, 8 * MM), ACCENT, ACCENT, 4)
        mark = self.letterhead.mark[:1]
        self.text(self.left + 4 * MM, 21.6 * MM, mark, SENDER, WHITE, "centre")
        kind = self.text(self.right, 21.5 * MM, self.kind, KIND, INK, "right")
        x = self.left + 11 * MM
        room = self.right - kind - x - 8 * MM
        self.text(x, 19.4 * MM, elided(self.letterhead.name, SENDER, room), SENDER)
        parts = self.letterhead.contact.split(" · ")
        unbroken = " · ".join(part.replace(" ", NBSP) for part in parts)
        self.lines(x, 23.6 * MM, unbroken, SMALL, room, 3.4 * MM, GREY, most=2)

    def address(self, party: Party, facts: Sequence[tuple[str, str]]) -> None:
        """Draw the window address at the left and facts at the right."""
        sender = " · ".join((self.letterhead.name, *self.letterhead.address))
        width = 80 * MM
        self.text(self.left, 48 * MM, elided(sender, FINE, width), FINE, GREY)
        name = wrapped(party.name, TEXT_STRONG, width, 2)
        rest = [line for text in party.lines for line in wrapped(text, TEXT, width, 2)]
        y = 55 * MM
        for number, line in enumerate([*name, *rest][:_ADDRESS_LINES]):
            kind = TEXT_STRONG if number < len(name) else TEXT
            self.text(self.left, y, line, kind)
            y += 5 * MM
        y, x = 55 * MM, self.left + 98 * MM
        for label, value in facts:
            taken = self.text(x, y, label, BODY, GREY)
            fitting = elided(value, STRONG, self.right - x - taken - 3 * MM)
            self.text(self.right, y, fitting, STRONG, INK, "right")
            y += 5 * MM

    def figures(self, facts: Sequence[tuple[str, str]], y: float = 91 * MM) -> float:
        """Draw the box: the first figure large, the others beside it.

        The box starts below an address window, so that no amount shows in it.
        """
        self.box(self.left, y, (self.right - self.left, 18 * MM))
        first = (62 if len(facts) >= _WIDE_BOX else 74) * MM
        step = (self.right - self.left - first) / max(len(facts) - 1, 1)
        for number, (label, value) in enumerate(facts):
            x = self.left + 6 * MM
            if number:
                x += first + (number - 1) * step
            self.text(x, y + 5.6 * MM, label, SMALL, GREY)
            kind = FIGURE if number else AMOUNT
            room = (step if number else first) - 8 * MM
            self.text(x, y + 14 * MM, elided(value, kind, room), kind)
        return y + 23 * MM

    def table_head(self, columns: Sequence[Column], y: float) -> float:
        """Draw titles over a dark rule."""
        for column in columns:
            self.cell(column, y + 4 * MM, column.title, SMALL_STRONG, GREY)
        self.rule(self.left, self.right, y + 6 * MM, 0.8, INK)
        return y + 6 * MM

    def cell(
        self,
        column: Column,
        y: float,
        text: str,
        kind: Type = BODY,
        colour: Colour = INK,
    ) -> None:
        """Draw one line of one cell."""
        x = column.right if column.figures else column.left
        self.text(x, y, text, kind, colour, "right" if column.figures else "left")

    def row(
        self,
        columns: Sequence[Column],
        cells: Sequence[str],
        note: str = "",
        *,
        at: int = 1,
        kind: Type = BODY,
        keep: bool = False,
    ) -> Block:
        """Make a table row; texts wrap, a note stands under column ``at``."""
        parts = [
            [text]
            if column.figures
            else wrapped(text, kind, column.right - column.left)
            for column, text in zip(columns, cells, strict=True)
        ]
        room = columns[at].right - columns[at].left
        notes = wrapped(note, SMALL, room) if note else []
        count = max(*map(len, parts), len(parts[at]) + len(notes))
        height = 6 * MM + (count - 1) * 4 * MM

        def draw(y: float) -> None:
            """Draw the row from its upper edge."""
            for column, part in zip(columns, parts, strict=True):
                for number, line in enumerate(part):
                    self.cell(column, y + (4.1 + 4 * number) * MM, line, kind)
            for number, line in enumerate(notes, len(parts[at])):
                self.cell(columns[at], y + (4 + 4 * number) * MM, line, SMALL, GREY)
            self.rule(self.left, self.right, y + height)

        return Block(height, draw, keep)

    def next_page(self) -> None:
        """Finish this page and start one with a short head."""
        self._end()
        self.number += 1
        name = elided(self.letterhead.name, STRONG, 64 * MM)
        self.text(self.left, 20 * MM, name, STRONG)
        title = elided(f"{self.kind} {self.subject}", BODY, 100 * MM)
        self.text(self.right, 20 * MM, title, BODY, GREY, "right")
        self.rule(self.left, self.right, 23 * MM)

    def finish(self) -> bytes:
        """Finish the last page and give the file."""
        self._end()
        self.canvas.save()
        return self._buffer.getvalue()

    def _end(self) -> None:
        y = self.page.height - 16 * MM
        lines = wrapped(self.foot, FINE, self.right - self.left - 20 * MM, 2)
        self.rule(self.left, self.right, y - (3.4 * len(lines) + 0.8) * MM)
        for number, line in enumerate(lines):
            lead = 3.4 * (len(lines) - 1 - number) * MM
            self.text(self.left, y - lead, line, FINE, GREY)
        page = f"{self.number} / {self.count}"
        self.text(self.right, y, page, FINE, GREY, "right")
        self.canvas.addLiteral("BT " + "\n".join(self._text) + " ET")
        self._text.clear()
        self.canvas.showPage()
