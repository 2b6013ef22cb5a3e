"""Keeps the guard's rows as the sessions say: who is where, packed into numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select

from app.models.bulk import insert_rows
from app.models.catalog import Room
from app.models.database import Transaction
from app.models.scheduling import (
    Attendance,
    Session,
    SessionTutor,
    occupancy,
    occupancy_override,
)
from app.models.values.occupancy import ResourceKind, pack, resource
from app.models.values.schedule import AttendanceState, SessionStatus

IDS_AT_ONCE = 500
_CANCELLED = [status for status in SessionStatus if status.is_cancelled]
_CANCELLED_PLACE = [state for state in AttendanceState if state.is_cancelled]


@dataclass(frozen=True, slots=True)
class Held:
    """A resource's planned time in a session."""

    session_id: int
    kind: ResourceKind
    row_id: int
    starts_at: datetime
    ends_at: datetime
    is_override: bool = False

    def row(self) -> dict[str, Any]:
        """Pack it as the guard keeps it."""
        number = resource(self.kind, self.row_id)
        return {
            "starts": pack(number, self.starts_at),
            "ends": pack(number, self.ends_at),
            "session_id": self.session_id,
        }


def sync(transaction: Transaction, session_ids: Collection[int]) -> None:
    """Rewrite the guard's rows of sessions from what the sessions now say.

    All old rows go before the first new one comes, so that sessions may swap times.
    Cancelled sessions and cancelled students occupy nothing, nor do rooms that
    several sessions may share.

    Raises:
        TimeTakenError: At the end of the transaction's block, when the database's
            own guard refuses a row.
    """
    transaction.flush()
    clear(transaction, session_ids)
    write(transaction, held_by(transaction, session_ids))


def clear(transaction: Transaction, session_ids: Collection[int]) -> None:
    """Take away all rows of some sessions."""
    for ids in in_batches(session_ids):
        for table in (occupancy, occupancy_override):
            transaction.execute(delete(table).where(table.c.session_id.in_(ids)))


def write(transaction: Transaction, held: Sequence[Held]) -> None:
    """Add rows; the database refuses those that overlap others."""
    guarded = [one.row() for one in held if not one.is_override]
    apart = [one.row() for one in held if one.is_override]
    connection = transaction.connection()
    if guarded:
        insert_rows(connection, occupancy, guarded)
    if apart:
        insert_rows(connection, occupancy_override, apart)


def held_by(transaction: Transaction, session_ids: Collection[int]) -> list[Held]:
    """Read from the sessions whose time they take."""
    return [
        Held(session_id, kind, row_id, starts_at, ends_at, bool(reason))
        for ids in in_batches(session_ids)
        for kind, statement in _STATEMENTS.items()
        for session_id, row_id, starts_at, ends_at, reason in transaction.execute(
            statement.where(Session.id.in_(ids), Session.status.not_in(_CANCELLED))
        )
    ]


def in_batches(ids: Collection[int]) -> Iterator[list[int]]:
    """Cut many ids into lists that one statement can take."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), IDS_AT_ONCE):
        yield ordered[start : start + IDS_AT_ONCE]


def _columns(row_id: Any) -> Select[Any]:  # noqa: ANN401  any mapped column
    return select(
        Session.id, row_id, Session.starts_at, Session.ends_at, Session.override_reason
    )


_STATEMENTS: dict[ResourceKind, Select[Any]] = {
    ResourceKind.TUTOR: _columns(SessionTutor.tutor_id).join(
        SessionTutor, SessionTutor.session_id == Session.id
    ),
    ResourceKind.STUDENT: _columns(Attendance.student_id)
    .join(Attendance, Attendance.session_id == Session.id)
    .where(Attendance.state.not_in(_CANCELLED_PLACE)),
    ResourceKind.ROOM: _columns(Room.id)
    .join(Room, Room.id == Session.room_id)
    .where(Room.is_single_use.is_(True)),
}
