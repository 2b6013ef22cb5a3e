"""Paints the cells of a table: text, figures, status words, initials, check boxes."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from app.views import paint, theme, typography
from app.views.formats import initials
from app.views.tables.columns import CHECK, Column
from app.views.tables.model import Index, RowsModel

PAD = 12
BOX = 18
DISC = 24
RING = 2
_TONES = frozenset(("text2", "text3", "accent", *theme.TONES))


def cell_font(kind: str) -> QFont:
    """Give the font of a kind of column; figures and dates are tabular."""
    role = {"strong": "medium", "avatar": "medium"}.get(kind, "body")
    tabular = kind in {"money", "hours", "number", "date"}
    return typography.font(role, tabular=tabular)


def box_of(cell: QRectF) -> QRectF:
    """Give the place of a check box in its cell."""
    side = typography.scaled(BOX)
    left, top = cell.left() + 16, cell.center().y() - side / 2
    return QRectF(round(left), round(top), side, side)


class CellDelegate(QStyledItemDelegate):
    """Paints every kind of cell of one table."""

    def __init__(self, view: QTableView, model: RowsModel[Any]) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self.hovered = -1
        self.is_ticking = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect = QRectF(option.rect)
        row = self._model.row(index)
        if row is None:
            return
        column = self._model.columns[index.column()]
        selection = self._view.selectionModel()
        is_selected = selection.isRowSelected(index.row(), QModelIndex())
        is_current = self._view.currentIndex().row() == index.row()
        painter.save()
        painter.fillRect(rect, self._ground(index.row(), selected=is_selected))
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.color("grid"))
        self._content(painter, rect, column, row, selected=is_selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if is_current:
            self._mark(painter, rect, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        column = self._model.columns[index.column()]
        row = self._model.row(index)
        height = self._view.verticalHeader().defaultSectionSize()
        if row is None or column.kind == CHECK:
            return QSize(44, height)
        return QSize(round(self._width(column, row)) + 2 * PAD + 1, height)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        row = self._model.row(index)
        if event.type() != QEvent.Type.ToolTip or row is None:
            return super().helpEvent(event, view, option, index)
        column = self._model.columns[index.column()]
        room = self._view.columnWidth(index.column()) - 2 * PAD
        is_cut = column.kind != CHECK and self._width(column, row) > room
        QToolTip.showText(event.globalPos(), column.text(row) if is_cut else "", view)
        return True

    def _width(self, column: Column[Any], row: object) -> float:
        text = column.text(row)
        if column.kind == "pill":
            return paint.pill_width(text)
        disc = typography.scaled(DISC) + 8 if column.kind == "avatar" else 0
        return paint.width_of(text, cell_font(column.kind)) + disc

    def _ground(self, row: int, *, selected: bool) -> QColor:
        if selected:
            return theme.color("sel")
        return theme.color("hover" if row == self.hovered else "surface")

    def _mark(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        """Mark the current row: a bar at its left, a ring while keys go there."""
        tint = theme.color("accent")
        header = self._view.horizontalHeader()
        place = header.visualIndex(index.column())
        if place == 0:
            bar = QRectF(rect.left(), rect.top(), 3, rect.height() - 1)
            painter.fillRect(bar, tint)
        if not self._view.hasFocus():
            return
        top = QRectF(rect.left(), rect.top(), rect.width(), RING)
        bottom = QRectF(rect.left(), rect.bottom() - RING, rect.width(), RING)
        painter.fillRect(top, tint)
        painter.fillRect(bottom, tint)
        column = self._model.columns[index.column()]
        here = index.column() == self._view.currentIndex().column()
        if here and column.kind != CHECK:
            for left in (rect.left(), rect.right() - RING):
                side = QRectF(left, rect.top(), RING, rect.height())
                painter.fillRect(side, tint)

    def _content(
        self,
        painter: QPainter,
        rect: QRectF,
        column: Column[Any],
        row: object,
        *,
        selected: bool,
    ) -> None:
        box = rect.adjusted(PAD, 0, -PAD, -1)
        if column.kind == CHECK:
            draw_box(painter, rect.adjusted(0, 0, 0, -1), checked=selected)
            return
        text = column.text(row)
        if not text:
            return
        tone = column.tone(row) if column.tone else ""
        if column.kind == "pill":
            _pill(painter, box, text, tone or "neutral")
        elif column.kind == "avatar":
            letters = column.initials(row) if column.initials else initials(text)
            side = typography.scaled(DISC)
            top = round(box.center().y() - side / 2)
            spot = QRectF(round(box.left()), top, side, side)
            paint.disc(painter, spot, letters, tone or "slate")
            box.adjust(side + 8, 0, 0, 0)
            font = cell_font("avatar")
            paint.write(painter, box, text, font, theme.color("text"))
        else:
            _write(painter, box, column, text, tone or self._tone(column, row))

    @staticmethod
    def _tone(column: Column[Any], row: object) -> str:
        """Soften what is secondary, and amounts of nothing."""
        if column.kind == "muted":
            return "text2"
        if column.kind in {"money", "hours"} and column.order(row) == 0:
            return "text2"
        return "text"


def draw_box(painter: QPainter, cell: QRectF, *, checked: bool) -> None:
    """Paint a check box in its cell."""
    box = box_of(cell)
    paint.check_box(
        painter,
        box.left(),
        box.top(),
        theme.color("accent"),
        theme.color("control"),
        theme.color("on_accent"),
        typography.scaled(BOX),
        checked=checked,
    )


def _write(
    painter: QPainter, box: QRectF, column: Column[Any], text: str, tone: str
) -> None:
    align = (
        Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
    )
    tint = theme.color(tone if tone in _TONES else "text")
    paint.write(painter, box, text, cell_font(column.kind), tint, align)


def _pill(painter: QPainter, box: QRectF, text: str, tone: str) -> None:
    height = typography.scaled(20)
    width = min(paint.pill_width(text), box.width())
    top = round(box.center().y() - height / 2)
    paint.pill(
        painter, QRectF(round(box.left()), top, round(width), height), text, tone
    )
