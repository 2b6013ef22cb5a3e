"""Makes records for tests; a test says only what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import insert

from app.models.base import Model
from app.models.catalog import Offering, Place, Price, Room, Subject, TaxCode
from app.models.database import Database, Transaction
from app.models.office import OfficeProfile
from app.models.payroll import PayRate
from app.models.people import Household, Payer, Student, Tutor
from app.models.recording import Step
from app.models.scheduling import (
    Attendance,
    Placement,
    PlacementStudent,
    Session,
    SessionTutor,
    occupancy,
)
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.occupancy import ResourceKind, pack, resource
from app.models.values.payroll import PayLevel, PayPer
from app.models.values.schedule import PlaceKind
from app.services.clock import Clock


class Make:
    """Makes records and gives their ids; what is not said gets a sensible value."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._numbers = count(1)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Open the database to write, as the tests' own step."""
        step = Step("prepare", "tests", self._clock.now())
        with self._database.transaction(step) as transaction:
            yield transaction

    def save(self, *things: Model) -> int:
        """Keep mapped objects and give the first one's id."""
        with self.transaction() as transaction:
            transaction.add_all(things)
            transaction.flush()
            return things[0].id

    def office(self, **more: Any) -> int:  # noqa: ANN401  columns of the record
        """Set the office up: London, pounds, net prices."""
        plain = {"name": "Chalk Street Tutors", "zone": "Europe/London"}
        return self.save(OfficeProfile(**{**plain, "currency": "GBP", **more}))

    def household(self, name: str = "", **more: Any) -> int:  # noqa: ANN401
        """Make a household."""
        name = name or f"Family {next(self._numbers)}"
        return self.save(Household(**{"name": name, "currency": "GBP", **more}))

    def payer(self, household: int, name: str = "", **more: Any) -> int:  # noqa: ANN401
        """Make a payer of a household, with an address."""
        name = name or f"Payer {next(self._numbers)}"
        plain = {"household_id": household, "name": name, "address": "1 High Street"}
        return self.save(Payer(**{**plain, **more}))

    def student(
        self,
        name: str = "",
        household: int | None = None,
        **more: Any,  # noqa: ANN401
    ) -> int:
        """Make a student, in a household with a payer of its own unless one is said."""
        name = name or f"Student {next(self._numbers)}"
        if household is None:
            household = self.household()
            self.payer(household)
        return self.save(Student(household_id=household, name=name, **more))

    def tutor(self, name: str = "", rate: int | None = None, **more: Any) -> int:  # noqa: ANN401
        """Make a tutor; ``rate`` is minor units an hour."""
        tutor = self.save(Tutor(name=name or f"Tutor {next(self._numbers)}", **more))
        if rate is not None:
            level, per = PayLevel.TUTOR, PayPer.HOUR
            self.save(PayRate(level=level, tutor_id=tutor, per=per, amount=rate))
        return tutor

    def subject(self, name: str = "") -> int:
        """Make a subject."""
        return self.save(Subject(name=name or f"Subject {next(self._numbers)}"))

    def tax_code(self, rate: str = "20", **more: Any) -> int:  # noqa: ANN401
        """Make a tax code; ``rate`` is a percentage."""
        name = f"Tax {next(self._numbers)}"
        return self.save(TaxCode(**{"name": name, "rate": Decimal(rate), **more}))

    def offering(
        self,
        name: str = "",
        price: int | None = None,
        **more: Any,  # noqa: ANN401
    ) -> int:
        """Make an offering; ``price`` is minor units an hour."""
        more.setdefault("tax_code_id", more.get("tax_code_id") or self.tax_code("0"))
        name = name or f"Offering {next(self._numbers)}"
        offering = self.save(Offering(name=name, **more))
        if price is not None:
            level, per = PriceLevel.OFFERING, PricePer.HOUR
            self.save(Price(level=level, offering_id=offering, per=per, amount=price))
        return offering

    def place(self, name: str = "", **more: Any) -> int:  # noqa: ANN401
        """Make a place, the office's own unless said."""
        name = name or f"Place {next(self._numbers)}"
        return self.save(Place(**{"name": name, "kind": PlaceKind.OFFICE, **more}))

    def room(self, place: int | None = None, name: str = "", **more: Any) -> int:  # noqa: ANN401
        """Make a single-use room."""
        place = place or self.place()
        name = name or f"Room {next(self._numbers)}"
        return self.save(Room(**{"place_id": place, "name": name, **more}))

    def placement(
        self,
        tutor: int | None = None,
        students: Sequence[int] = (),
        offering: int | None = None,
        **more: Any,  # noqa: ANN401
    ) -> int:
        """Make a placement of students with a tutor."""
        students = students or [self.student()]
        placement = self.save(
            Placement(
                tutor_id=tutor or self.tutor(),
                offering_id=offering or self.offering(),
                made_at=self._clock.now(),
                **more,
            )
        )
        with self.transaction() as transaction:
            for position, student in enumerate(students):
                seat = PlacementStudent(placement_id=placement, student_id=student)
                seat.position = position
                transaction.add(seat)
        return placement

    def session(
        self,
        starts_at: datetime,
        *,
        minutes: int = 60,
        tutors: Sequence[int] = (),
        students: Sequence[int] = (),
        offering: int | None = None,
        **more: Any,  # noqa: ANN401
    ) -> int:
        """Make a session and take its tutors', students' and room's time."""
        tutors = tutors or [self.tutor()]
        students = students or [self.student()]
        session = Session(
            offering_id=offering or self.offering(),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=minutes),
            **{"made_at": self._clock.now(), **more},
        )
        with self.transaction() as transaction:
            transaction.add(session)
            transaction.flush()
            for position, tutor in enumerate(tutors):
                part = SessionTutor(session_id=session.id, tutor_id=tutor)
                part.position = position
                transaction.add(part)
            for position, student in enumerate(students):
                seat = Attendance(session_id=session.id, student_id=student)
                seat.position = position
                transaction.add(seat)
            if not session.status.is_cancelled:
                _occupy(transaction, session, tutors, students)
        return session.id


def _occupy(
    transaction: Transaction,
    session: Session,
    tutors: Sequence[int],
    students: Sequence[int],
) -> None:
    taken = [resource(ResourceKind.TUTOR, tutor) for tutor in tutors]
    taken += [resource(ResourceKind.STUDENT, student) for student in students]
    if session.room_id is not None:
        taken.append(resource(ResourceKind.ROOM, session.room_id))
    rows = [
        {
            "starts": pack(number, session.starts_at),
            "ends": pack(number, session.ends_at),
            "session_id": session.id,
        }
        for number in taken
    ]
    transaction.connection().execute(insert(occupancy), rows)
