"""Calling sessions off, one student's place or all, and putting them back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from app.models.closing import Note
from app.models.database import Transaction
from app.models.scheduling import Attendance
from app.models.values import entries
from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    SessionStatus,
)
from app.services.closing.claims import withdraw_claims
from app.services.closing.closing_out import SIDES
from app.services.closing.deciding import take_back
from app.services.closing.effects import effect_of
from app.services.closing.errors import (
    AlreadyCancelledError,
    CancelMomentError,
    CancelRightsError,
    ClosedOutRightsError,
    ClosedPlaceError,
    EarlierMomentError,
    NotCancelledError,
    NothingToWaiveError,
    StrangerError,
    WaiverReasonError,
    WaiverRightsError,
)
from app.services.closing.notice import notice_minutes, state_of
from app.services.closing.outcomes import status_after
from app.services.closing.requests import INTERNAL, CancelSession, WaiveCharge
from app.services.closing.results import Cancelled
from app.services.closing.settling import settle_money, settle_slot
from app.services.closing.sheet import Sheet, require_open_day, require_own, sheet_of
from app.services.closing.wording import worded_cancelling
from app.services.desk import Desk
from app.text import _

_WAIVABLE = frozenset({AttendanceState.CANCELLED_LATE, AttendanceState.ABSENT})


class Cancellations:
    """Calls sessions off and puts them back, and waives what that would cost."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def cancel(self, request: CancelSession) -> Cancelled:
        """Call off a session or one student's place; a closed one is corrected.

        The notice is the time that passes between the moment and the planned start.

        Raises:
            MissingRecordError: There is no such session.
            NotYourSessionError: A tutor cancels somebody else's session.
            CancelRightsError: A tutor cancels in the office's name.
            WaiverRightsError: A tutor waives the charge.
            EarlierMomentError: A tutor names an earlier moment than now.
            ClosedOutRightsError: A tutor calls off what was closed out.
            PeriodLockedError: Its day lies in a locked period.
            CancelMomentError: The moment is in the future.
            InputError: A text is too long, or holds what cannot be printed.
            StrangerError: The student is not in the session.
            AlreadyCancelledError: It was cancelled before.
        """
        request = worded_cancelling(request)
        with self._desk.transaction(_("Cancel a session")) as transaction:
            sheet = sheet_of(transaction, request.session_id)
            self._check(transaction, request, sheet)
            at = request.at or transaction.at
            if at > transaction.at:
                raise CancelMomentError
            places = _to_cancel(sheet, request.student_id)
            before = sheet.occupied
            _call_off(transaction, self._desk, sheet, places, request, at)
            settle_slot(transaction, self._desk, sheet, before)
            settle_money(transaction, self._desk, [sheet.session.id])
            notice = notice_minutes(at, sheet.session.starts_at)
            return self._told(transaction, sheet, notice)

    def restore(self, session_id: int, student_id: int | None = None) -> Cancelled:
        """Put a cancelled session or student back, checked like a booking.

        The session is planned again. Those who were called off with it come back; a
        student who had cancelled before stays away until put back as well.

        Raises:
            OfficeOnlyError: A tutor asked.
            MissingRecordError: There is no such session.
            PeriodLockedError: Its day lies in a locked period.
            StrangerError: The student is not in the session.
            NotCancelledError: Nothing was cancelled.
            ClosedPlaceError: The session was held without the student.
            ClashError: The time is taken.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Restore a session")) as transaction:
            sheet = sheet_of(transaction, session_id)
            require_open_day(transaction, self._desk, sheet)
            before = sheet.occupied
            for place in _to_restore(sheet, student_id):
                _put_back(place)
            if sheet.session.status.is_cancelled:
                _plan_again(transaction, sheet)
            settle_slot(transaction, self._desk, sheet, before)
            settle_money(transaction, self._desk, [session_id])
            return self._told(transaction, sheet, None)

    def waive(self, request: WaiveCharge) -> Cancelled:
        """Take back what a missed session costs the family, with the reason.

        Raises:
            MissingRecordError: There is no such session.
            WaiverRightsError: A tutor asked.
            WaiverReasonError: There is no reason.
            InputError: It is too long, or holds what cannot be printed.
            PeriodLockedError: Its day lies in a locked period.
            StrangerError: The student is not in the session.
            NothingToWaiveError: Nobody cancelled late or stayed away.
        """
        if not self._desk.actor.is_office:
            raise WaiverRightsError
        reason = entries.lines(request.reason, _("reason"))
        if not reason:
            raise WaiverReasonError
        with self._desk.transaction(_("Waive a charge")) as transaction:
            sheet = sheet_of(transaction, request.session_id)
            require_open_day(transaction, self._desk, sheet)
            places = [
                place
                for place in _named(sheet, request.student_id)
                if place.state in _WAIVABLE
            ]
            if not places:
                raise NothingToWaiveError
            for place in places:
                place.waived_reason = reason
            settle_money(transaction, self._desk, [sheet.session.id])
            return self._told(transaction, sheet, sheet.session.notice_minutes)

    def _check(
        self, transaction: Transaction, request: CancelSession, sheet: Sheet
    ) -> None:
        require_own(self._desk, sheet)
        if not self._desk.actor.is_office:
            self._check_tutor(transaction, request, sheet)
        require_open_day(transaction, self._desk, sheet)

    def _check_tutor(
        self, transaction: Transaction, request: CancelSession, sheet: Sheet
    ) -> None:
        """Refuse what decides about the family's charge behind the office's back."""
        if request.by is CancelledBy.OFFICE:
            raise CancelRightsError
        if request.waive_reason.strip():
            raise WaiverRightsError
        if request.at is not None and request.at < transaction.at:
            raise EarlierMomentError
        if sheet.close_out is not None:
            raise ClosedOutRightsError

    def _told(
        self, transaction: Transaction, sheet: Sheet, notice: int | None
    ) -> Cancelled:
        effect = effect_of(transaction, self._desk, sheet)
        return Cancelled(
            session_id=sheet.session.id,
            status=effect.status,
            notice_minutes=notice,
            charged=effect.charged,
            paid=effect.paid,
        )


def cancel_steps(
    transaction: Transaction,
    desk: Desk,
    session_ids: Collection[int],
    by: CancelledBy,
    at: datetime,
) -> None:
    """Call off several sessions inside a step of somebody else's.

    Those that are cancelled already stay as they are.

    Raises:
        MissingRecordError: One of the sessions is not there.
        PeriodLockedError: The day of one lies in a locked period.
    """
    for session_id in session_ids:
        sheet = sheet_of(transaction, session_id)
        if sheet.session.status.is_cancelled:
            continue
        require_open_day(transaction, desk, sheet)
        before = sheet.occupied
        request = CancelSession(session_id, by)
        _call_off(transaction, desk, sheet, _to_cancel(sheet, None), request, at)
        settle_slot(transaction, desk, sheet, before)
        settle_money(transaction, desk, [session_id])


def _named(sheet: Sheet, student_id: int | None) -> Sequence[Attendance]:
    if student_id is None:
        return sheet.places
    if student_id not in sheet.student_ids:
        raise StrangerError(_("student"))
    return [place for place in sheet.places if place.student_id == student_id]


def _to_cancel(sheet: Sheet, student_id: int | None) -> list[Attendance]:
    places = [p for p in _named(sheet, student_id) if not p.state.is_cancelled]
    if sheet.session.status.is_cancelled or (sheet.places and not places):
        raise AlreadyCancelledError
    return places


def _call_off(
    transaction: Transaction,
    desk: Desk,
    sheet: Sheet,
    places: Sequence[Attendance],
    request: CancelSession,
    at: datetime,
) -> None:
    session = sheet.session
    notice = notice_minutes(at, session.starts_at)
    for place in places:
        place.state = state_of(transaction, sheet, place, request.by, at)
        place.state_at = at
        place.state_by = desk.actor.name
        place.notice_minutes = notice
        place.actual_minutes = None
        place.subject_minutes = {}
        is_late = place.state is AttendanceState.CANCELLED_LATE
        place.waived_reason = request.waive_reason.strip() if is_late else ""
    others = [place for place in sheet.places if place not in places]
    status = status_after([(p.state, p.state_at) for p in (*others, *places)])
    if not sheet.places:
        status = SessionStatus(state_of(transaction, sheet, None, request.by, at).value)
    if status is None or not status.is_cancelled:
        _correct(sheet, status)
        _note_absence(transaction, request)
        return
    session.status = status
    session.cancelled_at = at
    session.cancelled_by = SIDES[status]
    session.cancel_note = request.note.strip()
    session.notice_minutes = notice
    _open_again(transaction, sheet)


def _correct(sheet: Sheet, status: SessionStatus | None) -> None:
    """Let a close-out that stands say the session without the student."""
    close_out = sheet.close_out
    if close_out is None or status is None:
        return
    sheet.session.status = status
    take_back(close_out)
    if status is not SessionStatus.HELD:
        _forget_times(sheet)


def _note_absence(transaction: Transaction, request: CancelSession) -> None:
    """Keep what was said when one student of several cancelled."""
    if request.note.strip():
        transaction.add(
            Note(
                session_id=request.session_id,
                student_id=request.student_id,
                audience=INTERNAL,
                kind="cancellation",
                text=request.note.strip(),
            )
        )


def _to_restore(sheet: Sheet, student_id: int | None) -> list[Attendance]:
    status = sheet.session.status
    places = [p for p in _named(sheet, student_id) if p.state.is_cancelled]
    if student_id is None:
        if not status.is_cancelled:
            raise NotCancelledError
        last = [p for p in places if p.state_at == sheet.session.cancelled_at]
        return last or places
    if not places:
        raise NotCancelledError
    if sheet.close_out is not None and not status.is_cancelled:
        raise ClosedPlaceError
    return places


def _put_back(place: Attendance) -> None:
    place.state = AttendanceState.EXPECTED
    place.state_at = None
    place.state_by = ""
    place.notice_minutes = None
    place.waived_reason = ""
    place.actual_minutes = None


def _plan_again(transaction: Transaction, sheet: Sheet) -> None:
    session = sheet.session
    session.status = SessionStatus.PLANNED
    session.cancelled_at = None
    session.cancelled_by = None
    session.cancel_note = ""
    session.notice_minutes = None
    _open_again(transaction, sheet)


def _open_again(transaction: Transaction, sheet: Sheet) -> None:
    """Take a former close-out back; an open session has none."""
    if sheet.close_out is not None:
        transaction.delete(sheet.close_out)
    withdraw_claims(transaction, sheet.session.id)
    _forget_times(sheet)


def _forget_times(sheet: Sheet) -> None:
    for part in sheet.tutors:
        part.actual_minutes = None
        part.actual_starts_at = None
