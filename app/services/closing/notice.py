"""How much notice a cancellation gave, and whether that was in time."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Attendance
from app.models.values.policies import LateCancel
from app.models.values.schedule import AttendanceState, CancelledBy
from app.services.closing.sheet import Sheet
from app.services.policies import Concern, rule_for

_BY = {
    CancelledBy.OFFICE: AttendanceState.CANCELLED_BY_OFFICE,
    CancelledBy.TUTOR: AttendanceState.CANCELLED_BY_TUTOR,
}


def notice_minutes(at: datetime, starts_at: datetime) -> int:
    """Count the whole minutes that pass between cancelling and the planned start.

    Elapsed time, whatever the clocks do; negative once the session has begun.
    """
    return int(starts_at.timestamp() - at.timestamp()) // 60


def is_late(at: datetime, starts_at: datetime, limit_hours: Decimal) -> bool:
    """Say whether the notice is shorter than the limit; exactly it is in time."""
    seconds = int(starts_at.timestamp()) - int(at.timestamp())
    return seconds < limit_hours * 3600


def limit_hours(
    work: Snapshot | Transaction, sheet: Sheet, place: Attendance | None
) -> Decimal:
    """Find the notice that is asked of a student, in hours."""
    if sheet.offering.notice_hours is not None:
        return Decimal(sheet.offering.notice_hours)
    concern = Concern(
        household_id=sheet.households[place.student_id] if place else None,
        tutor_id=sheet.tutors[0].tutor_id if sheet.tutors else None,
        offering_id=sheet.offering.id,
    )
    return rule_for(work, LateCancel, sheet.service_on, concern).notice_hours


def state_of(
    work: Snapshot | Transaction,
    sheet: Sheet,
    place: Attendance | None,
    by: CancelledBy,
    at: datetime,
) -> AttendanceState:
    """Tell what a cancellation makes of a student's place."""
    if by is not CancelledBy.HOUSEHOLD:
        return _BY[by]
    if is_late(at, sheet.session.starts_at, limit_hours(work, sheet, place)):
        return AttendanceState.CANCELLED_LATE
    return AttendanceState.CANCELLED_IN_TIME
