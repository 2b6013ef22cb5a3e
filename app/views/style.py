"""Dresses the application: style, palette, fonts and the one style sheet."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from pathlib import Path
from string import Template
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from app.resources import resource
from app.views import theme, typography
from app.views.theme import Scheme, Tokens

# what the style sheet needs as files: icon, and the tokens that it is drawn in
_IMAGES = {
    "chevron-down": ("text2", "text3"),
    "chevron-up": ("text2", "text3"),
    "chevron-right": ("text2",),
    "check": ("on_accent", "text3", "text"),
    "minus": ("on_accent",),
}
_BOLD = {"check", "minus"}
_HEIGHTS = {"h": 32, "hc": 28, "row": 34, "box": 14, "arrow": 16}


def dress(application: QApplication, scheme: Scheme, text_size: float = 1.0) -> None:
    """Show a scheme and a text size (1.0 is 100 %); may be called again any time."""
    theme.current.scheme = scheme
    typography.scale.set(text_size)
    application.setStyle("Fusion")
    application.setPalette(theme.palette())
    application.setFont(typography.font())
    application.setStyleSheet(style_sheet())
    typography.refresh(application)
    theme.current.changed.emit()
    for widget in application.allWidgets():
        widget.update()


def style_sheet() -> str:
    """Fill the template with colours, image files and scaled heights."""
    tokens = theme.current.tokens
    values = {**asdict(tokens), "images": _images(theme.current.scheme)}
    for name, size in _HEIGHTS.items():
        outer = typography.scaled(size)
        values |= {name: str(outer), f"{name}1": str(outer - 2)}
        values[f"{name}2"] = str(outer - 4)
    template = resource("theme/style.qss").read_text("utf-8")
    return Template(template).substitute(values)


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="chalkbook")


@cache
def _images(scheme: Scheme) -> str:
    """Write the icons that a style sheet can only name as files; give their folder."""
    folder = Path(_folder().name) / scheme.name.lower()
    folder.mkdir()
    for name, tints in _IMAGES.items():
        svg = resource(f"icons/{name}.svg").read_text("utf-8")
        for tint in tints:
            path = folder / f"{name}-{tint}.svg"
            path.write_text(_tinted(svg, name, theme.SCHEMES[scheme], tint), "utf-8")
    return folder.as_posix()


def _tinted(svg: str, name: str, tokens: Tokens, tint: str) -> str:
    stroke = "3" if name in _BOLD else "2.25"
    tinted = svg.replace("currentColor", getattr(tokens, tint))
    return tinted.replace('stroke-width="2"', f'stroke-width="{stroke}"')
