"""A dragged session beyond its page: edges and arrows turn it, the month takes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.models.values.schedule import TimeSpan
from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views.calendar.blocks import titles_of
from app.views.calendar.deeds import CalendarDeeds
from app.views.calendar.gestures import Ghost, Kind, page_at
from app.views.calendar.live import Place, copy_of, edit_of
from app.views.calendar.turning import Sheet

REST = 600  # milliseconds at an edge or an arrow until the page turns


class Carrier(QObject):
    """Watches where a session is carried while the button is held."""

    def __init__(
        self,
        sheet: Sheet,
        deeds: CalendarDeeds,
        arrows: tuple[QWidget, QWidget],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._sheet, self._deeds, self._arrows = sheet, deeds, arrows
        self._canvas, self._month = sheet.canvas, sheet.left.month.days
        self._card: SessionCard | None = None
        self._way = 0
        self._first: date | None = None  # of the page that the ghost was judged on
        self._tutor: int | None = None  # whose column the session was taken from
        self._rest = QTimer(self)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._turn)
        self._canvas.viewport().installEventFilter(self)
        self._canvas.hands.under_way.connect(self._on_under_way)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look where the pointer is before the canvas answers it."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseMove:
                self._look(event.globalPosition().toPoint())
            elif event.type() == QEvent.Type.MouseButtonRelease:
                return self._let_go()
        return super().eventFilter(watched, event)

    def _ghost(self) -> Ghost | None:
        """Give what is carried: a session on its way, not yet let go."""
        hands = self._canvas.hands
        ghost = hands.ghost
        is_carried = ghost is not None and ghost.kind is Kind.MOVE
        return ghost if is_carried and hands.is_dragging else None

    def _look(self, point: QPoint) -> None:
        ghost = self._ghost()
        day = self._day_at(point) if ghost is not None else None
        self._month.show_target(day)
        way = self._way_at(point) if ghost is not None and day is None else 0
        if way != self._way:
            self._way = way
            if way:
                self._rest.start()
            else:
                self._rest.stop()
        self._judge_anew()

    def _day_at(self, point: QPoint) -> date | None:
        if not self._month.isVisible():
            return None
        return self._month.day_at(self._month.mapFromGlobal(point))

    def _way_at(self, point: QPoint) -> int:
        for arrow, way in zip(self._arrows, (-1, 1), strict=True):
            if arrow.rect().contains(arrow.mapFromGlobal(point)):
                return way
        grid, view = self._canvas.grid(), self._canvas.viewport()
        here = view.mapFromGlobal(point)
        if not 0 <= here.y() < view.height() or grid.most_scroll_x:
            return 0
        return page_at(here.x(), grid.gutter, grid.width)

    def _turn(self) -> None:
        if (ghost := self._ghost()) is None:
            self._stop()
            return
        if self._deeds.bulk.holds(ghost):
            self._rest.stop()  # the way stays known, so that this is said once
            why = _("Only one session can be carried to another page.")
            way_out = _("Drop several on a day of the small month.")
            self._deeds.noted.emit(f"{why} {way_out}")
            return
        self._first = self._shown()
        self._sheet.turn(self._way)
        self._judge_anew()

    def _judge_anew(self) -> None:
        """Judge the ghost on the page that lies under it since it was turned."""
        if self._first is None or self._first == self._shown():
            return
        self._first = None
        self._take_along()
        scene = self._canvas.scene
        column = next(
            (
                number
                for number, head in enumerate(scene.heads)
                if head.tutor_id == self._tutor
            ),
            0,
        )
        self._canvas.hands.turn_page(column)

    def _shown(self) -> date | None:
        heads = self._canvas.scene.heads
        return heads[0].day if heads else None

    def _let_go(self) -> bool:
        """Place the session on a day of the small month, if it is over one."""
        ghost, day = self._ghost(), self._month.target
        self._stop()
        if ghost is None or day is None:
            return False
        self._canvas.hands.hold()
        self._place_on(ghost, day)
        return True

    def _place_on(self, ghost: Ghost, day: date) -> None:
        """Move the session to a day, at the time that it has."""
        card, zone = self._card, self._sheet.tools.formats.zone
        if card is None:
            self._canvas.settle()
            return
        former = card.starts_at.astimezone(zone)
        start = datetime.combine(day, former.time())
        minutes = TimeSpan(card.starts_at, card.ends_at).minutes
        tutors = tuple(tutor_id for tutor_id, _name in card.tutors)
        place = Place(ghost, start, minutes, tutors)
        at, mover = QPoint(24, 80), self._deeds.mover
        if self._deeds.bulk.holds(ghost):
            self._deeds.bulk.drop_on(ghost, day, at)
        elif ghost.is_copy:
            mover.copy(card, copy_of(place, card), at)
        elif (request := edit_of(place, card, zone)) is not None:
            mover.change(card, request, at)
        else:
            self._canvas.settle()

    def _take_along(self) -> None:
        """Keep the session known on the page that was turned to."""
        reading, card = self._sheet.reading, self._card
        if reading is not None and card is not None:
            self._sheet.reading = replace(reading, carried=card)
            self._canvas.hands.forms = titles_of(card)

    def _on_under_way(self, ghost: Ghost | None) -> None:
        heads, reading = self._canvas.scene.heads, self._sheet.reading
        if ghost is None:
            self._stop()
        elif self._first is None and ghost.from_column < len(heads):
            self._tutor = heads[ghost.from_column].tutor_id
        if ghost is not None and ghost.session_id and reading is not None:
            self._card = reading.card(ghost.session_id) or self._card

    def _stop(self) -> None:
        self._way = 0
        self._first = None
        self._rest.stop()
        self._month.show_target(None)
