"""Ways the calendar looks while something is under way, for those who draw it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.views.calendar.around import Around
from app.views.calendar.deeds import CalendarDeeds
from app.views.calendar.scene import Placed
from app.views.calendar.turning import Sheet
from app.views.calendar.views import View
from app.views.widgets.panels import Inspector

Pose = tuple[str, Callable[[], object]]
_HALF_AN_HOUR, _AN_HOUR = 30, 60
_NONE, _LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton


def ways_to_look(
    here: View, show: Callable[[View], None]
) -> list[tuple[str, Callable[[], None]]]:
    """List the views in words, and how to get there; the last is the present one."""
    views = [*(view for view in View if view is not here), here]
    return [(view.value.replace("_", "-"), partial(show, view)) for view in views]


class Poses:
    """Books, points, drags and drops as a hand would, and lets go in the end."""

    def __init__(
        self, sheet: Sheet, deeds: CalendarDeeds, around: Around, tray: Inspector
    ) -> None:
        self._sheet, self._deeds, self._around = sheet, deeds, around
        self._tray = tray

    def listed(self) -> Iterator[Pose]:
        """List what can be shown of the timetable that was read."""
        yield "", self.rest
        yield "booking", self._book
        yield "", self.rest
        yield "waiting", self._deeds.show_waiting
        yield "", self._tray.closed.emit
        pair = self._pair()
        if pair is not None:
            mover, other = (one.block.session_id for one in pair)
            yield "card", partial(self._point_at, mover)
            yield "", self.rest
            yield "drag-clash", partial(self._drag, mover, other, _HALF_AN_HOUR)
            yield "", self.rest
            yield "", partial(self._drag, mover, mover, -_HALF_AN_HOUR)
            yield "which-of-series", self._drop
            yield "", self.rest

    def rest(self) -> None:
        """Let go of whatever is under way."""
        canvas = self._sheet.canvas
        self._around.leave()
        canvas.hands.cancel()
        canvas.hands.cursor = None
        canvas.select()

    def _book(self) -> None:
        """Open the small window for the first student there is."""
        self._deeds.new_session()
        reading, booking = self._sheet.reading, self._around.entering.booking
        if reading is not None and booking is not None and reading.students:
            booking.name_students([reading.students[0].name])

    def _point_at(self, session_id: int) -> None:
        self._sheet.canvas.hovered.emit(session_id)

    def _pair(self) -> tuple[Placed, Placed] | None:
        """Find a session to come of a series, and another one of its tutor."""
        now = self._sheet.tools.clock.now()
        ahead = [
            one
            for one in self._sheet.canvas.scene.placed
            if one.block.card.starts_at > now
            and one.block.card.status.is_ahead
            and len(one.block.card.students) == 1
        ]
        for mover in ahead:
            for other in ahead:
                same = mover.block.card.tutors[:1] == other.block.card.tutors[:1]
                if same and mover is not other and mover.block.card.series_id:
                    return mover, other
        return None

    def _drag(self, mover_id: int, other_id: int, later: int) -> None:
        """Take a session by the middle, and hold it some minutes below another."""
        canvas = self._sheet.canvas
        mover, other = canvas.scene.find(mover_id), canvas.scene.find(other_id)
        if mover is None or other is None:
            return
        canvas.scroll_to(min(mover.block.start, other.block.start) - _AN_HOUR)
        grid = canvas.grid()
        box = mover.box(grid)
        held = QPointF(box.x + box.width / 2, box.y + box.height / 2)
        minutes = other.block.start + later - mover.block.start
        across = grid.x(other.column) - grid.x(mover.column)
        way = QPointF(across, grid.y(minutes) - grid.y(0))
        self._press(QEvent.Type.MouseButtonPress, held)
        self._press(QEvent.Type.MouseMove, held + way / 2)
        self._press(QEvent.Type.MouseMove, held + way)

    def _drop(self) -> None:
        """Let go where the session is held."""
        hands = self._sheet.canvas.hands
        hands.hold()
        hands.drop()

    def _press(self, kind: QEvent.Type, point: QPointF) -> None:
        view = self._sheet.canvas.viewport()
        button = _NONE if kind is QEvent.Type.MouseMove else _LEFT
        none = Qt.KeyboardModifier.NoModifier
        there = view.mapToGlobal(point)
        event = QMouseEvent(kind, point, there, button, _LEFT, none)
        QApplication.sendEvent(view, event)
