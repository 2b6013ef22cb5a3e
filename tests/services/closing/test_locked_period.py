"""What lies in a locked period stays; its corrections are dated in the open one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.billing import Charge, Document, DocumentLine, NumberSeries
from app.models.closing import CloseOut
from app.models.payroll import PayLine, PayStatement
from app.models.values.billing import DocumentKind, MoneyOutcome
from app.models.values.policies import Approval
from app.models.values.schedule import CancelledBy, CloseOutState
from app.services.billing.credits import Credits
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.billing.requests import CreditInvoice, StartRun
from app.services.billing.runs import InvoiceRuns
from app.services.checking.check import Checking
from app.services.closing.requests import (
    CancelSession,
    CloseSession,
    Outcome,
    WaiveCharge,
)
from app.services.payroll.requests import StartPayRun
from app.services.payroll.runs import PayRuns
from tests.services.closing.world import START, World

MARCH = (date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30), date(2026, 4, 30))
OF_SESSION, CORRECTED = date(2026, 3, 3), date(2026, 4, 2)
MONEY: tuple[type[Charge | PayLine], ...] = (Charge, PayLine)


@pytest.fixture
def taught(world: World) -> int:
    """A session of an hour and a half in March, closed out."""
    for kind, prefix in (
        (DocumentKind.INVOICE, "INV"),
        (DocumentKind.CREDIT_NOTE, "CN"),
    ):
        world.make.save(NumberSeries(kind=kind, prefix=prefix))
    session = world.session()
    world.close_outs().close(CloseSession(session, minutes=90))
    return session


def run(world: World, period: tuple[date, date, date]) -> None:
    """Invoice and pay a period on its last day."""
    world.clock.set(2026, period[2].month, period[2].day, 18)
    key = f"run {period[2]}"
    InvoiceRuns(world.desk()).run(StartRun(*period, f"bill {key}"))
    PayRuns(world.desk()).run(StartPayRun(*period, f"pay {key}"))


def lock_march(world: World) -> None:
    """Lock what lies before April, on the second of April."""
    world.clock.set(2026, 4, 2, 9)
    Locks(world.desk()).lock(LockPeriod(until=APRIL[0]))


def correct(world: World, session: int, **more: Any) -> None:  # noqa: ANN401
    """Close a session out as a correction, an hour long unless said."""
    request = CloseSession(session, **{"minutes": 60, **more}, is_correction=True)
    world.close_outs().close(request)


def rows(world: World, kind: type[Charge | PayLine]) -> list[Any]:
    """Read all charges or pay lines in order."""
    with world.database.snapshot() as snapshot:
        return list(snapshot.scalars(select(kind).order_by(kind.id)))


def days(world: World, kind: type[Charge | PayLine]) -> list[tuple[Any, ...]]:
    """List day, the day it is for, and amount of all charges or pay lines."""
    return [(r.service_on, r.original_on, r.amount) for r in rows(world, kind)]


def documents(world: World) -> list[tuple[DocumentKind, int]]:
    with world.database.snapshot() as snapshot:
        found = snapshot.scalars(select(Document).order_by(Document.id))
        return [(row.kind, row.total) for row in found]


def statements(world: World) -> list[int]:
    with world.database.snapshot() as snapshot:
        query = select(PayStatement.net).order_by(PayStatement.id)
        return list(snapshot.scalars(query))


def require_sound(world: World) -> None:
    """Make sure that the office's own check finds no error."""
    found = Checking(world.desk()).check().findings
    assert [one.message for one in found if one.is_error] == []


Step = Callable[[World, int], object]
STEPS: dict[str, Step] = {
    "close": lambda w, s: w.close_outs().close(CloseSession(s, minutes=60)),
    "approve": lambda w, s: w.close_outs().approve([s]),
    "reopen": lambda w, s: w.close_outs().reopen(s),
    "cancel": lambda w, s: w.cancellations().cancel(
        CancelSession(s, CancelledBy.OFFICE, START - timedelta(days=1))
    ),
    "restore": lambda w, s: w.cancellations().restore(s),
    "waive": lambda w, s: w.cancellations().waive(WaiveCharge(s, "Snow")),
}


@pytest.mark.parametrize("name", STEPS)
def test_what_is_locked_is_refused_with_the_way_out(
    world: World, taught: int, name: str
) -> None:
    world.close_outs().close(CloseSession(taught, Outcome.NO_SHOW))
    before = [days(world, kind) for kind in MONEY]
    lock_march(world)
    told = "03 Mar 2026 lies in a locked period.*01 Apr 2026.*Close it out as a correct"
    if name == "approve":
        told = told.replace("03 Mar", "04 Mar")  # when it was closed out
    with pytest.raises(PeriodLockedError, match=told):
        STEPS[name](world, taught)
    assert [days(world, kind) for kind in MONEY] == before
    Locks(world.desk()).unlock()
    assert world.close_out(taught) is not None


def test_what_is_locked_is_not_reviewed(world: World, taught: int) -> None:
    world.policy(Approval(review=True))
    lock_march(world)
    with pytest.raises(PeriodLockedError, match="04 Mar 2026 lies in a locked period"):
        world.close_outs().review([taught])
    Locks(world.desk()).unlock()
    world.close_outs().review([taught])
    close_out = world.close_out(taught)
    assert isinstance(close_out, CloseOut)
    assert close_out.state is CloseOutState.REVIEWED


def test_a_tutor_is_sent_to_the_office(world: World, taught: int) -> None:
    lock_march(world)
    tutor = world.tutor_desk().actor
    request = CloseSession(taught, minutes=60, is_correction=True)
    with pytest.raises(PeriodLockedError, match="Ask the office"):
        world.close_outs(tutor).close(request)


def test_a_late_close_out_is_charged_and_paid_in_the_open_period(world: World) -> None:
    session = world.session()
    lock_march(world)
    correct(world, session)
    for kind, amount in zip(MONEY, (4800, 2700), strict=True):
        assert days(world, kind) == [(CORRECTED, OF_SESSION, amount)]
    require_sound(world)


def test_what_was_billed_is_reversed_in_the_open_period(
    world: World, taught: int
) -> None:
    run(world, MARCH)
    lock_march(world)
    correct(world, taught)
    for kind, old, new in zip(MONEY, (7200, 4050), (4800, 2700), strict=True):
        assert days(world, kind) == [
            (OF_SESSION, None, old),
            (CORRECTED, OF_SESSION, -old),
            (CORRECTED, OF_SESSION, new),
        ]
    run(world, APRIL)
    invoice, note = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE
    assert documents(world) == [(invoice, 7200), (note, 2400)]
    assert statements(world) == [4050, -1350]
    with world.database.snapshot() as snapshot:
        face = snapshot.scalars(select(PayStatement.face).offset(1)).one()
    late = [(one["amount"], one["is_late"]) for one in face["sessions"]]
    assert late == [(-4050, True), (2700, True)]
    require_sound(world)


def test_what_was_not_billed_yet_stands_in_its_period_too(
    world: World, taught: int
) -> None:
    lock_march(world)
    correct(world, taught)
    for kind, old in zip(MONEY, (7200, 4050), strict=True):
        of_march = [r for r in rows(world, kind) if r.service_on < APRIL[0]]
        assert [(r.amount, r.replaced_at) for r in of_march] == [(old, None)]
    run(world, APRIL)
    assert documents(world) == [(DocumentKind.INVOICE, 4800)]
    assert statements(world) == [2700]
    with world.database.snapshot() as snapshot:
        shown = set(snapshot.scalars(select(DocumentLine.service_on)))
    assert shown == {OF_SESSION}
    require_sound(world)


def test_a_correction_is_made_once_and_corrected_where_it_lies(
    world: World, taught: int
) -> None:
    run(world, MARCH)
    lock_march(world)
    correct(world, taught)
    before = [days(world, kind) for kind in MONEY]
    correct(world, taught)
    assert [days(world, kind) for kind in MONEY] == before
    world.clock.set(2026, 4, 3, 9)
    correct(world, taught, minutes=30)
    assert (world.charges(taught), world.pay(taught)) == ([2400], [1350])
    replaced = [row for row in rows(world, Charge) if row.replaced_at is not None]
    assert [row.amount for row in replaced] == [4800]
    Locks(world.desk()).unlock()
    before = [days(world, kind) for kind in MONEY]
    world.close_outs().close(CloseSession(taught, minutes=30))
    assert [days(world, kind) for kind in MONEY] == before


def test_an_open_session_is_no_correction_for_being_called_one(world: World) -> None:
    session = world.session()
    correct(world, session)
    assert days(world, Charge) == [(OF_SESSION, None, 4800)]


def test_where_today_is_locked_a_correction_bears_the_first_open_day(
    world: World, taught: int
) -> None:
    world.clock.set(2026, 3, 20, 9)
    Locks(world.desk()).lock(LockPeriod(until=APRIL[0]))
    correct(world, taught)
    assert [row.service_on for row in rows(world, Charge)[1:]] == [APRIL[0]] * 2


def test_a_correction_can_be_approved(world: World, taught: int) -> None:
    world.policy(Approval(pay=True))
    lock_march(world)
    correct(world, taught)
    world.close_outs().approve([taught])
    close_out = world.close_out(taught)
    assert isinstance(close_out, CloseOut)
    assert close_out.state is CloseOutState.APPROVED


def test_a_missed_session_is_waived_by_a_correction(world: World, taught: int) -> None:
    lock_march(world)
    none = MoneyOutcome.NEITHER
    correct(
        world,
        taught,
        outcome=Outcome.NO_SHOW,
        minutes=None,
        money=none,
        money_reason="Snow",
    )
    assert (world.charges(taught), world.pay(taught)) == ([], [])
    assert sum(row.amount for row in rows(world, Charge)) == 0


def test_a_locked_invoice_is_corrected_and_issued_anew(
    world: World, taught: int
) -> None:
    run(world, MARCH)
    lock_march(world)
    with world.database.snapshot() as snapshot:
        invoice = snapshot.scalars(select(Document.id)).one()
    request = CreditInvoice(invoice, CORRECTED, "Too long", "again")
    Credits(world.desk()).correct_and_reissue(
        request, lambda: correct(world, taught, minutes=60)
    )
    kinds = (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE, DocumentKind.INVOICE)
    assert documents(world) == list(zip(kinds, (7200, 7200, 4800), strict=True))
    of_march = [r.amount for r in rows(world, Charge) if r.service_on < APRIL[0]]
    assert of_march == [7200]
    require_sound(world)
