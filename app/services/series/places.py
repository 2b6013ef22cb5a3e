"""A student's places in the coming sessions of a course."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Attendance, Enrolment, Series, Session
from app.models.values.occupancy import ResourceKind
from app.models.values.schedule import AttendanceState, SessionStatus, local_date
from app.services.desk import Desk, zone
from app.services.scheduling import clashes as checks
from app.services.scheduling import facts as known
from app.services.scheduling import occupancy
from app.services.scheduling.fixed import why_fixed
from app.services.scheduling.following import follow_money
from app.services.scheduling.requests import Clash, ClashKind

_AHEAD = [status for status in SessionStatus if status.is_ahead]


def clashes_of_joining(
    work: Snapshot | Transaction,
    desk: Desk,
    series: Series,
    student_id: int,
    from_on: date,
) -> tuple[Clash, ...]:
    """List what a student would run into by joining the coming sessions."""
    ids = coming(work, series.id, from_on)
    drafts = [
        replace(draft, student_ids=(*draft.student_ids, student_id))
        for draft in checks.drafts_of(work, ids).values()
        if student_id not in draft.student_ids
    ]
    if not drafts:
        return ()
    facts = known.load(work, drafts, desk.at(work))
    found = checks.find(desk, facts, drafts, ids)
    own = (ResourceKind.STUDENT, student_id)
    return tuple(
        clash
        for clashes in found
        for clash in clashes
        if clash.resource == own or clash.kind is ClashKind.CAPACITY
    )


def coming(work: Snapshot | Transaction, series_id: int, from_on: date) -> list[int]:
    """List the sessions of a series from a day on that are still to be held."""
    here = zone(work)
    rows = work.execute(
        select(Session.id, Session.starts_at)
        .where(Session.series_id == series_id, Session.status.in_(_AHEAD))
        .order_by(Session.starts_at, Session.id)
    )
    days = [(row_id, local_date(starts_at, here)) for row_id, starts_at in rows]
    ids = [row_id for row_id, day in days if day >= from_on]
    fixed = why_fixed(work, ids)
    return [row_id for row_id in ids if row_id not in fixed]


def add_places(transaction: Transaction, desk: Desk, enrolment: Enrolment) -> None:
    """Expect the student in the coming sessions."""
    ids = coming(transaction, enrolment.series_id, enrolment.from_on)
    has_place = set(
        transaction.scalars(
            select(Attendance.session_id).where(
                Attendance.session_id.in_(ids),
                Attendance.student_id == enrolment.student_id,
            )
        )
    )
    positions = {
        session_id: position + 1
        for session_id, position in transaction.execute(
            select(Attendance.session_id, func.max(Attendance.position))
            .where(Attendance.session_id.in_(ids))
            .group_by(Attendance.session_id)
        )
    }
    missing = [session_id for session_id in ids if session_id not in has_place]
    transaction.insert_all(
        Attendance,
        [
            {
                "session_id": session_id,
                "student_id": enrolment.student_id,
                "position": positions.get(session_id, 0),
            }
            for session_id in missing
        ],
    )
    occupancy.sync(transaction, ids)
    follow_money(transaction, desk, missing)


def take_places_away(
    transaction: Transaction, desk: Desk, enrolment: Enrolment
) -> None:
    """Expect the student no more after the last day taken part."""
    here = zone(transaction)
    last = enrolment.until_on or local_date(transaction.at, here)
    ids = coming(transaction, enrolment.series_id, last)
    places = transaction.execute(
        select(Attendance, Session.starts_at)
        .join(Session, Session.id == Attendance.session_id)
        .where(
            Attendance.session_id.in_(ids),
            Attendance.student_id == enrolment.student_id,
            Attendance.state == AttendanceState.EXPECTED,
        )
    )
    left: list[int] = []
    for place, starts_at in places.all():
        if local_date(starts_at, here) > last:
            left.append(place.session_id)
            transaction.delete(place)
    occupancy.sync(transaction, ids)
    follow_money(transaction, desk, left)
