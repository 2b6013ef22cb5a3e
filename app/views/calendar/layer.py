"""What of the time grid stands still, painted once into a pixmap."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from app.text import _
from app.views import theme
from app.views.calendar import cell_painting, painting, surface
from app.views.calendar.cells import CellGrid
from app.views.calendar.geometry import Box, Grid
from app.views.calendar.painting import rect_of
from app.views.calendar.scene import Placed, Scene
from app.views.formats import Formats


class StaticLayer:
    """Keeps the picture of a scene until its place or the scene is another."""

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._key: tuple[object, ...] = ()

    def forget(self) -> None:
        """Paint anew the next time."""
        self._pixmap = None

    def pixmap(
        self, ratio: float, scene: Scene, grid: Grid, formats: Formats
    ) -> QPixmap:
        """Give the picture, sharp for a screen's pixel ratio."""
        key = (ratio, grid, id(scene))
        if self._pixmap is None or key != self._key:
            self._key = key
            width, height = round(grid.width * ratio), round(grid.height * ratio)
            self._pixmap = QPixmap(max(1, width), max(1, height))
            self._pixmap.setDevicePixelRatio(ratio)
            self._pixmap.fill(theme.color("surface"))
            painter = QPainter(self._pixmap)
            if isinstance(grid, CellGrid):
                cell_painting.cells(painter, scene, grid)
            else:
                _paint(painter, scene, grid, formats)
            painter.end()
        return self._pixmap


def _paint(painter: QPainter, scene: Scene, grid: Grid, formats: Formats) -> None:
    body = QRectF(0, grid.top, grid.width, grid.height - grid.top)
    painter.setClipRect(body)
    surface.hours(painter, scene, grid)
    shown = [(one, one.box(grid)) for one in scene.placed]
    shown = [(one, box) for one, box in shown if _is_seen(box, grid)]
    if scene.show_attached:
        for one, _box in shown:
            _attached(painter, one, grid)
    for one, box in shown:
        painting.fill(painter, one.block, rect_of(box))
    surface.counts(painter, scene, grid)
    surface.now_line(painter, scene, grid)
    for one, box in shown:
        painting.words(painter, one.block, rect_of(box), _now_y(one, scene, grid))
    surface.hour_labels(painter, scene, grid, formats)
    surface.now_tag(painter, scene, grid, formats)
    surface.empty_words(painter, scene, grid)
    painter.setClipping(False)
    surface.heads(painter, scene, grid)


def _is_seen(box: Box, grid: Grid) -> bool:
    reach = 3 * grid.hour  # what is attached may reach further than the session
    is_beside = box.right < grid.gutter or box.x > grid.width
    return (
        not is_beside and grid.top - reach < box.bottom and box.y < grid.height + reach
    )


def _now_y(one: Placed, scene: Scene, grid: Grid) -> float | None:
    if scene.now is None or not scene.heads[one.column].is_today:
        return None
    return grid.y(scene.now)


def _attached(painter: QPainter, one: Placed, grid: Grid) -> None:
    """Paint the way before a session and the buffers around it."""
    block = one.block
    if block.card.status.is_cancelled:
        return
    mark = block.mark
    before, text = mark.before, _("Buffer {minutes} min")
    if mark.travel >= mark.before:
        before, text = mark.travel, _("Travel {minutes} min")
    if before:
        words = text.format(minutes=before)
        _stretch(painter, one, grid, (block.start - before, block.start), words)
    if mark.after:
        words = _("Buffer {minutes} min").format(minutes=mark.after)
        _stretch(painter, one, grid, (block.end, block.end + mark.after), words)


def _stretch(
    painter: QPainter, one: Placed, grid: Grid, span: tuple[int, int], words: str
) -> None:
    whole = grid.block(one.column, one.block.start, one.block.end, one.slot)
    top, bottom = round(grid.y(span[0])) + 1, round(grid.y(span[1])) - 1
    rect = QRectF(whole.x, top, whole.width, max(4, bottom - top))
    painting.attached(painter, one.block, rect, words)
