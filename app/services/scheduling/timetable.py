"""What the calendar shows: the sessions of a stretch of time, read fast."""

from __future__ import annotations

from collections.abc import Collection

from app.models.values.schedule import TimeSpan
from app.services.desk import Desk
from app.services.scheduling.cards import SessionCard, cards_in
from app.services.scheduling.details import SessionDetail, detail_of


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
