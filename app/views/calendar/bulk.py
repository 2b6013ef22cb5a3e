"""What is done with several sessions that are chosen: one step, one way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal

from app.models.values.errors import OfficeError
from app.models.values.schedule import CancelledBy, EditScope
from app.models.values.unchanged import UNCHANGED
from app.services.closing.requests import CloseSession
from app.services.closing.results import ClosedMany
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.errors import ClashError
from app.services.scheduling.requests import BookSession, EditSeries
from app.text import _
from app.views.calendar.abilities import sessions_text
from app.views.calendar.asking import Asker
from app.views.calendar.companions import (
    Way,
    copies_of,
    edits_of,
    judged_together,
    places_of,
    shifted,
    way_of,
)
from app.views.calendar.gestures import Ghost
from app.views.calendar.live import LiveCheck, Place
from app.views.calendar.questions import CancelQuestion, OverrideQuestion
from app.views.calendar.turning import Sheet
from app.views.tools import Word
from app.views.widgets.feedback import Popover

Requests = Sequence[EditSeries | BookSession]


class Bulk(QObject):
    """Changes the sessions that are chosen, all together.

    Signals:
        said: Something was done; carries a Word.
        noted: Something was not done, and why.
        settled: Nothing is under way any more; carries whether something changed.
    """

    said = Signal(object)
    noted = Signal(str)
    settled = Signal(bool)

    def __init__(self, sheet: Sheet, live: LiveCheck, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet, self._live = sheet, live
        self._asker = Asker(sheet.body(), self)
        self._asker.given_up.connect(self._on_given_up)
        self._asked: Requests = ()
        self._ids: tuple[int, ...] = ()
        self._at = QPoint()
        self._words = ""

    @property
    def question(self) -> Popover | None:
        """What is being asked."""
        return self._asker.question

    def cards(self) -> list[SessionCard]:
        """Give the sessions that are chosen, earliest first."""
        reading, selected = self._sheet.reading, set(self._sheet.canvas.selected)
        cards = reading.period.cards if reading else ()
        return [card for card in cards if card.session_id in selected]

    def holds(self, ghost: Ghost) -> bool:
        """Say whether a ghost takes others along."""
        selected = self._sheet.canvas.selected
        return len(selected) > 1 and ghost.session_id in selected

    # -- under the hand ----------------------------------------------------------------

    def check(self, ghost: Ghost) -> None:
        """Look what the chosen sessions run into where they are held."""
        office = self._sheet.tools.office
        if not ghost.is_copy:
            requests = self._edits(ghost)
            self._live.judge(partial(judged_together, office, ghost, requests))

    def drop(self, ghost: Ghost, at: QPoint) -> None:
        """Move or copy the chosen sessions as far as the one under the hand."""
        cards = self.cards()
        self._drop(ghost, self._places(ghost, cards), cards, at)

    def drop_on(self, ghost: Ghost, day: date, at: QPoint) -> None:
        """Move or copy the chosen sessions: the one under the hand comes to a day."""
        zone, cards = self._sheet.tools.formats.zone, self.cards()
        days = [
            day - card.starts_at.astimezone(zone).date()
            for card in cards
            if card.session_id == ghost.session_id
        ]
        if not days:
            self.settled.emit(False)
            return
        places = places_of(ghost, Way(days[0], 0, 0), cards, zone)
        self._drop(ghost, places, cards, at)

    def _drop(
        self,
        ghost: Ghost,
        places: Sequence[Place],
        cards: Sequence[SessionCard],
        at: QPoint,
    ) -> None:
        self._at = at
        if ghost.is_copy:
            self._book(copies_of(places, cards))
            return
        count = sessions_text(len(cards))
        self._words = _("{sessions} moved").format(sessions=count)
        self._change(edits_of(places, cards, self._sheet.tools.formats.zone))

    def _places(self, ghost: Ghost, cards: Sequence[SessionCard]) -> list[Place]:
        scene = self._sheet.canvas.scene
        lead = scene.find(ghost.session_id)
        if lead is None:
            return []
        zone = self._sheet.tools.formats.zone
        return places_of(ghost, way_of(ghost, lead, scene), cards, zone)

    def _edits(self, ghost: Ghost) -> list[EditSeries]:
        cards = self.cards()
        zone = self._sheet.tools.formats.zone
        return edits_of(self._places(ghost, cards), cards, zone)

    # -- by menu, key and panel --------------------------------------------------------

    def cancel(self, at: QPoint) -> None:
        """Call the chosen sessions off, after asking on whose side."""
        self._ids = tuple(card.session_id for card in self.cards())
        count = sessions_text(len(self._ids))
        verb = _("Cancel {sessions}").format(sessions=count)
        question = CancelQuestion(count, is_series=False, verb=verb, is_one=False)
        question.answered.connect(self._on_cancel)
        self._asker.ask(question, at)
        question.begin()

    def confirm(self) -> None:
        """Make the chosen sessions planned ones."""
        ids = [card.session_id for card in self.cards()]
        self._words = _("{sessions} confirmed").format(sessions=sessions_text(len(ids)))
        self._run(partial(self._sheet.tools.office.together.confirm, ids))

    def close_out(self) -> None:
        """Close the chosen sessions out as planned."""
        requests = [CloseSession(card.session_id) for card in self.cards()]
        jobs, office = self._sheet.tools.jobs, self._sheet.tools.office
        work = partial(office.close_outs.close_many, requests)
        jobs.run(self, work, done=self._on_closed_out, failed=self._on_refused)

    def give_to(self, tutor_id: int, at: QPoint) -> None:
        """Let another tutor hold the chosen sessions."""
        self._at = at
        cards = self.cards()
        others = [card for card in cards if _main(card) != tutor_id]
        count = sessions_text(len(others))
        self._words = _("{sessions} have another tutor").format(sessions=count)
        self._change(
            [replace(_edit(card), tutor_ids=_led_by(card, tutor_id)) for card in others]
        )

    def hold_at(self, place_id: int | None, room_id: int | None, at: QPoint) -> None:
        """Hold the chosen sessions in another place."""
        self._at = at
        where = (place_id, room_id)
        others = [one for one in self.cards() if (one.place_id, one.room_id) != where]
        count = sessions_text(len(others))
        self._words = _("{sessions} are held elsewhere").format(sessions=count)
        self._change(
            [
                replace(_edit(one), place_id=place_id, room_id=room_id or UNCHANGED)
                for one in others
            ]
        )

    def copy_later(
        self, cards: Sequence[SessionCard], way: timedelta, at: QPoint
    ) -> None:
        """Book sessions once more, so much later."""
        self._at = at
        self._book(shifted(cards, way, self._sheet.tools.formats.zone))

    # -- answers -----------------------------------------------------------------------

    def _on_given_up(self) -> None:
        self._asked = ()
        self.settled.emit(False)

    def _on_cancel(self, by: CancelledBy, _scope: EditScope, _note: str) -> None:
        self._asker.drop()
        count = sessions_text(len(self._ids))
        self._words = _("{sessions} cancelled").format(sessions=count)
        self._run(partial(self._sheet.tools.office.together.cancel, self._ids, by))

    def _on_reason(self, reason: str) -> None:
        self._asker.drop()
        asked = [replace(one, override_reason=reason) for one in self._asked]
        self._carry_out(asked)

    def _change(self, requests: Sequence[EditSeries]) -> None:
        if requests:
            self._carry_out([replace(one, accept_soft=True) for one in requests])
        else:
            self.settled.emit(False)

    def _book(self, requests: Sequence[BookSession]) -> None:
        count = sessions_text(len(requests))
        self._words = _("{sessions} copied").format(sessions=count)
        self._carry_out([replace(one, accept_soft=True) for one in requests])

    def _carry_out(self, requests: Requests) -> None:
        self._asked = requests
        together = self._sheet.tools.office.together
        edits = [one for one in requests if isinstance(one, EditSeries)]
        books = [one for one in requests if isinstance(one, BookSession)]
        if books:
            self._run(partial(together.book, books))
        else:
            self._run(partial(together.change, edits))

    def _run(self, work: Callable[[], object]) -> None:
        jobs = self._sheet.tools.jobs
        jobs.run(self, work, done=self._on_done, failed=self._on_refused)

    def _on_done(self, _result: object) -> None:
        self._asked = ()
        self.said.emit(Word(self._words, can_undo=True))
        self.settled.emit(True)

    def _on_closed_out(self, done: ClosedMany) -> None:
        count = sessions_text(len(done.closed))
        words = _("{sessions} closed out as planned").format(sessions=count)
        if done.left_out:
            left = _("{words}; {n} need a look: {why}")
            first = done.left_out[0].why
            words = left.format(words=words, n=len(done.left_out), why=first)
        self.said.emit(Word(words, can_undo=bool(done.closed)))
        self.settled.emit(bool(done.closed))

    def _on_refused(self, error: OfficeError) -> None:
        if isinstance(error, ClashError) and self._asked:
            question = OverrideQuestion(str(error), _("Go on all the same"))
            question.answered.connect(self._on_reason)
            self._asker.ask(question, self._at)
            question.begin()
            return
        self._asked = ()
        self.noted.emit(_("Not done: {why}").format(why=error))
        self.settled.emit(False)


def _main(card: SessionCard) -> int:
    return card.tutors[0][0] if card.tutors else 0


def _led_by(card: SessionCard, tutor_id: int) -> tuple[int, ...]:
    others = tuple(one for one, _name in card.tutors[1:] if one != tutor_id)
    return (tutor_id, *others)


def _edit(card: SessionCard) -> EditSeries:
    return EditSeries(card.session_id, EditScope.THIS)
