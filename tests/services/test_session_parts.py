"""What charges and pay ask of a session: read once, and again when it has changed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.models.closing import Expense, Homework, Note
from app.models.database import Database
from app.models.scheduling import Attendance, SessionTutor
from app.services.desk import MissingRecordError
from app.services.session_parts import has_any, heads_of, places_of, tutors_of
from tests.factories import Make

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_session_that_is_not_there_is_missed(database: Database) -> None:
    with (
        database.snapshot() as snapshot,
        pytest.raises(MissingRecordError, match="session"),
    ):
        heads_of(snapshot, [4711])


def test_people_are_read_again_only_when_they_change(
    database: Database, make: Make
) -> None:
    session = make.session(AT)
    with make.transaction() as transaction:
        places = places_of(transaction, [session])
        tutors = tutors_of(transaction, [session])
        assert places_of(transaction, [session]) is places
        place = transaction.scalars(select(Attendance)).one()
        place.charge_reason = "package"
        assert places_of(transaction, [session])[0].charge_reason == "package"
        assert tutors_of(transaction, [session]) is tutors
        part = transaction.scalars(select(SessionTutor)).one()
        part.actual_minutes = 45
        assert tutors_of(transaction, [session])[0].actual_minutes == 45
    with database.snapshot() as snapshot:
        assert places_of(snapshot, [session])[0].charge_reason == "package"


def test_what_hangs_on_a_session_is_noticed_at_once(make: Make) -> None:
    session, other = make.session(AT), make.session(AT)
    with make.transaction() as transaction:
        assert not has_any(transaction, [session, other], Note, Homework)
        transaction.add(Note(session_id=other, audience="family", text="Fractions"))
        assert has_any(transaction, [session, other], Note, Homework)
        assert not has_any(transaction, [session, other], Homework, Expense)
        assert not has_any(transaction, [session], Note)
