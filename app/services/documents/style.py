"""Page, grid, type and colours of documents: the only place with such literals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Weight = Literal["Regular", "SemiBold"]

MM: Final = 72 / 25.4


class Page(NamedTuple):
    """Size of a sheet in points."""

    width: float
    height: float

    def turned(self) -> Page:
        """Give the same sheet in landscape."""
        return Page(self.height, self.width)


A4: Final = Page(210 * MM, 297 * MM)
LETTER: Final = Page(612, 792)
MARGIN: Final = 20 * MM
BOX_TOP: Final = 91 * MM  # below the window, so that no amount shows in an envelope


class Window(NamedTuple):
    """Where an address stands so that it shows in the window of an envelope."""

    sender: float
    first: float
    lead: float
    lines: int


# A4: DL window by DIN 5008 B, 45 to 90 mm. Letter: No. 10 window, 2 to 3.15 inches.
WINDOWS: Final = {
    A4: Window(48.6 * MM, 55 * MM, 5 * MM, 7),
    LETTER: Window(53 * MM, 58.5 * MM, 4.8 * MM, 5),
}


@dataclass(frozen=True, slots=True, eq=False)
class Type:
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


@dataclass(frozen=True, slots=True, eq=False)
class Colour:
    """A colour as PDF writes it: three numbers from 0 to 1."""

    code: str


def _colour(code: str) -> Colour:
    parts = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return Colour(" ".join(f"{part:.3g}" for part in parts))


INK: Final = _colour("#1A2230")
GREY: Final = _colour("#556070")
EDGE: Final = _colour("#C3CAD4")
TINT: Final = _colour("#F3F5F8")
MIDDLE: Final = _colour("#9AA3B0")
ACCENT: Final = _colour("#2B59C3")
WHITE: Final = _colour("#FFFFFF")
