"""A step is turned round whole, with the timetable's guard, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.models.faults import StillUsedError
from app.models.office import JournalEntry
from app.models.people import Student
from app.models.scheduling import Series, Session
from app.models.values.billing import ChargeKind
from app.services.billing.fees import Fees
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.billing.packages import Packages
from app.services.billing.terms import AddFee, AddPackage, BuyPackage
from app.services.closing.requests import CloseSession
from app.services.journal import Journal
from app.services.payroll.entries import PayEntries
from app.services.payroll.requests import AddAdjustment, AddDeduction, AddOtherWork
from app.services.scheduling.occupancy import sync
from app.services.undoing.errors import ChangedSinceError, StandingStepError
from app.services.undoing.reversing import take_back
from tests.services.closing.world import START, World
from tests.services.test_journal import contents


def last_step(world: World) -> int:
    with world.database.snapshot() as snapshot:
        return snapshot.scalar(select(func.max(JournalEntry.step))) or 0


def take_back_last(world: World) -> None:
    desk, step = world.desk(), last_step(world)
    with desk.transaction("Undo", undoes=step) as transaction:
        take_back(transaction, desk, step)


def move(world: World, session: int, by: timedelta) -> None:
    with world.desk().transaction("Move a session") as transaction:
        found = transaction.get(Session, session)
        assert found is not None
        found.starts_at += by
        found.ends_at += by
        sync(transaction, [session])


def test_a_moved_session_takes_its_old_time_again(world: World) -> None:
    session = world.session()
    before = contents(world)
    move(world, session, timedelta(hours=3))
    assert contents(world) != before
    take_back_last(world)
    assert contents(world) == before


def test_new_records_go_before_those_they_refer_to(world: World) -> None:
    before = contents(world)
    with world.desk().transaction("Book a series") as transaction:
        series = Series(
            offering_id=world.maths,
            weekdays=[1],
            start_minute=960,
            minutes=60,
            from_on=START.date(),
        )
        transaction.add(series)
        transaction.flush()
        first = Session(
            offering_id=world.maths,
            series_id=series.id,
            starts_at=START,
            ends_at=START + timedelta(hours=1),
        )
        transaction.add(first)
        transaction.flush()
        second = Session(
            offering_id=world.maths,
            starts_at=START,
            ends_at=START + timedelta(hours=1),
            make_up_of_id=first.id,
        )
        transaction.add(second)
    after = contents(world)
    take_back_last(world)
    assert contents(world) == before
    take_back_last(world)
    assert contents(world) == after


def test_a_refused_undo_changes_nothing_at_all(world: World) -> None:
    with world.desk().transaction("Book a session") as transaction:
        session = Session(
            offering_id=world.maths,
            starts_at=START,
            ends_at=START + timedelta(hours=1),
        )
        transaction.add(session)
    step = last_step(world)
    world.session(START + timedelta(days=1), make_up_of_id=session.id)
    before, desk = contents(world), world.desk()
    with pytest.raises(StillUsedError), desk.transaction("Undo") as transaction:
        take_back(transaction, desk, step)
    assert contents(world) == before


def test_a_record_that_is_gone_cannot_be_put_back(world: World) -> None:
    session = world.session()
    move(world, session, timedelta(hours=1))
    step = last_step(world)
    desk = world.desk()
    move(world, session, timedelta(hours=1))
    with (
        pytest.raises(ChangedSinceError) as refusal,
        desk.transaction("Undo") as transaction,
    ):
        take_back(transaction, desk, step)
    assert (refusal.value.table, refusal.value.row_id) == ("session", session)


FEBRUARY, MARCH = date(2026, 2, 20), date(2026, 3, 2)


def family(world: World) -> int:
    """Give Maya's household."""
    with world.database.snapshot() as snapshot:
        return snapshot.get_one(Student, world.maya).household_id


def sell(world: World, on: date, key: str = "") -> None:
    """Sell ten hours to Maya's family."""
    packages = Packages(world.desk())
    tax = world.make.tax_code("0")
    package = packages.add_package(AddPackage("Ten hours", 600, 45000, tax))
    packages.buy(BuyPackage(package, family(world), on, world.maya, request_key=key))


Enter = Callable[[World, date], object]
ENTERED: dict[str, Enter] = {
    "package": sell,
    "adjustment": lambda w, on: PayEntries(w.desk()).add_adjustment(
        AddAdjustment(w.anna, on, 500, "Bonus")
    ),
    "other work": lambda w, on: PayEntries(w.desk()).add_other_work(
        AddOtherWork(w.anna, on, 40, "Meeting", amount=900)
    ),
    "deduction": lambda w, on: PayEntries(w.desk()).add_deduction(
        AddDeduction(w.anna, "Card", 100, on)
    ),
}


@pytest.mark.parametrize("name", ENTERED)
def test_money_of_a_locked_day_is_not_taken_back(world: World, name: str) -> None:
    ENTERED[name](world, MARCH)
    ENTERED[name](world, FEBRUARY)
    Locks(world.desk()).lock(LockPeriod(until=date(2026, 3, 1)))
    journal = Journal(world.desk())
    steps = [each.step for each in journal.undoable() if each.step]
    before = contents(world)
    with pytest.raises(PeriodLockedError, match=r"20 Feb 2026.* the other way round"):
        journal.undo(steps[1])
    assert contents(world) == before
    Locks(world.desk()).unlock()
    journal.undo(steps[1])
    assert contents(world) != before


def test_a_correction_of_a_locked_day_names_the_real_way_out(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, minutes=90))
    Locks(world.desk()).lock(LockPeriod(until=date(2026, 3, 20)))
    correction = CloseSession(session, minutes=60, is_correction=True)
    world.close_outs().close(correction)
    with pytest.raises(PeriodLockedError, match="Close the session out as a correct"):
        take_back_last(world)


def test_what_is_charged_once_names_its_own_way_back(world: World) -> None:
    tax = world.make.tax_code("0")
    fee = AddFee(
        ChargeKind.MATERIALS, 1250, MARCH, "Books", tax, "k", household_id=family(world)
    )
    Fees(world.desk()).add_fee(fee)
    with pytest.raises(StandingStepError, match=r"A fee .* as an adjustment\."):
        take_back_last(world)
    sell(world, MARCH, "click")
    with pytest.raises(StandingStepError, match=r"sale of a package .* refund"):
        take_back_last(world)
