"""A small office with one tutor and two families, for tests of closing out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.models.billing import Charge
from app.models.closing import CloseOut
from app.models.database import Database
from app.models.payroll import PayLine
from app.models.people import PayerShare
from app.models.scheduling import Attendance, Session, SessionTutor, occupancy
from app.models.values.actors import Actor, Role
from app.models.values.policies import PolicyValue
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.closing.cancelling import Cancellations
from app.services.closing.close_outs import CloseOuts
from app.services.desk import Desk
from app.services.policies import Policies, SetPolicy
from tests.factories import Make
from tests.fakes import FakeClock

OFFICE = Actor("Olga", Role.ADMINISTRATOR)
BOOKS = Actor("Bea", Role.BOOKKEEPER)
START = datetime(2026, 3, 3, 16, tzinfo=UTC)  # a Tuesday, in London's winter time


class World:
    """An office in London; 48 an hour is charged and 27 an hour is paid."""

    def __init__(self, database: Database, clock: FakeClock, make: Make) -> None:
        self.database = database
        self.clock = clock
        self.make = make
        make.office()
        self.maths = make.offering("Maths", price=4800, group_size=6)
        self.anna = make.tutor("Anna", rate=2700)
        self.maya, self.ben = self.child("Maya"), self.child("Ben")

    def child(self, name: str) -> int:
        """Make a student with a family that pays."""
        household = self.make.household(f"{name} family")
        payer = self.make.payer(household)
        self.share(household, payer)
        return self.make.student(name, household)

    def share(self, household: int, payer: int) -> None:
        """Let a payer take all that a household is charged."""
        with self.make.transaction() as transaction:
            transaction.add(
                PayerShare(household_id=household, payer_id=payer, percent=Decimal(100))
            )

    def desk(self, actor: Actor = OFFICE) -> Desk:
        """Sit somebody at a desk."""
        return Desk(self.database, self.clock, actor, "desk")

    def tutor_desk(self, tutor: int | None = None) -> Desk:
        """Sit a tutor at a desk, Anna unless said."""
        return self.desk(Actor("A tutor", Role.TUTOR, tutor or self.anna))

    def close_outs(self, actor: Actor = OFFICE) -> CloseOuts:
        """Give the close-outs as somebody sees them."""
        return CloseOuts(self.desk(actor))

    def cancellations(self, actor: Actor = OFFICE) -> Cancellations:
        """Give the cancellations as somebody may make them."""
        return Cancellations(self.desk(actor))

    def policy(self, value: PolicyValue, scope: str = "office", of: int = 0) -> None:
        """Set a rule of the office."""
        Policies(self.desk()).set_policy(
            SetPolicy(value, scope=scope, scope_id=of or None)
        )

    def session(
        self,
        starts_at: datetime = START,
        *,
        students: Sequence[int] = (),
        **more: Any,  # noqa: ANN401  columns of the record
    ) -> int:
        """Make a session of Anna with Maya, unless said otherwise."""
        return self.make.session(
            starts_at,
            **{
                "tutors": [self.anna],
                "students": students or [self.maya],
                "offering": self.maths,
                **more,
            },
        )

    def charges(self, session: int) -> list[int]:
        """List the amounts that are charged for a session now."""
        return self._amounts(Charge, session)

    def pay(self, session: int) -> list[int]:
        """List the amounts that are paid for a session now."""
        return self._amounts(PayLine, session)

    def _amounts(self, kind: type[Charge | PayLine], session: int) -> list[int]:
        with self.database.snapshot() as snapshot:
            return list(
                snapshot.scalars(
                    select(kind.amount)
                    .where(kind.session_id == session, kind.live_key.is_not(None))
                    .order_by(kind.id)
                )
            )

    def reasons(self, session: int) -> list[str]:
        """List why students are not charged, and then why tutors are not paid."""
        with self.database.snapshot() as snapshot:
            charge = snapshot.scalars(
                select(Attendance.charge_reason)
                .where(Attendance.session_id == session)
                .order_by(Attendance.position)
            )
            pay = snapshot.scalars(
                select(SessionTutor.pay_reason)
                .where(SessionTutor.session_id == session)
                .order_by(SessionTutor.position)
            )
            return [*charge, *pay]

    def status(self, session: int) -> SessionStatus:
        """Tell where a session stands."""
        return self.read(session).status

    def read(self, session: int) -> Session:
        """Read a session."""
        with self.database.snapshot() as snapshot:
            found = snapshot.get(Session, session)
            assert found is not None
            return found

    def place(self, session: int, student: int) -> Attendance:
        """Read a student's place."""
        with self.database.snapshot() as snapshot:
            return snapshot.scalars(
                select(Attendance).where(
                    Attendance.session_id == session, Attendance.student_id == student
                )
            ).one()

    def states(self, session: int) -> list[AttendanceState]:
        """List what became of the students."""
        with self.database.snapshot() as snapshot:
            return list(
                snapshot.scalars(
                    select(Attendance.state)
                    .where(Attendance.session_id == session)
                    .order_by(Attendance.position)
                )
            )

    def close_out(self, session: int) -> CloseOut | None:
        """Read a session's close-out."""
        with self.database.snapshot() as snapshot:
            return snapshot.scalars(
                select(CloseOut).where(CloseOut.session_id == session)
            ).one_or_none()

    def occupied(self, session: int) -> int:
        """Count how many resources' time a session takes."""
        with self.database.snapshot() as snapshot:
            rows = snapshot.execute(
                select(occupancy).where(occupancy.c.session_id == session)
            )
            return len(rows.all())
