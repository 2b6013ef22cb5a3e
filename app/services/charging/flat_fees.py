"""Which sessions a flat fee's limited number of sessions a month concerns."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, bindparam, or_, select

from app.models.agreements import FlatFee
from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import Attendance, Session
from app.models.values.schedule import SessionStatus, day_span, local_date
from app.services.desk import zone

_DECIDED = (
    SessionStatus.HELD,
    SessionStatus.NO_SHOW,
    SessionStatus.CANCELLED_LATE,
)
_LAST_MONTH = 12
_LIMITED = (
    select(Attendance.session_id)
    .join(Student, Student.id == Attendance.student_id)
    .join(FlatFee, FlatFee.household_id == Student.household_id)
    .where(
        Attendance.session_id.in_(bindparam("ids", expanding=True)),
        FlatFee.included.is_not(None),
    )
)


def later_in_month(work: Snapshot | Transaction, session_id: int) -> Sequence[int]:
    """List the later closed sessions of the month that share a limited flat fee.

    In order of time, so that settling them one after the other gives the fee's number
    to the earliest ones, whatever order they were closed out in.
    """
    households = _with_limit(work, session_id)
    if not households:
        return ()
    starts_at = work.scalars(
        select(Session.starts_at).where(Session.id == session_id)
    ).one()
    where = zone(work)
    first = local_date(starts_at, where).replace(day=1)
    years, month = divmod(first.month, _LAST_MONTH)
    following = first.replace(year=first.year + years, month=month + 1)
    query = (
        select(Session.id)
        .join(Attendance, Attendance.session_id == Session.id)
        .join(Student, Student.id == Attendance.student_id)
        .where(
            Student.household_id.in_(households),
            Session.status.in_(_DECIDED),
            Session.starts_at < day_span(following, where).start,
            or_(
                Session.starts_at > starts_at,
                and_(Session.starts_at == starts_at, Session.id > session_id),
            ),
        )
        .group_by(Session.id, Session.starts_at)
        .order_by(Session.starts_at, Session.id)
    )
    return work.scalars(query).all()


def sharing_limits(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> Sequence[int]:
    """Name those of some sessions whose households have a limited flat fee."""
    limited = set(work.scalars(_LIMITED, {"ids": list(session_ids)}))
    return [each for each in session_ids if each in limited]


def _with_limit(work: Snapshot | Transaction, session_id: int) -> Sequence[int]:
    return work.scalars(
        select(FlatFee.household_id)
        .join(Student, Student.household_id == FlatFee.household_id)
        .join(Attendance, Attendance.student_id == Student.id)
        .where(Attendance.session_id == session_id, FlatFee.included.is_not(None))
        .distinct()
    ).all()
