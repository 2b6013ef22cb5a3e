"""What was invoiced and paid out is corrected by reversal, never edited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.models.billing import Charge, Document, NumberSeries
from app.models.payroll import PayLine, PayStatement
from app.models.values.billing import DocumentKind
from app.models.values.schedule import CancelledBy
from app.services.billing.requests import StartRun
from app.services.billing.runs import InvoiceRuns
from app.services.closing.requests import CancelSession, CloseSession
from app.services.journal import Journal
from app.services.payroll.requests import StartPayRun
from app.services.payroll.runs import PayRuns
from app.services.undoing.errors import StandingStepError
from tests.services.closing.world import START, World
from tests.services.test_journal import contents

MARCH = (date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30), date(2026, 4, 30))


@pytest.fixture
def billed(world: World) -> int:
    """A session that was closed too long, invoiced and paid out."""
    for kind, prefix in (
        (DocumentKind.INVOICE, "INV"),
        (DocumentKind.CREDIT_NOTE, "CN"),
    ):
        world.make.save(NumberSeries(kind=kind, prefix=prefix))
    session = world.session()
    world.close_outs().close(CloseSession(session, minutes=90))
    run(world, MARCH)
    return session


def run(world: World, period: tuple[date, date, date]) -> None:
    """Invoice and pay a period."""
    world.clock.set(2026, period[2].month, period[2].day, 18)
    key = f"run {period[2]}"
    InvoiceRuns(world.desk()).run(StartRun(*period, f"bill {key}"))
    PayRuns(world.desk()).run(StartPayRun(*period, f"pay {key}"))


def documents(world: World) -> list[tuple[DocumentKind, int]]:
    with world.database.snapshot() as snapshot:
        rows = snapshot.execute(
            select(Document.kind, Document.total).order_by(Document.id)
        )
        return [(row.kind, row.total) for row in rows]


def statements(world: World) -> list[int]:
    with world.database.snapshot() as snapshot:
        return list(
            snapshot.scalars(select(PayStatement.net).order_by(PayStatement.id))
        )


def rows(world: World, kind: type[Charge | PayLine]) -> list[Charge | PayLine]:
    with world.database.snapshot() as snapshot:
        found = snapshot.scalars(select(kind)).all()
    kept = [row for row in found if isinstance(row, Charge | PayLine)]
    return sorted(kept, key=lambda row: row.id)


def test_a_correction_lands_on_the_next_invoice_and_run(
    world: World, billed: int
) -> None:
    world.close_outs().close(CloseSession(billed, minutes=60))
    assert (world.charges(billed), world.pay(billed)) == ([4800], [2700])
    for kind in (Charge, PayLine):
        old, *new = rows(world, kind)
        assert old.replaced_at is None
        reversal = next(row for row in new if row.reverses_id == old.id)
        assert reversal.amount == -old.amount
        follower = next(row for row in new if row.live_key)
        assert follower.successor_of_id == old.id
    run(world, APRIL)
    invoice, note = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE
    assert documents(world) == [(invoice, 7200), (note, 2400)]
    assert statements(world) == [4050, -1350]


def test_closing_again_the_same_way_reverses_nothing(world: World, billed: int) -> None:
    world.close_outs().close(CloseSession(billed, minutes=90))
    assert len(rows(world, Charge)) == len(rows(world, PayLine)) == 1


def test_cancelling_what_was_billed_reverses_it(world: World, billed: int) -> None:
    cancel = CancelSession(billed, CancelledBy.TUTOR, START - timedelta(hours=1))
    world.cancellations().cancel(cancel)
    assert (world.charges(billed), world.pay(billed)) == ([], [])
    assert sum(row.amount for row in rows(world, Charge)) == 0
    assert sum(row.amount for row in rows(world, PayLine)) == 0


def test_a_correction_is_undone_and_made_again_until_it_is_billed(
    world: World, billed: int
) -> None:
    before = contents(world)
    world.close_outs().close(CloseSession(billed, minutes=60))
    after = contents(world)
    journal = Journal(world.desk())
    for _turn in range(2):
        journal.undo(journal.undoable()[0].step)
        assert contents(world) == before
        journal.undo(journal.redoable()[0].step)
        assert contents(world) == after
    correction = journal.undoable()[0].step
    run(world, APRIL)
    with pytest.raises(StandingStepError, match="correct the close-out"):
        journal.undo(correction)


def test_undoing_reaches_past_what_stands(world: World, billed: int) -> None:
    off = CancelSession(world.session(START + timedelta(days=60)), CancelledBy.OFFICE)
    world.cancellations().cancel(off)
    world.close_outs().close(CloseSession(billed, minutes=60))
    run(world, APRIL)
    journal = Journal(world.desk())
    [step] = journal.undoable()
    assert step.action == "Cancel a session"
    journal.undo(step.step)
    assert (journal.undoable(), len(journal.redoable())) == ((), 1)
    journal.undo(journal.redoable()[0].step)
    assert [each.action for each in journal.undoable()] == ["Cancel a session"]


def test_an_undone_correction_can_be_made_differently(
    world: World, billed: int
) -> None:
    world.close_outs().close(CloseSession(billed, minutes=60))
    journal = Journal(world.desk())
    journal.undo(journal.undoable()[0].step)
    world.close_outs().close(CloseSession(billed, minutes=30))
    run(world, APRIL)
    assert [total for _kind, total in documents(world)] == [7200, 4800]


def test_a_billed_close_out_an_invoice_and_a_pay_run_stand(
    world: World, billed: int
) -> None:
    journal = Journal(world.desk())
    assert journal.undoable() == ()
    steps = {step.action: step.step for step in journal.steps()}
    refusals = {
        "Close out a session": "What lies on INV.* correct the close-out",
        "Start an invoice run": "make a credit note",
        "Issue a document": "make a credit note",
        "Finish an invoice run": "make a credit note",
        "Freeze a pay statement": "correct it in the next run",
        "Lock a pay run": "correct it in the next run",
    }
    for action, sentence in refusals.items():
        with pytest.raises(StandingStepError, match=sentence):
            journal.undo(steps[action])
    assert world.charges(billed) == [7200]
