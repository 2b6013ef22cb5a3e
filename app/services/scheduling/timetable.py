"""What the calendar shows: the sessions of a stretch of time, read fast."""

from __future__ import annotations

from collections.abc import Collection

from app.models.values.schedule import TimeSpan
from app.services.desk import Desk
from app.services.rights import require_own_student
from app.services.scheduling import facts as known
from app.services.scheduling.cards import SessionCard, cards_in
from app.services.scheduling.clashes import drafts_of, find
from app.services.scheduling.details import SessionDetail, detail_of
from app.services.scheduling.faces import SessionFace, Usual, face_of, usual_of
from app.services.scheduling.periods import Period, period_of, working_tutors
from app.services.scheduling.requests import Clash
from app.services.scheduling.series_dates import SeriesDate, dates_of
from app.services.scheduling.waiting import Waiting, waiting_of


class Timetable:
    """Reads sessions for calendars and lists."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def sessions_in(
        self,
        span: TimeSpan,
        tutor_ids: Collection[int] | None = None,
        student_ids: Collection[int] | None = None,
        room_ids: Collection[int] | None = None,
        *,
        with_cancelled: bool = False,
    ) -> tuple[SessionCard, ...]:
        """List the sessions that touch a span, earliest first.

        Several filters must all hold. A tutor sees own sessions only.

        Args:
            span: half open; a session that ends at its start is not in it.
            tutor_ids: only sessions that one of these tutors holds.
            student_ids: only sessions that one of these students is in.
            room_ids: only sessions in one of these rooms.
            with_cancelled: also those that were called off.
        """
        if not self._desk.actor.is_office:
            own = {self._desk.actor.tutor_id or 0}
            tutor_ids = own & set(tutor_ids) if tutor_ids is not None else own
        with self._desk.snapshot() as snapshot:
            return cards_in(
                snapshot,
                span,
                tutor_ids,
                student_ids,
                room_ids,
                with_cancelled=with_cancelled,
            )

    def session(self, session_id: int) -> SessionDetail:
        """Tell everything about one session.

        Raises:
            MissingRecordError: There is none.
            NotYoursError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            return detail_of(snapshot, self._desk.actor, session_id)

    def period(self, span: TimeSpan, *, with_cancelled: bool = True) -> Period:
        """Tell everything a calendar shows of a span; a tutor's own sessions only."""
        own = None
        if not self._desk.actor.is_office:
            own = [self._desk.actor.tutor_id or 0]
        with self._desk.snapshot() as snapshot:
            cards = cards_in(snapshot, span, own, with_cancelled=with_cancelled)
            tutor_ids = working_tutors(snapshot) if own is None else own
            is_office = self._desk.actor.is_office
            return period_of(snapshot, span, cards, tutor_ids, with_money=is_office)

    def face(self, session_id: int) -> SessionFace:
        """Tell what a session's own panel shows.

        Raises:
            MissingRecordError: There is none.
            NotYoursError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            return face_of(snapshot, self._desk.actor, session_id)

    def usual(self, student_id: int) -> Usual | None:
        """Tell how a student's latest session was held; None if there is none.

        Raises:
            NotYoursError: A tutor asked for a student of others.
        """
        with self._desk.snapshot() as snapshot:
            require_own_student(snapshot, self._desk.actor, student_id)
            return usual_of(snapshot, student_id)

    def series_dates(self, session_id: int) -> tuple[SeriesDate, ...]:
        """List the dates of a session's series, earliest first; none without one.

        Raises:
            MissingRecordError: There is no such session.
            NotYoursError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            return dates_of(snapshot, self._desk.actor, session_id)

    def waiting(self) -> tuple[Waiting, ...]:
        """List the missed sessions that wait for another time, earliest first.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return waiting_of(snapshot, self._desk.now())

    def clashes_in(self, span: TimeSpan) -> dict[int, tuple[Clash, ...]]:
        """Tell by session what those ahead in a span run into and nobody accepted.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            cards = cards_in(snapshot, span)
            accepted = {card.session_id for card in cards if card.is_overridden}
            ids = [card.session_id for card in cards if card.status.is_ahead]
            drafts = drafts_of(snapshot, [one for one in ids if one not in accepted])
            if not drafts:
                return {}
            asked = list(drafts.values())
            facts = known.load(snapshot, asked, self._desk.now())
            found = find(self._desk, facts, asked, drafts, hard_only=True)
            by_session = {
                session_id: tuple(c for c in clashes if c.session_id not in accepted)
                for session_id, clashes in zip(drafts, found, strict=True)
            }
            return {key: clashes for key, clashes in by_session.items() if clashes}
