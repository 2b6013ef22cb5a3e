"""Sizes that hold text, and grow with it when the person chooses another text size."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from app.views import theme, typography

_HEIGHT, _WIDTH, _LEAST = "fixedHeightPx", "fixedWidthPx", "leastHeightPx"


def fix_height(widget: QWidget, px: int) -> None:
    """Give a widget a height in px at a text size of 100 %."""
    widget.setProperty(_HEIGHT, px)
    widget.setFixedHeight(typography.scaled(px))


def fix_width(widget: QWidget, px: int) -> None:
    """Give a widget a width in px at a text size of 100 %."""
    widget.setProperty(_WIDTH, px)
    widget.setFixedWidth(typography.scaled(px))


def least_height(widget: QWidget, px: int) -> None:
    """Give a widget at least a height in px at a text size of 100 %."""
    widget.setProperty(_LEAST, px)
    widget.setMinimumHeight(typography.scaled(px))


def never_squeeze(widget: QWidget) -> None:
    """Keep a widget that is scrolled as high as it wants to be."""
    policy = widget.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    widget.setSizePolicy(policy)


class _Sizes(QObject):
    """Applies the sizes again when the text size is another one."""

    def __init__(self) -> None:
        super().__init__()
        self._factor = typography.scale.factor
        theme.current.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        if typography.scale.factor == self._factor:
            return
        self._factor = typography.scale.factor
        for widget in QApplication.allWidgets():
            for name, apply in (
                (_HEIGHT, widget.setFixedHeight),
                (_WIDTH, widget.setFixedWidth),
                (_LEAST, widget.setMinimumHeight),
            ):
                px = widget.property(name)
                if px:
                    apply(typography.scaled(px))
            widget.updateGeometry()


_sizes = _Sizes()
