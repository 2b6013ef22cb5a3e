"""Who changed what is told in words, and every ordinary step can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

from app.models.base import Model
from app.models.billing import Charge, Payment, PeriodLock
from app.models.database import Database
from app.models.faults import StillUsedError
from app.models.office import JournalEntry
from app.models.payroll import PayLine
from app.models.people import Guardian, Household, Student
from app.models.recording import to_plain
from app.models.scheduling import (
    Attendance,
    Session,
    SessionTutor,
    occupancy,
    occupancy_override,
)
from app.models.values.actors import Actor, Role
from app.models.values.schedule import AttendanceState, CancelledBy, SessionStatus
from app.services.billing.locks import PeriodLockedError
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    CloseSession,
    Outcome,
    StudentOutcome,
)
from app.services.desk import OfficeOnlyError
from app.services.journal import STEPS_KEPT, Journal
from app.services.scheduling import occupancy as guard
from app.services.scheduling.errors import ClashError
from app.services.undoing import errors
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.closing.world import OFFICE, START, World

Contents = dict[str, list[dict[str, Any]]]


@pytest.fixture
def world(database: Database, clock: FakeClock, make: Make) -> World:
    """An office with a tutor and two families, on both databases."""
    return World(database, clock, make)


def journal(world: World, actor: Actor = OFFICE) -> Journal:
    return Journal(world.desk(actor))


def contents(world: World) -> Contents:
    """Read every table; money rows that were replaced count for nothing."""
    found: Contents = {}
    with world.database.snapshot() as snapshot:
        for table in (*Model.metadata.sorted_tables, occupancy, occupancy_override):
            if table.name in {"journal", "alembic_version"}:
                continue
            rows = snapshot.execute(select(table)).mappings().all()
            found[table.name] = sorted(
                (
                    {
                        name: to_plain(value)
                        for name, value in row.items()
                        if name != "version"
                    }
                    for row in rows
                    if not row.get("replaced_at")
                ),
                key=str,
            )
    return found


def latest(world: World) -> int:
    return journal(world).steps(1)[0].step


def undo_last(world: World) -> None:
    journal(world).undo(journal(world).undoable()[0].step)


def redo_last(world: World) -> None:
    journal(world).undo(journal(world).redoable()[0].step)


def test_an_undone_close_out_leaves_everything_as_it_was(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    before = contents(world)
    away = StudentOutcome(world.ben, AttendanceState.ABSENT)
    book = ClaimExpense(world.anna, "Book", 500)
    world.close_outs().close(
        CloseSession(session, students=(away,), progress_note="Good", expenses=(book,))
    )
    after = contents(world)
    undo_last(world)
    assert contents(world) == before
    assert (world.charges(session), world.pay(session)) == ([], [])
    redo_last(world)
    assert contents(world) == after
    undo_last(world)
    assert contents(world) == before


def test_charges_of_an_undone_close_out_are_replaced_and_come_back(
    world: World,
) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    undo_last(world)
    with world.database.snapshot() as snapshot:
        rows = [*snapshot.scalars(select(Charge)), *snapshot.scalars(select(PayLine))]
    assert [(row.replaced_at is None, row.live_key) for row in rows] == [
        (False, None),
        (False, None),
    ]
    ids = [row.id for row in rows]
    redo_last(world)
    with world.database.snapshot() as snapshot:
        rows = [*snapshot.scalars(select(Charge)), *snapshot.scalars(select(PayLine))]
    assert [row.id for row in rows] == ids
    assert all(row.live_key and row.replaced_at is None for row in rows)


def test_an_undone_correction_brings_the_former_money_back(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, minutes=90))
    before = contents(world)
    world.close_outs().close(CloseSession(session, minutes=60))
    after = contents(world)
    undo_last(world)
    assert contents(world) == before
    assert world.charges(session) == [7200]
    redo_last(world)
    assert contents(world) == after


def test_cancelling_and_restoring_are_undone(world: World) -> None:
    session = world.session()
    states = [contents(world)]
    late = START - timedelta(hours=2)
    world.cancellations().cancel(CancelSession(session, CancelledBy.HOUSEHOLD, late))
    states.append(contents(world))
    world.cancellations().restore(session)
    for state in reversed(states):
        undo_last(world)
        assert contents(world) == state
    assert world.occupied(session) == 2


def test_a_close_out_and_then_the_booking_are_undone(world: World) -> None:
    before = contents(world)
    desk = world.desk()
    with desk.transaction("Book a session") as transaction:
        session = Session(
            offering_id=world.maths,
            starts_at=START,
            ends_at=START + timedelta(hours=1),
            made_at=desk.now(),
        )
        transaction.add(session)
        transaction.flush()
        transaction.add(SessionTutor(session_id=session.id, tutor_id=world.anna))
        transaction.add(Attendance(session_id=session.id, student_id=world.maya))
        guard.sync(transaction, [session.id])
        booked = session.id
    world.close_outs().close(CloseSession(booked))
    closed = contents(world)
    undo_last(world)
    undo_last(world)
    assert contents(world) == before
    redo_last(world)
    redo_last(world)
    assert contents(world) == closed
    assert world.charges(booked) == [4800]


def test_undoing_a_cancellation_is_checked_like_a_booking(world: World) -> None:
    session = world.session()
    at = START - timedelta(days=1)
    world.cancellations().cancel(CancelSession(session, CancelledBy.OFFICE, at))
    step = latest(world)
    world.session(START + timedelta(minutes=15))
    with pytest.raises(ClashError):
        journal(world).undo(step)
    assert world.status(session) is SessionStatus.CANCELLED_BY_OFFICE


def test_a_record_that_somebody_else_changed_is_not_overwritten(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    step = latest(world)
    world.clock.advance(minutes=5)
    jonas = Actor("Jonas", Role.ADMINISTRATOR)
    world.close_outs(jonas).close(CloseSession(session, minutes=30))
    before = contents(world)
    with pytest.raises(
        errors.ChangedSinceError, match=r"Jonas changed .* at 22:05 on 04 Mar 2026"
    ):
        journal(world).undo(step)
    assert contents(world) == before


def test_another_field_of_the_record_counts_as_a_change_too(world: World) -> None:
    student = world.maya
    rename(world, student, called="May")
    step = latest(world)
    rename(world, student, school_year="7")
    with pytest.raises(errors.ChangedSinceError):
        journal(world).undo(step)
    undo_last(world)
    journal(world).undo(step)


def rename(world: World, student: int, actor: Actor = OFFICE, **values: str) -> None:
    with world.desk(actor).transaction("Change a student") as transaction:
        found = transaction.get(Student, student)
        assert found is not None
        for name, value in values.items():
            setattr(found, name, value)


def test_a_new_record_is_taken_away_and_made_again_with_its_number(
    world: World,
) -> None:
    before = contents(world)
    with world.desk().transaction("Add a family") as transaction:
        household = Household(name="Okafor", currency="GBP")
        transaction.add(household)
        transaction.flush()
        transaction.add(Guardian(household_id=household.id, name="Ada"))
    after = contents(world)
    undo_last(world)
    assert contents(world) == before
    redo_last(world)
    assert contents(world) == after


def test_a_record_that_others_need_stays(world: World) -> None:
    with world.desk().transaction("Add a family") as transaction:
        household = Household(name="Okafor", currency="GBP")
        transaction.add(household)
    step = latest(world)
    world.make.student("Ada", household.id)
    with pytest.raises(StillUsedError):
        journal(world).undo(step)


def test_steps_are_undone_and_redone_in_turns(world: World) -> None:
    rename(world, world.maya, called="May")
    step = latest(world)
    done = journal(world).undo(step)
    assert done.action == "Change a student"
    assert done.records == (("student", world.maya),)
    with pytest.raises(errors.UndoneAlreadyError):
        journal(world).undo(step)
    again = journal(world).redo(step)
    assert journal(world).steps(1)[0].step == again.step
    assert journal(world).steps(1)[0].action == "Redo: Change a student"
    with pytest.raises(errors.NotUndoneError):
        journal(world).redo(step)
    journal(world).undo(step)
    assert journal(world).steps(1)[0].action == "Undo: Change a student"


def test_each_desk_has_its_own_fifty_steps(world: World) -> None:
    for number in range(STEPS_KEPT + 5):
        rename(world, world.maya, called=f"May {number}")
    mine = journal(world)
    assert len(mine.undoable()) == STEPS_KEPT
    jonas = Actor("Jonas", Role.ADMINISTRATOR)
    assert journal(world, jonas).undoable() == ()
    for _step in range(3):
        undo_last(world)
    assert len(mine.redoable()) == 3
    redo_last(world)
    assert len(mine.redoable()) == 2
    rename(world, world.maya, called="Maya M")
    assert mine.redoable() == ()


def test_what_was_issued_received_or_locked_names_the_way_back(world: World) -> None:
    with world.desk().transaction("Receive a payment") as transaction:
        transaction.add(
            Payment(
                payer_id=1,
                received_on=date(2026, 3, 4),
                amount=100,
                currency="GBP",
                made_at=world.clock.now(),
                chain="c",
            )
        )
    with pytest.raises(errors.StandingStepError, match="reverse the payment"):
        journal(world).undo(latest(world))


def test_a_close_out_that_was_billed_stands(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    step = latest(world)
    with world.make.transaction() as transaction:
        transaction.scalars(select(Charge)).one().line_id = 99
    with pytest.raises(errors.StandingStepError, match="correct the close-out"):
        journal(world).undo(step)


def test_a_close_out_of_a_locked_period_stands(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    step = latest(world)
    world.make.save(
        PeriodLock(locked_until=date(2026, 3, 4), made_at=world.clock.now())
    )
    with pytest.raises(PeriodLockedError):
        journal(world).undo(step)


def test_protected_and_erased_texts_cannot_be_put_back(world: World) -> None:
    rename(world, world.maya, needs="Asthma")
    rename(world, world.maya, needs="")
    with pytest.raises(errors.NotKeptError):
        undo_last(world)
    rename(world, world.ben, called="Benny")
    step = latest(world)
    with world.make.transaction() as transaction:
        connection = transaction.connection()
        connection.execute(
            text("update journal set before = null where step = :step"), {"step": step}
        )
    with pytest.raises(errors.NotKeptError):
        journal(world).undo(step)


def test_tutors_undo_their_own_steps_only(world: World) -> None:
    session = world.session()
    tutor = world.tutor_desk().actor
    world.close_outs(tutor).close(CloseSession(session))
    mine = journal(world, tutor)
    (step,) = mine.undoable()
    assert [each.step for each in mine.steps()] == [step.step]
    with pytest.raises(OfficeOnlyError):
        mine.entries()
    mine.undo(step.step)
    rename(world, world.maya, called="May")
    with pytest.raises(errors.NotYourStepError):
        mine.undo(latest(world))
    with pytest.raises(errors.NoStepError):
        journal(world).undo(10**6)


def test_entries_tell_in_words_what_was_before_and_after(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, Outcome.NO_SHOW))
    told = journal(world).entries("session", session)
    (change,) = [each for each in told if each.table == "session" and each.changes][:1]
    assert change.actor == "Olga"
    assert change.action == "Close out a session"
    assert change.record == "session: Maya, Tue 03 Mar 2026 16:00"
    words = {(c.field, c.before, c.after) for c in change.changes}
    assert words == {("status", "planned", "no show")}
    part = next(each for each in told if each.table == "close_out")
    fields = {c.field: c.after for c in part.changes}
    assert fields["closed out on"] == "Wed 04 Mar 2026 22:00"
    assert fields["session"] == f"session {session}"
    charge = next(each for each in told if each.table == "charge")
    fields = {c.field: c.after for c in charge.changes}
    assert (fields["amount"], fields["student"]) == ("48.00", "Maya")


def test_entries_of_a_kind_and_of_everything_come_newest_first(world: World) -> None:
    rename(world, world.maya, called="May")
    rename(world, world.ben, needs="Asthma")
    every = journal(world).entries()
    assert [each.entry_id for each in every] == sorted(
        (each.entry_id for each in every), reverse=True
    )
    newest = journal(world).entries("student")[0]
    assert [(c.field, c.before, c.after) for c in newest.changes] == [
        ("needs", "", "changed")
    ]
    assert len(journal(world).entries(limit=1)) == 1


def test_an_undo_stands_in_the_journal_like_every_step(world: World) -> None:
    rename(world, world.maya, called="May")
    step = latest(world)
    journal(world).undo(step)
    with world.database.snapshot() as snapshot:
        last = snapshot.scalars(
            select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)
        ).one()
    assert (last.undoes, last.action) == (step, "Undo: Change a student")
    assert last.at == world.clock.now()
