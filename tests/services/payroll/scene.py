"""An office whose sessions are closed out in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select

from app.models.closing import CloseOut, Expense, MileageClaim
from app.models.database import Database, Transaction
from app.models.payroll import PayLine, PayStatement
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.actors import COMMAND_LINE, Actor, Role
from app.models.values.billing import MoneyOutcome
from app.models.values.payroll import DistanceUnit, PayKind
from app.models.values.policies import PolicyValue
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
)
from app.services.desk import Desk
from app.services.payroll.paying import SettledPay, settle
from app.services.payroll.requests import PayRunDone, StartPayRun
from app.services.payroll.runs import PayRuns
from app.services.policies import Policies, SetPolicy
from tests.factories import Make
from tests.fakes import FakeClock

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


def at(day: int, hour: int = 16, month: int = 11) -> datetime:
    """Give an hour of November 2026 in London, where it is UTC then."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@dataclass(slots=True)
class Scene:
    """An office with one tutor and one offering.

    Attributes:
        anna: a tutor at 27.00 an hour.
        maths: an offering at 48.00 an hour.
    """

    database: Database
    clock: FakeClock
    make: Make
    anna: int
    maths: int
    maya: int
    _keys: count[int] = field(default_factory=count)

    @property
    def desk(self) -> Desk:
        """The owner's desk."""
        return self.desk_of(self.database, self.clock)

    @staticmethod
    def desk_of(database: Database, clock: FakeClock) -> Desk:
        """Sit down at the owner's desk."""
        return Desk(database, clock, COMMAND_LINE)

    def tutors_desk(self, tutor: int | None = None) -> Desk:
        """Sit a tutor down at the desk, Anna unless said."""
        who = Actor("Anna", Role.TUTOR, tutor or self.anna)
        return self.desk.sat_at_by(who)

    def book(self, starts_at: datetime, **more: Any) -> int:  # noqa: ANN401
        """Book a session of Anna's with Maya, of an hour unless said."""
        plain = {"tutors": [self.anna], "students": [self.maya]}
        return self.make.session(starts_at, **{**plain, "offering": self.maths, **more})

    def close(
        self,
        session_id: int,
        *,
        minutes: int | None = None,
        students: Mapping[int, int | AttendanceState] | None = None,
        tutors: Mapping[int, int] | None = None,
        status: SessionStatus = SessionStatus.HELD,
        money: MoneyOutcome | None = None,
        state: CloseOutState = CloseOutState.CLOSED,
    ) -> SettledPay:
        """Close a session out (again), and settle its pay."""
        with self.desk.transaction("close") as transaction:
            session = transaction.get_one(Session, session_id)
            session.status = status
            _report(transaction, session_id, minutes, students or {}, tutors or {})
            if status is SessionStatus.NO_SHOW:
                _all(transaction, session_id, AttendanceState.ABSENT)
            report = transaction.scalars(
                select(CloseOut).where(CloseOut.session_id == session_id)
            ).one_or_none()
            if report is None:
                report = CloseOut(
                    session_id=session_id,
                    state=state,
                    closed_by="tests",
                    closed_at=self.clock.now(),
                )
                transaction.add(report)
            report.money, report.state = money, state
            return settle(transaction, self.desk, session_id)

    def cancel(
        self, session_id: int, status: SessionStatus, students: Sequence[int] = ()
    ) -> SettledPay:
        """Cancel a session for everybody, and settle its pay."""
        with self.desk.transaction("cancel") as transaction:
            transaction.get_one(Session, session_id).status = status
            _all(transaction, session_id, AttendanceState(status.value), students)
            return settle(transaction, self.desk, session_id)

    def settle(self, session_id: int) -> SettledPay:
        """Settle a session's pay."""
        with self.desk.transaction("settle") as transaction:
            return settle(transaction, self.desk, session_id)

    def claim_miles(
        self,
        session_id: int,
        distance: str,
        on: date,
        unit: DistanceUnit = DistanceUnit.MILE,
        **more: Any,  # noqa: ANN401
    ) -> int:
        """Claim a distance of Anna's."""
        return self.make.save(
            MileageClaim(
                session_id=session_id,
                tutor_id=self.anna,
                travelled_on=on,
                unit=unit,
                claimed=Decimal(distance),
                **{"approved": Decimal(distance), **more},
            )
        )

    def claim_expense(
        self, session_id: int, amount: int, *, is_approved: bool = True
    ) -> int:
        """Claim an expense of Anna's."""
        return self.make.save(
            Expense(
                session_id=session_id,
                tutor_id=self.anna,
                what="workbook",
                amount=amount,
                spent_on=NOVEMBER[0],
                approved_amount=amount if is_approved else None,
            )
        )

    def rule(self, value: PolicyValue) -> None:
        """Let a rule of the office hold."""
        Policies(self.desk).set_policy(SetPolicy(value))

    def lines(self, session_id: int | None = None) -> list[PayLine]:
        """Read the live lines, of a session or all."""
        statement = select(PayLine).where(PayLine.live_key.is_not(None))
        if session_id is not None:
            statement = statement.where(PayLine.session_id == session_id)
        with self.desk.snapshot() as snapshot:
            return list(snapshot.scalars(statement.order_by(PayLine.id)))

    def all_lines(self) -> list[PayLine]:
        """Read every line that was ever made."""
        with self.desk.snapshot() as snapshot:
            return list(snapshot.scalars(select(PayLine).order_by(PayLine.id)))

    def amounts(self, session_id: int | None = None) -> dict[PayKind, int]:
        """Add the live lines up by kind."""
        sums: dict[PayKind, int] = {}
        for line in self.lines(session_id):
            sums[line.kind] = sums.get(line.kind, 0) + line.amount
        return sums

    def statements(self) -> list[PayStatement]:
        """Read every statement in the order of freezing."""
        with self.desk.snapshot() as snapshot:
            return list(
                snapshot.scalars(select(PayStatement).order_by(PayStatement.id))
            )

    def request(
        self, period: tuple[date, date] = NOVEMBER, key: str = ""
    ) -> StartPayRun:
        """Ask to pay a period on its last day, with a new key unless one is said."""
        key = key or f"request {next(self._keys)}"
        return StartPayRun(period[0], period[1], period[1], key)

    def pay(self, period: tuple[date, date] = NOVEMBER, key: str = "") -> PayRunDone:
        """Run a period's pay."""
        return PayRuns(self.desk).run(self.request(period, key))


def make_scene(database: Database, clock: FakeClock, make: Make) -> Scene:
    """Make the office, in London, at the end of November 2026."""
    clock.set(2026, 11, 30, 18)
    make.office(country="GB")
    return Scene(
        database=database,
        clock=clock,
        make=make,
        anna=make.tutor("Anna Berg", rate=2700, address="1 Low Street"),
        maths=make.offering("Maths", price=4800),
        maya=make.student("Maya Lind"),
    )


def _report(
    transaction: Transaction,
    session_id: int,
    minutes: int | None,
    students: Mapping[int, int | AttendanceState],
    tutors: Mapping[int, int],
) -> None:
    for part in transaction.scalars(
        select(SessionTutor).where(SessionTutor.session_id == session_id)
    ):
        part.actual_minutes = tutors.get(part.tutor_id, minutes)
    for seat in transaction.scalars(
        select(Attendance).where(Attendance.session_id == session_id)
    ):
        said = students.get(seat.student_id)
        if isinstance(said, AttendanceState):
            seat.state = said
        elif not seat.state.is_cancelled:
            seat.state = AttendanceState.PRESENT
            seat.actual_minutes = minutes if said is None else said


def _all(
    transaction: Transaction,
    session_id: int,
    state: AttendanceState,
    students: Sequence[int] = (),
) -> None:
    for seat in transaction.scalars(
        select(Attendance).where(Attendance.session_id == session_id)
    ):
        if not students or seat.student_id in students:
            seat.state = state
