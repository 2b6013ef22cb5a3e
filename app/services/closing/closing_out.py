"""The steps of closing a session out; those who call them bring the transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from app.models.catalog import Subject
from app.models.closing import CloseOut
from app.models.database import Transaction
from app.models.scheduling import Attendance
from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    CloseOutState,
    SessionStatus,
    instant,
)
from app.models.values.unchanged import Unchanged
from app.services.closing.batches import batches
from app.services.closing.carrying import as_before, start_before
from app.services.closing.claims import check_claims, keep_claims
from app.services.closing.deciding import take_back
from app.services.closing.errors import StartError, UnknownSubjectError
from app.services.closing.notes import check_words, keep_words
from app.services.closing.outcomes import Outcomes, PlaceOutcome, outcomes
from app.services.closing.own_part import require_own_outcome, require_own_words
from app.services.closing.requests import CloseSession
from app.services.closing.settling import settle_money, settle_slot
from app.services.closing.sheet import (
    Sheet,
    require_begun,
    require_open_day,
    require_over,
    require_own,
    sheets_of,
)
from app.services.closing.standing import Standing, load_standing
from app.services.closing.wording import worded
from app.services.desk import Desk, zone

_FARTHEST = timedelta(days=1)
SIDES = {
    SessionStatus.CANCELLED_LATE: CancelledBy.HOUSEHOLD,
    SessionStatus.CANCELLED_IN_TIME: CancelledBy.HOUSEHOLD,
    SessionStatus.CANCELLED_BY_OFFICE: CancelledBy.OFFICE,
    SessionStatus.CANCELLED_BY_TUTOR: CancelledBy.TUTOR,
}


@dataclass(frozen=True, slots=True)
class Ready:
    """A close-out that was checked and can be carried out."""

    request: CloseSession
    sheet: Sheet
    outcomes: Outcomes
    starts_at: datetime


def close_all(
    transaction: Transaction,
    desk: Desk,
    requests: Sequence[CloseSession],
    *,
    ahead: bool = False,
) -> Iterator[list[Sheet]]:
    """Check close-outs, keep them and let the money follow, in the order given.

    It comes to the same as closing out one after the other. ``ahead`` is for trials,
    which may ask about a session that has not begun.

    Yields:
        The sessions as they are now, as many as were carried out together.

    Raises:
        MissingRecordError: One of the sessions is not there.
        ClashError: Somebody who had cancelled came after all, against a booking.
        OfficeError: Something about a close-out is refused; see `check`.
    """
    for batch in batches(transaction, requests):
        ids = [request.session_id for request in batch]
        sheets = sheets_of(transaction, ids)
        ready = [
            check(transaction, desk, request, sheets[request.session_id], ahead=ahead)
            for request in batch
        ]
        standing = load_standing(transaction, ids)
        for each in ready:
            _carry_out(transaction, desk, each, standing[each.request.session_id])
        settle_money(transaction, desk, ids)
        yield [each.sheet for each in ready]


def check(
    transaction: Transaction,
    desk: Desk,
    request: CloseSession,
    sheet: Sheet,
    *,
    ahead: bool = False,
) -> Ready:
    """Check everything about a close-out, changing nothing.

    Raises:
        NotYourSessionError: A tutor closes somebody else's session.
        SessionNotOverError: It is not over yet.
        SessionNotBegunError: It has not even begun, and was not called off.
        PeriodLockedError: Its day is locked, and this is no correction.
        RightsError: A tutor speaks for another or the office; see `own_part`.
        InputError: What the report says cannot be.
        CalledOffError: Everybody had cancelled.
    """
    require_own(desk, sheet)
    require_over(transaction, desk, sheet)
    require_open_day(transaction, desk, sheet, may_correct=request.is_correction)
    require_own_words(desk, request)
    request = worded(as_before(request, sheet))
    found = outcomes(request, sheet, _own(desk))
    require_own_outcome(desk, sheet, found)
    check_words(request)
    check_claims(transaction, request)
    _check_subjects(transaction, request)
    starts_at = _start(transaction, request, sheet)
    if not (ahead or request.told_outcome.is_cancellation):
        require_begun(transaction, desk, starts_at)
    return Ready(request, sheet, found, starts_at)


def _carry_out(
    transaction: Transaction, desk: Desk, ready: Ready, standing: Standing
) -> None:
    """Keep a checked close-out in the place of a former one."""
    sheet, before = ready.sheet, ready.sheet.occupied
    for place in sheet.places:
        outcome = ready.outcomes.places[place.student_id]
        _keep_place(transaction, desk, place, outcome)
    for part in sheet.tutors:
        minutes = ready.outcomes.tutor_minutes[part.tutor_id]
        is_others = _own(desk) not in {None, part.tutor_id}
        if is_others and minutes == part.actual_minutes:
            continue
        part.actual_minutes = minutes
        part.actual_starts_at = None if minutes is None else ready.starts_at
    _keep_status(transaction, sheet, ready.outcomes.status)
    _keep_close_out(transaction, desk, ready)
    present = [
        place.student_id
        for place in sheet.places
        if place.state is AttendanceState.PRESENT
    ]
    keep_words(transaction, ready.request, present, standing)
    keep_claims(transaction, desk, ready.request, sheet, standing)
    settle_slot(transaction, desk, sheet, before)


def _own(desk: Desk) -> int | None:
    """Name the tutor who tells; None is the office, which tells of all."""
    return None if desk.actor.is_office else desk.actor.tutor_id


def _keep_place(
    transaction: Transaction, desk: Desk, place: Attendance, outcome: PlaceOutcome
) -> None:
    if outcome.is_kept:
        return
    if place.state is not outcome.state:
        place.state = outcome.state
        place.state_at = transaction.at
        place.state_by = desk.actor.name
        place.notice_minutes = None
        place.waived_reason = ""
    place.actual_minutes = outcome.minutes
    split = {str(subject): part for subject, part in outcome.subject_minutes.items()}
    if place.subject_minutes != split:
        place.subject_minutes = split


def _keep_status(transaction: Transaction, sheet: Sheet, status: SessionStatus) -> None:
    session = sheet.session
    if session.status is status:
        return
    session.status = status
    session.notice_minutes = None
    session.cancel_note = ""
    session.cancelled_by = SIDES.get(status)
    session.cancelled_at = transaction.at if status.is_cancelled else None


def _keep_close_out(transaction: Transaction, desk: Desk, ready: Ready) -> None:
    close_out = ready.sheet.close_out
    if close_out is None:
        close_out = CloseOut(
            session_id=ready.sheet.session.id,
            state=CloseOutState.CLOSED,
            closed_by=desk.actor.name,
            closed_at=transaction.at,
        )
        transaction.add(close_out)
    close_out.closed_by = desk.actor.name
    close_out.closed_at = transaction.at
    take_back(close_out)
    money = ready.request.money
    if not isinstance(money, Unchanged):
        close_out.money = money
        close_out.money_reason = ready.request.money_reason.strip()


def _start(transaction: Transaction, request: CloseSession, sheet: Sheet) -> datetime:
    if request.start is None:
        return start_before(request, sheet)
    starts_at = instant(request.start, zone(transaction)).astimezone(UTC)
    if abs(starts_at - sheet.session.starts_at) > _FARTHEST:
        raise StartError
    return starts_at


def _check_subjects(transaction: Transaction, request: CloseSession) -> None:
    named = {subject for each in request.students for subject in each.subject_minutes}
    if not named:
        return
    known = transaction.scalar(
        select(func.count()).select_from(Subject).where(Subject.id.in_(named))
    )
    if known != len(named):
        raise UnknownSubjectError
