"""A printed document's pages: text, rules and boxes, the head and foot of each page.

Everything is written straight into the page's code; ReportLab keeps the pages, the
fonts and the file together.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, Final, Literal, NamedTuple, cast

from reportlab.pdfgen.canvas import Canvas

from app.services.documents import fonts
from app.services.documents.cleaning import clean
from app.services.documents.lettering import runs, width
from app.services.documents.locale import Locale
from app.services.documents.pictures import NAME, picture
from app.services.documents.style import (
    ACCENT,
    BODY,
    EDGE,
    FIGURE,
    FINE,
    GREY,
    HEADING,
    INK,
    KIND,
    MARGIN,
    MM,
    SENDER,
    SMALL,
    STRONG,
    TINT,
    WHITE,
    Colour,
    Page,
    Type,
)
from app.services.documents.values import Letterhead
from app.services.documents.wrapping import elided, packed, wrapped

Align = Literal["left", "right", "centre"]
TOP: Final = 16 * MM
LATER_TOP: Final = 32 * MM
_CURVE: Final = 0.4477  # of the radius: control points of a quarter circle
_LONGEST: Final = 200  # letters of what is named once a page


class Block(NamedTuple):
    """Something of fixed height that is drawn from its upper edge.

    Attributes:
        keep: pulls the block before it along to a new page.
        head: drawn above it where it starts a page, such as a table's head.
        ends_page: what follows starts on a new page.
    """

    height: float
    draw: Callable[[float], None]
    keep: bool = False
    head: Block | None = None
    ends_page: bool = False


class Sheet:
    """A document on pages of one size; y runs down from the top edge, in points."""

    def __init__(
        self,
        letterhead: Letterhead,
        locale: Locale,
        page: Page,
        kind: str,
        subject: str,
        foot: str = "",
        margin: float = MARGIN,
    ) -> None:
        self.letterhead, self.locale, self.page = letterhead, locale, page
        self.kind, self.subject = kind[:_LONGEST], subject[:_LONGEST]
        self.left, self.right = margin, page.width - margin
        self.number, self.count = 1, 1
        self._foot = _foot_lines(letterhead, foot, self.right - self.left)
        self.bottom = page.height - (19 + 3.4 * len(self._foot)) * MM
        self._shapes: list[str] = []
        self._text: list[str] = []
        self._state = ""
        self._used: set[str] = set()
        self._pictures: tuple[tuple[str, Any], ...] = ()
        self._file = io.BytesIO()
        self.canvas = Canvas(
            self._file,
            pagesize=page,
            pageCompression=1,
            invariant=1,
            initialFontName=cast("Any", fonts.registered("Regular")),
            lang=locale.language,
        )
        self.canvas.setTitle(clean(f"{self.kind} {self.subject}"))
        self.canvas.setAuthor(clean(letterhead.name[:_LONGEST]))
        self.canvas.setSubject(clean(self.kind))
        self.canvas.setCreator("Chalkbook")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        kind: Type = BODY,
        colour: Colour = INK,
        align: Align = "left",
    ) -> None:
        """Draw one line on the baseline y."""
        if align != "left":
            size = width(text, kind)
            x -= size if align == "right" else size / 2
        for run in runs(text, kind.weight):
            state = _state(run.font, kind, colour)
            if state != self._state:
                self._state = state
                self._text.append(state)
                self._used.add(run.font)
            below = self.page.height - y
            self._text.append(f"1 0 0 1 {x:.2f} {below:.2f} Tm {run.shown}")
            x += run.width * kind.size + kind.tracking * run.letters

    def lines(
        self,
        x: float,
        y: float,
        lines: list[str],
        kind: Type,
        lead: float,
        colour: Colour = INK,
    ) -> float:
        """Draw lines that were broken before; give the baseline after them."""
        for line in lines:
            self.text(x, y, line, kind, colour)
            y += lead
        return y

    def fitted(
        self, x: float, y: float, text: str, kinds: tuple[Type, ...], room: float
    ) -> None:
        """Draw one line in the first type in which it fits, else elided in the last."""
        for kind in kinds:
            if width(text, kind) <= room:
                self.text(x, y, text, kind)
                return
        self.text(x, y, elided(text, kinds[-1], room), kinds[-1])

    def rule(
        self,
        left: float,
        right: float,
        y: float,
        weight: float = 0.4,
        colour: Colour = EDGE,
    ) -> None:
        """Draw a horizontal rule."""
        at = f"{self.page.height - y:.2f}"
        pen = f"{colour.code} RG {weight:g} w"
        self._shapes.append(f"{pen} {left:.2f} {at} m {right:.2f} {at} l S")

    def upright(self, x: float, top: float, bottom: float) -> None:
        """Draw a thin upright rule."""
        high, low = self.page.height - top, self.page.height - bottom
        self._shapes.append(
            f"{EDGE.code} RG 0.4 w {x:.2f} {high:.2f} m {x:.2f} {low:.2f} l S"
        )

    def box(
        self,
        x: float,
        y: float,
        size: tuple[float, float],
        fill: Colour = TINT,
        edge: Colour = EDGE,
        radius: float = 3,
        dash: str = "[] 0 d",
    ) -> None:
        """Draw a filled box with a thin edge that survives a grey print."""
        outline = _rounded(x, self.page.height - y - size[1], size, radius)
        colours = f"{fill.code} rg {edge.code} RG 0.5 w {dash}"
        self._shapes.append(f"{colours} {outline} b [] 0 d")

    def bar(self, x: float, y: float, size: tuple[float, float]) -> None:
        """Draw a dark bar."""
        low = self.page.height - y - size[1]
        self._shapes.append(
            f"{INK.code} rg {x:.2f} {low:.2f} {size[0]:.2f} {size[1]:.2f} re f"
        )

    def link(self, address: str, x: float, y: float, size: tuple[float, float]) -> None:
        """Let a click on a place open an address; y is the lower edge."""
        low = self.page.height - y
        self.canvas.linkURL(address, (x, low, x + size[0], low + size[1]))

    def shape(self, code: str) -> None:
        """Add PDF code of a drawing, such as a payment code."""
        self._shapes.append(code)

    def head(self) -> None:
        """Draw logo or mark, sender and kind of document."""
        x = self.left + (self._logo() or self._mark()) + 3 * MM
        taken = self._kind()
        room = self.right - taken - 8 * MM - x
        name = wrapped(self.letterhead.name, SENDER, room, 2)
        y = self.lines(x, 19.4 * MM, name, SENDER, 4.6 * MM)
        contact = packed(self.letterhead.contact.split(" · "), SMALL, room, 2)
        self.lines(x, y - 0.4 * MM, contact, SMALL, 3.5 * MM, GREY)

    def _mark(self) -> float:
        """Draw the letter that stands for the office, and give its width."""
        self.box(self.left, TOP, (8 * MM, 8 * MM), ACCENT, ACCENT, 4)
        mark = (self.letterhead.mark or self.letterhead.name)[:2].strip()
        kind = SENDER if len(mark) == 1 else STRONG
        self.text(self.left + 4 * MM, 21.5 * MM, mark, kind, WHITE, "centre")
        return 8 * MM

    def _logo(self) -> float:
        """Draw the office's logo, if it has one, and give its width."""
        if not self.letterhead.logo:
            return 0
        shown = picture(self.letterhead.logo)
        document = cast("Any", self.canvas)._doc  # noqa: SLF001  there is no public way
        reference = document.Reference(fonts.Ready(shown.code), f"picture:{NAME}")
        self._pictures = ((NAME, reference),)
        low = self.page.height - TOP - (8 * MM + shown.height) / 2
        size = f"{shown.width:.2f} 0 0 {shown.height:.2f}"
        self.shape(f"q {size} {self.left:.2f} {low:.2f} cm /{NAME} Do Q")
        return shown.width

    def _kind(self) -> float:
        """Draw the kind of document at the right and give the width it took."""
        room = 0.6 * (self.right - self.left)
        for kind in (KIND, FIGURE, HEADING):
            if (taken := width(self.kind, kind)) <= room:
                self.text(self.right, 21.5 * MM, self.kind, kind, INK, "right")
                return taken
        short = elided(self.kind, HEADING, room)
        self.text(self.right, 21.5 * MM, short, HEADING, INK, "right")
        return room

    def turn_page(self) -> None:
        """Finish this page and start an empty one."""
        self._end()
        self.number += 1

    def next_page(self) -> None:
        """Finish this page and start one with a short head."""
        self.turn_page()
        room = (self.right - self.left - 8 * MM) / 2
        name = elided(self.letterhead.name, STRONG, room)
        self.text(self.left, 20 * MM, name, STRONG)
        title = elided(f"{self.kind} {self.subject}", BODY, room)
        self.text(self.right, 20 * MM, title, BODY, GREY, "right")
        self.rule(self.left, self.right, 23.4 * MM)

    def finish(self) -> bytes:
        """Finish the last page and give the file."""
        self._end()
        self.canvas.save()
        return self._file.getvalue()

    def _end(self) -> None:
        y = self.page.height - 16 * MM
        self.rule(self.left, self.right, y - (3.4 * len(self._foot) + 0.8) * MM)
        for number, line in enumerate(reversed(self._foot)):
            self.text(self.left, y - 3.4 * number * MM, line, FINE, GREY)
        page = f"{self.number} / {self.count}"
        self.text(self.right, y, page, FINE, GREY, "right")
        document = cast("Any", self.canvas)._doc  # noqa: SLF001  there is no public way
        for font in sorted(self._used):
            document.getInternalFontName(font)
        self.canvas.showPage()
        code = "\n".join([*self._shapes, "BT", *self._text, "ET"])
        page = document.Pages.pages[-1]
        page.Contents = fonts.page_stream(code)
        page.Resources = fonts.page_resources(*self._pictures)
        self._shapes.clear()
        self._text.clear()
        self._state = ""


def _foot_lines(letterhead: Letterhead, more: str, room: float) -> list[str]:
    parts = [*letterhead.legal.split(" · "), more]
    return packed(parts, FINE, room - 20 * MM, 2) or [""]


@cache
def _state(font: str, kind: Type, colour: Colour) -> str:
    return f"/{font} {kind.size:g} Tf {kind.tracking:g} Tc {colour.code} rg"


@lru_cache(maxsize=1000)
def _rounded(x: float, y: float, size: tuple[float, float], radius: float) -> str:
    """Write the outline of a box with round corners, from its lower left."""
    right, top = x + size[0], y + size[1]
    radius = max(min(radius, size[0] / 2, size[1] / 2), 0)
    near = radius * _CURVE
    corners = (
        (right - radius, y, right - near, y, right, y + near, right, y + radius),
        (
            right,
            top - radius,
            right,
            top - near,
            right - near,
            top,
            right - radius,
            top,
        ),
        (x + radius, top, x + near, top, x, top - near, x, top - radius),
        (x, y + radius, x, y + near, x + near, y, x + radius, y),
    )
    parts = [f"{x + radius:.2f} {y:.2f} m"]
    for corner in corners:
        x1, y1, *curve = (f"{number:.2f}" for number in corner)
        parts.append(f"{x1} {y1} l {' '.join(curve)} c")
    return " ".join(parts)
