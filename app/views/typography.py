"""The type scale: Inter in four static cuts, sizes in px, tabular figures on demand."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.resources import resource

FAMILY = "Inter"
SMALLEST, LARGEST = 0.9, 1.5

# role: size in px, weight
ROLES: dict[str, tuple[int, int]] = {
    "caption": (11, 400),
    "caption-strong": (11, 600),
    "label": (11, 600),
    "small": (12, 400),
    "small-medium": (12, 500),
    "small-strong": (12, 600),
    "body": (13, 400),
    "medium": (13, 500),
    "strong": (13, 600),
    "panel": (17, 600),
    "view": (20, 600),
    "figure": (24, 600),
}


class Scale:
    """The person's own text size, as a factor of the scale's."""

    def __init__(self) -> None:
        self.factor = 1.0
        self._loaded = False

    def set(self, factor: float) -> None:
        """Choose a size between 90 and 150 %."""
        self.factor = min(LARGEST, max(SMALLEST, factor))

    def load(self) -> None:
        """Register the bundled fonts once."""
        if self._loaded:
            return
        self._loaded = True
        for cut in ("Regular", "Medium", "SemiBold", "Bold"):
            path = resource(f"fonts/screen/Inter-{cut}.ttf")
            QFontDatabase.addApplicationFont(str(path))


scale = Scale()


def scaled(px: float) -> int:
    """Give a height or width that grows with the text."""
    return round(px * scale.factor)


def font(role: str = "body", *, tabular: bool = False) -> QFont:
    """Give the font of a role; tabular only for money, hours, dates and times."""
    scale.load()
    px, weight = ROLES[role]
    return QFont(_made(role, scaled(px), weight, is_tabular=tabular))


@cache
def _made(role: str, px: int, weight: int, *, is_tabular: bool) -> QFont:
    """Make a font once; every caller gets a copy, since fonts can be changed."""
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if role == "label":
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
    if is_tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def set_role(widget: QWidget, role: str, *, tabular: bool = False) -> None:
    """Give a widget a role of the scale; it follows later changes of the size."""
    widget.setProperty("textRole", role)
    widget.setProperty("tabular", tabular)
    widget.setFont(font(role, tabular=tabular))


def refresh(application: QApplication) -> None:
    """Apply the size to every widget that has a role."""
    for widget in application.allWidgets():
        role = widget.property("textRole")
        if role:
            tabular = bool(widget.property("tabular"))
            widget.setFont(font(str(role), tabular=tabular))


def label(
    content: str,
    role: str = "body",
    tone: str = "",
    *,
    tabular: bool = False,
    wrap: bool = False,
) -> QLabel:
    """Make a label; its tone is text2, text3, accent, ok, warn, err or empty."""
    made = QLabel(content)
    set_role(made, role, tabular=tabular)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made
