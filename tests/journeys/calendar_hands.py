"""Hands at the calendar: sessions are found by what they show, and dragged."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from app.views.calendar.canvas import TimeCanvas
from app.views.calendar.scene import Placed
from tests.journeys.desk import LEFT, NO_KEYS, Desk

MOVES = 6  # of the mouse in a drag
EDGE = 40  # px kept free of the borders, where a drag would scroll


def canvas_of(desk: Desk) -> TimeCanvas:
    """Give the calendar's grid, once it is drawn."""
    desk.until(lambda: bool(desk.window.findChildren(TimeCanvas)), "the calendar")
    [canvas] = desk.window.findChildren(TimeCanvas)
    return canvas


def spot(canvas: TimeCanvas, column: int, minute: int) -> QPoint:
    """Give the pixel of a time in a column, scrolled into sight."""
    bar, grid = canvas.verticalScrollBar(), canvas.grid()
    over = grid.top + EDGE - grid.y(minute)
    under = grid.y(minute) + EDGE - canvas.viewport().height()
    if over > 0 or under > 0:
        bar.setValue(bar.value() + round(under if under > 0 else -over))
        grid = canvas.grid()
    x = grid.x(column) + grid.column_width / 2
    point = QPoint(round(x), round(grid.y(minute)) + 2)
    inside = canvas.viewport().rect()
    assert inside.contains(point), f"{minute // 60}:00 of column {column} not in sight"
    assert point.y() > grid.top
    return point


def drag(canvas: TimeCanvas, start: QPoint, end: QPoint) -> None:
    """Press, draw and let go, as a mouse does."""
    port = canvas.viewport()
    QTest.mousePress(port, LEFT, NO_KEYS, start)
    for step in range(1, MOVES + 1):
        QTest.mouseMove(port, start + (end - start) * step / MOVES)
    QTest.mouseRelease(port, LEFT, NO_KEYS, end)


def draw(desk: Desk, column: int, start: int, end: int) -> None:
    """Draw a block from one minute of a day to another."""
    canvas = canvas_of(desk)
    spot(canvas, column, end)  # scrolls, so that both are in sight
    drag(canvas, spot(canvas, column, start), spot(canvas, column, end) - QPoint(0, 6))


def placed(desk: Desk, name: str) -> Placed:
    """Give a session that is drawn by the name on it, the first one of the week."""
    canvas = canvas_of(desk)

    def found() -> list[Placed]:
        ordered = sorted(
            canvas.scene.placed, key=lambda one: (one.column, one.block.start)
        )
        return [one for one in ordered if name in one.block.titles[0]]

    desk.until(lambda: bool(found()), f"a session of {name} in the calendar")
    return found()[0]


def carry(desk: Desk, name: str, column: int, minute: int) -> None:
    """Drag a session to another time."""
    canvas = canvas_of(desk)
    one = placed(desk, name)
    spot(canvas, column, minute)  # scrolls, so that both are in sight
    grip = spot(canvas, one.column, one.block.start + 20)
    drag(canvas, grip, spot(canvas, column, minute + 20))


def choose(desk: Desk, name: str) -> None:
    """Click on a session."""
    canvas = canvas_of(desk)
    one = placed(desk, name)
    middle = (one.block.start + one.block.end) // 2
    point = spot(canvas, one.column, middle)
    QTest.mouseClick(canvas.viewport(), LEFT, NO_KEYS, point)
    desk.rest()
