"""Texts that no one can read or print are refused wherever one may be written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from app.models.database import Database
from app.models.office import JournalEntry
from app.models.values.billing import MoneyOutcome
from app.models.values.entries import ControlCharacterError, TooLongError
from app.models.values.errors import InputError
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import CancelledBy
from app.services.billing.requests import ReceivePayment, StartRun
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    CloseSession,
    Outcome,
    SetHomework,
    StudentNote,
    TouchSkill,
    WaiveCharge,
)
from app.services.office import furnish
from app.services.payroll.requests import (
    AddAdjustment,
    AddDeduction,
    AddOtherWork,
    SetMileageRate,
    StartPayRun,
)
from app.services.scheduling.requests import BookSession, MoveSession
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.closing.world import START, World

Ask = Callable[[str], object]
ON = date(2026, 3, 31)
FIRST = date(2026, 3, 1)
BAD: list[tuple[str, type[InputError]]] = [
    ("a\0b", ControlCharacterError),
    ("a\ud800b", ControlCharacterError),
    ("w" * 300_000, TooLongError),
]


@pytest.fixture
def world(database: Database, clock: FakeClock, make: Make) -> World:
    """An office with a tutor and two families."""
    return World(database, clock, make)


def of_a_close_out(world: World) -> dict[str, Ask]:
    """Name the texts of closing out, with a way to send each."""
    close, session = world.close_outs().close, world.session()
    maya, anna, neither = world.maya, world.anna, MoneyOutcome.NEITHER
    return {
        "progress note": lambda t: close(CloseSession(session, progress_note=t)),
        "internal note": lambda t: close(CloseSession(session, internal_note=t)),
        "notes": lambda t: close(CloseSession(session, notes=(StudentNote(maya, t),))),
        "homework": lambda t: close(
            CloseSession(session, homework=(SetHomework(maya, t),))
        ),
        "skill": lambda t: close(CloseSession(session, skills=(TouchSkill(maya, t),))),
        "expense": lambda t: close(
            CloseSession(session, expenses=(ClaimExpense(anna, t, 5),))
        ),
        "money reason": lambda t: close(
            CloseSession(session, money=neither, money_reason=t)
        ),
    }


def of_calling_off(world: World) -> dict[str, Ask]:
    """Name the texts of cancelling and booking, with a way to send each."""
    office, by = furnish(world.desk()), CancelledBy.HOUSEHOLD
    session = world.session(START + timedelta(days=1))
    missed = world.session(START + timedelta(days=2))
    office.close_outs.close(CloseSession(missed, Outcome.NO_SHOW))
    calls = office.cancellations
    start = (START + timedelta(days=30)).replace(tzinfo=None)
    booking = (world.maths, (world.anna,), (world.maya,), start, 60)
    return {
        "waive reason": lambda t: calls.cancel(
            CancelSession(session, by, waive_reason=t)
        ),
        "cancel note": lambda t: calls.cancel(CancelSession(session, by, note=t)),
        "waiver": lambda t: calls.waive(WaiveCharge(missed, t)),
        "override": lambda t: office.bookings.book(
            BookSession(*booking, accept_soft=True, override_reason=t)
        ),
        "override of a move": lambda t: office.bookings.move(
            MoveSession(session, start, accept_soft=True, override_reason=t)
        ),
    }


def of_pay(world: World) -> dict[str, Ask]:
    """Name the texts of pay and of requests, with a way to send each."""
    office, anna = furnish(world.desk()), world.anna
    work, far = AddOtherWork, DistanceUnit.KILOMETRE
    office.close_outs.close(CloseSession(world.session(START + timedelta(days=3))))
    entries = office.pay_entries
    return {
        "other work": lambda t: entries.add_other_work(work(anna, ON, 5, t, amount=1)),
        "adjustment": lambda t: entries.add_adjustment(AddAdjustment(anna, ON, 1, t)),
        "deduction": lambda t: entries.add_deduction(AddDeduction(anna, t, 1, ON)),
        "question": lambda t: entries.ask(1, t),
        "source": lambda t: office.pay_rates.set_mileage_rate(
            SetMileageRate(Decimal(1), far, ON, source=t)
        ),
        "key of pay": lambda t: office.pay_runs.run(StartPayRun(FIRST, ON, ON, t)),
        "key of pay begun": lambda t: office.pay_runs.start(
            StartPayRun(FIRST, ON, ON, t)
        ),
        "key of invoices": lambda t: office.invoices.run(StartRun(FIRST, ON, ON, t)),
        "key of a payment": lambda t: office.payments.receive(
            ReceivePayment(1, 100, ON, t)
        ),
    }


@pytest.mark.parametrize(("text", "error"), BAD, ids=["NUL", "surrogate", "long"])
@pytest.mark.parametrize("texts", [of_a_close_out, of_calling_off, of_pay])
def test_what_cannot_be_kept_is_refused_everywhere(
    world: World,
    texts: Callable[[World], dict[str, Ask]],
    text: str,
    error: type[InputError],
) -> None:
    world.clock.time = START + timedelta(days=20)
    asked = texts(world)
    count = select(func.count()).select_from(JournalEntry)
    with world.database.snapshot() as snapshot:
        before = snapshot.scalar(count)
    for name, ask in asked.items():
        with pytest.raises(error) as told:
            ask(text)
        assert str(told.value).endswith("."), name
    with world.database.snapshot() as snapshot:
        assert snapshot.scalar(count) == before


def test_lines_and_any_writing_are_kept(world: World) -> None:
    session, note = world.session(), "Łódź:\n\t1. Ωμέγα 🙂"
    world.close_outs().close(CloseSession(session, progress_note=f" {note}\r\nEnd "))
    (kept,) = world.close_outs().report(session).notes
    assert kept.text == f"{note}\nEnd"
