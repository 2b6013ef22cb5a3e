"""The headings of a table: aligned like their column, with the sort arrow and menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from app.text import _
from app.views import icons, paint, theme, typography
from app.views.tables.arranging import SortKey
from app.views.tables.columns import CHECK, Column
from app.views.tables.delegate import PAD, draw_box
from app.views.tables.model import RowsModel
from app.views.widgets.keys import WAYS

HEIGHT = 34
ARROW = 14


class TableHeader(QHeaderView):
    """Headings that sort when they are clicked and move when they are dragged."""

    def __init__(
        self,
        view: QTableView,
        model: RowsModel[Any],
        frozen: Callable[[], Sequence[tuple[int, int]]],
        has_all_ticked: Callable[[], bool],
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._rows_model, self._frozen = model, frozen
        self._has_all_ticked = has_all_ticked
        self.setAccessibleName(_("Headings"))
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in WAYS:
            event.ignore()  # the window goes back or forward
        else:
            super().mousePressEvent(event)

    def paintSection(  # noqa: N802  Qt's own name
        self, painter: QPainter, rect: QRect, section: int
    ) -> None:
        model = self._rows_model
        column = model.columns[section]
        box = QRectF(rect)
        painter.fillRect(box, theme.color("surface"))
        line = QRectF(box.left(), box.bottom() - 1, box.width(), 1)
        painter.fillRect(line, theme.color("border2"))
        if column.kind == CHECK:
            draw_box(painter, box.adjusted(0, 0, 0, -1), checked=self._has_all_ticked())
            return
        place = next(
            (n for n, key in enumerate(model.sorting) if key.column == column.key), -1
        )
        key = model.sorting[place] if place >= 0 else None
        second = place > 0
        self._title(painter, box.adjusted(PAD, 0, -PAD, -1), column, key, second=second)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            for section, left in self._frozen():
                rect = QRect(left, 0, self.sectionSize(section), self.height())
                self.paintSection(painter, rect, section)

    @staticmethod
    def _title(
        painter: QPainter,
        box: QRectF,
        column: Column[Any],
        key: SortKey | None,
        *,
        second: bool,
    ) -> None:
        role = "small-strong" if key else "small-medium"
        font: QFont = typography.font(role)
        tint = theme.color("text" if key else "text2")
        room = box.width() - (ARROW + 4 if key else 0)
        width = min(paint.width_of(column.title, font) + 1, room)
        x = box.right() - width if column.is_right else box.left()
        spot = QRectF(x, box.top(), width, box.height())
        paint.write(painter, spot, column.title, font, tint)
        if key is None:
            return
        name = "arrow-down" if key.is_descending else "arrow-up"
        left = x - ARROW - 4 if column.is_right else x + width + 4
        top = box.center().y() - ARROW / 2
        arrow = theme.color("text2" if second else "accent")
        icons.draw(painter, name, left, top, ARROW, arrow, 2.25)
