"""Courses: seats, the waiting list in order of time, and what leaving frees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.billing import Charge
from app.models.people import StudentAbsence
from app.models.scheduling import Attendance, Session
from app.models.values.schedule import EnrolmentState
from app.services.desk import MissingRecordError, OfficeOnlyError
from app.services.scheduling.errors import (
    ClashError,
    EnrolledAlreadyError,
    LeftAlreadyError,
    NoCourseError,
)
from app.services.scheduling.requests import (
    BookSeries,
    CourseTerms,
    Enrol,
    Enrolled,
    ExtendSeries,
    LeaveCourse,
    SeriesBooked,
)
from app.services.series import Courses, SeriesBook
from app.services.series.places import coming
from tests.services.scheduling.conftest import Scene, wall

START = wall("2026-11-03T16:00")
WEEK = timedelta(days=7)


@pytest.fixture
def course(scene: Scene) -> SeriesBooked:
    """A course of four Tuesdays with two seats that nobody has taken."""
    return book(scene, CourseTerms("Exam course", 2))


def book(scene: Scene, terms: CourseTerms | None, **more: Any) -> SeriesBooked:  # noqa: ANN401
    plain = {
        "offering_id": scene.maths,
        "tutor_ids": (scene.anna,),
        "student_ids": () if terms else (scene.maya,),
    }
    return SeriesBook(scene.desk).book_series(
        BookSeries(start=START, minutes=60, count=4, course=terms, **{**plain, **more})
    )


def enrol(scene: Scene, course: SeriesBooked, student: int, day: int = 1) -> Enrolled:
    request = Enrol(course.series_id, student, date(2026, 11, day))
    return Courses(scene.desk).enrol(request)


def expected(scene: Scene, student: int) -> list[int]:
    """List the days on which a student is expected."""
    with scene.desk.snapshot() as snapshot:
        rows = snapshot.execute(
            select(Session.starts_at)
            .join(Attendance, Attendance.session_id == Session.id)
            .where(Attendance.student_id == student)
            .order_by(Session.starts_at)
        )
        return [starts_at.day for (starts_at,) in rows]


def test_enrolling_takes_a_place_in_the_coming_sessions(
    scene: Scene, course: SeriesBooked
) -> None:
    found = enrol(scene, course, scene.maya, 10)
    assert (found.state, found.place_in_line) == (EnrolmentState.BOOKED, 0)
    assert expected(scene, scene.maya) == [10, 17, 24]
    with pytest.raises(ClashError, match="Maya Lindqvist already has a session"):
        scene.book(START + WEEK, tutor_ids=(scene.paul,))
    with pytest.raises(EnrolledAlreadyError):
        enrol(scene, course, scene.maya)


def test_who_finds_no_seat_waits_in_order_of_time(
    scene: Scene, course: SeriesBooked
) -> None:
    first, second = scene.make.student("Ida"), scene.make.student("Ola")
    enrol(scene, course, scene.maya)
    seat = enrol(scene, course, scene.ben)
    waiting = [enrol(scene, course, student) for student in (first, second)]
    assert [one.place_in_line for one in waiting] == [1, 2]
    assert expected(scene, first) == []
    scene.book(START, tutor_ids=(scene.paul,), student_ids=(first,))
    moved = Courses(scene.desk).leave(
        LeaveCourse(seat.enrolment_id, date(2026, 11, 10))
    )
    assert [one.enrolment_id for one in moved] == [waiting[0].enrolment_id]
    assert expected(scene, scene.ben) == [3, 10]
    assert expected(scene, first) == [3, 17, 24]
    rows = Courses(scene.desk).enrolments(course.series_id)
    assert [(one.student, one.state.value, one.place_in_line) for one in rows] == [
        ("Maya Lindqvist", "booked", 0),
        ("Ben Okafor", "left", 0),
        ("Ida", "booked", 0),
        ("Ola", "waiting", 1),
    ]
    (shown,) = Courses(scene.desk).courses()
    assert (shown.name, shown.seats, shown.booked, shown.waiting) == (
        "Exam course",
        2,
        2,
        1,
    )
    with pytest.raises(LeftAlreadyError, match="Ben Okafor has already left"):
        Courses(scene.desk).leave(LeaveCourse(seat.enrolment_id, date(2026, 11, 20)))
    gone = Courses(scene.desk).leave(
        LeaveCourse(waiting[1].enrolment_id, date(2026, 11, 20))
    )
    assert gone == ()


def test_the_first_who_can_moves_up(scene: Scene, course: SeriesBooked) -> None:
    busy, free = scene.make.student("Busy"), scene.make.student("Free")
    seats = [enrol(scene, course, one) for one in (scene.maya, scene.ben)]
    for student in (busy, free):
        enrol(scene, course, student)
    on = date(2026, 11, 17)
    scene.make.save(StudentAbsence(student_id=busy, from_on=on, until_on=on))
    Courses(scene.desk).leave(LeaveCourse(seats[0].enrolment_id, date(2026, 11, 4)))
    assert expected(scene, free) == [10, 17, 24]
    assert expected(scene, busy) == []


def test_a_clash_refuses_the_enrolment(scene: Scene, course: SeriesBooked) -> None:
    scene.book(START + WEEK, tutor_ids=(scene.paul,))
    with pytest.raises(ClashError, match="Maya Lindqvist already has a session"):
        enrol(scene, course, scene.maya)
    assert Courses(scene.desk).enrolments(course.series_id) == ()
    assert enrol(scene, course, scene.maya, 12).state is EnrolmentState.BOOKED


def test_students_of_the_first_booking_are_enrolled(scene: Scene) -> None:
    found = book(scene, CourseTerms("Group", 3), student_ids=(scene.maya, scene.ben))
    assert [one.student for one in Courses(scene.desk).enrolments(found.series_id)] == [
        "Maya Lindqvist",
        "Ben Okafor",
    ]
    assert expected(scene, scene.ben) == [3, 10, 17, 24]


def test_an_extended_course_goes_on_with_who_takes_part(
    scene: Scene, course: SeriesBooked
) -> None:
    enrol(scene, course, scene.maya)
    seat = enrol(scene, course, scene.ben)
    Courses(scene.desk).leave(LeaveCourse(seat.enrolment_id, date(2026, 11, 20)))
    SeriesBook(scene.desk).extend(ExtendSeries(course.series_id, date(2026, 12, 2)))
    assert expected(scene, scene.maya) == [3, 10, 17, 24, 1]
    assert expected(scene, scene.ben) == [3, 10, 17]


def test_a_whole_price_is_charged_on_joining(scene: Scene) -> None:
    terms = CourseTerms("Whole", 2, 20000, is_whole_price=True)
    found = book(scene, terms)
    enrol(scene, found, scene.maya, 10)
    with scene.desk.snapshot() as snapshot:
        assert snapshot.scalars(select(Charge.amount)).all() == [15000]


def test_courses_are_the_offices_and_a_tutors_own(
    scene: Scene, course: SeriesBooked
) -> None:
    day = date(2026, 11, 1)
    with pytest.raises(OfficeOnlyError):
        Courses(scene.as_tutor(scene.anna)).enrol(
            Enrol(course.series_id, scene.maya, day)
        )
    with pytest.raises(OfficeOnlyError):
        Courses(scene.as_tutor(scene.anna)).leave(LeaveCourse(1, day))
    own, other = (Courses(scene.as_tutor(one)) for one in (scene.anna, scene.paul))
    assert len(own.courses()) == 1
    assert own.enrolments(course.series_id) == ()
    assert other.courses() == ()
    with pytest.raises(OfficeOnlyError):
        other.enrolments(course.series_id)


def test_a_series_that_is_no_course_cannot_be_joined(scene: Scene) -> None:
    found = book(scene, None)
    with pytest.raises(NoCourseError):
        enrol(scene, found, scene.ben)
    with pytest.raises(MissingRecordError):
        Courses(scene.desk).enrol(Enrol(99, scene.ben, date(2026, 11, 1)))
    with pytest.raises(MissingRecordError):
        enrol(scene, book(scene, CourseTerms("C", 1), tutor_ids=(scene.paul,)), 999)
    with scene.desk.snapshot() as snapshot:
        assert len(coming(snapshot, found.series_id, date(2026, 11, 10))) == 3
