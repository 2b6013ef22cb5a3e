"""What a tutor may say of a session: the own part, never what the office decided."""

from __future__ import annotations

from app.models.scheduling import Attendance
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
)
from app.services.closing.errors import (
    AlreadyCancelledError,
    CancelRightsError,
    EarlierMomentError,
    OfficeDecidedError,
    OthersPartError,
)
from app.services.closing.outcomes import Outcomes, was_called_off
from app.services.closing.requests import CloseSession, named
from app.services.closing.sheet import Sheet
from app.services.desk import Desk


def require_own_words(desk: Desk, request: CloseSession) -> None:
    """Refuse a tutor who names minutes or claims of another tutor.

    Raises:
        OthersPartError: Another tutor is named.
    """
    if desk.actor.is_office:
        return
    tutors = set(request.tutor_minutes)
    tutors |= {each.tutor_id for each in named(request.mileage)}
    tutors |= {each.tutor_id for each in named(request.expenses)}
    if not tutors <= {desk.actor.tutor_id}:
        raise OthersPartError


def require_own_outcome(desk: Desk, sheet: Sheet, found: Outcomes) -> None:
    """Refuse a tutor what only the office may make of a session, as in cancelling.

    Raises:
        OfficeDecidedError: The office decided otherwise about the session.
        CancelRightsError: It is to be called off in the office's name.
        EarlierMomentError: It is to have been called off in time.
        AlreadyCancelledError: It was cancelled before, differently.
        OthersPartError: Another tutor said before what became of it.
    """
    if desk.actor.is_office:
        return
    changed = [
        place
        for place in sheet.places
        if not found.places[place.student_id].is_kept
        and found.places[place.student_id].state is not place.state
    ]
    if _is_decided(sheet) or any(map(_is_decided_for, changed)):
        raise OfficeDecidedError
    for place in changed:
        state = found.places[place.student_id].state
        _check_cancelled(state.value)
        if state.is_cancelled and was_called_off(place):
            raise AlreadyCancelledError
    is_other = found.status is not sheet.session.status
    if is_other and not sheet.places:
        _check_cancelled(found.status.value)
    if is_other and sheet.close_out is not None and len(sheet.tutors) > 1:
        raise OthersPartError


def require_own_reopening(desk: Desk, sheet: Sheet) -> None:
    """Refuse a tutor to take back what others told or the office decided.

    Raises:
        OfficeDecidedError: The office decided about the session.
        OthersPartError: Another tutor has a part in it.
    """
    if desk.actor.is_office:
        return
    told = [place for place in sheet.places if not was_called_off(place)]
    if _is_decided(sheet) or any(map(_is_decided_for, told)):
        raise OfficeDecidedError
    if len(sheet.tutors) > 1:
        raise OthersPartError


def _check_cancelled(became: str) -> None:
    if became == SessionStatus.CANCELLED_BY_OFFICE.value:
        raise CancelRightsError
    if became == SessionStatus.CANCELLED_IN_TIME.value:
        raise EarlierMomentError


def _is_decided(sheet: Sheet) -> bool:
    close_out = sheet.close_out
    if sheet.session.status is SessionStatus.CANCELLED_BY_OFFICE:
        return True
    return close_out is not None and (
        close_out.money is not None or close_out.state is not CloseOutState.CLOSED
    )


def _is_decided_for(place: Attendance) -> bool:
    by_office = place.state is AttendanceState.CANCELLED_BY_OFFICE
    return by_office or bool(place.waived_reason)
