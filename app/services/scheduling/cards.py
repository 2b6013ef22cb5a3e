"""Reads sessions as calendar cards: columns into values, never mapped objects.

Sessions of some tutors are found through the guard's rows, which lie together by tutor
and time, so that a week costs the same however many years the office keeps. The ids
are written into the statements: they are whole numbers, and a week has hundreds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

from app.models.database import Snapshot, Transaction
from app.models.values.occupancy import ResourceKind, resource
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
    TimeSpan,
)
from app.services.scheduling.asking import listed, rows_of
from app.services.scheduling.neighbours import sessions_held

IDS_AT_ONCE = 5000
LONGEST = timedelta(days=1)
_STATUSES = {status.value: status for status in SessionStatus}
_STATES = {state.value: state for state in AttendanceState}
_CLOSE_OUTS: dict[str | None, CloseOutState] = {
    None: CloseOutState.OPEN,
    **{state.value: state for state in CloseOutState},
}
_SESSIONS = """
SELECT s.id, s.version, s.starts_at, s.ends_at, s.status, s.offering_id, o.name,
  s.series_id, s.place_id, s.room_id, s.is_trial, s.override_reason, c.state
FROM session AS s JOIN offering AS o ON o.id = s.offering_id
LEFT JOIN close_out AS c ON c.session_id = s.id
WHERE {where}
"""
_TUTORS = """
SELECT p.session_id, p.position, p.tutor_id, t.name
FROM session_tutor AS p JOIN tutor AS t ON t.id = p.tutor_id
WHERE p.session_id IN ({ids})
"""
_STUDENTS = """
SELECT a.session_id, a.position, a.student_id, t.name, a.state
FROM attendance AS a JOIN student AS t ON t.id = a.student_id
WHERE a.session_id IN ({ids})
"""
_HELD = "SELECT session_id FROM session_tutor WHERE tutor_id IN ({ids})"
_PLACES = "SELECT session_id FROM attendance WHERE student_id IN ({ids}){state}"
_BY_TIME = itemgetter(2, 0)
_BY_POSITION = itemgetter(1, 2)


class CardStudent(NamedTuple):
    """A student on a session's card."""

    student_id: int
    name: str
    state: AttendanceState


class SessionCard(NamedTuple):
    """A session as the calendar shows it; a tuple, since weeks of them are made.

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
        status = "" if with_cancelled else f" AND s.status NOT IN ({_CANCELLED})"
        return _made(work, _sessions(work, _ranged(span) + status + narrow))
    numbers = [resource(ResourceKind.TUTOR, tutor_id) for tutor_id in tutor_ids]
    start, end = (int(one.timestamp()) // 60 for one in (span.start, span.end))
    rows = _by_id(work, sessions_held(work, numbers, start, end), narrow)
    if with_cancelled:
        status = f" AND s.status IN ({_CANCELLED})"
        held = _HELD.format(ids=listed(tutor_ids))
        rows += _sessions(work, f"{_ranged(span)}{status} AND s.id IN ({held}){narrow}")
    return _made(work, rows)


def cards_of(
    work: Snapshot | Transaction, session_ids: Collection[int]
) -> tuple[SessionCard, ...]:
    """Read the cards of some sessions, earliest first."""
    return _made(work, _by_id(work, session_ids))


def _quoted(words: Iterable[SessionStatus | AttendanceState]) -> str:
    return ", ".join(f"'{word.value}'" for word in words if word.is_cancelled)


_CANCELLED = _quoted(SessionStatus)
_CANCELLED_PLACE = _quoted(AttendanceState)


def _narrowed(
    student_ids: Collection[int] | None,
    room_ids: Collection[int] | None,
    *,
    with_cancelled: bool,
) -> str:
    narrow = ""
    if student_ids is not None:
        state = "" if with_cancelled else f" AND state NOT IN ({_CANCELLED_PLACE})"
        places = _PLACES.format(ids=listed(student_ids), state=state)
        narrow += f" AND s.id IN ({places})"
    if room_ids is not None:
        narrow += f" AND s.room_id IN ({listed(room_ids)})"
    return narrow


def _ranged(span: TimeSpan) -> str:
    first, last = int(span.start.timestamp()), int(span.end.timestamp())
    longest = LONGEST // timedelta(seconds=1)
    return (
        f"s.starts_at > {first - longest} AND s.starts_at < {last} "
        f"AND s.ends_at > {first}"
    )


def _sessions(work: Snapshot | Transaction, where: str) -> list[tuple[Any, ...]]:
    return rows_of(work, _SESSIONS.format(where=where))


def _by_id(
    work: Snapshot | Transaction, session_ids: Iterable[int], narrow: str = ""
) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for ids in _parts(session_ids):
        rows += _sessions(work, f"s.id IN ({ids}){narrow}")
    return rows


def _parts(session_ids: Iterable[int]) -> list[str]:
    ids = sorted(session_ids)
    return [
        listed(ids[first : first + IDS_AT_ONCE])
        for first in range(0, len(ids), IDS_AT_ONCE)
    ]


def _made(
    work: Snapshot | Transaction, rows: Sequence[tuple[Any, ...]]
) -> tuple[SessionCard, ...]:
    parts = _parts(row[0] for row in rows)
    tutors = _tutors(work, parts)
    students = _students(work, parts)
    stamps = {row[2] for row in rows} | {row[3] for row in rows}
    moments = {stamp: datetime.fromtimestamp(stamp, UTC) for stamp in stamps}
    return tuple(
        SessionCard(
            session_id=row[0],
            version=row[1],
            starts_at=moments[row[2]],
            ends_at=moments[row[3]],
            status=_STATUSES[row[4]],
            offering_id=row[5],
            offering=row[6],
            series_id=row[7],
            place_id=row[8],
            room_id=row[9],
            is_trial=bool(row[10]),
            is_overridden=bool(row[11]),
            close_out=_CLOSE_OUTS[row[12]],
            tutors=tutors.get(row[0], ()),
            students=students.get(row[0], ()),
        )
        for row in sorted(rows, key=_BY_TIME)
    )


def _tutors(
    work: Snapshot | Transaction, parts: Sequence[str]
) -> dict[int, tuple[tuple[int, str], ...]]:
    found: dict[int, tuple[tuple[int, str], ...]] = {}
    for ids in parts:
        rows = rows_of(work, _TUTORS.format(ids=ids))
        for session_id, _position, tutor_id, name in sorted(rows, key=_BY_POSITION):
            found[session_id] = (*found.get(session_id, ()), (tutor_id, name))
    return found


def _students(
    work: Snapshot | Transaction, parts: Sequence[str]
) -> dict[int, tuple[CardStudent, ...]]:
    found: dict[int, tuple[CardStudent, ...]] = {}
    for ids in parts:
        rows = rows_of(work, _STUDENTS.format(ids=ids))
        for session_id, _position, student_id, name, state in sorted(
            rows, key=_BY_POSITION
        ):
            place = CardStudent(student_id, name, _STATES[state])
            found[session_id] = (*found.get(session_id, ()), place)
    return found
