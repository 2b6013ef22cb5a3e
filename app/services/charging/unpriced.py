"""Places of closed sessions that have no charge because they could not be priced."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, exists, or_, select

from app.models.billing import Charge
from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import Attendance, Session
from app.models.values.schedule import (
    AttendanceState,
    SessionStatus,
    day_span,
    local_date,
)
from app.services.charging.loading import load_facts
from app.services.charging.settling import settle, would_charge
from app.services.desk import Desk, zone

_PLACE: tuple[Any, ...] = (
    Session.id.label("session_id"),
    Session.starts_at,
    Attendance.student_id,
    Student.household_id,
)
_CLOSED = (SessionStatus.HELD, SessionStatus.NO_SHOW, SessionStatus.CANCELLED_LATE)

_IS_CHARGED = exists().where(
    Charge.session_id == Session.id,
    Charge.live_key.is_not(None),
    Charge.source == "",
    or_(Charge.student_id.is_(None), Charge.student_id == Attendance.student_id),
)
_UNCHARGED = (
    select(*_PLACE)
    .join(Attendance, Attendance.session_id == Session.id)
    .join(Student, Student.id == Attendance.student_id)
    .where(
        Session.starts_at >= bindparam("start"),
        Session.starts_at < bindparam("end"),
        or_(
            Session.status.in_(_CLOSED),
            Attendance.state == AttendanceState.CANCELLED_LATE,
        ),
        Attendance.charge_reason == "",
        ~_IS_CHARGED,
    )
    .order_by(Session.starts_at, Session.id, Attendance.position, Attendance.id)
)
_OF_HOUSEHOLDS = _UNCHARGED.where(
    Student.household_id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A student's place in a closed session that cannot be charged yet.

    Attributes:
        sentence: what is missing, and what to do.
    """

    session_id: int
    student_id: int
    household_id: int
    service_on: date
    sentence: str


def unpriced(
    work: Snapshot | Transaction,
    from_on: date,
    until_on: date,
    household_ids: Collection[int] | None = None,
) -> tuple[Unpriced, ...]:
    """List the places that cannot be priced, by time of the session.

    Args:
        work: where to look.
        from_on: the first service date.
        until_on: the last service date.
        household_ids: only these households; None is all.
    """
    found: list[Unpriced] = []
    where = zone(work)
    for row in _uncharged(work, from_on, until_on, household_ids):
        faults = would_charge(load_facts(work, row.session_id)).faults
        sentence = faults.get(row.student_id)
        if sentence is not None:
            on = local_date(row.starts_at, where)
            found.append(
                Unpriced(row.session_id, row.student_id, row.household_id, on, sentence)
            )
    return tuple(found)


def price_anew(
    transaction: Transaction,
    desk: Desk,
    from_on: date,
    until_on: date,
    household_ids: Collection[int] | None = None,
) -> tuple[Unpriced, ...]:
    """Settle for a run what had no price, and list what still has none."""
    rows = _uncharged(transaction, from_on, until_on, household_ids)
    for session_id in dict.fromkeys(row.session_id for row in rows):
        settle(transaction, desk, session_id, by_run=True)
    return unpriced(transaction, from_on, until_on, household_ids)


def without_charge(
    work: Snapshot | Transaction,
    from_on: date,
    until_on: date,
    household_ids: Collection[int] | None = None,
) -> frozenset[int]:
    """Name the households with places that had no price, even if they have one now."""
    rows = _uncharged(work, from_on, until_on, household_ids)
    return frozenset(row.household_id for row in rows)


def _uncharged(
    work: Snapshot | Transaction,
    from_on: date,
    until_on: date,
    household_ids: Collection[int] | None,
) -> Sequence[Row[Any]]:
    """Find places with neither a charge nor a reason.

    A charge without a student is the whole session's.
    """
    where = zone(work)
    asked = {
        "start": day_span(from_on, where).start,
        "end": day_span(until_on, where).end,
    }
    if household_ids is None:
        return work.rows_once(_UNCHARGED, asked)
    return work.rows_once(_OF_HOUSEHOLDS, {**asked, "ids": list(household_ids)})
