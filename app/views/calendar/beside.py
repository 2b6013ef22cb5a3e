"""Where a question stands: beside what it is about, over the grid."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect

from app.views.calendar.geometry import Grid
from app.views.calendar.gestures import Ghost
from app.views.calendar.ghosts import ghost_box
from app.views.calendar.painting import rect_of
from app.views.calendar.turning import Sheet

QUESTION = 368  # pixels that a question takes


def beside_ghost(sheet: Sheet, ghost: Ghost) -> QPoint:
    """Give a place beside a ghost, on what questions are laid over."""
    grid = sheet.canvas.grid()
    return _beside(sheet, grid, ghost_box(ghost, grid).toRect())


def beside_session(sheet: Sheet, session_id: int) -> QPoint:
    """Give a place beside a session, on what questions are laid over."""
    grid = sheet.canvas.grid()
    found = sheet.canvas.scene.find(session_id)
    if found is None:
        return QPoint(80, 80)
    return _beside(sheet, grid, rect_of(found.box(grid)).toRect())


def _beside(sheet: Sheet, grid: Grid, box: QRect) -> QPoint:
    """Find room for a question right of a box, else left of it."""
    x = box.right() + 12
    if x + QUESTION > grid.width:
        x = max(0, box.left() - QUESTION - 12)
    y = max(round(grid.top), min(box.top(), round(grid.height) - 280))
    return sheet.canvas.viewport().mapTo(sheet.body(), QPoint(x, y))
