"""Page, grid, type and colours of documents: the only place with such literals."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.services.documents.fonts import Weight

MM: Final = 72 / 25.4
GRID: Final = 4 * MM
HALF: Final = 2 * MM


class Page(NamedTuple):
    """Size of a sheet in points."""

    width: float
    height: float

    def turned(self) -> Page:
        """The same sheet in landscape."""
        return Page(self.height, self.width)


A4: Final = Page(210 * MM, 297 * MM)
LETTER: Final = Page(612, 792)
MARGIN: Final = 20 * MM
TOP: Final = 16 * MM


class Type(NamedTuple):
    """Weight, size and tracking in points."""

    weight: Weight
    size: float
    tracking: float = 0.0


FINE: Final = Type("Regular", 7.5)
SMALL: Final = Type("Regular", 8)
SMALL_STRONG: Final = Type("SemiBold", 8)
BODY: Final = Type("Regular", 9)
STRONG: Final = Type("SemiBold", 9)
TEXT: Final = Type("Regular", 10)
TEXT_STRONG: Final = Type("SemiBold", 10)
HEADING: Final = Type("SemiBold", 11)
SENDER: Final = Type("SemiBold", 12, -0.1)
FIGURE: Final = Type("SemiBold", 13, -0.13)
KIND: Final = Type("SemiBold", 17, -0.3)
AMOUNT: Final = Type("SemiBold", 22, -0.45)


class Colour(NamedTuple):
    """Red, green and blue from 0 to 1."""

    red: float
    green: float
    blue: float


def _colour(code: str) -> Colour:
    return Colour(*(round(int(code[i : i + 2], 16) / 255, 3) for i in (1, 3, 5)))


INK: Final = _colour("#1A2230")
GREY: Final = _colour("#556070")
EDGE: Final = _colour("#C3CAD4")
TINT: Final = _colour("#F3F5F8")
MIDDLE: Final = _colour("#9AA3B0")
ACCENT: Final = _colour("#2B59C3")
WHITE: Final = _colour("#FFFFFF")
BLACK: Final = _colour("#000000")
