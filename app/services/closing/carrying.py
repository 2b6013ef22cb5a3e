"""Carries over what a correction of a close-out does not name."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.models.scheduling import Attendance
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.closing.outcomes import contradicts, was_called_off
from app.services.closing.requests import CloseSession, Outcome, StudentOutcome
from app.services.closing.sheet import Sheet

_OUTCOMES = {
    SessionStatus.HELD: Outcome.OTHER_TIMES,
    SessionStatus.NO_SHOW: Outcome.NO_SHOW,
    SessionStatus.CANCELLED_LATE: Outcome.CANCELLED_LATE,
    SessionStatus.CANCELLED_IN_TIME: Outcome.CANCELLED_IN_TIME,
    SessionStatus.CANCELLED_BY_TUTOR: Outcome.CANCELLED_BY_TUTOR,
    SessionStatus.CANCELLED_BY_OFFICE: Outcome.CANCELLED_BY_OFFICE,
}


def as_before(request: CloseSession, sheet: Sheet) -> CloseSession:
    """Fill in what a report does not name from the former close-out, if there is one.

    A student keeps what was said of that student alone; whoever was as the session
    follows the session's new outcome.
    """
    former = _former(request, sheet)
    if former is None:
        return request
    outcome = request.outcome or former
    if former.state is not outcome.state:
        kept = _students(request, sheet, former, outcome, None)
        return replace(request, outcome=outcome, students=kept)
    main = sheet.tutors[0].actual_minutes if sheet.tutors else None
    minutes = main if request.minutes is None else request.minutes
    alone = {
        part.tutor_id: part.actual_minutes
        for part in sheet.tutors[1:]
        if part.actual_minutes is not None and part.actual_minutes != main
    }
    return replace(
        request,
        outcome=outcome,
        minutes=minutes,
        students=_students(request, sheet, former, outcome, main),
        tutor_minutes={**alone, **request.tutor_minutes},
    )


def start_before(request: CloseSession, sheet: Sheet) -> datetime:
    """Give the start where none is named: as it was said before, else as planned."""
    planned = sheet.session.starts_at
    if _former(request, sheet) is None or not sheet.tutors:
        return planned
    return sheet.tutors[0].actual_starts_at or planned


def _former(request: CloseSession, sheet: Sheet) -> Outcome | None:
    """Name the outcome that stands; none where nothing of it is to be carried."""
    if sheet.close_out is None or request.outcome is Outcome.AS_PLANNED:
        return None
    if sheet.session.status.is_cancelled and any(map(was_called_off, sheet.places)):
        return None
    return _OUTCOMES.get(sheet.session.status)


def _students(
    request: CloseSession,
    sheet: Sheet,
    former: Outcome,
    outcome: Outcome,
    main: int | None,
) -> tuple[StudentOutcome, ...]:
    named = {each.student_id for each in request.students}
    carried = [
        _student(place, request, main)
        for place in sheet.places
        if place.student_id not in named
        and not was_called_off(place)
        and not contradicts(outcome, place.state)
        and (place.state is not former.state or former.state is outcome.state)
        and place.state is not AttendanceState.EXPECTED
    ]
    return (*request.students, *carried)


def _student(
    place: Attendance, request: CloseSession, main: int | None
) -> StudentOutcome:
    if place.state is not AttendanceState.PRESENT:
        return StudentOutcome(place.student_id, place.state)
    is_own = place.actual_minutes != main
    is_same = is_own or request.minutes in {None, main}
    split = {int(key): part for key, part in place.subject_minutes.items()}
    return StudentOutcome(
        place.student_id,
        place.state,
        place.actual_minutes if is_own else None,
        split if is_same else {},
    )
