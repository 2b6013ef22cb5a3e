"""Reads what was closed out lately, and whether it can still be opened again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.models.billing import Charge
from app.models.catalog import Offering
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayLine
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.policies import Approval
from app.models.values.schedule import CloseOutState
from app.services.closing.deciding import waits_for_of
from app.services.closing.results import ClosedOut
from app.services.desk import Desk
from app.services.policies import is_any_set
from app.services.rights import own_sessions
from app.text import _

Parts = dict[int, list[tuple[int, str, int | None]]]


def closed_out(snapshot: Snapshot, desk: Desk, since: datetime) -> list[ClosedOut]:
    """List what was closed out since an instant, by start; a tutor's own only."""
    return _read(snapshot, _query(desk).where(CloseOut.closed_at >= since))


def undecided(snapshot: Snapshot, desk: Desk) -> list[ClosedOut]:
    """List what waits for a review or an approval, by start."""
    if not is_any_set(snapshot, Approval):
        return []
    is_before = CloseOut.state != CloseOutState.APPROVED
    found = _read(snapshot, _query(desk).where(is_before))
    return [row for row in found if row.waits_for is not None]


def _read(snapshot: Snapshot, query: Select[*tuple[Any, ...]]) -> list[ClosedOut]:
    rows = snapshot.execute(query).all()
    ids = [row[0] for row in rows]
    waiting = waits_for_of(snapshot, ids)
    tutors, students = _tutors(snapshot, ids), _students(snapshot, ids)
    kept = why_kept(snapshot, ids)
    found: list[ClosedOut] = []
    for session_id, starts_at, ends_at, status, offering, state, by, at in rows:
        main = next(iter(tutors.get(session_id, [])), (None, "", None))
        found.append(
            ClosedOut(
                session_id=session_id,
                starts_at=starts_at,
                ends_at=ends_at,
                offering=offering,
                tutor_id=main[0],
                tutor=main[1],
                students=tuple(students.get(session_id, ())),
                status=status,
                state=state,
                minutes=main[2],
                closed_by=by,
                closed_at=at,
                fixed_why=kept.get(session_id, ""),
                waits_for=waiting.get(session_id),
            )
        )
    return found


def why_kept(
    work: Snapshot | Transaction, session_ids: Collection[int]
) -> dict[int, str]:
    """Say of each session that is invoiced or paid that it is."""
    found: dict[int, str] = {}
    invoiced = select(Charge.session_id).where(
        Charge.session_id.in_(session_ids),
        Charge.line_id.is_not(None),
        Charge.live_key.is_not(None),
    )
    paid = select(PayLine.session_id).where(
        PayLine.session_id.in_(session_ids),
        PayLine.statement_id.is_not(None),
        PayLine.live_key.is_not(None),
    )
    for query, why in (
        (invoiced, _("it is invoiced")),
        (paid, _("its tutor was paid")),
    ):
        for session_id in work.scalars(query):
            if session_id is not None:
                found.setdefault(session_id, why)
    return found


def _query(desk: Desk) -> Select[*tuple[Any, ...]]:
    query = (
        select(
            Session.id,
            Session.starts_at,
            Session.ends_at,
            Session.status,
            Offering.name,
            CloseOut.state,
            CloseOut.closed_by,
            CloseOut.closed_at,
        )
        .join(CloseOut, CloseOut.session_id == Session.id)
        .join(Offering, Offering.id == Session.offering_id)
        .order_by(Session.starts_at, Session.id)
    )
    if desk.actor.is_office:
        return query
    return query.where(Session.id.in_(own_sessions(desk.actor)))


def _tutors(snapshot: Snapshot, ids: Collection[int]) -> Parts:
    rows = snapshot.execute(
        select(
            SessionTutor.session_id, Tutor.id, Tutor.name, SessionTutor.actual_minutes
        )
        .join(Tutor, Tutor.id == SessionTutor.tutor_id)
        .where(SessionTutor.session_id.in_(ids))
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    found: Parts = defaultdict(list)
    for session_id, tutor_id, name, minutes in rows:
        found[session_id].append((tutor_id, name, minutes))
    return found


def _students(snapshot: Snapshot, ids: Collection[int]) -> dict[int, list[str]]:
    rows = snapshot.execute(
        select(Attendance.session_id, Student.name)
        .join(Student, Student.id == Attendance.student_id)
        .where(Attendance.session_id.in_(ids))
        .order_by(Attendance.position, Attendance.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, name in rows:
        found[session_id].append(name)
    return found
