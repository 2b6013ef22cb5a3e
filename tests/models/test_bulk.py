"""Many rows that change at once: each is written once, and none over another's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest
from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm.exc import StaleDataError

from app.models.bulk import tables_of
from app.models.catalog import Subject
from app.models.database import Database, Transaction
from app.models.faults import ChangedMeanwhileError
from app.models.office import JournalEntry
from app.models.people import Household, Student
from app.models.recording import Step
from tests.factories import Make
from tests.fakes import FakeClock

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 11, 3, 9, tzinfo=UTC)

FAMILY = (
    select(Student.name, Household.name)
    .join(Household, Household.id == Student.household_id)
    .where(Student.id == bindparam("id"))
)


@pytest.fixture
def step(clock: FakeClock) -> Step:
    """A step of a test."""
    return Step("Try something", "Ana", clock.now())


@pytest.fixture
def ids(database: Database, step: Step) -> list[int]:
    """The ids of two subjects, Art and Music."""
    with database.transaction(step) as transaction:
        return transaction.insert_all(Subject, [{"name": "Art"}, {"name": "Music"}])


def kept(database: Database) -> list[tuple[str, int]]:
    with database.snapshot() as snapshot:
        found = snapshot.scalars(select(Subject).order_by(Subject.id))
        return [(subject.name, subject.version) for subject in found]


def renamed(transaction: Transaction) -> list[Subject]:
    found = list(transaction.scalars(select(Subject).order_by(Subject.id)))
    for subject in found:
        subject.name = f"{subject.name} at school"
    return found


def told(database: Database, count: int) -> list[tuple[str | None, str | None]]:
    with database.snapshot() as snapshot:
        found = snapshot.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
        return [(entry.before, entry.after) for entry in found[-count:]]


def test_an_answer_is_known_until_one_of_its_tables_changes(
    database: Database, step: Step, make: Make
) -> None:
    make.student()

    def asked(transaction: Transaction, student_id: int) -> list[tuple[str, ...]]:
        return [tuple(row) for row in transaction.rows_once(FAMILY, {"id": student_id})]

    with database.transaction(step) as transaction:
        student = transaction.scalars(select(Student)).one()
        family = transaction.scalars(select(Household)).one()
        first = transaction.rows_once(FAMILY, {"id": student.id})
        transaction.add(Subject(name="Art"))
        assert transaction.rows_once(FAMILY, {"id": student.id}) is first
        student.name = "Ana"
        assert asked(transaction, student.id) == [("Ana", family.name)]
        family.name = "Okafor"
        assert asked(transaction, student.id) == [("Ana", "Okafor")]
        assert asked(transaction, 0) == []
        assert asked(transaction, student.id) == [("Ana", "Okafor")]
        transaction.fill_in(Household, "archived_at", {family.id: AT})
        assert transaction.rows_once(FAMILY, {"id": student.id}) is not first


def test_every_table_of_a_query_is_known() -> None:
    inner = select(Subject.id).where(Subject.name == Household.name)
    assert tables_of(FAMILY) == ("household", "student")
    assert tables_of(FAMILY.where(inner.exists())) == (
        "household",
        "student",
        "subject",
    )


@pytest.mark.usefixtures("ids")
def test_what_was_written_is_not_written_again(database: Database, step: Step) -> None:
    with database.transaction(step) as transaction:
        first, second = renamed(transaction)
        transaction.flush()
        assert [first.version, second.version] == [2, 2]
        assert not transaction.is_modified(first)
        assert not transaction.is_modified(second)
        first.name = "Drawing"
    assert kept(database) == [("Drawing", 3), ("Music at school", 2)]
    assert told(database, 2) == [
        ('{"name":"Art"}', '{"name":"Drawing"}'),
        ('{"name":"Music"}', '{"name":"Music at school"}'),
    ]


def test_one_that_somebody_else_changed_stops_all(
    database: Database, step: Step, ids: list[int]
) -> None:
    def overwrite() -> None:
        with database.transaction(step) as transaction:
            renamed(transaction)
            table = cast("Table", Subject.__table__)
            other = update(table).where(table.c.id == ids[1]).values(version=5)
            transaction.connection().execute(other)

    with pytest.raises(ChangedMeanwhileError):
        overwrite()
    assert kept(database) == [("Art", 1), ("Music", 1)]


def test_an_empty_column_is_filled_in_and_known_at_once(
    database: Database, step: Step, ids: list[int]
) -> None:
    with database.transaction(step) as transaction:
        known = transaction.scalars(select(Subject).order_by(Subject.id)).all()
        transaction.fill_in(Subject, "archived_at", {ids[1]: AT})
        assert [subject.archived_at for subject in known] == [None, AT]
        known[1].name = "Singing"
    assert kept(database) == [("Art", 1), ("Singing", 3)]


def test_what_changes_after_it_was_filled_in_is_told_with_its_before(
    database: Database, step: Step, ids: list[int]
) -> None:
    with database.transaction(step) as transaction:
        subject = transaction.get_one(Subject, ids[1])
        transaction.fill_in(Subject, "archived_at", {ids[1]: AT})
        subject.name = "Singing"
    assert told(database, 1) == [
        (
            '{"archived_at":null,"name":"Music"}',
            '{"archived_at":1793610000,"name":"Singing"}',
        )
    ]


def test_a_change_that_waits_is_written_before_columns_are_filled_in(
    database: Database, step: Step, ids: list[int]
) -> None:
    with database.transaction(step) as transaction:
        subject = transaction.get_one(Subject, ids[1])
        new = Subject(name="Latin")
        transaction.add(new)
        subject.name = "Singing"
        subject.archived_at = AT
        with pytest.raises(StaleDataError):
            transaction.fill_in(Subject, "archived_at", {ids[1]: LATER})
        assert new.id > ids[1]


def test_what_rests_on_a_table_is_read_again_after_many_changed(
    database: Database, step: Step, ids: list[int]
) -> None:
    def names(transaction: Transaction) -> list[tuple[str, bool]]:
        found = transaction.scalars(select(Subject).order_by(Subject.id))
        return [(each.name, each.archived_at is None) for each in found]

    with database.transaction(step) as transaction:
        assert transaction.once(Subject, names) == [("Art", True), ("Music", True)]
        renamed(transaction)
        assert transaction.once(Subject, names) == [
            ("Art at school", True),
            ("Music at school", True),
        ]
        transaction.fill_in(Subject, "archived_at", dict.fromkeys(ids, AT))
        assert [is_open for _name, is_open in transaction.once(Subject, names)] == [
            False,
            False,
        ]


def test_a_column_that_is_filled_already_is_refused(
    database: Database, step: Step, ids: list[int]
) -> None:
    def fill(values: dict[int, datetime]) -> None:
        with database.transaction(step) as transaction:
            transaction.fill_in(Subject, "archived_at", values)

    fill({ids[0]: AT})
    with pytest.raises(ChangedMeanwhileError):
        fill(dict.fromkeys(ids, LATER))
    with database.snapshot() as snapshot:
        found = snapshot.scalars(select(Subject).order_by(Subject.id)).all()
    assert [subject.archived_at for subject in found] == [AT, None]
