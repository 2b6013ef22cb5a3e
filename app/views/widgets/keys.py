"""Shortcuts painted as keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.views import paint, theme, typography

HEIGHT = 18


def key_width(keys: str) -> int:
    """Give the width of a painted key."""
    font = typography.font("caption")
    return max(20, round(paint.width_of(keys, font)) + 12)


def key_cap(painter: QPainter, rect: QRectF, keys: str) -> None:
    """Paint a shortcut in a small box."""
    paint.rounded(painter, rect, 4, theme.color("surface"), theme.color("border2"))
    font, center = typography.font("caption"), Qt.AlignmentFlag.AlignHCenter
    paint.write(painter, rect, keys, font, theme.color("text3"), center, elide=False)


WAYS = frozenset({Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton})
"""Buttons of the mouse that lead back and forward; lists leave them to the window."""
