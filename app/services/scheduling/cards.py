"""Reads sessions as calendar cards: columns into values, never mapped objects.

Sessions of some tutors are found through the guard's rows, which lie together by tutor
and time, so that a week costs the same however many years the office keeps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Select, String, select, type_coerce

from app.models.catalog import Offering
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.occupancy import ResourceKind, resource
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
    TimeSpan,
)
from app.services.scheduling.neighbours import held_in

Rows = Select[*tuple[Any, ...]]
IDS_AT_ONCE = 5000
LONGEST = timedelta(days=1)
_STATUSES = {status.value: status for status in SessionStatus}
_STATES = {state.value: state for state in AttendanceState}
_CLOSE_OUTS: dict[str | None, CloseOutState] = {
    None: CloseOutState.OPEN,
    **{state.value: state for state in CloseOutState},
}
_CANCELLED = [status for status in SessionStatus if status.is_cancelled]
_CANCELLED_PLACE = [state for state in AttendanceState if state.is_cancelled]
_COLUMNS: Rows = (
    select(
        Session.id,
        Session.version,
        type_coerce(Session.starts_at, BigInteger),
        type_coerce(Session.ends_at, BigInteger),
        type_coerce(Session.status, String),
        Session.offering_id,
        Session.series_id,
        Session.place_id,
        Session.room_id,
        Session.is_trial,
        Session.override_reason,
        type_coerce(CloseOut.state, String),
    )
    .select_from(Session)
    .outerjoin(CloseOut, CloseOut.session_id == Session.id)
)
_TUTORS = select(SessionTutor.session_id, SessionTutor.position, SessionTutor.tutor_id)
_STUDENTS = select(
    Attendance.session_id,
    Attendance.position,
    Attendance.student_id,
    Student.name,
    type_coerce(Attendance.state, String),
).join(Student, Student.id == Attendance.student_id)


@dataclass(slots=True, frozen=True)
class CardStudent:
    """A student on a session's card."""

    student_id: int
    name: str
    state: AttendanceState


@dataclass(slots=True, frozen=True)
class SessionCard:
    """A session as the calendar shows it.

    Attributes:
        tutors: ids with names, main tutor first.
        is_overridden: booked in spite of a hard clash.
        close_out: how far its close-out has come.
    """

    session_id: int
    version: int
    starts_at: datetime
    ends_at: datetime
    status: SessionStatus
    offering_id: int
    offering: str
    series_id: int | None
    place_id: int | None
    room_id: int | None
    is_trial: bool
    is_overridden: bool
    close_out: CloseOutState
    tutors: tuple[tuple[int, str], ...]
    students: tuple[CardStudent, ...]


def cards_in(
    work: Snapshot | Transaction,
    span: TimeSpan,
    tutor_ids: Collection[int] | None = None,
    student_ids: Collection[int] | None = None,
    room_ids: Collection[int] | None = None,
    *,
    with_cancelled: bool = False,
) -> tuple[SessionCard, ...]:
    """Read the cards of a span, earliest first; all filters must hold."""
    narrow = _narrowed(student_ids, room_ids, with_cancelled=with_cancelled)
    if tutor_ids is None:
        rows = _in_range(work, narrow, span, with_cancelled=with_cancelled)
        return _made(work, rows, None)
    numbers = [resource(ResourceKind.TUTOR, tutor_id) for tutor_id in tutor_ids]
    start, end = (int(one.timestamp()) // 60 for one in (span.start, span.end))
    held = held_in(work, numbers, start, end)
    ids = {row.session_id for taken in held.values() for row in taken}
    rows = _by_id(work, narrow, ids)
    if with_cancelled:
        rows += work.execute(
            _ranged(narrow, span).where(Session.status.in_(_CANCELLED))
        ).all()
    return _made(work, rows, set(tutor_ids))


def cards_of(
    work: Snapshot | Transaction, session_ids: Collection[int]
) -> tuple[SessionCard, ...]:
    """Read the cards of some sessions, earliest first."""
    return _made(work, _by_id(work, _COLUMNS, session_ids), None)


def _narrowed(
    student_ids: Collection[int] | None,
    room_ids: Collection[int] | None,
    *,
    with_cancelled: bool,
) -> Rows:
    statement = _COLUMNS
    if student_ids is not None:
        places = select(Attendance.session_id).where(
            Attendance.student_id.in_(student_ids)
        )
        if not with_cancelled:
            places = places.where(Attendance.state.not_in(_CANCELLED_PLACE))
        statement = statement.where(Session.id.in_(places))
    if room_ids is not None:
        statement = statement.where(Session.room_id.in_(room_ids))
    return statement


def _ranged(statement: Rows, span: TimeSpan) -> Rows:
    return statement.where(
        Session.starts_at > span.start - LONGEST,
        Session.starts_at < span.end,
        Session.ends_at > span.start,
    )


def _in_range(
    work: Snapshot | Transaction,
    statement: Rows,
    span: TimeSpan,
    *,
    with_cancelled: bool,
) -> Sequence[Any]:
    ranged = _ranged(statement, span)
    if not with_cancelled:
        ranged = ranged.where(Session.status.not_in(_CANCELLED))
    return work.execute(ranged).all()


def _by_id(
    work: Snapshot | Transaction, statement: Rows, session_ids: Iterable[int]
) -> list[Any]:
    rows: list[Any] = []
    for ids in _parts(session_ids):
        rows += work.execute(statement.where(Session.id.in_(ids))).all()
    return rows


def _parts(session_ids: Iterable[int]) -> list[list[int]]:
    ids = sorted(session_ids)
    return [
        ids[first : first + IDS_AT_ONCE] for first in range(0, len(ids), IDS_AT_ONCE)
    ]


def _made(
    work: Snapshot | Transaction, rows: Sequence[Any], tutor_ids: set[int] | None
) -> tuple[SessionCard, ...]:
    parts = _parts(row[0] for row in rows)
    tutors = _tutors(work, parts)
    students = _students(work, parts)
    offerings = dict(work.execute(select(Offering.id, Offering.name)).all())
    moment = datetime.fromtimestamp
    cards = [
        SessionCard(
            row[0],
            row[1],
            moment(row[2], UTC),
            moment(row[3], UTC),
            _STATUSES[row[4]],
            row[5],
            offerings[row[5]],
            row[6],
            row[7],
            row[8],
            row[9],
            bool(row[10]),
            _CLOSE_OUTS[row[11]],
            tuple(tutors[row[0]]),
            tuple(students[row[0]]),
        )
        for row in sorted(rows, key=_by_time)
    ]
    if tutor_ids is not None:
        cards = [
            card
            for card in cards
            if any(tutor_id in tutor_ids for tutor_id, _name in card.tutors)
        ]
    return tuple(cards)


def _by_time(row: Sequence[Any]) -> tuple[int, int]:
    return row[2], row[0]


def _tutors(
    work: Snapshot | Transaction, parts: Sequence[Sequence[int]]
) -> dict[int, list[tuple[int, str]]]:
    names = dict(work.execute(select(Tutor.id, Tutor.name)).all())
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for ids in parts:
        rows = work.execute(_TUTORS.where(SessionTutor.session_id.in_(ids))).all()
        for session_id, _position, tutor_id in sorted(rows):
            found[session_id].append((tutor_id, names[tutor_id]))
    return found


def _students(
    work: Snapshot | Transaction, parts: Sequence[Sequence[int]]
) -> dict[int, list[CardStudent]]:
    found: dict[int, list[CardStudent]] = defaultdict(list)
    for ids in parts:
        rows: Sequence[Any] = work.execute(
            _STUDENTS.where(Attendance.session_id.in_(ids))
        ).all()
        for session_id, _position, student_id, name, state in sorted(rows):
            found[session_id].append(CardStudent(student_id, name, _STATES[state]))
    return found
