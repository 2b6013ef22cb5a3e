"""What the calendar can be told to do, by keys, menus, buttons and hands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import EditSeries
from app.text import _
from app.views.calendar.abilities import sessions_text
from app.views.calendar.beside import beside_ghost, beside_session
from app.views.calendar.blocks import Look
from app.views.calendar.bulk import Bulk
from app.views.calendar.companions import at_cursor, shifted
from app.views.calendar.gestures import Ghost
from app.views.calendar.live import LiveCheck, copy_of, edit_of, place_of
from app.views.calendar.moving import Mover, name_of
from app.views.calendar.scenes import reshaded
from app.views.calendar.side import Side
from app.views.calendar.turning import Sheet, ViewDeeds
from app.views.calendar.views import View
from app.views.tools import Link
from app.views.tools import Place as Pages


class CalendarDeeds(ViewDeeds):
    """Does what keys, menus, buttons and hands ask for.

    Signals:
        went: Somewhere else is wanted; carries a Link.
        said: Something was done; carries a Word.
        noted: Something was not done, or is worth a line.
        book_asked: A new session is to be entered; carries its ghost and a card.
        line_asked: A session is to be typed in one line.
        find_asked: A time is to be found for a session; carries its card.
        tray_asked: The sessions that wait for another time are to be shown.
        judged: It is known what a place under the hand runs into; carries the verdict.
    """

    went = Signal(object)
    said = Signal(object)
    noted = Signal(str)
    book_asked = Signal(object)
    line_asked = Signal()
    find_asked = Signal(object)
    judged = Signal(object)
    tray_asked = Signal()

    def __init__(self, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(sheet, parent)
        tools = sheet.tools
        self.mover = Mover(tools, sheet.body())
        self.mover.said.connect(self.said)
        self.mover.noted.connect(self.noted)
        self.mover.settled.connect(self._on_settled)
        self._live = LiveCheck(tools.jobs, tools.office, tools.formats, self)
        self._live.judged.connect(sheet.canvas.show_verdict)
        self._live.judged.connect(self.judged)
        self.bulk = Bulk(sheet, self._live, self)
        self.bulk.said.connect(self.said)
        self.bulk.noted.connect(self.noted)
        self.bulk.settled.connect(self._on_settled)
        self._side: Side | None = None
        self._copied: list[SessionCard] = []
        self._shaded = 0  # the session whose tutor the grid is shaded for
        self._settles = False
        hands = sheet.canvas.hands
        hands.under_way.connect(self._on_under_way)
        hands.dropped.connect(self._on_dropped)
        hands.drawn.connect(self.book_asked)
        hands.opened.connect(self._on_opened)
        hands.head_picked.connect(self._on_head)
        panel = sheet.panel
        panel.edit_asked.connect(self._on_edit)
        panel.close_out_asked.connect(self._on_close_out)
        panel.find_asked.connect(self._on_find)
        panel.cancel_asked.connect(self._on_cancel)
        panel.restore_asked.connect(self._on_restore)
        panel.confirm_asked.connect(self._on_confirm)
        panel.reset_asked.connect(self._on_reset)
        panel.other_asked.connect(self._on_other)

    def attend(self, side: Side) -> None:
        """Do what the panel of several sessions asks for."""
        self._side = side
        panel = side.several
        panel.tutor_asked.connect(self._on_tutor)
        panel.place_asked.connect(self._on_place)
        panel.confirm_asked.connect(self.bulk.confirm)
        panel.close_out_asked.connect(self.bulk.close_out)
        panel.cancel_asked.connect(self.cancel_session)

    # -- sessions ----------------------------------------------------------------------

    def new_session(self) -> None:
        """Book at the cursor, else at the next full hour."""
        canvas = self._sheet.canvas
        if canvas.hands.cursor is None:
            canvas.hands.cursor = self._next_hour()
        canvas.hands.create()

    def quick_add(self) -> None:
        """Book by one typed line."""
        self.line_asked.emit()

    def edit_session(self) -> None:
        """Put the cursor into the inspector."""
        self._sheet.panel.begin()

    def find_time(self) -> None:
        """Find another time for what is selected."""
        self._on_find(self._chosen())

    def close_out(self) -> None:
        """Close out what is selected."""
        if self._is_many:
            self.bulk.close_out()
        else:
            self._on_close_out(self._chosen())

    def confirm_session(self) -> None:
        """Make what is selected planned, where it is tentative."""
        if self._is_many:
            self.bulk.confirm()
        else:
            self._on_confirm(self._chosen())

    def show_waiting(self) -> None:
        """Show the sessions that wait for another time, or hide them."""
        self.tray_asked.emit()

    def select_all(self) -> None:
        """Select every session that is shown and not called off."""
        canvas = self._sheet.canvas
        off = {
            one.block.session_id
            for one in canvas.scene.placed
            if one.block.look is Look.CANCELLED
        }
        canvas.select(*(one for one in canvas.in_time_order() if one not in off))

    def cancel_session(self) -> None:
        """Call off what is selected."""
        if self._is_many:
            self.bulk.cancel(beside_session(self._sheet, self._chosen()))
        else:
            self._on_cancel(self._chosen())

    def duplicate(self) -> None:
        """Book what is selected once more, a week later."""
        self._book_again(self.bulk.cards(), timedelta(weeks=1))

    def copy_session(self) -> None:
        """Remember what is selected."""
        self._copied = self.bulk.cards()
        if len(self._copied) > 1:
            words = _("{sessions} copied; press Ctrl+V at a free time.")
            count = sessions_text(len(self._copied))
            self.noted.emit(words.format(sessions=count))
        elif self._copied:
            words = _("{name} copied; press Ctrl+V at a free time.")
            self.noted.emit(words.format(name=name_of(self._copied[0])))

    def paste_session(self) -> None:
        """Book what was remembered at the cursor."""
        canvas = self._sheet.canvas
        if not self._copied or canvas.hands.cursor is None:
            self.noted.emit(_("Copy a session first, then choose a free time."))
            return
        column, minute = canvas.hands.cursor
        day, zone = canvas.scene.heads[column].day, self._sheet.tools.formats.zone
        self._book_again(self._copied, at_cursor(self._copied, day, minute, zone))

    def _book_again(self, cards: Sequence[SessionCard], way: timedelta) -> None:
        """Book sessions once more, so much later."""
        at = beside_session(self._sheet, self._chosen())
        if len(cards) > 1:
            self.bulk.copy_later(cards, way, at)
        elif cards:
            (request,) = shifted(cards, way, self._sheet.tools.formats.zone)
            self.mover.copy(cards[0], request, at)

    def on_read(self) -> None:
        """Let go of what was under way when the timetable was read anew."""
        if self._settles:
            self._settles = False
            self._sheet.canvas.settle()

    # -- hands -------------------------------------------------------------------------

    def _on_under_way(self, ghost: Ghost | None) -> None:
        sheet = self._sheet
        number = ghost.session_id if ghost else 0
        card = self._card(number)
        if ghost is None or card is None:
            if self._shaded:
                self._shaded = 0
                sheet.relay()
            return
        if number != self._shaded and sheet.reading is not None:
            self._shaded = number
            tutors = [tutor_id for tutor_id, _name in card.tutors]
            formats, scene = sheet.tools.formats, sheet.canvas.scene
            shaded = reshaded(scene, sheet.reading, formats, tutors)
            sheet.canvas.show_scene(shaded)
        if self.bulk.holds(ghost):
            self.bulk.check(ghost)
        else:
            self._live.ask(ghost, sheet.canvas.scene, card)

    def _on_dropped(self, ghost: Ghost) -> None:
        card = self._card(ghost.session_id)
        if card is None:
            self._sheet.canvas.settle()
            return
        place = place_of(ghost, self._sheet.canvas.scene, card)
        at = beside_ghost(self._sheet, ghost)
        if self.bulk.holds(ghost):
            self.bulk.drop(ghost, at)
            return
        if ghost.is_copy:
            self.mover.copy(card, copy_of(place, card), at)
            return
        request = edit_of(place, card, self._sheet.tools.formats.zone)
        if request is None:
            self._sheet.canvas.settle()
        else:
            self.mover.change(card, request, at)

    def _on_settled(self, changed: bool) -> None:  # noqa: FBT001  a signal's value
        if changed:
            self._settles = True
        else:
            self._sheet.canvas.settle()
        self._sheet.canvas.setFocus()

    def _on_opened(self, session_id: int) -> None:
        if self._is_many and self._side is not None:
            self._side.begin()
            return
        self._sheet.canvas.select(session_id)
        self._sheet.panel.begin()

    def _on_head(self, column: int) -> None:
        scene = self._sheet.canvas.scene
        head = scene.heads[column]
        if head.tutor_id is None or scene.table is not None:
            view = View.DAY if head.tutor_id is None else View.TUTORS
            self._sheet.go(head.day)
            self._sheet.show_view(view)

    def _on_tutor(self, tutor_id: int) -> None:
        self.bulk.give_to(tutor_id, beside_session(self._sheet, self._chosen()))

    def _on_place(self, place_id: int | None, room_id: int | None) -> None:
        self.bulk.hold_at(
            place_id, room_id, beside_session(self._sheet, self._chosen())
        )

    def _on_edit(self, request: EditSeries) -> None:
        card = self._card(request.session_id)
        if card is not None:
            body = self._sheet.body()
            self.mover.change(card, request, QPoint(body.width() - 380, 80))

    def _on_close_out(self, session_id: int) -> None:
        if session_id:
            self.went.emit(Link(Pages.CLOSE_OUT, "session", session_id))

    def _on_find(self, session_id: int) -> None:
        if (card := self._card(session_id)) is not None:
            self.find_asked.emit(card)

    def _on_cancel(self, session_id: int) -> None:
        if (card := self._card(session_id)) is not None:
            self.mover.cancel(card, beside_session(self._sheet, session_id))

    def _on_restore(self, session_id: int) -> None:
        if (card := self._card(session_id)) is not None:
            self.mover.put_back(card)

    def _on_confirm(self, session_id: int) -> None:
        if (card := self._card(session_id)) is not None:
            self.mover.confirm(card)

    def _on_reset(self, session_id: int) -> None:
        if (card := self._card(session_id)) is not None:
            self.mover.reset(card, beside_session(self._sheet, session_id))

    def _on_other(self, session_id: int) -> None:
        self.went.emit(Link(Pages.CALENDAR, "session", session_id))

    # -- small things ------------------------------------------------------------------

    def _chosen(self) -> int:
        selected = self._sheet.canvas.selected
        return selected[0] if selected else 0

    @property
    def _is_many(self) -> bool:
        return len(self._sheet.canvas.selected) > 1

    def _card(self, session_id: int) -> SessionCard | None:
        reading = self._sheet.reading
        return reading.card(session_id) if reading and session_id else None

    def _next_hour(self) -> tuple[int, int]:
        """Give the column and minute of the next full hour that is shown."""
        now = self._sheet.tools.formats.local(self._sheet.tools.clock.now())
        column = self._sheet.canvas.scene.column_of(now.date())
        if column is None:
            return 0, 9 * 60
        return column, min(now.hour + 1, 22) * 60
