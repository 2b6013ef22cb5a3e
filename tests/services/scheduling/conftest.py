"""An office with a tutor, a student and an offering, for tests of the timetable."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from app.models.database import Database
from app.models.scheduling import Session, SessionTutor
from app.models.values.actors import Actor, Role
from app.models.values.schedule import Unknown
from app.services.desk import Desk
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.requests import Booked, BookSession
from tests.factories import Make
from tests.fakes import FakeClock

wall = datetime.fromisoformat  # reads a wall-clock time, without a zone
ADMINISTRATOR = Actor("Ines Office", Role.ADMINISTRATOR)


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Desk:
    """A desk at which an administrator sits."""
    return Desk(database, clock, ADMINISTRATOR, "front desk")


@dataclass
class Scene:
    """Two tutors, two students and an offering of a Berlin office; by their ids."""

    make: Make
    desk: Desk
    anna: int
    paul: int
    maya: int
    ben: int
    maths: int

    def book(self, start: datetime, minutes: int = 60, **more: Any) -> Booked:  # noqa: ANN401
        """Book Anna with Maya."""
        return Bookings(self.desk).book(self.request(start, minutes, **more))

    def request(self, start: datetime, minutes: int = 60, **more: Any) -> BookSession:  # noqa: ANN401
        """Ask for Anna with Maya."""
        plain = {
            "offering_id": self.maths,
            "tutor_ids": (self.anna,),
            "student_ids": (self.maya,),
        }
        return BookSession(start=start, minutes=minutes, **{**plain, **more})

    def stored(self, session_id: int) -> Session:
        """Read a session."""
        with self.desk.snapshot() as snapshot:
            found = snapshot.get(Session, session_id)
            assert found is not None
            return found

    def tutors(self, session_id: int) -> set[int]:
        """Read who holds a session."""
        with self.desk.snapshot() as snapshot:
            wanted = SessionTutor.session_id == session_id
            return set(snapshot.scalars(select(SessionTutor.tutor_id).where(wanted)))

    def as_tutor(self, tutor_id: int) -> Desk:
        """Give the desk with a tutor at it."""
        return self.desk.sat_at_by(Actor("A tutor", Role.TUTOR, tutor_id))


@pytest.fixture
def scene(make: Make, desk: Desk) -> Scene:
    """An office where everybody is always available."""
    make.office(zone="Europe/Berlin", unknown_availability=Unknown.ALWAYS)
    return Scene(
        make,
        desk,
        anna=make.tutor("Anna"),
        paul=make.tutor("Paul"),
        maya=make.student("Maya Lindqvist"),
        ben=make.student("Ben Okafor"),
        maths=make.offering("Maths", group_size=4),
    )


@contextmanager
def statements_of(database: Database) -> Iterator[list[str]]:
    """Gather the statements that a block sends to the database."""
    said: list[str] = []

    def note(
        _connection: object,
        _cursor: object,
        statement: str,
        _parameters: object,
        _context: object,
        _many: object,
    ) -> None:
        said.append(statement)

    event.listen(database._engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(database._engine, "before_cursor_execute", note)
