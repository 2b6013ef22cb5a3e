"""Snapshots, transactions, the journal they write and the guard they meet."""

from __future__ import annotations

import threading
from datetime import date, datetime

import pytest
from sqlalchemy import delete, func, insert, select, update

from app.models.catalog import Subject
from app.models.closing import Expense
from app.models.database import Database, Snapshot, Transaction
from app.models.faults import (
    ChangedMeanwhileError,
    StillUsedError,
    TimeTakenError,
)
from app.models.office import JournalEntry
from app.models.people import Household
from app.models.recording import Step, chain, digest
from app.models.scheduling import Session, occupancy
from app.models.values.changes import Changes
from app.models.values.entries import LARGEST_AMOUNT
from tests.factories import Make
from tests.fakes import FakeClock


@pytest.fixture
def step(clock: FakeClock) -> Step:
    """A step of a test."""
    return Step("Try something", "Ana", clock.now(), "front desk")


def journal(database: Database) -> list[JournalEntry]:
    with database.snapshot() as snapshot:
        return list(snapshot.scalars(select(JournalEntry).order_by(JournalEntry.id)))


def test_keeps_all_or_nothing(database: Database, step: Step) -> None:
    def fail_half_way() -> None:
        with database.transaction(step) as transaction:
            transaction.add(Subject(name="Maths"))
            transaction.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with database.snapshot() as snapshot:
        assert snapshot.scalars(select(Subject)).all() == []
    assert journal(database) == []


def test_no_id_is_given_twice(database: Database, step: Step) -> None:
    def added(*names: str) -> list[int]:
        with database.transaction(step) as transaction:
            subjects = [Subject(name=name) for name in names]
            transaction.add_all(subjects)
            transaction.flush()
            given = [subject.id for subject in subjects]
            for subject in subjects:
                transaction.delete(subject)
        return given

    first, many = added("Latin"), added("Greek", "Maths")
    with database.transaction(step) as transaction:
        rows = transaction.insert_all(Subject, [{"name": "Art"}, {"name": "Music"}])
        for subject in transaction.scalars(select(Subject)):
            transaction.delete(subject)
    every = [*first, *many, *rows, *added("Dance"), *added("Drama", "Sports")]
    assert every == sorted(set(every))
    with database.transaction(step) as transaction:
        [back] = transaction.insert_all(Subject, [{"name": "Latin", "id": first[0]}])
    assert back == first[0]
    assert added("Rowing") > [max(every)]


def test_tells_listeners_which_tables_were_written(
    database: Database, step: Step
) -> None:
    heard: list[Changes] = []
    database.listen(heard.append)
    with database.transaction(step) as transaction:
        transaction.add(Subject(name="Maths"))
        transaction.insert_all(Household, [{"name": "Okafor", "currency": "EUR"}])
    assert heard == [Changes(frozenset({"subject", "household"}), 2)]


def test_a_change_without_effect_is_silent(database: Database, step: Step) -> None:
    with database.transaction(step) as transaction:
        transaction.add(Subject(name="Maths"))
    heard: list[Changes] = []
    database.listen(heard.append)
    with database.transaction(step) as transaction:
        transaction.scalars(select(Subject)).one().name = "Maths"
    assert heard == []
    assert len(journal(database)) == 1


def test_the_journal_says_who_when_and_what(database: Database, step: Step) -> None:
    with database.transaction(step) as transaction:
        subject = Subject(name="Maths")
        transaction.add(subject)
        transaction.flush()
        subject.name = "Mathematics"
    with database.transaction(step) as transaction:
        transaction.scalars(select(Subject)).one().name = "Physics"
    made, changed = journal(database)
    assert (made.action, made.actor, made.desk, made.at) == (
        step.action,
        step.actor,
        step.desk,
        step.at,
    )
    assert (made.before, '"name":"Mathematics"' in (made.after or "")) == (None, True)
    assert (changed.before, changed.after) == (
        '{"name":"Mathematics"}',
        '{"name":"Physics"}',
    )


def test_the_journal_is_a_chain(database: Database, step: Step) -> None:
    for name in ("Maths", "Physics", "Latin"):
        with database.transaction(step) as transaction:
            transaction.add(Subject(name=name))
    former = ""
    for entry in journal(database):
        assert entry.digest == digest(entry.before, entry.after)
        plain = {
            column.name: getattr(entry, column.name)
            for column in entry.__table__.columns
        }
        assert entry.chain == chain(former, plain)
        former = entry.chain


def test_sensitive_columns_are_journalled_as_changed_only(
    database: Database, make: Make
) -> None:
    make.student(needs="A diagnosis")
    assert "diagnosis" not in "".join(entry.after or "" for entry in journal(database))


def test_many_rows_get_their_ids_in_order(database: Database, step: Step) -> None:
    names = [f"Subject {number}" for number in range(1500)]
    with database.transaction(step) as transaction:
        ids = transaction.insert_all(Subject, [{"name": name} for name in names])
    with database.snapshot() as snapshot:
        kept = dict(snapshot.execute(select(Subject.id, Subject.name)).all())
    assert [kept[row_id] for row_id in ids] == names
    assert len(journal(database)) == len(names)


def test_a_row_that_brings_its_id_keeps_it(database: Database, step: Step) -> None:
    with database.transaction(step) as transaction:
        rows = [{"id": 40, "name": "Art"}, {"id": 7, "name": "Music"}]
        ids = transaction.insert_all(Subject, rows)
    with database.snapshot() as snapshot:
        kept = dict(snapshot.execute(select(Subject.id, Subject.name)).all())
    assert (ids, kept) == ([40, 7], {40: "Art", 7: "Music"})
    assert {entry.row_id for entry in journal(database)} == {40, 7}


def test_objects_added_together_get_ids_in_order_behind_all_others(
    database: Database, step: Step
) -> None:
    with database.transaction(step) as transaction:
        back = Subject(name="Art")
        back.id = 40
        new = [Subject(name=name) for name in ("Music", "Maths", "Latin")]
        transaction.add_all([back, *new])
        transaction.flush()
        ids = [one.id for one in new]
    with database.snapshot() as snapshot:
        kept = dict(snapshot.execute(select(Subject.id, Subject.name)).all())
    assert ids == sorted(ids)
    assert [kept[row_id] for row_id in ids] == ["Music", "Maths", "Latin"]
    assert kept[40] == "Art"
    assert len({40, *ids}) == len(journal(database)) == 4


def subjects(work: Snapshot | Transaction) -> list[str]:
    return list(work.scalars(select(Subject.name).order_by(Subject.id)))


def test_the_largest_amounts_are_kept_and_added_up(
    database: Database, make: Make, step: Step
) -> None:
    day, tutor = date(2026, 3, 4), make.tutor("Ana")
    claim = {"tutor_id": tutor, "what": "Boat", "spent_on": day}
    with database.transaction(step) as transaction:
        transaction.insert_all(Expense, [{**claim, "amount": LARGEST_AMOUNT}] * 2)
    with database.snapshot() as snapshot:
        assert snapshot.scalars(select(Expense.amount)).all() == [LARGEST_AMOUNT] * 2
        total = snapshot.scalars(select(func.sum(Expense.amount))).one()
    assert (total, type(total)) == (2 * LARGEST_AMOUNT, int)


def test_what_is_read_once_is_read_again_after_a_change(
    database: Database, step: Step
) -> None:
    with database.transaction(step) as transaction:
        assert transaction.once(Subject, subjects) == []
        transaction.add(Subject(name="Maths"))
        assert transaction.once(Subject, subjects) == ["Maths"]
        transaction.insert_all(Subject, [{"name": "Art"}])
        found = transaction.once(Subject, subjects)
        assert found == ["Maths", "Art"]
        assert transaction.once(Subject, subjects) is found
    with database.snapshot() as snapshot:
        assert snapshot.once(Subject, subjects) == found


def test_changes_that_the_journal_would_miss_are_refused(
    database: Database, step: Step
) -> None:
    for statement in (update(Subject).values(name="x"), delete(Subject)):
        with (
            pytest.raises(TypeError, match="journal"),
            database.transaction(step) as transaction,
        ):
            transaction.execute(statement)


def test_a_stale_change_is_refused(database: Database, step: Step) -> None:
    with database.transaction(step) as transaction:
        transaction.add(Subject(name="Maths"))
    with database.snapshot() as snapshot:
        stale = snapshot.scalars(select(Subject)).one()
    with database.transaction(step) as transaction:
        transaction.scalars(select(Subject)).one().name = "Physics"
    stale.name = "Latin"
    with (
        pytest.raises(ChangedMeanwhileError),
        database.transaction(step) as transaction,
    ):
        transaction.add(stale)


def test_what_is_still_used_cannot_go(
    database: Database, make: Make, step: Step
) -> None:
    make.student()
    with pytest.raises(StillUsedError), database.transaction(step) as transaction:
        transaction.delete(transaction.scalars(select(Household)).one())


@pytest.mark.parametrize(
    ("starts", "ends", "is_taken"),
    [
        (150, 160, True),
        (90, 101, True),
        (100, 110, True),
        (50, 300, True),
        (199, 201, True),
        (200, 210, False),
        (90, 100, False),
    ],
)
def test_the_database_itself_refuses_a_double_booking(
    database: Database,
    make: Make,
    clock: FakeClock,
    step: Step,
    starts: int,
    ends: int,
    *,
    is_taken: bool,
) -> None:
    session = make.session(clock.now())
    with database.transaction(step) as transaction:
        transaction.execute(delete(occupancy))
        row = {"starts": 100, "ends": 200, "session_id": session}
        transaction.execute(insert(occupancy), [row])

    def book() -> None:
        with database.transaction(step) as transaction:
            row = {"starts": starts, "ends": ends, "session_id": session}
            transaction.execute(insert(occupancy), [row])

    if is_taken:
        with pytest.raises(TimeTakenError):
            book()
    else:
        book()


def test_writers_come_one_after_the_other(database: Database, step: Step) -> None:
    with database.transaction(step) as transaction:
        transaction.add(Subject(name="0"))

    def count_up() -> None:
        for _time in range(20):
            with database.transaction(step) as transaction:
                subject = transaction.scalars(select(Subject)).one()
                subject.name = str(int(subject.name) + 1)

    threads = [threading.Thread(target=count_up) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.snapshot() as snapshot:
        assert snapshot.scalars(select(Subject.name)).one() == "80"
    steps = [entry.id for entry in journal(database)]
    assert steps == list(range(1, 82))


def test_instants_without_a_zone_are_refused(
    database: Database, make: Make, clock: FakeClock, step: Step
) -> None:
    make.session(clock.now())
    naive = datetime(2026, 3, 4, 16)  # noqa: DTZ001  that is the point
    with (
        pytest.raises(Exception, match="without a time zone"),
        database.transaction(step) as transaction,
    ):
        transaction.scalars(select(Session)).one().starts_at = naive
