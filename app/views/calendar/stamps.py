"""Keeps the pictures of sessions, so that a frame is put together, not painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.views import theme, typography
from app.views.calendar import painting
from app.views.calendar.blocks import Block
from app.views.calendar.geometry import Box
from app.views.calendar.scene import Placed

MOST = 3000  # pictures; beyond so many all are let go
Write = Callable[[QPainter, Block, QRectF, float | None], None]
_Looks = tuple[object, float, float]
_Kept = tuple[Block, float, float, QPixmap]


class Stamps:
    """The picture of each session as it was painted last, by number and column."""

    def __init__(self, write: Write = painting.words) -> None:
        """Keep pictures on which ``write`` puts the words."""
        self._write = write
        self._kept: dict[tuple[int, int], _Kept] = {}
        self._looks: _Looks | None = None

    def put(self, painter: QPainter, one: Placed, box: Box) -> None:
        """Put a session's picture in its place, on whole pixels of the device."""
        ratio = painter.device().devicePixelRatioF()
        looks = (theme.current.scheme, typography.scale.factor, ratio)
        if looks != self._looks or len(self._kept) > MOST:
            self._kept.clear()
            self._looks = looks
        picture = self._picture(one, box, ratio)
        x, y = round(box.x * ratio) / ratio, round(box.y * ratio) / ratio
        painter.drawPixmap(QPointF(x, y), picture)

    def _picture(self, one: Placed, box: Box, ratio: float) -> QPixmap:
        key = (one.block.session_id, one.column)
        known = self._kept.get(key)
        if known is not None:
            block, width, height, picture = known
            is_same = block is one.block or block == one.block
            if is_same and (width, height) == (box.width, box.height):
                return picture
        picture = self._painted(one.block, box, ratio)
        self._kept[key] = (one.block, box.width, box.height, picture)
        return picture

    def _painted(self, block: Block, box: Box, ratio: float) -> QPixmap:
        width, height = box.width, box.height
        picture = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            whole = QRectF(0, 0, width, height)
            painting.fill(painter, block, whole)
            self._write(painter, block, whole, None)
        return picture
