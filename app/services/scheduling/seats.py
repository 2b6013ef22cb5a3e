"""Counts the seats of rooms that several sessions share at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, func, select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Attendance, Session
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.scheduling.facts import RoomFact
from app.services.scheduling.neighbours import DAY
from app.services.scheduling.rules import Stop, overlap

_OCCUPYING = [status for status in SessionStatus if not status.is_cancelled]
_COMING = [state for state in AttendanceState if not state.is_cancelled]


@dataclass(frozen=True, slots=True)
class Seated:
    """A session in a shared room and how many students sit in it."""

    stop: Stop
    students: int


Shared = Mapping[int, Sequence[Seated]]


def shares_seats(room: RoomFact | None) -> bool:
    """Say whether the seats of a room are counted over several sessions."""
    return room is not None and not room.is_single_use and room.seats is not None


def seated_in(
    work: Snapshot | Transaction,
    rooms: Iterable[RoomFact],
    start: int,
    end: int,
    without: Collection[int] = (),
) -> dict[int, list[Seated]]:
    """List by shared room who sits there between two minutes since 1970.

    Students who cancelled have given their seats back; sessions booked in spite of a
    clash count like all others.

    Args:
        work: where to read; the transaction, if what is found decides what is written.
        rooms: those that are used by one session at a time are left out.
        start: the first minute.
        end: the first minute after it.
        without: sessions that do not count because they are being moved.
    """
    found: dict[int, list[Seated]] = defaultdict(list)
    wanted = [room.row_id for room in rooms if shares_seats(room)]
    if not wanted:
        return found
    statement = _sessions_in(wanted, start, end)
    for room_id, session_id, starts_at, ends_at, students in work.execute(statement):
        if room_id is not None and session_id not in without:
            stop = Stop(_minute(starts_at), _minute(ends_at), session_id)
            found[room_id].append(Seated(stop, students))
    return found


def _sessions_in(
    room_ids: Sequence[int], start: int, end: int
) -> Select[int | None, int, datetime, datetime, int]:
    return (
        select(
            Session.room_id,
            Session.id,
            Session.starts_at,
            Session.ends_at,
            func.count(Attendance.id),
        )
        .join(Attendance, Attendance.session_id == Session.id)
        .where(
            Session.room_id.in_(room_ids),
            Session.status.in_(_OCCUPYING),
            Session.starts_at > _moment(start - DAY),
            Session.starts_at < _moment(end),
            Attendance.state.in_(_COMING),
        )
        .group_by(Session.room_id, Session.id, Session.starts_at, Session.ends_at)
        .order_by(Session.starts_at, Session.id)
    )


def fullest(planned: Stop, seated: Iterable[Seated]) -> list[Seated]:
    """Give who sits in the room at the fullest moment of a planned time.

    Sessions one after the other use the same seats, so only those that are there at
    one moment are added up; a session does not meet itself.
    """
    beside = [
        one
        for one in seated
        if overlap(planned, one.stop)
        and (planned.session_id is None or one.stop.session_id != planned.session_id)
    ]
    most: list[Seated] = []
    for moment in sorted({max(planned.start, one.stop.start) for one in beside}):
        there = [one for one in beside if one.stop.start <= moment < one.stop.end]
        if count(there) > count(most):
            most = there
    return most


def count(seated: Iterable[Seated]) -> int:
    """Add up the students."""
    return sum(one.students for one in seated)


def _moment(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, UTC)


def _minute(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
