"""Reads everything that one session's own view shows of the timetable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.models.catalog import Place, Room
from app.models.database import Snapshot, Transaction
from app.models.people import Tutor
from app.models.scheduling import Series, Session, SessionTutor
from app.models.values.actors import Actor
from app.models.values.schedule import CancelledBy, TutorPart
from app.services.desk import fetch
from app.services.rights import NotYoursError, is_own
from app.services.scheduling.cards import SessionCard, cards_of
from app.text import _


@dataclass(slots=True, frozen=True)
class TutorOn:
    """A tutor's part in a session."""

    tutor_id: int
    name: str
    part: TutorPart


@dataclass(slots=True, frozen=True)
class SessionDetail:
    """Everything a session's own view shows of the timetable.

    Attributes:
        course: the course's name, where the series is one.
        changed_fields: what was changed by hand on this one of a series.
    """

    card: SessionCard
    tutors: tuple[TutorOn, ...]
    place: str
    room: str
    placement_id: int | None
    contract_id: int | None
    course: str
    slot_at: datetime | None
    changed_fields: tuple[str, ...]
    override_reason: str
    cancelled_at: datetime | None
    cancelled_by: CancelledBy | None
    cancel_note: str
    notice_minutes: int | None
    entered_late_minutes: int | None
    make_up_of_id: int | None


def detail_of(
    work: Snapshot | Transaction, actor: Actor, session_id: int
) -> SessionDetail:
    """Read one session.

    Raises:
        MissingRecordError: There is none.
        NotYoursError: A tutor asked for another's.
    """
    session = fetch(work, Session, session_id, "session")
    card = cards_of(work, [session_id])[0]
    if not is_own(actor, *dict(card.tutors)):
        raise NotYoursError(_("sessions"))
    series = work.get(Series, session.series_id) if session.series_id else None
    place = work.get(Place, session.place_id) if session.place_id else None
    room = work.get(Room, session.room_id) if session.room_id else None
    return SessionDetail(
        card,
        _parts(work, session_id),
        place.name if place else "",
        room.name if room else "",
        session.placement_id,
        session.contract_id,
        series.course_name if series else "",
        session.slot_at,
        tuple(session.changed_fields),
        session.override_reason,
        session.cancelled_at,
        session.cancelled_by,
        session.cancel_note,
        session.notice_minutes,
        session.entered_late_minutes,
        session.make_up_of_id,
    )


def _parts(work: Snapshot | Transaction, session_id: int) -> tuple[TutorOn, ...]:
    rows = work.execute(
        select(Tutor.id, Tutor.name, SessionTutor.part)
        .join(Tutor, Tutor.id == SessionTutor.tutor_id)
        .where(SessionTutor.session_id == session_id)
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    return tuple(TutorOn(*row) for row in rows)
