"""An office whose sessions are closed out and called off in one line each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import select

from app.models.base import Model
from app.models.billing import Charge
from app.models.database import Transaction
from app.models.office import Policy
from app.models.scheduling import Attendance, Session
from app.models.values.policies import PolicyValue
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging.settling import Settled, project_advance, settle
from app.services.desk import Desk
from tests.factories import Make

Kept = TypeVar("Kept", bound=Model)
PRESENT, ABSENT = AttendanceState.PRESENT, AttendanceState.ABSENT
CALLED_OFF = {
    SessionStatus.CANCELLED_IN_TIME: AttendanceState.CANCELLED_IN_TIME,
    SessionStatus.CANCELLED_LATE: AttendanceState.CANCELLED_LATE,
    SessionStatus.CANCELLED_BY_OFFICE: AttendanceState.CANCELLED_BY_OFFICE,
    SessionStatus.CANCELLED_BY_TUTOR: AttendanceState.CANCELLED_BY_TUTOR,
}


def at(day: int, hour: int = 16, month: int = 11) -> datetime:
    """Name an hour of November 2026, in UTC, which is London's winter clock."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@dataclass(slots=True)
class Story:
    """An office in London with one offering at 48.00 an hour and one family.

    Attributes:
        line: what documents number their lines with.
    """

    make: Make
    desk: Desk
    offering: int
    household: int
    payer: int
    student: int
    tutor: int
    line: Any = field(default_factory=lambda: count(1000))

    @classmethod
    def begin(cls, make: Make, desk: Desk) -> Story:
        """Set the office up."""
        make.office()
        household = make.household("Lindqvist")
        payer = make.payer(household)
        return cls(
            make,
            desk,
            offering=make.offering("Maths", price=4800),
            household=household,
            payer=payer,
            student=make.student("Maya", household),
            tutor=make.tutor("Anna"),
        )

    def book(self, starts_at: datetime, **more: Any) -> int:  # noqa: ANN401
        """Book an hour of the offering for the student with the tutor."""
        plain = {"offering": self.offering, "tutors": [self.tutor]}
        return self.make.session(
            starts_at, **{"students": [self.student], **plain, **more}
        )

    def set_policy(self, rule: PolicyValue) -> None:
        """Let a rule hold for the office from ever."""
        self.make.save(Policy(kind=rule.kind, value=rule.to_plain()))

    def close(
        self, session: int, stays: Mapping[int, int | None] | None = None
    ) -> Settled:
        """Close a session out: minutes of each student, None is absent."""
        stays = {self.student: 60} if stays is None else stays
        came = any(minutes is not None for minutes in stays.values())
        with self.desk.transaction("close") as transaction:
            status = SessionStatus.HELD if came else SessionStatus.NO_SHOW
            transaction.get_one(Session, session).status = status
            for seat in self.seats(transaction, session):
                if seat.student_id in stays:
                    seat.actual_minutes = stays[seat.student_id]
                    is_absent = seat.actual_minutes is None
                    seat.state = ABSENT if is_absent else PRESENT
            return settle(transaction, self.desk, session)

    def call_off(
        self, session: int, status: SessionStatus, notice: int = 60
    ) -> Settled:
        """Call a session off."""
        with self.desk.transaction("call off") as transaction:
            row = transaction.get_one(Session, session)
            row.status, row.notice_minutes = status, notice
            for seat in self.seats(transaction, session):
                seat.state, seat.actual_minutes = CALLED_OFF[status], None
            return settle(transaction, self.desk, session)

    def restore(self, session: int) -> Settled:
        """Plan a session again."""
        with self.desk.transaction("restore") as transaction:
            transaction.get_one(Session, session).status = SessionStatus.PLANNED
            for seat in self.seats(transaction, session):
                seat.state = AttendanceState.EXPECTED
            return settle(transaction, self.desk, session)

    def settle(self, session: int) -> Settled:
        """Settle a session once more."""
        with self.desk.transaction("settle") as transaction:
            return settle(transaction, self.desk, session)

    def charge_ahead(self, session: int) -> Settled:
        """Charge a planned session in advance."""
        with self.desk.transaction("charge in advance") as transaction:
            return project_advance(transaction, self.desk, session)

    def bill(self) -> list[int]:
        """Put everything that waits on a document, as an invoice run does."""
        with self.desk.transaction("bill") as transaction:
            waiting = transaction.scalars(
                select(Charge).where(
                    Charge.line_id.is_(None), Charge.replaced_at.is_(None)
                )
            ).all()
            for row in waiting:
                row.line_id = next(self.line)
            return [row.amount for row in waiting]

    def charges(self, session: int) -> list[int]:
        """List the live charges' amounts of a session."""
        with self.desk.snapshot() as snapshot:
            rows = snapshot.scalars(
                select(Charge.amount)
                .where(Charge.session_id == session, Charge.live_key.is_not(None))
                .order_by(Charge.id)
            )
            return list(rows)

    def rows(self, kind: type[Kept]) -> Sequence[Kept]:
        """Read all rows of a table, in order."""
        with self.desk.snapshot() as snapshot:
            return snapshot.scalars(select(kind).order_by(kind.id)).all()

    def reasons(self, session: int) -> list[str]:
        """List the students' reasons of a session, in listed order."""
        with self.desk.snapshot() as snapshot:
            rows = snapshot.scalars(
                select(Attendance.charge_reason)
                .where(Attendance.session_id == session)
                .order_by(Attendance.position)
            )
            return list(rows)

    @staticmethod
    def seats(transaction: Transaction, session: int) -> Sequence[Attendance]:
        """Read a session's places."""
        return transaction.scalars(
            select(Attendance).where(Attendance.session_id == session)
        ).all()

    @staticmethod
    def live(transaction: Transaction, session: int) -> Sequence[Charge]:
        """Read a session's live charges."""
        return transaction.scalars(
            select(Charge).where(
                Charge.session_id == session, Charge.live_key.is_not(None)
            )
        ).all()
