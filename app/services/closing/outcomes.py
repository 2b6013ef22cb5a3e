"""What a close-out says of every student and tutor, worked out before it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.models.scheduling import Attendance
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.closing.errors import (
    CalledOffError,
    MinutesError,
    MinutesOfAbsentError,
    NamedTwiceError,
    OutcomeMismatchError,
    StrangerError,
    SubjectMinutesError,
)
from app.services.closing.requests import (
    CloseSession,
    Outcome,
    StudentOutcome,
    named,
)
from app.services.closing.sheet import Sheet
from app.text import _

LONGEST_MINUTES = 24 * 60
_NEVER_MET = frozenset({AttendanceState.EXPECTED})


@dataclass(frozen=True, slots=True)
class PlaceOutcome:
    """What becomes of one student's place.

    Attributes:
        is_kept: the student had cancelled before, and it stays at that.
    """

    state: AttendanceState
    minutes: int | None = None
    subject_minutes: Mapping[int, int] = field(default_factory=dict)
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What a close-out makes of a session.

    Attributes:
        places: by student id.
        tutor_minutes: by tutor id; None where nobody was taught.
    """

    status: SessionStatus
    places: Mapping[int, PlaceOutcome]
    tutor_minutes: Mapping[int, int | None]


def outcomes(request: CloseSession, sheet: Sheet, own: int | None = None) -> Outcomes:
    """Work out what a close-out says, refusing what cannot be.

    Args:
        request: the report.
        sheet: the session as it stands.
        own: the tutor who tells; other tutors' minutes stay. None is the office.

    Raises:
        StrangerError: Somebody named has no part in the session.
        NamedTwiceError: A student is named twice.
        OutcomeMismatchError: A student's state goes against the outcome.
        CalledOffError: Everybody had cancelled, and the outcome is no cancellation.
        MinutesError: A length is none.
        MinutesOfAbsentError: Minutes for somebody who did not take part.
        SubjectMinutesError: Minutes by subject that do not fit.
    """
    _require_known(request, sheet)
    said = {each.student_id: each for each in request.students}
    if len(said) != len(request.students):
        raise NamedTwiceError
    main = _main_minutes(request, sheet)
    places = {
        place.student_id: _place(place, said.get(place.student_id), request, sheet)
        for place in sheet.places
    }
    timed = {
        student_id: _timed(place, said.get(student_id), main)
        for student_id, place in places.items()
    }
    status = _status(request.told_outcome, sheet, places)
    if status.is_cancelled and not request.told_outcome.is_cancellation and not said:
        raise CalledOffError
    minutes = _tutor_minutes(request, sheet, status, main, own)
    return Outcomes(status, timed, minutes)


def status_after(
    places: Sequence[tuple[AttendanceState, datetime | None]],
) -> SessionStatus | None:
    """Tell a session's status from its students' states; None while undecided.

    Somebody came: held. Nobody came: no-show. Everybody cancelled: late if any of
    them did so late, else as the last one did.

    Args:
        places: states with their moments, None being just now; of equal moments the
            later listed counts.
    """
    states = [state for state, _moment in places]
    if AttendanceState.PRESENT in states:
        return SessionStatus.HELD
    if not states or AttendanceState.EXPECTED in states:
        return None
    if AttendanceState.ABSENT in states:
        return SessionStatus.NO_SHOW
    if AttendanceState.CANCELLED_LATE in states:
        return SessionStatus.CANCELLED_LATE
    last, _moment = max(
        reversed(places),
        key=lambda place: float("inf") if place[1] is None else place[1].timestamp(),
    )
    return SessionStatus(last.value)


def contradicts(outcome: Outcome, state: AttendanceState) -> bool:
    """Say whether a student cannot be in a state after an outcome."""
    if outcome is Outcome.NO_SHOW:
        return state is AttendanceState.PRESENT
    return outcome.is_cancellation and not state.is_cancelled


def was_called_off(place: Attendance) -> bool:
    """Say whether a place was cancelled as such, not by a former close-out."""
    return place.state.is_cancelled and place.notice_minutes is not None


def _require_known(request: CloseSession, sheet: Sheet) -> None:
    students = {each.student_id for each in request.students}
    students |= {each.student_id for each in named(request.notes)}
    students |= {each.student_id for each in named(request.skills)}
    homework = {each.student_id for each in named(request.homework)}
    students |= {one for one in homework if one is not None}
    if not students <= sheet.student_ids:
        raise StrangerError(_("student"))
    tutors = set(request.tutor_minutes)
    tutors |= {each.tutor_id for each in named(request.mileage)}
    tutors |= {each.tutor_id for each in named(request.expenses)}
    if not tutors <= sheet.tutor_ids:
        raise StrangerError(_("tutor"))


def _main_minutes(request: CloseSession, sheet: Sheet) -> int:
    given = request.minutes
    if sheet.tutors and sheet.tutors[0].tutor_id in request.tutor_minutes:
        given = request.tutor_minutes[sheet.tutors[0].tutor_id]
    return sheet.planned_minutes if given is None else _length(given)


def _place(
    place: Attendance, said: StudentOutcome | None, request: CloseSession, sheet: Sheet
) -> PlaceOutcome:
    outcome = request.told_outcome
    if said is None:
        whole = outcome.is_cancellation and sheet.session.status.is_cancelled
        if was_called_off(place) and not whole:
            return PlaceOutcome(place.state, is_kept=True)
        return PlaceOutcome(outcome.state)
    if said.state in _NEVER_MET or contradicts(outcome, said.state):
        raise OutcomeMismatchError(outcome.value, said.state.value)
    return PlaceOutcome(said.state)


def _timed(place: PlaceOutcome, said: StudentOutcome | None, main: int) -> PlaceOutcome:
    if place.state is not AttendanceState.PRESENT:
        if said is not None and (said.minutes is not None or said.subject_minutes):
            raise MinutesOfAbsentError
        return place
    minutes = main if said is None or said.minutes is None else _length(said.minutes)
    split = dict(said.subject_minutes) if said is not None else {}
    wrong = [part for part in split.values() if part < 1]
    if split and (wrong or sum(split.values()) != minutes):
        raise SubjectMinutesError(sum(split.values()), minutes)
    return PlaceOutcome(place.state, minutes, split)


def _status(
    outcome: Outcome, sheet: Sheet, places: Mapping[int, PlaceOutcome]
) -> SessionStatus:
    moments = {place.student_id: place.state_at for place in sheet.places}
    found = status_after(
        [
            (place.state, moments[student_id] if place.is_kept else None)
            for student_id, place in places.items()
        ]
    )
    if found is not None:
        return found
    if outcome is Outcome.NO_SHOW or outcome.is_cancellation:
        return SessionStatus(outcome.value)
    return SessionStatus.HELD


def _tutor_minutes(
    request: CloseSession,
    sheet: Sheet,
    status: SessionStatus,
    main: int,
    own: int | None,
) -> dict[int, int | None]:
    held = status is SessionStatus.HELD
    minutes: dict[int, int | None] = {}
    for part in sheet.tutors:
        given = request.tutor_minutes.get(part.tutor_id)
        if own not in {None, part.tutor_id}:
            minutes[part.tutor_id] = part.actual_minutes
            if held and part.actual_minutes is None:
                minutes[part.tutor_id] = sheet.planned_minutes
        elif given is not None:
            minutes[part.tutor_id] = _length(given)
        else:
            minutes[part.tutor_id] = main if held else None
    return minutes


def _length(minutes: int) -> int:
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise MinutesError(minutes)
    return minutes
