"""Money that a session ahead has made already follows when the session changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.models.billing import Charge
from app.models.database import Database
from app.models.people import Household, Student
from app.models.values.billing import BillingModel
from app.models.values.schedule import CancelledBy, EditScope
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.charging.settling import project_advance
from app.services.closing.requests import CancelSession
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.requests import (
    BookSeries,
    CourseTerms,
    EditSeries,
    Enrol,
    LeaveCourse,
    MoveSession,
)
from app.services.series.book import SeriesBook
from app.services.series.courses import Courses
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.closing.world import START, World

FRIDAY = START + timedelta(days=3)
NEXT_FRIDAY = datetime(2026, 3, 13, 16)  # noqa: DTZ001  on the wall clock


@pytest.fixture
def world(database: Database, clock: FakeClock, make: Make) -> World:
    """An office with a tutor and two families, on both databases."""
    return World(database, clock, make)


@pytest.fixture
def session(world: World) -> int:
    """A planned session of Maya and Ben, for which Maya cancelled late."""
    session = world.session(FRIDAY, students=[world.maya, world.ben])
    late = FRIDAY - timedelta(hours=2)
    world.clock.time = late
    world.cancellations().cancel(
        CancelSession(session, CancelledBy.HOUSEHOLD, student_id=world.maya)
    )
    return session


def service_days(world: World, session: int) -> list[date]:
    with world.database.snapshot() as snapshot:
        return list(
            snapshot.scalars(
                select(Charge.service_on).where(
                    Charge.session_id == session, Charge.live_key.is_not(None)
                )
            )
        )


def pay_in_advance(world: World, *students: int) -> None:
    with world.make.transaction() as transaction:
        for student_id in students:
            student = transaction.get_one(Student, student_id)
            household = transaction.get_one(Household, student.household_id)
            household.model = BillingModel.ADVANCE


def charge_ahead(world: World, session: int) -> None:
    with world.make.transaction() as transaction:
        project_advance(transaction, world.desk(), session)


def test_a_late_cancellation_is_charged_for_the_day_and_length_moved_to(
    world: World, session: int
) -> None:
    assert world.charges(session) == [4800]
    request = MoveSession(session, NEXT_FRIDAY, 90, accept_soft=True)
    Bookings(world.desk()).move(request)
    assert world.charges(session) == [7200]
    assert service_days(world, session) == [NEXT_FRIDAY.date()]


def test_what_a_lock_holds_is_not_moved(world: World, session: int) -> None:
    Locks(world.desk()).lock(LockPeriod(until=date(2026, 3, 9)))
    request = MoveSession(session, NEXT_FRIDAY, accept_soft=True)
    with pytest.raises(PeriodLockedError):
        Bookings(world.desk()).move(request)
    assert service_days(world, session) == [FRIDAY.date()]


def test_whom_an_edit_takes_out_is_not_charged_ahead_any_more(world: World) -> None:
    session = world.session(FRIDAY, students=[world.maya, world.ben])
    pay_in_advance(world, world.maya, world.ben)
    charge_ahead(world, session)
    assert world.charges(session) == [4800, 4800]
    request = EditSeries(
        session, EditScope.THIS, student_ids=(world.ben,), accept_soft=True
    )
    SeriesBook(world.desk()).edit(request)
    assert world.charges(session) == [4800]


def test_who_leaves_a_course_is_not_charged_ahead_any_more(world: World) -> None:
    pay_in_advance(world, world.maya, world.ben)
    course = BookSeries(
        world.maths,
        (world.anna,),
        (world.maya,),
        NEXT_FRIDAY,
        60,
        count=1,
        accept_soft=True,
        course=CourseTerms("Maths together", 3, 2000),
    )
    booked = SeriesBook(world.desk()).book_series(course)
    [session] = booked.session_ids
    charge_ahead(world, session)
    assert world.charges(session) == [2000]
    courses, on = Courses(world.desk()), date(2026, 3, 9)
    joined = courses.enrol(Enrol(booked.series_id, world.ben, on, accept_soft=True))
    courses.leave(LeaveCourse(joined.enrolment_id, on))
    [maya, _ben] = courses.enrolments(booked.series_id)
    courses.leave(LeaveCourse(maya.enrolment_id, on))
    assert world.charges(session) == []
