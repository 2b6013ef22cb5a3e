"""Missed sessions are placed again: out of the tray into the grid, or a free time."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF

from app.models.values.errors import OfficeError
from app.services.office import Office
from app.services.scheduling.requests import BookSession
from app.services.scheduling.waiting import Waiting
from app.views.calendar.finding import Finding
from app.views.calendar.geometry import DAY, snap, wall
from app.views.calendar.gestures import Ghost, Kind
from app.views.calendar.live import LiveCheck, with_count
from app.views.calendar.moving import Mover
from app.views.calendar.scene import Verdict
from app.views.calendar.tray import Tray, count_text, name_of
from app.views.calendar.turning import Sheet
from app.views.typography import scaled
from app.views.widgets.buttons import Button

NARROW = 1100  # pixels of a window whose header has no room for the button
BESIDE = 380  # pixels that a question takes at the right of the grid


class Placing(QObject):
    """Fills the tray, follows the hand out of it, and books where it lets go."""

    def __init__(
        self, sheet: Sheet, mover: Mover, finding: Finding, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._sheet, self._mover, self._finding = sheet, mover, finding
        tools = sheet.tools
        self.tray = Tray(tools.formats)
        self.tray.hide()
        self.button = Button("", "clock-alert", compact=True)
        self.button.hide()
        self.button.clicked.connect(self.toggle)
        sheet.canvas.resized.connect(self._fit)
        self._live = LiveCheck(tools.jobs, tools.office, tools.formats, self)
        self._live.judged.connect(sheet.canvas.show_verdict)
        rows = self.tray.list
        rows.carried.connect(self._on_carried)
        rows.let_go.connect(self._on_let_go)
        rows.put_back.connect(self._on_put_back)
        rows.opened.connect(self._on_opened)
        self.tray.closed.connect(self._on_closed)
        finding.chosen.connect(self._on_found)

    def read(self) -> None:
        """Read what waits; a tutor has no tray."""
        office, jobs = self._sheet.tools.office, self._sheet.tools.jobs
        if office.actor.is_office:
            work = office.timetable.waiting
            jobs.run(self, work, done=self._on_read, failed=self._on_unread)

    def toggle(self) -> None:
        """Open the tray with the keyboard in it, or close it."""
        if self.tray.isVisible() and self.tray.list.hasFocus():
            self._on_closed()
            return
        self.tray.show()
        self.tray.list.setFocus()

    def _on_read(self, waiting: tuple[Waiting, ...]) -> None:
        if waiting != self.tray.waiting:
            self.tray.show_waiting(waiting)
        words = count_text(len(waiting))
        self.button.setText(str(len(waiting)))
        self.button.setAccessibleName(words)
        self.button.setToolTip(f"{words}  P")
        self._fit()

    def _fit(self) -> None:
        """Leave the narrow header to its title; the menu and the key stay."""
        width = self._sheet.body().window().width()
        self.button.setVisible(bool(self.tray.waiting) and width >= scaled(NARROW))

    def _on_unread(self, _error: OfficeError) -> None:
        """Keep what is shown; the page says what is wrong."""

    def _on_closed(self) -> None:
        self.tray.hide()
        self._sheet.canvas.setFocus()

    # -- by hand -----------------------------------------------------------------------

    def _on_carried(self, one: Waiting, where: QPoint) -> None:
        canvas = self._sheet.canvas
        ghost = self._ghost_at(one, where)
        if canvas.is_read_only or canvas.hands.is_held:
            return
        if ghost is None:
            canvas.hands.cancel()
            return
        canvas.hands.forms = (name_of(one),)
        canvas.hands.put(ghost)
        request = self._request(one, self._start(ghost), self._tutors(one, ghost))
        work = partial(judged, self._sheet.tools.office, ghost, request)
        self._live.judge(work)

    def _on_let_go(self, one: Waiting, where: QPoint) -> None:
        hands = self._sheet.canvas.hands
        ghost = self._ghost_at(one, where)
        if ghost is None or hands.ghost is None or hands.is_held:
            self._on_put_back()
            return
        hands.hold()
        request = self._request(one, self._start(ghost), self._tutors(one, ghost))
        self._book(one, request)

    def _on_put_back(self) -> None:
        hands = self._sheet.canvas.hands
        if not hands.is_held:  # else it is another deed's, which is being saved
            hands.cancel()

    def _ghost_at(self, one: Waiting, where: QPoint) -> Ghost | None:
        """Give the place in the grid under a point of the screen."""
        canvas = self._sheet.canvas
        grid, view = canvas.grid(), canvas.viewport()
        point = QPointF(view.mapFromGlobal(where))
        inside = view.rect().contains(point.toPoint()) and point.y() >= grid.top
        if not inside or not canvas.isVisible() or not canvas.scene.heads:
            return None
        column, minute = grid.spot(point.x(), point.y())
        start = snap(minute, canvas.step)
        if grid.keeps_time:
            former = self._sheet.tools.formats.local(one.card.starts_at)
            start = former.hour * 60 + former.minute
        start = max(0, min(start, DAY - one.minutes))
        end = start + one.minutes
        return Ghost(Kind.MOVE, 0, column, start, end, column, is_copy=True)

    def _start(self, ghost: Ghost) -> datetime:
        head = self._sheet.canvas.scene.heads[ghost.column]
        return wall(head.day, ghost.start)

    def _tutors(self, one: Waiting, ghost: Ghost) -> tuple[int, ...]:
        """Give who would teach: the column's tutor, else who missed it."""
        head = self._sheet.canvas.scene.heads[ghost.column]
        if head.tutor_id is not None:
            return (head.tutor_id,)
        return tuple(tutor_id for tutor_id, _name in one.card.tutors)

    # -- by key ------------------------------------------------------------------------

    def _on_opened(self, one: Waiting) -> None:
        self._finding.find_for(one.card, one.student_ids, one.minutes)

    def _on_found(self, session_id: int, start: datetime) -> None:
        for one in self.tray.waiting:
            if one.card.session_id == session_id:
                tutors = tuple(tutor_id for tutor_id, _name in one.card.tutors)
                self._book(one, self._request(one, start, tutors))

    def _request(
        self, one: Waiting, start: datetime, tutor_ids: tuple[int, ...]
    ) -> BookSession:
        card = one.card
        return BookSession(
            card.offering_id,
            tutor_ids,
            one.student_ids,
            start,
            one.minutes,
            place_id=card.place_id,
            room_id=card.room_id,
            make_up_of_id=card.session_id,
        )

    def _book(self, one: Waiting, request: BookSession) -> None:
        body = self._sheet.body()
        at = QPoint(max(0, body.width() - BESIDE), 80)
        self._mover.place(name_of(one), request, at)


def judged(office: Office, ghost: Ghost, request: BookSession) -> Verdict:
    """Say what a missed session would run into at another time."""
    try:
        found = office.bookings.check(request)
    except OfficeError as error:
        return Verdict(ghost, "err", str(error))
    if not found:
        return Verdict(ghost)
    tone = "err" if found[0].is_hard else "warn"
    return Verdict(ghost, tone, with_count(found), found[0].way_out)
