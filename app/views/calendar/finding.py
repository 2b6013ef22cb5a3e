"""Finding another time for a session: the next free ones, one press each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.values.errors import OfficeError
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import Edited, FindFree, FreeTime, MoveSession
from app.text import _
from app.views.calendar.turning import Sheet
from app.views.tools import Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.feedback import Popover
from app.views.widgets.panels import empty

AHEAD, SHOWN = 14, 6  # days that are searched, times that are offered


class FreeTimesList(Popover):
    """Offers times that tutor, students and room have free.

    Signals:
        picked: A time was chosen; carries it.
    """

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Find a time"))
        self.rows.addWidget(label(_("Looking for free times…"), tone="text2"))
        self.times: Sequence[FreeTime] = ()
        self.buttons: list[Button] = []

    def show_times(self, times: Sequence[FreeTime], words: Sequence[str]) -> None:
        """Offer these times."""
        empty(self.rows)
        self.times, self.buttons = times, []
        for text in words:
            button = Button(text, "calendar-clock")
            button.clicked.connect(self._on_pressed)
            self.rows.addWidget(button)
            self.buttons.append(button)
        if not times:
            text = _("Nobody is free together in the next {n} days.")
            self.rows.addWidget(label(text.format(n=AHEAD), wrap=True))
        elif self.buttons:
            self.buttons[0].setFocus()
        self.adjustSize()

    def _on_pressed(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.picked.emit(self.times[self.buttons.index(button)])


class Finding(QObject):
    """Opens the list of free times, and moves the session to the one that is chosen.

    Signals:
        said: The session was moved, or could not be; carries a Word.
        chosen: A time was chosen for a missed session; carries its number and the
            start on the office's wall clock.
    """

    said = Signal(object)
    chosen = Signal(object, object)

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._card: SessionCard | None = None
        self._is_missed = False
        self._asked = 0  # the number of the last asking; answers to others are late
        self.list: FreeTimesList | None = None

    def find(self, card: SessionCard) -> None:
        """Look for other times of a session."""
        minutes = int((card.ends_at - card.starts_at).total_seconds() // 60)
        students = tuple(student.student_id for student in card.students)
        self._look(card, students, minutes)

    def find_for(
        self, card: SessionCard, student_ids: tuple[int, ...], minutes: int
    ) -> None:
        """Look for times of a missed session, which is to be booked once more."""
        self._look(card, student_ids, minutes)
        self._is_missed = True

    def _look(
        self, card: SessionCard, student_ids: tuple[int, ...], minutes: int
    ) -> None:
        self._leave()
        tools, body = self._sheet.tools, self._sheet.body()
        self._card, self.list = card, FreeTimesList()
        self.list.picked.connect(self._on_picked)
        self.list.closed.connect(self._leave)
        self.list.place(body, max(0, body.width() // 2 - 200), body.height() // 6)
        request = FindFree(
            tuple(tutor_id for tutor_id, _name in card.tutors),
            student_ids,
            minutes,
            card.offering_id,
            max(card.starts_at, tools.clock.now()),
            place_id=card.place_id,
            room_id=card.room_id,
            days=AHEAD,
            without=card.session_id,
        )
        work = partial(tools.office.free_times.next_free, request)
        done = partial(self._show, self._asked)
        failed = partial(self._on_refused, self._asked)
        tools.jobs.run(self, work, done=done, failed=failed)

    def _show(self, asked: int, times: Sequence[FreeTime]) -> None:
        formats, card = self._sheet.tools.formats, self._card
        if self.list is None or card is None or asked != self._asked:
            return
        other = [one for one in times if one.span.start != card.starts_at][:SHOWN]
        words = [
            f"{formats.day_of(one.span.start)}, "
            f"{formats.times(one.span.start, one.span.end)}"
            for one in other
        ]
        self.list.show_times(other, words)

    def _on_picked(self, free: FreeTime) -> None:
        tools, card = self._sheet.tools, self._card
        if card is not None:
            start = tools.formats.local(free.span.start).replace(tzinfo=None)
            if self._is_missed:
                self._leave()
                self.chosen.emit(card.session_id, start)
                return
            request = MoveSession(card.session_id, start, accept_soft=True)
            work = partial(tools.office.bookings.move, request)
            done = partial(self._on_moved, self._asked)
            failed = partial(self._on_not_moved, self._asked)
            tools.jobs.run(self, work, done=done, failed=failed)

    def _on_moved(self, asked: int, _edited: Edited) -> None:
        if asked == self._asked:
            self._leave()
        self.said.emit(Word(_("The session was moved."), can_undo=True))

    def _on_not_moved(self, asked: int, error: OfficeError) -> None:
        """Say why not, also when another list is open by now."""
        if asked == self._asked:
            self._leave()
        self.said.emit(Word(str(error)))

    def _on_refused(self, asked: int, error: OfficeError) -> None:
        if asked == self._asked:
            self._leave()
            self.said.emit(Word(str(error)))

    def _leave(self) -> None:
        self._asked += 1
        if self.list is not None:
            self.list.hide()
            self.list.deleteLater()
        self.list = self._card = None
        self._is_missed = False
