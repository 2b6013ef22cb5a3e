"""Colours of the three schemes: the only module that may name a literal colour.

Everything else asks for a token when it paints, so that a change of the scheme needs no
restart. Contrasts follow WCAG 2.2: text 4.5:1, edges and signs 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette


class Scheme(StrEnum):
    """The sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    LIGHT_CONTRAST = "light contrast"
    DARK_CONTRAST = "dark contrast"

    @property
    def is_dark(self) -> bool:
        """Say whether text is light on a dark ground."""
        return self in {Scheme.DARK, Scheme.DARK_CONTRAST}

    @property
    def is_high_contrast(self) -> bool:
        """Say whether edges are as strong as text, and nothing is merely tinted."""
        return self in {Scheme.LIGHT_CONTRAST, Scheme.DARK_CONTRAST}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The named colours of one scheme; a name ending in ``_s`` is the soft ground."""

    window: str
    sidebar: str
    surface: str
    raised: str
    border: str
    border2: str
    control: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_press: str
    on_accent: str
    accent_soft: str
    sel: str
    hover: str
    grid: str
    grid2: str
    unavail: str
    now: str
    ok: str
    ok_s: str
    warn: str
    warn_s: str
    err: str
    err_s: str
    info: str
    info_s: str
    neutral: str
    neutral_s: str
    toast: str
    on_toast: str
    toast_link: str
    shadow: str


LIGHT = Tokens(
    window="#F5F6F8",
    sidebar="#ECEEF2",
    surface="#FFFFFF",
    raised="#FFFFFF",
    border="#DFE3E9",
    border2="#C3CAD4",
    control="#7C8594",
    text="#1A2230",
    text2="#556070",
    text3="#616B7A",
    accent="#2B59C3",
    accent_press="#234AA6",
    on_accent="#FFFFFF",
    accent_soft="#E4EBFA",
    sel="#DCE6FB",
    hover="#EEF1F5",
    grid="#E6E9EE",
    grid2="#F1F3F6",
    unavail="#F1F2F5",
    now="#D92D20",
    ok="#16713F",
    ok_s="#E3F4EA",
    warn="#9A5B00",
    warn_s="#FDF0D8",
    err="#C4271B",
    err_s="#FDE8E6",
    info="#2B59C3",
    info_s="#E4EBFA",
    neutral="#556070",
    neutral_s="#ECEFF3",
    toast="#1A2230",
    on_toast="#FFFFFF",
    toast_link="#9DB8F8",
    shadow="#101828",
)
DARK = Tokens(
    window="#15181D",
    sidebar="#101317",
    surface="#1B1F25",
    raised="#232830",
    border="#2C323B",
    border2="#3C4450",
    control="#7A8494",
    text="#E7EAEF",
    text2="#A8B1BE",
    text3="#8E98A6",
    accent="#7EA0F5",
    accent_press="#9BB6F8",
    on_accent="#0D1526",
    accent_soft="#22304F",
    sel="#263555",
    hover="#262B33",
    grid="#282D35",
    grid2="#20242B",
    unavail="#171A1F",
    now="#FF6B5E",
    ok="#5FCB92",
    ok_s="#15301F",
    warn="#F0B44D",
    warn_s="#3A2B0F",
    err="#FF8A7E",
    err_s="#43201D",
    info="#7EA0F5",
    info_s="#22304F",
    neutral="#A8B1BE",
    neutral_s="#2A3039",
    toast="#343C48",
    on_toast="#E7EAEF",
    toast_link="#A9C1FA",
    shadow="#000000",
)

SCHEMES = {
    Scheme.LIGHT: LIGHT,
    Scheme.DARK: DARK,
    Scheme.LIGHT_CONTRAST: replace(
        LIGHT,
        border="#1A2230",
        border2="#1A2230",
        control="#1A2230",
        grid="#7C8594",
        text2="#1A2230",
        text3="#333F50",
        ok_s="#FFFFFF",
        warn_s="#FFFFFF",
        err_s="#FFFFFF",
        info_s="#FFFFFF",
        neutral_s="#FFFFFF",
        accent="#12348A",
        accent_press="#0B2360",
        ok="#0B4F2A",
        warn="#6B3F00",
        err="#96150B",
    ),
    Scheme.DARK_CONTRAST: replace(
        DARK,
        border="#E7EAEF",
        border2="#E7EAEF",
        control="#E7EAEF",
        grid="#8E98A6",
        surface="#000000",
        window="#000000",
        sidebar="#000000",
        raised="#000000",
        text="#FFFFFF",
        text2="#FFFFFF",
        text3="#E7EAEF",
        ok_s="#000000",
        warn_s="#000000",
        err_s="#000000",
        info_s="#000000",
        neutral_s="#000000",
        accent="#B5C8FB",
    ),
}

HUES: dict[str, tuple[tuple[str, str, str], tuple[str, str, str]]] = {
    "blue": (("#2F6FDE", "#E3EDFC", "#173F8A"), ("#6FA3FF", "#1C2C4A", "#C6DAFF")),
    "green": (("#1E8E55", "#DFF3E7", "#0E5132"), ("#55C98B", "#17321F", "#BDEFD2")),
    "amber": (("#B7791F", "#FBEED3", "#6B4300"), ("#E5AE4B", "#37290F", "#FBE0AE")),
    "plum": (("#9A45B8", "#F4E6F9", "#5E1F76"), ("#CF8BE6", "#35203D", "#EFD0FA")),
    "teal": (("#0E8A93", "#DCF2F3", "#07525A"), ("#4CC7CF", "#123034", "#B7ECEF")),
    "rose": (("#CB3B6B", "#FBE4EC", "#86183F"), ("#F587AC", "#3E1D29", "#FFD0DF")),
    "slate": (("#5B6B80", "#E9EDF2", "#333F50"), ("#A3B2C6", "#262D37", "#D9E1EC")),
    "orange": (("#CC5A1B", "#FCE8DC", "#7F330A"), ("#F59A63", "#3C2417", "#FFD9C2")),
    "indigo": (("#5B54D6", "#E9E8FC", "#332C93"), ("#A19BFF", "#272546", "#DAD8FF")),
    "olive": (("#708018", "#F0F3DA", "#424C08"), ("#B5C552", "#2A2E13", "#E4EDB0")),
}


TONES = ("ok", "warn", "err", "info", "neutral")


@dataclass(frozen=True, slots=True)
class Hue:
    """The three colours of one category in the current scheme."""

    bar: QColor
    tint: QColor
    text: QColor


class Theme(QObject):
    """The scheme that is shown, and word of its changes.

    Signals:
        changed: The scheme or the text size is another one.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Scheme.LIGHT

    @property
    def tokens(self) -> Tokens:
        """The colours of the scheme that is shown."""
        return SCHEMES[self.scheme]


current = Theme()


def color(token: str, alpha: float = 1.0) -> QColor:
    """Give a colour of the current scheme, as in ``color("text2")``."""
    value = QColor(getattr(current.tokens, token))
    value.setAlphaF(alpha)
    return value


def hue(name: str) -> Hue:
    """Give bar, tint and text colour of a category."""
    bar, tint, text = HUES[name][1 if current.scheme.is_dark else 0]
    ground = color("surface") if current.scheme.is_high_contrast else QColor(tint)
    return Hue(QColor(bar), ground, QColor(text))


def hue_of(number: int) -> str:
    """Give the hue of somebody's number; they repeat after ten."""
    return tuple(HUES)[number % len(HUES)]


tutor_colours: dict[int, int] = {}  # the chosen ones, by tutor; kept by the window


def hue_of_tutor(tutor_id: int) -> str:
    """Give the hue of a tutor: the chosen one, else that of the number."""
    return hue_of(tutor_colours.get(tutor_id, tutor_id))


def tone(name: str) -> tuple[QColor, QColor]:
    """Give text and ground of a status: ok, warn, err, info or neutral."""
    return color(name), color(f"{name}_s")


def palette() -> QPalette:
    """Give Qt's own palette of the current scheme."""
    tokens, role = current.tokens, QPalette.ColorRole
    made = QPalette()
    for key, value in {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.window,
        role.Text: tokens.text,
        role.Button: tokens.raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.err,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Mid: tokens.border2,
        role.Midlight: tokens.border,
        role.Dark: tokens.control,
        role.Light: tokens.raised,
        role.Shadow: tokens.shadow,
    }.items():
        made.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(tokens.text3))
    return made
