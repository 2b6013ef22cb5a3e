"""Keys as they stand on the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.views import paint
from app.views.typography import font
from app.views.widgets.rows import key_cap


def paint_keys(painter: QPainter, right: float, height: float, keys: str) -> float:
    """Paint a shortcut such as ``Ctrl+K`` ending at ``right``; give where it begins."""
    for key in reversed(keys.replace("++", "+Plus").split("+")):
        width = max(20.0, paint.width_of(key, font("caption")) + 10)
        right -= width
        cap = QRectF(right, (height - 18) / 2, width, 18)
        key_cap(painter, cap, key)
        right -= 4
    return right
