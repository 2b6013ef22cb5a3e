"""Rules make each task once, finish it with its cause; people have their own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.models.billing import Allocation, Document, NumberSeries, Payment
from app.models.catalog import Closure
from app.models.closing import CloseOut
from app.models.people import TutorDocument
from app.models.values.billing import DocumentKind, PriceBasis, TaxRounding
from app.models.values.schedule import CloseOutState
from app.services.desk import Desk, OfficeOnlyError
from app.services.due_causes import causes
from app.services.rights import NotYoursError
from app.services.tasks import (
    AddTask,
    AlreadyFinishedError,
    ChangeTask,
    TaskOwnerError,
    Tasks,
)
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.conftest import tutor_desk

FRIDAY = datetime(2026, 3, 27, 15, tzinfo=UTC)  # the clocks go forward on Sunday


@pytest.fixture
def tasks(desk: Desk) -> Tasks:
    return Tasks(desk)


def test_a_close_out_is_late_from_the_next_working_day_at_ten(
    tasks: Tasks, make: Make, clock: FakeClock
) -> None:
    session = make.session(FRIDAY, tutors=[make.tutor("Anna")])
    clock.set(2026, 3, 30, 9)  # Monday, 10:00 in London
    assert tasks.make_due_tasks().made == ()
    clock.set(2026, 3, 30, 9, 1)
    assert len(tasks.make_due_tasks().made) == 1
    (task,) = tasks.open_tasks()
    assert (task.about_kind, task.about_id) == ("session", session)
    assert (task.due_on, task.owner) == (date(2026, 3, 30), "office")
    assert "27 Mar 2026 15:00" in task.what
    assert "Anna" in task.what


def test_closed_days_do_not_count(tasks: Tasks, make: Make, clock: FakeClock) -> None:
    make.session(FRIDAY)
    monday = date(2026, 3, 30)
    make.save(Closure(name="Closed", from_on=monday, until_on=monday))
    clock.set(2026, 3, 30, 20)
    assert tasks.make_due_tasks().made == ()
    clock.set(2026, 3, 31, 9, 1)
    assert len(tasks.make_due_tasks().made) == 1


def test_doing_it_again_changes_nothing(
    tasks: Tasks, make: Make, clock: FakeClock, desk: Desk
) -> None:
    make.session(FRIDAY)
    clock.set(2026, 4, 1)
    first = tasks.make_due_tasks()
    again = tasks.make_due_tasks()
    assert len(first.made) == 1
    assert (again.made, again.opened, again.finished) == ((), (), ())
    with desk.transaction("look") as transaction:
        keys = [cause.key for cause in causes(transaction, desk)]
    assert len(keys) == len(set(keys)) == 1


def test_a_task_goes_and_comes_with_its_cause(
    tasks: Tasks, make: Make, clock: FakeClock, desk: Desk
) -> None:
    session = make.session(FRIDAY)
    clock.set(2026, 4, 1)
    (made,) = tasks.make_due_tasks().made
    closed = make.save(
        CloseOut(
            session_id=session,
            state=CloseOutState.CLOSED,
            closed_by="Anna",
            closed_at=clock.now(),
        )
    )
    assert tasks.make_due_tasks().finished == (made,)
    assert tasks.open_tasks() == ()
    with make.transaction() as transaction:
        row = transaction.get(CloseOut, closed)
        assert row is not None
        row.state = CloseOutState.OPEN
    assert tasks.make_due_tasks().opened == (made,)
    tasks.finish_task(made)
    assert tasks.make_due_tasks().opened == ()
    with pytest.raises(AlreadyFinishedError, match=desk.actor.name):
        tasks.finish_task(made)


def test_the_newest_paper_that_runs_out_is_named(tasks: Tasks, make: Make) -> None:
    tutor, careful = make.tutor("Anna"), make.tutor("Bea")
    soon, later = date(2026, 3, 20), date(2028, 1, 1)
    make.save(TutorDocument(tutor_id=tutor, kind="visa", expires_on=soon))
    make.save(TutorDocument(tutor_id=careful, kind="visa", expires_on=soon))
    make.save(TutorDocument(tutor_id=careful, kind="Visa", expires_on=later))
    make.save(TutorDocument(tutor_id=careful, kind="licence"))
    tasks.make_due_tasks()
    assert [task.what for task in tasks.open_tasks()] == [
        "Paper runs out on 20 Mar 2026: visa of Anna"
    ]


def test_an_invoice_is_overdue_while_something_is_open(
    tasks: Tasks, make: Make, clock: FakeClock
) -> None:
    household = make.household()
    payer = make.payer(household, "Mum")
    invoice = _invoice(make, household, payer)
    clock.set(2026, 3, 14, 12)
    assert tasks.make_due_tasks().made == ()
    clock.set(2026, 3, 15, 12)
    (made,) = tasks.make_due_tasks().made
    (task,) = tasks.open_tasks()
    assert "INV-1 of Mum is overdue: 120.00 GBP open" in task.what
    assert task.is_overdue
    payment = make.save(
        Payment(
            payer_id=payer,
            received_on=date(2026, 3, 15),
            amount=12000,
            currency="GBP",
            made_at=clock.now(),
            chain="p",
        )
    )
    make.save(
        Allocation(
            invoice_id=invoice,
            payment_id=payment,
            amount=12000,
            made_at=clock.now(),
        )
    )
    assert tasks.make_due_tasks().finished == (made,)


def _invoice(make: Make, household: int, payer: int) -> int:
    series = make.save(NumberSeries(kind=DocumentKind.INVOICE, prefix="INV-"))
    return make.save(
        Document(
            kind=DocumentKind.INVOICE,
            number_series_id=series,
            sequence=1,
            number="INV-1",
            household_id=household,
            payer_id=payer,
            issued_on=date(2026, 3, 1),
            issued_at=datetime(2026, 3, 1, tzinfo=UTC),
            due_on=date(2026, 3, 14),
            currency="GBP",
            prices=PriceBasis.NET,
            tax_rounding=TaxRounding.DOCUMENT,
            net=10000,
            tax=2000,
            total=12000,
            face={},
            chain="c",
        )
    )


def test_a_tutor_has_only_the_own_tasks(tasks: Tasks, desk: Desk, make: Make) -> None:
    tutor = make.tutor()
    office = tasks.add_task(AddTask("Call the printer"))
    own = tasks.add_task(AddTask("Ring Maya's mum", owner=f"tutor:{tutor}"))
    theirs = Tasks(tutor_desk(desk, tutor))
    assert [task.task_id for task in theirs.open_tasks()] == [own]
    assert [task.task_id for task in tasks.open_tasks()] == [office, own]
    assert [task.task_id for task in tasks.open_tasks("office")] == [office]
    with pytest.raises(NotYoursError):
        theirs.finish_task(office)
    with pytest.raises(NotYoursError):
        theirs.add_task(AddTask("Do my work", owner="office"))
    with pytest.raises(OfficeOnlyError):
        theirs.make_due_tasks()
    with pytest.raises(TaskOwnerError):
        tasks.add_task(AddTask("Sing", owner="the choir"))
    theirs.finish_task(own)
    assert theirs.open_tasks() == ()


def test_a_task_is_put_off_and_given_away(tasks: Tasks, desk: Desk, make: Make) -> None:
    make.office()
    anna, ben = make.tutor("Anna"), make.tutor("Ben")
    task_id = tasks.add_task(AddTask("Call back", date(2026, 3, 5)))
    tasks.change_tasks([ChangeTask(task_id, due_on=None, owner=f"tutor:{anna}")])
    (row,) = tasks.open_tasks()
    assert (row.what, row.due_on, row.owner) == ("Call back", None, f"tutor:{anna}")
    own = Tasks(tutor_desk(desk, anna))
    own.change_tasks([ChangeTask(task_id, what="Call back at noon")])
    assert own.open_tasks()[0].what == "Call back at noon"
    with pytest.raises(NotYoursError):
        own.change_tasks([ChangeTask(task_id, owner=f"tutor:{ben}")])
    with pytest.raises(TaskOwnerError):
        tasks.change_tasks([ChangeTask(task_id, owner="somebody")])
    assert tasks.finish_tasks(tasks.open_tasks()) == 1
    with pytest.raises(AlreadyFinishedError):
        tasks.change_tasks([ChangeTask(task_id, what="Too late")])
