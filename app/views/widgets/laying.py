"""Rows and columns of widgets, told in one line."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.views.sizing import fix_height, fix_width

Part = QWidget | QLayout | int
Margins = tuple[int, int, int, int]
Box = TypeVar("Box", bound=QBoxLayout)

_NONE: Margins = (0, 0, 0, 0)


def lay(box: Box, *parts: Part, spacing: int = 8, margins: Margins = _NONE) -> Box:
    """Fill a layout: widgets, layouts; a number is a gap, 0 takes what is left."""
    box.setContentsMargins(*margins)
    box.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            box.addWidget(part)
        elif isinstance(part, QLayout):
            box.addLayout(part)
        elif part:
            box.addSpacing(part)
        else:
            box.addStretch()
    return box


def across(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QHBoxLayout:
    """Make a row."""
    return lay(QHBoxLayout(), *parts, spacing=spacing, margins=margins)


def down(*parts: Part, spacing: int = 8, margins: Margins = _NONE) -> QVBoxLayout:
    """Make a column."""
    return lay(QVBoxLayout(), *parts, spacing=spacing, margins=margins)


def holder(layout: QLayout, width: int = 0, height: int = 0) -> QWidget:
    """Wrap a layout in a widget; its sizes are px at a text size of 100 %."""
    made = QWidget()
    made.setLayout(layout)
    if width:
        fix_width(made, width)
    if height:
        fix_height(made, height)
    return made


def add_rest(widget: QWidget) -> None:
    """Let the end of a widget's layout take all the room that is left."""
    layout = widget.layout()
    if isinstance(layout, QBoxLayout):
        layout.addStretch(1)
