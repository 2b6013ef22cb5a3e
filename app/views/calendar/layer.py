"""What of the time grid stands still, painted once into a pixmap."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from app.text import _
from app.views import theme
from app.views.calendar import cell_painting, painting, surface
from app.views.calendar.cells import CellGrid
from app.views.calendar.geometry import Box, Grid, whole
from app.views.calendar.painting import rect_of
from app.views.calendar.scene import Placed, Scene
from app.views.calendar.stamps import Stamps
from app.views.formats import Formats

_Shown = tuple[float, Scene, Grid]


class StaticLayer:
    """Keeps the picture of a scene until its place or the scene is another.

    When a day is only scrolled, what is still in sight is moved and the rest painted.
    """

    def __init__(self) -> None:
        self._pixmap: QPixmap | None = None
        self._shown: _Shown | None = None
        self._stamps = Stamps()
        self._chips = Stamps(cell_painting.one_line)

    def forget(self) -> None:
        """Paint anew the next time."""
        self._pixmap = None

    def pixmap(
        self, ratio: float, scene: Scene, grid: Grid, formats: Formats
    ) -> QPixmap:
        """Give the picture, sharp for a screen's pixel ratio."""
        former, self._shown = self._shown, (ratio, scene, grid)
        if self._pixmap is None or former is None:
            return self._whole(formats)
        if former[0] != ratio or former[1] is not scene:
            return self._whole(formats)
        if former[2] == grid:
            return self._pixmap
        way = (former[2].scroll_y - grid.scroll_y) * ratio
        if not _is_scrolled(former[2], grid, scene, way):
            return self._whole(formats)
        return self._moved(self._pixmap, round(way), formats)

    def _whole(self, formats: Formats) -> QPixmap:
        """Paint everything."""
        if self._shown is None:
            return QPixmap()
        ratio, scene, grid = self._shown
        width, height = round(grid.width * ratio), round(grid.height * ratio)
        self._pixmap = QPixmap(max(1, width), max(1, height))
        self._pixmap.setDevicePixelRatio(ratio)
        with QPainter(self._pixmap) as painter:
            if isinstance(grid, CellGrid):
                painter.fillRect(0, 0, width, height, theme.color("surface"))
                chips = self._chips if grid.has_numbers else self._stamps
                cell_painting.cells(painter, scene, grid, chips)
            else:
                top, bottom = grid.top, grid.height
                self._body(
                    painter, scene, grid, QRectF(0, top, grid.width, bottom - top)
                )
                _edges(painter, scene, grid, formats)
                painter.setClipping(False)
                surface.heads(painter, scene, grid)
        return self._pixmap

    def _moved(self, pixmap: QPixmap, way: int, formats: Formats) -> QPixmap:
        """Move the body by so many pixels of the device, and paint the strip."""
        if self._shown is None:
            return pixmap
        ratio, scene, grid = self._shown
        top = ceil(grid.top * ratio)
        room = pixmap.height() - top
        if abs(way) >= room:
            return self._whole(formats)
        pixmap.scroll(0, way, QRect(0, top, pixmap.width(), room))
        first = top if way > 0 else top + room + way
        strip = QRectF(0, first / ratio - 1, grid.width, abs(way) / ratio + 2)
        with QPainter(pixmap) as painter:
            self._body(painter, scene, grid, strip)
            _edges(painter, scene, grid, formats)
        return pixmap

    def _body(self, painter: QPainter, scene: Scene, grid: Grid, part: QRectF) -> None:
        """Paint a part of the hours and what lies on them."""
        room = QRectF(0, grid.top, grid.width, grid.height - grid.top)
        painter.setClipRect(part.intersected(room))
        painter.fillRect(room, theme.color("surface"))
        surface.hours(painter, scene, grid)
        shown = [(one, one.box(grid)) for one in scene.placed]
        shown = [(one, box) for one, box in shown if _is_seen(box, grid, part)]
        if scene.show_attached:
            for one, _box in shown:
                _attached(painter, one, grid)
        crossed = [
            (one, box)
            for one, box in shown
            if (y := _now_y(one, scene, grid)) is not None
            and box.y - 2 < y < box.bottom + 2
        ]
        numbers = {id(one) for one, _box in crossed}
        for one, box in shown:
            if id(one) not in numbers:
                self._stamps.put(painter, one, box)
        for one, box in crossed:
            painting.fill(painter, one.block, rect_of(box))
        surface.counts(painter, scene, grid)
        surface.now_line(painter, scene, grid)
        for one, box in crossed:
            painting.words(painter, one.block, rect_of(box), _now_y(one, scene, grid))


def _edges(painter: QPainter, scene: Scene, grid: Grid, formats: Formats) -> None:
    """Paint the hours at the side, and what is said where there is nothing."""
    painter.setClipRect(QRectF(0, grid.top, grid.width, grid.height - grid.top))
    surface.hour_labels(painter, scene, grid, formats)
    surface.now_tag(painter, scene, grid, formats)
    surface.empty_words(painter, scene, grid)


def _is_scrolled(former: Grid, grid: Grid, scene: Scene, way: float) -> bool:
    """Say whether nothing but the hours moved, by whole pixels, and may be moved."""
    if isinstance(grid, CellGrid) or scene.empty or way != round(way):
        return False
    if any(head.away for head in scene.heads):
        return False  # the name of a leave stays in sight
    return replace(former, scroll_y=grid.scroll_y) == grid


def _is_seen(box: Box, grid: Grid, part: QRectF) -> bool:
    reach = 3 * grid.hour  # what is attached may reach further than the session
    is_beside = box.right < grid.gutter or box.x > grid.width
    is_apart = box.bottom <= part.top() - reach or box.y >= part.bottom() + reach
    return not is_beside and not is_apart


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
    box = grid.block(one.column, one.block.start, one.block.end, one.slot)
    top, bottom = whole(grid.y(span[0])) + 1, whole(grid.y(span[1])) - 1
    rect = QRectF(box.x, top, box.width, max(4, bottom - top))
    painting.attached(painter, one.block, rect, words)
