"""The mouse on the time grid: presses and drags become ghosts, choices, intents."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from app.views import paint, theme
from app.views.calendar.choosing import Band, stretched, toggled
from app.views.calendar.geometry import DAY, Grid, wall
from app.views.calendar.gestures import (
    Ghost,
    Keys,
    Kind,
    Part,
    Press,
    follow,
    part_at,
    scroll_step,
)
from app.views.calendar.ghosts import GhostWords
from app.views.calendar.scene import Count, Placed, Scene, Verdict
from app.views.formats import Formats

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
SCROLL_EVERY = 16


class Board(Protocol):
    """What hands need to know of the canvas they work on."""

    scene: Scene
    formats: Formats
    step: int
    usual_minutes: int
    is_read_only: bool
    selected: tuple[int, ...]
    verdict: Verdict | None

    def grid(self) -> Grid:
        """Give the geometry of the present size, zoom and scroll."""

    def placed_at(self, point: QPointF) -> Placed | None:
        """Give the session under a point."""

    def count_at(self, point: QPointF) -> Count | None:
        """Give the count under a point."""

    def select(self, *session_ids: int) -> None:
        """Select sessions and scroll to the first."""

    def in_time_order(self) -> list[int]:
        """List the drawn sessions by column and time."""

    def scroll_by(self, across: float, down: float) -> None:
        """Scroll by so many pixels."""

    def repaint_top(self) -> None:
        """Paint anew what lies over the standing picture."""

    def to_screen(self, point: QPointF) -> QPoint:
        """Give a point of the grid on the screen."""


class Hands(QObject):
    """Follows the mouse over a canvas, and keeps the ghost that is under way.

    Signals:
        opened: A session was asked to be opened; carries its number.
        drawn: A new session was drawn; carries its ghost.
        under_way: The ghost came to another place, or is gone (None).
        dropped: The ghost was let go at its place.
        listed: Sessions that are only counted are asked for; blocks and a point.
        head_picked: The head of a column was pressed; carries its number.
        rested: Nothing is pressed or under way any more.
    """

    opened = Signal(object)
    drawn = Signal(object)
    under_way = Signal(object)
    dropped = Signal(object)
    listed = Signal(object, object)
    head_picked = Signal(object)
    rested = Signal()

    def __init__(self, board: Board, parent: QObject) -> None:
        super().__init__(parent)
        self._board = board
        self.ghost: Ghost | None = None
        self.cursor: tuple[int, int] | None = None  # column and minute
        self.forms: tuple[str, ...] = ()  # names of what comes from elsewhere
        self.is_held = False  # dropped, and being saved
        self.band: Band | None = None  # drawn to choose what it touches
        self._press: Press | None = None
        self._is_lone = False  # a click without a drag chooses only what is under it
        self._from = QPointF()
        self._last: tuple[QPointF, Keys] = (QPointF(), Keys())
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(SCROLL_EVERY)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_busy(self) -> bool:
        """Say whether the grid must stay where it is, under the hand."""
        pressed = self._press is not None or self.band is not None
        return pressed or self.ghost is not None

    # -- mouse -------------------------------------------------------------------------

    def press(self, event: QMouseEvent) -> None:
        """Choose what is pressed and be ready to drag it."""
        board, point = self._board, event.position()
        grid = board.grid()
        if event.button() is not Qt.MouseButton.LeftButton or self.is_held:
            return
        if not board.scene.heads:
            return  # nothing was read yet
        if self.ghost is not None:
            self.cancel()
        if (head := grid.head_at(point.x(), point.y())) is not None:
            self.head_picked.emit(head)
            return
        if point.y() < grid.top:
            return
        if (count := board.count_at(point)) is not None:
            where = board.to_screen(point)
            self.listed.emit(count.blocks, where)
            return
        found = board.placed_at(point)
        if found is None and event.modifiers() & _SHIFT:
            self.band = Band(point.x(), point.y(), board.selected)
            return
        self._from = point
        self._press = self._pressed(found, point, grid)
        self._choose(found, event.modifiers())
        if found is None:
            minute = int(self._press.minute // board.step) * board.step
            self.cursor = (self._press.column, min(minute, DAY - board.step))
        board.repaint_top()

    def _pressed(self, found: Placed | None, point: QPointF, grid: Grid) -> Press:
        column, minute = grid.spot(point.x(), point.y())
        if found is None:
            return Press(0, Part.BODY, column, minute)
        block, part = found.block, self.part_of(found, point)
        return Press(
            block.session_id, part, found.column, minute, block.start, block.end
        )

    def _choose(self, found: Placed | None, modifiers: Qt.KeyboardModifier) -> None:
        board = self._board
        if found is None:
            board.select()
            return
        number = found.block.session_id
        self._is_lone = not modifiers & (_CTRL | _SHIFT)
        if modifiers & _CTRL:
            board.select(*toggled(board.selected, number))
        elif modifiers & _SHIFT:
            order = board.in_time_order()
            board.select(*stretched(board.selected, number, order))
        elif number not in board.selected:
            board.select(number)

    def part_of(self, found: Placed, point: QPointF) -> Part:
        """Tell the edges of a session from its body."""
        grid = self._board.grid()
        return Part.BODY if grid.keeps_time else part_at(found.box(grid), point.y())

    def move(self, event: QMouseEvent) -> None:
        """Drag what was pressed, or a band over what is to be chosen."""
        if self.band is not None:
            self._stretch(event.position())
            return
        if self._press is None or self._board.is_read_only:
            return
        if self._board.grid().keeps_time and not self._press.session_id:
            return  # nothing is drawn in a cell
        way = event.position() - self._from
        if self.ghost is None and way.manhattanLength() < self._press.threshold:
            return
        self._last = (event.position(), _keys(event.modifiers()))
        self._follow()
        if not self._scrolling.isActive():
            self._scrolling.start()

    def _stretch(self, point: QPointF) -> None:
        board, band = self._board, self.band
        if band is not None:
            where = (point.x(), point.y())
            board.select(*band.reach(*where, board.scene.placed, board.grid()))
            board.repaint_top()

    def _follow(self) -> None:
        if self._press is None:
            return
        point, keys = self._last
        grid = self._board.grid()
        column, minute = grid.spot(point.x(), point.y())
        keys = replace(keys, keeps_time=True) if grid.keeps_time else keys
        self.put(follow(self._press, column, minute, self._board.step, keys))

    def _scroll(self) -> None:
        """Scroll while the pointer is at the border of the grid."""
        grid, point = self._board.grid(), self._last[0]
        down = scroll_step(point.y(), grid.top, grid.height)
        across = 0
        if grid.most_scroll_x:
            across = scroll_step(point.x(), grid.gutter, grid.width)
        if down or across:
            self._board.scroll_by(across, down)
            self._follow()

    def release(self, event: QMouseEvent) -> None:
        """Let go: draw, drop, or nothing; keys count as they are held now."""
        if self._press is not None and self.ghost is not None and not self.is_held:
            self._last = (event.position(), _keys(event.modifiers()))
            self._follow()
        pressed, self._press = self._press, None
        self.band = None
        self._scrolling.stop()
        if self.ghost is None:
            if pressed is not None and pressed.session_id and self._is_lone:
                self._board.select(pressed.session_id)
            self.rested.emit()
        elif not self.is_held:
            self.drop()

    def double_click(self, event: QMouseEvent) -> None:
        """Open a session, or create one of the usual length."""
        found = self._board.placed_at(event.position())
        if found is not None:
            self._press = None
            self.opened.emit(found.block.session_id)
        elif event.position().y() >= self._board.grid().top:
            self.create()

    # -- ghost -------------------------------------------------------------------------

    def put(self, ghost: Ghost | None) -> None:
        if ghost == self.ghost:
            return
        self.ghost = ghost
        self._board.verdict = None
        self._board.repaint_top()
        self.under_way.emit(ghost)

    def drop(self) -> None:
        """Hand the ghost over; it stays until it is settled."""
        ghost = self.ghost
        if ghost is None:
            return
        if ghost.kind is Kind.DRAW:
            self.is_held = True
            self.drawn.emit(ghost)
            return
        found = self._board.scene.find(ghost.session_id)
        is_same = found is not None and ghost.is_at(
            found.column, found.block.start, found.block.end
        )
        if is_same and not ghost.is_copy:
            self.cancel()
            return
        self.is_held = True
        self.dropped.emit(ghost)

    def cancel(self) -> None:
        """Put everything back as it was."""
        self._press = None
        if self.band is not None:
            former, self.band = self.band.former, None
            self._board.select(*former)
        self.is_held = False
        self._scrolling.stop()
        self.put(None)
        self.rested.emit()

    @property
    def is_dragging(self) -> bool:
        """Say whether a session follows the pointer."""
        is_pressed = self._press is not None and bool(self._press.session_id)
        return is_pressed and self.ghost is not None and not self.is_held

    def fit(self, columns: int) -> None:
        """Stay within the columns that there are now."""
        if self.ghost is not None and self.ghost.column >= columns:
            self.cancel()
        if self.cursor is not None and columns:
            self.cursor = (min(self.cursor[0], columns - 1), self.cursor[1])

    def hold(self) -> None:
        """Keep the ghost where it is until what it asked for is settled."""
        self._press, self.is_held = None, True
        self._scrolling.stop()

    def turn_page(self, column: int) -> None:
        """Go on with the ghost on another page, where it came from a column."""
        if self._press is not None and self.ghost is not None:
            self._press = replace(self._press, column=column)
            self.ghost = replace(self.ghost, from_column=column)
            self._board.verdict = None
            self._board.repaint_top()
            self.under_way.emit(self.ghost)

    def create(self) -> None:
        """Begin a new session at the cursor."""
        board = self._board
        if board.is_read_only or self.cursor is None or not board.scene.heads:
            return
        column, minute = self.cursor
        end = min(DAY, minute + board.usual_minutes)
        self._press = None
        self.put(Ghost(Kind.DRAW, 0, column, minute, end, column, is_guess=True))
        self.drop()

    def show(self, ghost: Ghost) -> None:
        """Show a new session that is being entered elsewhere."""
        self.is_held = True
        self.put(ghost)

    def ghost_words(self, ghost: Ghost) -> GhostWords:
        """Say what a ghost says."""
        board = self._board
        head = board.scene.heads[min(ghost.column, len(board.scene.heads) - 1)]
        locale = board.formats.locale
        start, end = wall(head.day, ghost.start), wall(head.day, ghost.end)
        times = locale.times(start.time(), end.time())
        begins = locale.clock(start.time())
        found = board.scene.find(ghost.session_id)
        if found is None:
            is_new = ghost.kind is Kind.DRAW
            names = () if is_new else self.forms
            return GhostWords(times, names, begins=begins)
        titles, hue = found.block.titles, found.block.hue
        is_other = ghost.column != ghost.from_column
        if board.scene.is_by_tutor and is_other:
            forms = [f"{one} \N{RIGHTWARDS ARROW} {head.title}" for one in titles[:-1]]
            return GhostWords(times, (*forms, *titles), head.hue, begins)
        return GhostWords(times, titles, hue, begins)

    def paint_band(self, painter: QPainter) -> None:
        """Paint the band under the hand."""
        if self.band is not None:
            box = self.band.box
            place = QRectF(box.x, box.y, box.width, box.height)
            soft = theme.color("accent_soft", 0.5)
            paint.rounded(painter, place, 2, soft, theme.color("accent"), 1)

    def paint_cursor(self, painter: QPainter, grid: Grid) -> None:
        """Outline the time that the keys are at."""
        if self.cursor is None or self._board.selected:
            return
        column, minute = self.cursor
        if column >= len(self._board.scene.heads):
            return
        box = grid.cursor_box(column, minute)
        place = QRectF(box.x, box.y, box.width, box.height)
        soft = theme.color("accent_soft", 0.5)
        paint.rounded(painter, place, 4, soft, theme.color("accent"), 1.5)


def _keys(modifiers: Qt.KeyboardModifier) -> Keys:
    return Keys(
        fine=bool(modifiers & _ALT),
        copies=bool(modifiers & _CTRL),
        keeps_time=bool(modifiers & _SHIFT),
    )
