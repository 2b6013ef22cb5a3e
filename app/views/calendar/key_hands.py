"""The keys on the time grid: a cursor, sessions in turn, provisional moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.views.calendar.geometry import DAY, Box
from app.views.calendar.gestures import Ghost, Kind, nudged
from app.views.calendar.hands import Board, Hands
from app.views.calendar.scene import Placed

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class KeyHands(QObject):
    """Answers the keys of a canvas that has the focus.

    Attributes:
        before, after: what else Esc closes, before and after what is in the grid.

    Signals:
        peeked: The card of a session is asked for; carries its number.
        pointed: The cursor stands at another time.
    """

    peeked = Signal(object)
    pointed = Signal()

    def __init__(self, board: Board, hands: Hands) -> None:
        super().__init__(hands)
        self._board, self._hands = board, hands
        self.before: list[Callable[[], bool]] = []
        self.after: list[Callable[[], bool]] = []

    def key(self, event: QKeyEvent) -> bool:
        """Answer a key; say whether it meant something here."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if key is Qt.Key.Key_Escape:
            return self._escape()
        if key in _ENTER and not modifiers & (_CTRL | _ALT):
            self._enter()
            return True
        if key in _ARROWS:
            if modifiers & _CTRL:
                return self._nudge(*_ARROWS[key], is_end=bool(modifiers & _SHIFT))
            return self._move_cursor(*_ARROWS[key], is_range=bool(modifiers & _SHIFT))
        return self._other(key)

    def _other(self, key: Qt.Key) -> bool:
        if key in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            return self._to_end(last=key is Qt.Key.Key_End)
        if key is Qt.Key.Key_Space and self._board.selected:
            self.peeked.emit(self._board.selected[0])
            return True
        return False

    def _escape(self) -> bool:
        """Let go of the first thing there is: what is open, under way, chosen."""
        own = (self._drop, self._choose_none)
        return any(step() for step in (*self.before, *own, *self.after))

    def _drop(self) -> bool:
        was_busy = self._hands.is_busy
        if was_busy:
            self._hands.cancel()
        return was_busy

    def _choose_none(self) -> bool:
        was_chosen = bool(self._board.selected)
        if was_chosen:
            self._board.select()
        return was_chosen

    def _enter(self) -> None:
        if self._hands.ghost is not None:
            if not self._hands.is_held:
                self._hands.drop()
        elif self._board.selected:
            self._hands.opened.emit(self._board.selected[0])
        else:
            self._hands.create()

    def _nudge(self, columns: int, steps: int, *, is_end: bool) -> bool:
        """Move the selected session provisionally, until Enter or Esc."""
        board = self._board
        if board.is_read_only or self._hands.is_held:
            return True
        ghost = self._hands.ghost
        if ghost is None:
            found = board.scene.find(board.selected[0]) if board.selected else None
            if found is None:
                return False
            place = (found.column, found.block.start, found.block.end, found.column)
            ghost = Ghost(Kind.MOVE, found.block.session_id, *place)
        count, way = len(board.scene.heads), steps * board.step
        if board.scene.table is not None and not is_end:
            columns, way = columns + steps * len(board.scene.table.columns), 0
        if is_end:
            self._hands.put(nudged(ghost, count, longer=way))
        else:
            self._hands.put(nudged(ghost, count, column=columns, minutes=way))
        self._keep_in_view()
        return True

    def _keep_in_view(self) -> None:
        ghost = self._hands.ghost
        if ghost is not None:
            grid = self._board.grid()
            self._show(grid.landing(ghost.column, ghost.start, ghost.end))

    def _show(self, box: Box) -> None:
        """Scroll as little as needed to show a place."""
        grid = self._board.grid()
        if box.y < grid.top:
            self._board.scroll_by(0, box.y - grid.top - 8)
        elif box.bottom > grid.height:
            self._board.scroll_by(0, box.bottom - grid.height + 8)

    def _move_cursor(self, columns: int, steps: int, *, is_range: bool) -> bool:
        board, step = self._board, self._board.step
        column, minute = self._hands.cursor or (0, 9 * 60)
        is_range = is_range and board.scene.table is None
        if is_range and steps and not board.is_read_only:
            ghost = self._hands.ghost or Ghost(
                Kind.DRAW, 0, column, minute, minute + step, column
            )
            self._hands.is_held = False
            self._hands.put(nudged(ghost, len(board.scene.heads), longer=steps * step))
            return True
        if self._hands.ghost is not None:
            return True
        if board.scene.table is not None:
            return self._move_in_table(columns + steps * len(board.scene.table.columns))
        last = max(0, len(board.scene.heads) - 1)
        minute = min(DAY - step, max(0, minute + steps * 2 * step))
        self._hands.cursor = (min(last, max(0, column + columns)), minute)
        board.select()
        self._show_cursor()
        return True

    def _move_in_table(self, way: int) -> bool:
        """Go some cells on, from the cursor or from what is selected."""
        board, hands = self._board, self._hands
        if board.scene.table is None:
            return False
        chosen = board.scene.find(board.selected[0]) if board.selected else None
        cell = hands.cursor[0] if hands.cursor else board.scene.first_cell
        cell = (chosen.column if chosen else cell) + way
        if not 0 <= cell < len(board.scene.heads):
            cell -= way
        hands.cursor = (cell, board.scene.table.minute)
        board.select()
        self._show_cursor()
        return True

    def _show_cursor(self) -> None:
        self.pointed.emit()
        if self._hands.cursor is not None:
            self._show(self._board.grid().cursor_box(*self._hands.cursor))
        self._board.repaint_top()

    def _to_end(self, *, last: bool) -> bool:
        """Select the first or last session of the day."""
        board = self._board
        chosen = board.scene.find(board.selected[0]) if board.selected else None
        column = chosen.column if chosen else (self._hands.cursor or (0, 0))[0]
        here = [one for one in board.scene.placed if one.column == column]
        here.sort(key=_by_start)
        if here:
            board.select(here[-1 if last else 0].block.session_id)
        return True

    def tab(self, *, forward: bool) -> bool:
        """Go to the next session, or take the free time that is proposed."""
        if self._hands.ghost is not None:
            self._take_free(forward=forward)
            return True
        order = self._board.in_time_order()
        chosen = self._board.selected[:1]
        if not order:
            return False
        if not chosen or chosen[0] not in order:
            self._board.select(order[0] if forward else order[-1])
            return True
        place = order.index(chosen[0]) + (1 if forward else -1)
        if not 0 <= place < len(order):
            return False
        self._board.select(order[place])
        return True

    def _take_free(self, *, forward: bool) -> None:
        ghost, verdict = self._hands.ghost, self._board.verdict
        if ghost is None or verdict is None or verdict.free is None or not forward:
            return
        column, start = verdict.free
        end = start + ghost.end - ghost.start
        self._hands.put(replace(ghost, column=column, start=start, end=end))
        self._keep_in_view()


def _by_start(one: Placed) -> int:
    return one.block.start
