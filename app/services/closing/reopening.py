"""Opens a closed session again, as long as no document holds its money."""

from __future__ import annotations

from app.models.database import Transaction
from app.models.scheduling import Attendance
from app.models.values.schedule import AttendanceState, SessionStatus, wall_clock
from app.services.closing.claims import withdraw_claims
from app.services.closing.errors import HeldByDocumentError, NotClosedError
from app.services.closing.outcomes import was_called_off
from app.services.closing.own_part import require_own_reopening
from app.services.closing.recent import why_kept
from app.services.closing.settling import settle_money, settle_slot
from app.services.closing.sheet import require_open_day, require_own, sheet_of
from app.services.desk import Desk, zone


def reopen(transaction: Transaction, desk: Desk, session_id: int) -> None:
    """Take a close-out back; notes and homework stay for the next one.

    Raises:
        MissingRecordError: There is no such session.
        NotYourSessionError: It is another tutor's.
        OfficeDecidedError: The office decided about it, and a tutor asked.
        OthersPartError: A tutor asked, and another tutor has a part in it.
        NotClosedError: It has not been closed out.
        PeriodLockedError: Its day lies in a locked period.
        HeldByDocumentError: It is invoiced or paid; only a correction changes it.
        ClashError: It had been called off, and the time is taken now.
    """
    sheet = sheet_of(transaction, session_id)
    require_own(desk, sheet)
    require_own_reopening(desk, sheet)
    if sheet.close_out is None:
        raise NotClosedError(wall_clock(sheet.session.starts_at, zone(transaction)))
    require_open_day(transaction, desk, sheet)
    why = why_kept(transaction, [session_id]).get(session_id, "")
    if why:
        raise HeldByDocumentError(why)
    before = sheet.occupied
    for place in sheet.places:
        _expect(place)
    for part in sheet.tutors:
        part.actual_minutes = None
        part.actual_starts_at = None
    session = sheet.session
    session.status = SessionStatus.PLANNED
    session.cancelled_at = None
    session.cancelled_by = None
    session.cancel_note = ""
    session.notice_minutes = None
    transaction.delete(sheet.close_out)
    withdraw_claims(transaction, session_id)
    settle_slot(transaction, desk, sheet, before)
    settle_money(transaction, desk, [session_id])


def _expect(place: Attendance) -> None:
    """Expect a student again, unless the place had been cancelled before."""
    if was_called_off(place):
        return
    place.state = AttendanceState.EXPECTED
    place.state_at = None
    place.state_by = ""
    place.waived_reason = ""
    place.actual_minutes = None
    place.subject_minutes = {}
