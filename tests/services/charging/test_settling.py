"""Settling a session: its charges are what its close-out says, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select

from app.models.billing import Charge
from app.models.database import Database
from app.models.scheduling import Attendance, Session
from app.models.values.actors import COMMAND_LINE
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging.settling import settle
from app.services.desk import Desk
from tests.factories import Make
from tests.fakes import FakeClock

AFTERNOON = datetime(2026, 3, 2, 16, tzinfo=UTC)


def test_a_held_session_is_charged_by_rate(
    database: Database, clock: FakeClock, make: Make
) -> None:
    make.office()
    session = make.session(AFTERNOON, minutes=75, offering=make.offering(price=4800))
    desk = Desk(database, clock, COMMAND_LINE)
    for _twice in range(2):
        with desk.transaction("close") as transaction:
            transaction.get_one(Session, session).status = SessionStatus.HELD
            for seat in transaction.scalars(select(Attendance)):
                seat.state = AttendanceState.PRESENT
            assert settle(transaction, desk, session).charged == 6000
    with desk.snapshot() as snapshot:
        charge = snapshot.scalars(select(Charge)).one()
        assert (charge.amount, charge.minutes, charge.rate_source) == (
            6000,
            75,
            "offering",
        )
