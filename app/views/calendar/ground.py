"""The scrolled ground of the time grid: zoom, scroll, and what is where."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.text import _
from app.views import typography
from app.views.calendar import geometry
from app.views.calendar.cells import cell_grid
from app.views.calendar.geometry import Grid
from app.views.calendar.scene import Count, Placed, Scene


class Ground(QAbstractScrollArea):
    """A time grid that can be zoomed and scrolled, and asked what lies where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self._hour = float(geometry.USUAL_ZOOM)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 240)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(26)
        self.verticalScrollBar().setAccessibleName(_("Time of day"))
        self.horizontalScrollBar().setAccessibleName(_("Columns"))

    def grid(self) -> Grid:
        """Give the geometry of the present size, zoom and scroll."""
        scaled = typography.scaled
        view = self.viewport()
        if self.scene.table is not None:
            bars = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
            size = view.width(), view.height()
            return cell_grid(self.scene.table, size, bars, typography.scale.factor)
        narrowest = scaled(120) if self.scene.is_by_tutor else 0
        return Grid(
            view.width(),
            view.height(),
            max(1, len(self.scene.heads)),
            self._hour * typography.scale.factor,
            self.horizontalScrollBar().value(),
            self.verticalScrollBar().value(),
            scaled(geometry.GUTTER),
            scaled(geometry.HEAD),
            scaled(geometry.ALL_DAY) * self.scene.bar_rows,
            narrowest,
        )

    @property
    def hour(self) -> float:
        """Pixels of an hour."""
        return self._hour

    def zoom(self, steps: int, y: float | None = None) -> None:
        """Zoom in or out around a pixel; 0 steps is the usual zoom."""
        wanted = geometry.zoomed(self._hour, steps) if steps else geometry.USUAL_ZOOM
        self._set_hour(wanted, y)

    def fit_day(self, start: int, end: int) -> None:
        """Show a stretch of the day without scrolling."""
        factor = typography.scale.factor
        self._set_hour(geometry.fitting(self.grid(), start, end) / factor, None)
        self.scroll_to(start)

    def _set_hour(self, hour: float, y: float | None) -> None:
        if self.scene.table is not None:
            return
        grid = self.grid()
        anchor = y if y is not None else (grid.top + grid.height) / 2
        self._hour = hour
        self.fit_bars()
        scroll = geometry.anchored(grid, hour * typography.scale.factor, anchor)
        self.verticalScrollBar().setValue(round(scroll))
        self.repaint_all()

    def scroll_to(self, minute: int) -> None:
        """Show a time of day at the top."""
        self.verticalScrollBar().setValue(round(self.grid().scroll_to(minute)))

    def scroll_into_view(self, placed: Placed) -> None:
        """Scroll as little as needed to show a session."""
        grid, bar = self.grid(), self.verticalScrollBar()
        box = placed.box(grid)
        if box.y < grid.top:
            bar.setValue(bar.value() + round(box.y - grid.top) - 8)
        elif box.bottom > grid.height:
            way = min(box.bottom - grid.height + 8, box.y - grid.top - 8)
            bar.setValue(bar.value() + round(way))
        across = self.horizontalScrollBar()
        if box.x < grid.gutter:
            across.setValue(across.value() + round(box.x - grid.gutter) - 8)
        elif box.right > grid.width:
            across.setValue(across.value() + round(box.right - grid.width) + 8)

    def fit_bars(self) -> None:
        """Fit the scroll bars to size and zoom."""
        grid = self.grid()
        bar = self.verticalScrollBar()
        bar.setRange(0, round(grid.most_scroll_y))
        bar.setPageStep(round(max(1.0, grid.height - grid.top)))
        across = self.horizontalScrollBar()
        across.setRange(0, round(grid.most_scroll_x))
        across.setPageStep(round(max(1.0, grid.width - grid.gutter)))

    def placed_at(self, point: QPointF) -> Placed | None:
        """Give the session under a point."""
        grid = self.grid()
        if point.y() < grid.top or point.x() < grid.gutter:
            return None
        here = (point.x(), point.y())
        return next(
            (one for one in self.scene.placed if one.box(grid).holds(*here)), None
        )

    def count_at(self, point: QPointF) -> Count | None:
        """Give the count under a point."""
        grid = self.grid()
        if point.y() < grid.top:
            return None
        here = (point.x(), point.y())
        return next(
            (one for one in self.scene.counts if one.box(grid).holds(*here)), None
        )

    def in_time_order(self) -> list[int]:
        """List the drawn sessions by column and time."""
        order = sorted(self.scene.placed, key=lambda one: (one.column, one.block.start))
        return list(dict.fromkeys(one.block.session_id for one in order))

    def scroll_by(self, across: float, down: float) -> None:
        """Scroll by so many pixels."""
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        bars[0].setValue(bars[0].value() + round(across))
        bars[1].setValue(bars[1].value() + round(down))

    def to_screen(self, point: QPointF) -> QPoint:
        """Give a point of the grid on the screen."""
        return self.viewport().mapToGlobal(point.toPoint())

    def repaint_top(self) -> None:
        """Paint anew what lies over the standing picture."""
        self.viewport().update()

    def repaint_all(self) -> None:
        """Paint also what stands still."""
        self.viewport().update()
