"""A step happens at one instant, however often the clock could be asked meanwhile."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.billing import Document, NumberSeries
from app.models.database import Database
from app.models.office import JournalEntry
from app.models.values.billing import DocumentKind
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import CancelledBy
from app.services.billing.credits import Credits
from app.services.billing.locks import LockPeriod, Locks
from app.services.billing.payments import Payments
from app.services.billing.requests import (
    CreditInvoice,
    ReceivePayment,
    StartRun,
    WriteOffInvoice,
)
from app.services.billing.runs import InvoiceRuns
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    WaiveCharge,
)
from app.services.payroll.requests import StartPayRun
from app.services.payroll.runs import PayRuns
from app.services.people.students import Students
from app.services.tasks import AddTask, Tasks
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.closing.world import START, World

MARCH = (date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31))
PLANNED = {"starts_at", "ends_at", "actual_starts_at", "slot_at"}  # no stamps


class TickingClock(FakeClock):
    """A clock that goes on by a second whenever somebody looks at it."""

    def now(self) -> datetime:
        """Tell the time, a second after the last time that was told."""
        self.advance(seconds=1)
        return self.time


@pytest.fixture
def ticking(database: Database, make: Make) -> World:
    """The office of the tests of closing, whose clock never stands still."""
    world = World(database, TickingClock(), make)
    for kind, prefix in (
        (DocumentKind.INVOICE, "INV"),
        (DocumentKind.CREDIT_NOTE, "CN"),
    ):
        make.save(NumberSeries(kind=kind, prefix=prefix))
    return world


def stamps(world: World) -> dict[str, set[int]]:
    """Give by step the instants it wrote, in seconds, but for planned times."""
    found: dict[str, set[int]] = defaultdict(set)
    with world.database.snapshot() as snapshot:
        for entry in snapshot.scalars(select(JournalEntry)):
            before = json.loads(entry.before or "{}")
            after = json.loads(entry.after or "{}")
            heading = f"{entry.action} ({entry.step})"
            found[heading].add(int(entry.at.timestamp()))
            for name, value in after.items():
                is_new = value is not None and before.get(name) != value
                if name.endswith("_at") and name not in PLANNED and is_new:
                    found[heading].add(value)
    return found


def test_every_step_bears_one_instant(ticking: World) -> None:
    world, desk = ticking, ticking.desk()
    session = world.session(students=[world.maya, world.ben])
    claims = CloseSession(
        session,
        mileage=(ClaimMileage(world.anna, Decimal(8), DistanceUnit.MILE),),
        expenses=(ClaimExpense(world.anna, "Chalk", 250),),
    )
    world.close_outs().close(claims)
    world.close_outs().close(
        CloseSession(session, Outcome.NO_SHOW, mileage=(), expenses=())
    )
    world.close_outs().approve([session])
    world.cancellations().waive(WaiveCharge(session, "Snow", world.ben))
    world.close_outs().reopen(session)
    world.close_outs().close_many([CloseSession(session)])
    off = world.session(START + timedelta(days=1))
    world.cancellations().cancel(CancelSession(off, CancelledBy.HOUSEHOLD))
    world.clock.set(2026, 3, 31, 18)
    [first, second] = InvoiceRuns(desk).run(StartRun(*MARCH, "bill")).document_ids[:2]
    run = PayRuns(desk).run(StartPayRun(*MARCH, "pay"))
    world.close_outs().close(CloseSession(session, minutes=30))
    assert run.pay_run_id is not None
    PayRuns(desk).cancel_unpaid(run.pay_run_id)
    with world.database.snapshot() as snapshot:
        payer = snapshot.get_one(Document, first).payer_id
    Payments(desk).receive(ReceivePayment(payer, 1000, date(2026, 3, 31), "paid"))
    Payments(desk).write_off(
        WriteOffInvoice(first, date(2026, 3, 31), "Moved away", "off", 100)
    )
    Credits(desk).credit(CreditInvoice(second, date(2026, 3, 31), "Wrong", "credit"))
    Locks(desk).lock(LockPeriod(trailing_days=60))
    Tasks(desk).add_task(AddTask("Ring the family"))
    Tasks(desk).make_due_tasks()
    Students(desk).archive_student(world.ben)
    told = stamps(world)
    assert len(told) >= 15
    assert {step: at for step, at in told.items() if len(at) > 1} == {}
