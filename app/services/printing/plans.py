"""Schedules as documents: a tutor's week, a day, a month, a room's door, an agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.models.catalog import Room
from app.models.database import Snapshot
from app.models.people import Student
from app.models.values.entries import in_order
from app.models.values.schedule import TimeSpan, day_span, local_date, wall_clock
from app.services.desk import Desk, fetch, profile, zone
from app.services.documents.locale import Locale, locale_for
from app.services.documents.rendering import Job
from app.services.documents.values import Schedule, Slot
from app.services.letterheads import letterhead_of
from app.services.logos import logo_of
from app.services.printing.schedules import (
    Where,
    require_own_week,
    slot_of,
    total_of,
    week_job,
)
from app.services.scheduling.cards import SessionCard, cards_in
from app.text import _


class Schedules:
    """Gives schedules to be drawn; a tutor's name own sessions only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def week(self, tutor_id: int, monday: date) -> Job:
        """Give a tutor's week.

        Raises:
            MissingRecordError: There is no such tutor.
            OtherWeekError: A tutor asked for somebody else's.
        """
        require_own_week(self._desk, tutor_id)
        with self._desk.snapshot() as snapshot:
            return week_job(snapshot, self._desk.now(), tutor_id, monday)

    def day(self, day: date) -> Job:
        """Give all tutors of a day side by side, those who teach on it."""
        with self._desk.snapshot() as snapshot:
            sheet = _Sheet(snapshot, self._desk, day, day)
            cards = sheet.cards(self._own())
            tutors = dict(one for card in cards for one in card.tutors)
            named = sorted(tutors.items(), key=_by_name)
            columns = {tutor_id: number for number, (tutor_id, _n) in enumerate(named)}
            slots = [
                sheet.slot(card, columns[tutor_id])
                for card in cards
                for tutor_id, _name in card.tutors
            ]
            heads = tuple((name, "") for _id, name in named)
            title = sheet.locale.long_date(day)
            return sheet.job(title, "", cards, heads, slots, as_list=False)

    def month(self, student_id: int, day: date) -> Job:
        """Give the month of a student that a day lies in, as a list.

        Raises:
            MissingRecordError: There is no such student.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        with self._desk.snapshot() as snapshot:
            student = fetch(snapshot, Student, student_id, _("student"))
            sheet = _Sheet(snapshot, self._desk, first, last)
            cards = sheet.cards(student_ids=[student_id])
            return sheet.by_day(student.name, cards)

    def room(self, room_id: int, day: date) -> Job:
        """Give the sheet for a room's door on a day; first names only.

        Raises:
            MissingRecordError: There is no such room.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            room = fetch(snapshot, Room, room_id, _("room"))
            sheet = _Sheet(snapshot, self._desk, day, day)
            cards = sheet.cards(room_ids=[room_id])
            slots = [sheet.slot(card, 0, is_public=True) for card in cards]
            heads = ((room.name, ""),)
            when = sheet.locale.long_date(day)
            return sheet.job(room.name, when, cards, heads, slots, as_list=True)

    def agenda(self, first: date, last: date) -> Job:
        """Give all sessions from a day to another as a list.

        Raises:
            DatesError: The last day lies before the first.
        """
        in_order(first, last)
        with self._desk.snapshot() as snapshot:
            sheet = _Sheet(snapshot, self._desk, first, last)
            return sheet.by_day(_("Agenda"), sheet.cards(self._own()))

    def _own(self) -> Sequence[int] | None:
        """Give whose sessions may be shown; none means everybody's."""
        actor = self._desk.actor
        return None if actor.is_office else [actor.tutor_id or 0]


class _Sheet:
    """What the making of any sheet needs: the office, its words, its sessions."""

    def __init__(self, snapshot: Snapshot, desk: Desk, first: date, last: date) -> None:
        self._snapshot, self._desk = snapshot, desk
        self._office = profile(snapshot)
        self._zone, self._where = zone(snapshot), Where.load(snapshot)
        self._first, self._last = first, last
        self.locale: Locale = locale_for(self._office.locale)

    def cards(
        self,
        tutor_ids: Sequence[int] | None = None,
        student_ids: Sequence[int] | None = None,
        room_ids: Sequence[int] | None = None,
    ) -> tuple[SessionCard, ...]:
        """Read the sessions of the sheet's days, without what was called off."""
        start = day_span(self._first, self._zone).start
        span = TimeSpan(start, day_span(self._last, self._zone).end)
        return cards_in(self._snapshot, span, tutor_ids, student_ids, room_ids)

    def slot(self, card: SessionCard, column: int, *, is_public: bool = False) -> Slot:
        """Give a session's slot; a list names the tutor besides."""
        tutors = ", ".join(name for _id, name in card.tutors)
        detail = tutors.split(" ")[0] if is_public and len(card.tutors) == 1 else tutors
        return slot_of(
            card, column, self._zone, self._where, detail, is_public=is_public
        )

    def by_day(self, title: str, cards: Sequence[SessionCard]) -> Job:
        """Give a list of sessions under the days that have any."""
        days = sorted({self._day(card) for card in cards})
        columns = {day: number for number, day in enumerate(days)}
        slots = [self.slot(card, columns[self._day(card)]) for card in cards]
        heads = tuple((self.locale.long_date(day), "") for day in days)
        when = self.locale.period(self._first, self._last)
        return self.job(title, when, cards, heads, slots, as_list=True)

    def job(
        self,
        title: str,
        subtitle: str,
        cards: Sequence[SessionCard],
        heads: tuple[tuple[str, str], ...],
        slots: Sequence[Slot],
        *,
        as_list: bool,
    ) -> Job:
        """Give the sheet to be drawn."""
        office = self._office
        plan = Schedule(
            title,
            subtitle or office.name,
            total_of(cards, self.locale),
            heads,
            tuple(slots),
            wall_clock(self._desk.now(), self._zone),
            as_list,
        )
        letterhead = letterhead_of(office, logo_of(self._snapshot, office.logo_id))
        return Job(plan, letterhead, office.locale, office.country)

    def _day(self, card: SessionCard) -> date:
        return max(local_date(card.starts_at, self._zone), self._first)


def _by_name(tutor: tuple[int, str]) -> tuple[str, int]:
    return tutor[1].casefold(), tutor[0]
