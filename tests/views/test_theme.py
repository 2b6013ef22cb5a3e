"""Every colour can be read on its ground (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from app.views import theme
from app.views.theme import HUES, SCHEMES, Scheme
from tests.conventions import ROOT

GROUNDS = ("window", "sidebar", "surface", "raised")
TEXTS = ("text", "text2", "text3", "accent", "err")
BODY, SIGN = 4.5, 3.0


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour (WCAG 2.2)."""
    rgb = QColor(colour)
    parts = []
    for value in (rgb.redF(), rgb.greenF(), rgb.blueF()):
        small = value <= 0.04045
        parts.append(value / 12.92 if small else ((value + 0.055) / 1.055) ** 2.4)
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable(scheme: Scheme, text: str, ground: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= BODY


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("tone", theme.TONES)
def test_a_status_is_readable_on_its_ground(scheme: Scheme, tone: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(getattr(tokens, tone), getattr(tokens, f"{tone}_s")) >= BODY


@pytest.mark.parametrize("scheme", list(Scheme))
@pytest.mark.parametrize("sign", ["control", "accent", "now", "warn", "ok"])
def test_edges_and_signs_stand_out(scheme: Scheme, sign: str) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(getattr(tokens, sign), tokens.surface) >= SIGN


@pytest.mark.parametrize("name", list(HUES))
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_a_hue_is_readable_and_its_bar_seen(name: str, scheme: Scheme) -> None:
    bar, tint, text = HUES[name][1 if scheme.is_dark else 0]
    surface = SCHEMES[scheme].surface
    assert contrast(text, tint) >= BODY
    assert contrast(bar, surface) >= SIGN


@pytest.mark.parametrize("scheme", list(Scheme))
def test_text_on_the_accent_is_readable(scheme: Scheme) -> None:
    tokens = SCHEMES[scheme]
    assert contrast(tokens.on_accent, tokens.accent) >= BODY
    assert contrast(tokens.on_toast, tokens.toast) >= BODY


def test_no_other_module_names_a_colour() -> None:
    literal = re.compile(r"[\"']#[0-9A-Fa-f]{6}[\"']")
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "app" / "views").rglob("*.py")
        if path.name != "theme.py" and literal.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_the_style_sheet_is_short() -> None:
    sheet = (ROOT / "resources" / "theme" / "style.qss").read_text("utf-8")
    assert len(sheet.splitlines()) <= 150
    assert not re.search(r"#[0-9A-Fa-f]{6}", sheet)


def test_hues_repeat_after_ten() -> None:
    assert theme.hue_of(3) == theme.hue_of(13)
    assert len({theme.hue_of(number) for number in range(10)}) == 10
