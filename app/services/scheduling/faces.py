"""What a session's own panel shows, and what is usual for a student."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.models.closing import Note
from app.models.database import Snapshot, Transaction
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.actors import Actor
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.scheduling.details import SessionDetail, detail_of
from app.services.scheduling.fixed import why_fixed

_FOR_FAMILIES = "family"
_CANCELLED = [status for status in SessionStatus if status.is_cancelled]
_CANCELLED_PLACE = [state for state in AttendanceState if state.is_cancelled]


@dataclass(frozen=True, slots=True)
class SessionFace:
    """A session's own panel.

    Attributes:
        position: which of its series it is, from 1; 0 without a series.
        of: how many sessions its series has, cancelled ones not counted.
        fixed: why it may not change any more; empty if it may.
        last_note: the latest note for the family about its first student.
    """

    detail: SessionDetail
    position: int
    of: int
    fixed: str
    last_note: str


@dataclass(frozen=True, slots=True)
class Usual:
    """How a student was taught last, to propose the same again."""

    offering_id: int
    tutor_ids: tuple[int, ...]
    minutes: int
    place_id: int | None
    room_id: int | None
    placement_id: int | None
    contract_id: int | None
    starts_at: datetime


def face_of(work: Snapshot | Transaction, actor: Actor, session_id: int) -> SessionFace:
    """Read one session's panel.

    Raises:
        MissingRecordError: There is none.
        NotYoursError: A tutor asked for another's.
    """
    detail = detail_of(work, actor, session_id)
    position, of = _place_in_series(work, detail)
    fixed = why_fixed(work, [session_id]).get(session_id, "")
    return SessionFace(detail, position, of, fixed, _last_note(work, detail))


def usual_of(work: Snapshot | Transaction, student_id: int) -> Usual | None:
    """Read how a student's latest session was held."""
    session = work.scalars(
        select(Session)
        .join(Attendance, Attendance.session_id == Session.id)
        .where(
            Attendance.student_id == student_id,
            Attendance.state.not_in(_CANCELLED_PLACE),
            Session.status.not_in(_CANCELLED),
        )
        .order_by(Session.starts_at.desc(), Session.id.desc())
        .limit(1)
    ).first()
    if session is None:
        return None
    tutors = work.scalars(
        select(SessionTutor.tutor_id)
        .where(SessionTutor.session_id == session.id)
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    seconds = (session.ends_at - session.starts_at).total_seconds()
    return Usual(
        session.offering_id,
        tuple(tutors),
        int(seconds) // 60,
        session.place_id,
        session.room_id,
        session.placement_id,
        session.contract_id,
        session.starts_at,
    )


def _place_in_series(
    work: Snapshot | Transaction, detail: SessionDetail
) -> tuple[int, int]:
    if detail.card.series_id is None:
        return 0, 0
    of_series = select(func.count(Session.id)).where(
        Session.series_id == detail.card.series_id, Session.status.not_in(_CANCELLED)
    )
    former = of_series.where(Session.starts_at < detail.card.starts_at)
    return work.scalars(former).one() + 1, work.scalars(of_series).one()


def _last_note(work: Snapshot | Transaction, detail: SessionDetail) -> str:
    if not detail.card.students:
        return ""
    found = work.scalars(
        select(Note.text)
        .join(Session, Session.id == Note.session_id)
        .join(Attendance, Attendance.session_id == Session.id)
        .where(
            Attendance.student_id == detail.card.students[0].student_id,
            Session.starts_at <= detail.card.starts_at,
            Note.audience == _FOR_FAMILIES,
            (Note.student_id.is_(None))
            | (Note.student_id == detail.card.students[0].student_id),
        )
        .order_by(Session.starts_at.desc(), Note.id.desc())
        .limit(1)
    ).first()
    return found or ""
