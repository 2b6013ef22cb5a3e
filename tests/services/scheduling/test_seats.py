"""Shared rooms: seats are counted over all sessions that sit there at one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.models.scheduling import Attendance, Session
from app.models.values.occupancy import ResourceKind
from app.models.values.schedule import (
    AttendanceState,
    EditScope,
    SessionStatus,
    TimeSpan,
)
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.clashes import check_kept
from app.services.scheduling.errors import ClashError
from app.services.scheduling.free_times import FreeTimes
from app.services.scheduling.requests import (
    Booked,
    BookSeries,
    Clash,
    ClashKind,
    CourseTerms,
    EditSeries,
    Enrol,
    FindFree,
    OnClash,
)
from app.services.scheduling.rules import Stop
from app.services.scheduling.seats import Seated, count, fullest
from app.services.scheduling.timetable import Timetable
from app.services.series import Courses, SeriesBook
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:00")
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


class Hall:
    """A shared room with four seats, and as many tutors and students as it takes."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        place = scene.make.place("Mitte")
        self.room = scene.make.room(place, "Hall", seats=4, is_single_use=False)
        self.place = place

    def people(self, students: int) -> dict[str, Any]:
        """Make a tutor and students whom nobody else takes."""
        make = self.scene.make
        number = make.tutor()
        return {
            "tutor_ids": (number,),
            "student_ids": tuple(make.student() for _ in range(students)),
            "room_id": self.room,
        }

    def book(self, students: int, start: datetime = AT, minutes: int = 60) -> Booked:
        return self.scene.book(start, minutes, **self.people(students))

    def check(
        self, students: int, start: datetime = AT, minutes: int = 60
    ) -> tuple[Clash, ...]:
        request = self.scene.request(start, minutes, **self.people(students))
        return Bookings(self.scene.desk).check(request)

    def series(self, students: int, **more: Any) -> BookSeries:  # noqa: ANN401
        plain: dict[str, Any] = {"count": 4, **self.people(students), **more}
        return BookSeries(self.scene.maths, start=AT, minutes=60, **plain)


@pytest.fixture
def hall(scene: Scene) -> Hall:
    return Hall(scene)


def test_sessions_share_a_room_up_to_its_seats(hall: Hall) -> None:
    hall.book(2)
    hall.book(2)
    with pytest.raises(ClashError, match="Hall has 4 seats, 0 of them free"):
        hall.book(1)


def test_the_sentence_names_who_sits_there_and_how_many_would_come(
    scene: Scene, hall: Hall
) -> None:
    first = scene.book(AT, room_id=hall.room)
    people = hall.people(2)
    second = scene.book(AT + HOUR / 2, **{**people, "tutor_ids": (scene.paul,)})
    (clash,) = hall.check(2, AT + HOUR / 4)
    assert clash.kind is ClashKind.CAPACITY
    assert clash.is_hard
    assert clash.resource == (ResourceKind.ROOM, hall.room)
    assert clash.session_id == first.session_id != second.session_id
    assert clash.sentence.startswith(
        "Hall has 4 seats, 1 of them free: Anna with Maya Lindqvist "
        "17:00-18:00 on Tue 24 Nov 2026; Paul with "
    )
    assert clash.sentence.endswith(" take the others, and 2 more would come.")
    assert clash.way_out == "Choose a larger room or another time."


def test_only_the_same_moment_counts(hall: Hall) -> None:
    hall.book(3, AT, 30)
    hall.book(3, AT + HOUR / 2, 30)
    assert hall.check(1) == ()
    assert [clash.kind for clash in hall.check(2)] == [ClashKind.CAPACITY]
    assert hall.check(4, AT + HOUR) == ()
    assert hall.check(4, AT - HOUR) == ()
    assert hall.check(4, AT - HOUR, 61)


def test_a_room_without_seats_or_with_one_use_is_not_counted(scene: Scene) -> None:
    hall = Hall(scene)
    hall.room = scene.make.room(is_single_use=False)
    hall.book(4)
    assert hall.check(4) == ()
    hall.room = scene.make.room(seats=4)
    hall.book(4)
    assert [clash.kind for clash in hall.check(4)] == [ClashKind.ROOM]


def test_every_date_of_a_series_is_checked(hall: Hall) -> None:
    hall.book(3, AT + 2 * WEEK)
    book = SeriesBook(hall.scene.desk)
    request = hall.series(2)
    dates = book.preview(request)
    assert [bool(one.clashes) for one in dates] == [False, False, True, False]
    with pytest.raises(ClashError, match="8 Dec 2026"):
        book.book_series(request)
    booked = book.book_series(replace(request, on_clash=OnClash.SKIP))
    assert [one.slot_on.day for one in booked.skipped] == [8]
    assert [bool(one.clashes) for one in book.preview(hall.series(3))] == [
        *(True, True, True, True)
    ]


def test_moving_and_changing_the_room_are_checked_without_the_session_itself(
    hall: Hall,
) -> None:
    hall.book(3)
    later = hall.book(3, AT + HOUR)
    edits = SeriesBook(hall.scene.desk)
    with pytest.raises(ClashError, match="Hall has 4 seats"):
        edits.edit(EditSeries(later.session_id, EditScope.THIS, AT))
    edits.edit(EditSeries(later.session_id, EditScope.THIS, AT + HOUR * 1.5))
    other = hall.scene.make.room(hall.place, "Attic", seats=4, is_single_use=False)
    room, hall.room = hall.room, other
    third = hall.book(3)
    with pytest.raises(ClashError, match="Hall has 4 seats"):
        edits.edit(EditSeries(third.session_id, EditScope.THIS, room_id=room))


def test_a_series_moves_onto_its_own_old_times(hall: Hall) -> None:
    book = SeriesBook(hall.scene.desk)
    booked = book.book_series(hall.series(3))
    first = booked.session_ids[0]
    book.edit(EditSeries(first, EditScope.ALL, AT + WEEK))
    with pytest.raises(ClashError, match="Hall has 4 seats"):
        book.book_series(replace(hall.series(2), start=AT + WEEK))


def test_a_student_who_cancelled_gives_the_seat_back(hall: Hall) -> None:
    booked = hall.book(4)
    with hall.scene.make.transaction() as transaction:
        mine = Attendance.session_id == booked.session_id
        place = transaction.scalars(select(Attendance).where(mine)).all()[0]
        place.state = AttendanceState.CANCELLED_IN_TIME
    assert hall.check(1) == ()
    assert hall.check(2)
    with hall.scene.make.transaction() as transaction:
        session = transaction.get_one(Session, booked.session_id)
        session.status = SessionStatus.CANCELLED_BY_OFFICE
    assert hall.check(4) == ()


def test_what_is_put_back_needs_its_seats(hall: Hall) -> None:
    first = hall.book(3)
    with hall.scene.make.transaction() as transaction:
        session = transaction.get_one(Session, first.session_id)
        session.status = SessionStatus.CANCELLED_BY_OFFICE
    hall.book(2)
    with (
        pytest.raises(ClashError, match="Hall has 4 seats, 2 of them free"),
        hall.scene.make.transaction() as transaction,
    ):
        check_kept(transaction, hall.scene.desk, [first.session_id])


def test_an_overridden_session_takes_seats_too(hall: Hall) -> None:
    hall.book(4)
    people = hall.people(2)
    hall.scene.book(AT, override_reason="Exam week", **people)
    (clash,) = hall.check(1)
    assert "0 of them free" in clash.sentence


def test_joining_a_course_needs_a_seat_on_every_date(hall: Hall) -> None:
    terms = CourseTerms("Exam course", 4)
    course = SeriesBook(hall.scene.desk).book_series(hall.series(0, course=terms))
    for _ in range(2):
        day = date(2026, 11, 1)
        student = hall.scene.make.student()
        Courses(hall.scene.desk).enrol(Enrol(course.series_id, student, day))
    hall.book(2, AT + WEEK)
    with pytest.raises(ClashError, match="1 Dec 2026"):
        Courses(hall.scene.desk).enrol(
            Enrol(course.series_id, hall.scene.make.student(), date(2026, 11, 1))
        )


def test_free_times_leave_full_rooms_out(hall: Hall) -> None:
    booked = hall.book(3)
    start = hall.scene.stored(booked.session_id).starts_at
    people = hall.people(2)
    request = FindFree(
        **people, minutes=60, offering_id=hall.scene.maths, from_at=start, limit=1
    )
    free = FreeTimes(hall.scene.desk)
    assert free.next_free(request)[0].span.start == start + HOUR
    alone = replace(request, student_ids=people["student_ids"][:1])
    assert free.next_free(alone)[0].span.start == start
    own = replace(request, without=booked.session_id)
    assert free.next_free(own)[0].span.start == start


def test_the_calendar_shows_a_room_that_has_become_too_small(hall: Hall) -> None:
    first, second = hall.book(2), hall.book(2)
    start = hall.scene.stored(first.session_id).starts_at
    span = TimeSpan(start - HOUR, start + HOUR)
    assert Timetable(hall.scene.desk).clashes_in(span) == {}
    student = hall.scene.make.student()
    hall.scene.make.save(Attendance(session_id=first.session_id, student_id=student))
    assert set(Timetable(hall.scene.desk).clashes_in(span)) == {second.session_id}


def test_the_fullest_moment_is_where_most_sit_together() -> None:
    long, early, late = (
        Seated(Stop(0, 100, 1), 1),
        Seated(Stop(0, 50, 2), 2),
        Seated(Stop(50, 100, 3), 3),
    )
    seated = [long, early, late]
    assert fullest(Stop(0, 100), seated) == [long, late]
    assert fullest(Stop(0, 50), seated) == [long, early]
    assert count(fullest(Stop(0, 100, 3), seated)) == 3
    assert fullest(Stop(100, 160), seated) == []
