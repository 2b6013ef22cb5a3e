"""The sessions that leave, an absence or a closure entered later would hit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, select

from app.models.catalog import Offering
from app.models.database import Snapshot, Transaction
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.schedule import AttendanceState, SessionStatus, TimeSpan

_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)
_AT_ONCE = 500


class Offer(StrEnum):
    """What can be done with a session that is hit."""

    CANCEL = "cancel"
    MOVE = "move"
    SUBSTITUTE = "substitute"
    KEEP = "keep"


EVERY_OFFER = tuple(Offer)
WITHOUT_SUBSTITUTE = (Offer.CANCEL, Offer.MOVE, Offer.KEEP)


@dataclass(frozen=True, slots=True)
class SessionConcerned:
    """A planned session that is hit, and what is offered for it."""

    session_id: int
    version: int
    starts_at: datetime
    ends_at: datetime
    status: SessionStatus
    offering: str
    tutors: tuple[str, ...]
    students: tuple[str, ...]
    offers: tuple[Offer, ...]


def sessions_concerned(
    work: Snapshot | Transaction,
    span: TimeSpan,
    *,
    tutor_id: int | None = None,
    student_id: int | None = None,
    offers: tuple[Offer, ...] = EVERY_OFFER,
) -> tuple[SessionConcerned, ...]:
    """List the sessions still ahead that overlap a span, earliest first.

    Args:
        work: where to read.
        span: the time that is taken.
        tutor_id: only this tutor's sessions.
        student_id: only sessions this student has not cancelled.
        offers: what can be done with each.
    """
    rows = work.execute(_query(span, tutor_id, student_id)).all()
    session_ids = [row.id for row in rows]
    tutors = _tutors(work, session_ids)
    students = _students(work, session_ids)
    return tuple(
        SessionConcerned(
            session_id,
            version,
            starts_at,
            ends_at,
            status,
            offering,
            tuple(tutors[session_id]),
            tuple(students[session_id]),
            offers,
        )
        for session_id, version, starts_at, ends_at, status, offering in rows
    )


def _query(
    span: TimeSpan, tutor_id: int | None, student_id: int | None
) -> Select[int, int, datetime, datetime, SessionStatus, str]:
    query = (
        select(
            Session.id,
            Session.version,
            Session.starts_at,
            Session.ends_at,
            Session.status,
            Offering.name,
        )
        .join(Offering, Offering.id == Session.offering_id)
        .where(
            Session.starts_at < span.end,
            Session.ends_at > span.start,
            Session.status.in_(_AHEAD),
        )
        .order_by(Session.starts_at, Session.id)
    )
    if tutor_id is not None:
        taught = select(SessionTutor.session_id)
        query = query.where(
            Session.id.in_(taught.where(SessionTutor.tutor_id == tutor_id))
        )
    if student_id is not None:
        expected = select(Attendance.session_id).where(
            Attendance.student_id == student_id,
            Attendance.state == AttendanceState.EXPECTED,
        )
        query = query.where(Session.id.in_(expected))
    return query


def _tutors(
    work: Snapshot | Transaction, session_ids: Collection[int]
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(SessionTutor.session_id, Tutor.name).join(
        Tutor, Tutor.id == SessionTutor.tutor_id
    )
    for part in _parts(session_ids):
        asked = query.where(SessionTutor.session_id.in_(part))
        for session_id, name in work.execute(asked.order_by(SessionTutor.position)):
            found[session_id].append(name)
    return found


def _students(
    work: Snapshot | Transaction, session_ids: Collection[int]
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    query = select(Attendance.session_id, Student.name, Attendance.state).join(
        Student, Student.id == Attendance.student_id
    )
    for part in _parts(session_ids):
        asked = query.where(Attendance.session_id.in_(part))
        for session_id, name, state in work.execute(
            asked.order_by(Attendance.position)
        ):
            if not state.is_cancelled:
                found[session_id].append(name)
    return found


def _parts(session_ids: Collection[int]) -> list[list[int]]:
    ids = list(session_ids)
    return [ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE)]
