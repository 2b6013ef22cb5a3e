"""Which sessions' time a step touched, so that the timetable's guard follows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.models.database import Transaction
from app.models.scheduling import Attendance, Session, SessionTutor
from app.services.undoing.records import Trace

_PARTS = frozenset({"session_tutor", "attendance"})


@dataclass(frozen=True, slots=True)
class Slot:
    """What a session takes: a time, a room, its tutors and its students."""

    starts_at: datetime
    ends_at: datetime
    room_id: int | None
    place_id: int | None
    tutors: frozenset[int]
    students: frozenset[int]

    def fits_in(self, former: Slot | None) -> bool:
        """Say whether it takes nothing that the former did not take already."""
        if former is None:
            return False
        mine = (self.starts_at, self.ends_at, self.room_id, self.place_id)
        same = (former.starts_at, former.ends_at, former.room_id, former.place_id)
        return (
            mine == same
            and self.tutors <= former.tutors
            and self.students <= former.students
        )


def sessions_of(transaction: Transaction, found: Sequence[Trace]) -> set[int]:
    """Name the sessions whose time, tutors or students a step touched."""
    ids = {trace.row_id for trace in found if trace.table == "session"}
    for trace in found:
        if trace.table not in _PARTS:
            continue
        told = {**(trace.before or {}), **(trace.after or {})}
        row = transaction.get(trace.model, trace.row_id)
        if isinstance(row, SessionTutor | Attendance):
            ids.add(row.session_id)
        elif "session_id" in told:
            ids.add(told["session_id"])
    return ids


def slots(transaction: Transaction, ids: Collection[int]) -> dict[int, Slot]:
    """Read what sessions take; cancelled ones and ones that are gone take nothing."""
    found: dict[int, Slot] = {}
    for session in transaction.scalars(select(Session).where(Session.id.in_(ids))):
        if session.status.is_cancelled:
            continue
        tutors = transaction.scalars(
            select(SessionTutor.tutor_id).where(SessionTutor.session_id == session.id)
        )
        places = transaction.execute(
            select(Attendance.student_id, Attendance.state).where(
                Attendance.session_id == session.id
            )
        )
        found[session.id] = Slot(
            session.starts_at,
            session.ends_at,
            session.room_id,
            session.place_id,
            frozenset(tutors),
            frozenset(row.student_id for row in places if not row.state.is_cancelled),
        )
    return found
