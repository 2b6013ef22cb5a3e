"""The list of past sessions that nobody has closed out; nothing falls off it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Select, select

from app.models.catalog import Offering
from app.models.closing import CloseOut
from app.models.database import Snapshot
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.policies import CloseOutDue
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
    local_date,
)
from app.services.closing.due import closed_days, due_at
from app.services.closing.errors import NotYourSessionError
from app.services.closing.former import stayed_away
from app.services.closing.results import OpenCloseOut
from app.services.desk import Desk, zone
from app.services.policies import Concern, rule_for

People = tuple[dict[int, list[tuple[int | None, str]]], dict[int, list[str]]]
Due = Callable[[Session, int | None], datetime]

_CANCELLED = [status for status in SessionStatus if status.is_cancelled]
_CALLED_OFF = [state for state in AttendanceState if state.is_cancelled]


def open_close_outs(
    snapshot: Snapshot, desk: Desk, tutor_id: int | None
) -> tuple[OpenCloseOut, ...]:
    """List past sessions not cancelled and not closed, the oldest first.

    Raises:
        NotYourSessionError: A tutor asked for another's.
    """
    if not desk.actor.is_office:
        if tutor_id not in {None, desk.actor.tutor_id} or desk.actor.tutor_id is None:
            raise NotYourSessionError
        tutor_id = desk.actor.tutor_id
    query = _open_sessions(desk, tutor_id)
    ids = query.with_only_columns(Session.id).order_by(None)
    tutors, students = _tutors(snapshot, ids), _students(snapshot, ids)
    due = _due(snapshot)
    away = stayed_away(snapshot, ids)
    return tuple(
        replace(
            _listed(desk, session, offering, (tutors, students), due),
            stayed_away=tuple(away.get(session.id, ())),
        )
        for session, offering in snapshot.execute(query.add_columns(Offering.name))
    )


def _listed(
    desk: Desk, session: Session, offering: str, people: People, due: Due
) -> OpenCloseOut:
    tutors, students = people
    tutor_id, tutor = next(iter(tutors.get(session.id, [])), (None, ""))
    due_at = due(session, tutor_id)
    return OpenCloseOut(
        session_id=session.id,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        offering=offering,
        tutor_id=tutor_id,
        tutor=tutor,
        students=tuple(students.get(session.id, [])),
        due_at=due_at,
        is_late=desk.now() > due_at,
        is_never_confirmed=session.status is SessionStatus.TENTATIVE,
    )


def _open_sessions(desk: Desk, tutor_id: int | None) -> Select[Session]:
    closed = select(CloseOut.session_id).where(CloseOut.state != CloseOutState.OPEN)
    query = (
        select(Session)
        .join(Offering, Offering.id == Session.offering_id)
        .where(
            Session.ends_at <= desk.now(),
            Session.status.not_in(_CANCELLED),
            Session.id.not_in(closed),
        )
        .order_by(Session.starts_at, Session.id)
    )
    if tutor_id is None:
        return query
    own = select(SessionTutor.session_id).where(SessionTutor.tutor_id == tutor_id)
    return query.where(Session.id.in_(own))


def _tutors(
    snapshot: Snapshot, ids: Select[int]
) -> dict[int, list[tuple[int | None, str]]]:
    rows = snapshot.execute(
        select(SessionTutor.session_id, Tutor.id, Tutor.name)
        .join(Tutor, Tutor.id == SessionTutor.tutor_id)
        .where(SessionTutor.session_id.in_(ids))
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    found: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    for session_id, tutor_id, name in rows:
        found[session_id].append((tutor_id, name))
    return found


def _students(snapshot: Snapshot, ids: Select[int]) -> dict[int, list[str]]:
    rows = snapshot.execute(
        select(Attendance.session_id, Student.name)
        .join(Student, Student.id == Attendance.student_id)
        .where(Attendance.session_id.in_(ids), Attendance.state.not_in(_CALLED_OFF))
        .order_by(Attendance.position, Attendance.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, name in rows:
        found[session_id].append(name)
    return found


def _due(snapshot: Snapshot) -> Due:
    known: dict[tuple[date, Concern], CloseOutDue] = {}
    closed, office_zone = closed_days(snapshot), zone(snapshot)

    def due(session: Session, tutor_id: int | None) -> datetime:
        """Tell when a session is due, asking for each rule once."""
        on = local_date(session.starts_at, office_zone)
        concern = Concern(tutor_id=tutor_id, offering_id=session.offering_id)
        if (on, concern) not in known:
            known[on, concern] = rule_for(snapshot, CloseOutDue, on, concern)
        return due_at(session.ends_at, known[on, concern], closed, office_zone)

    return due
