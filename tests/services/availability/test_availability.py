"""When people can is kept as weeks and read as instants."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from app.models.faults import ChangedMeanwhileError
from app.models.scheduling import Attendance
from app.models.values.entries import DatesError
from app.models.values.people import ExceptionKind
from app.models.values.schedule import (
    AttendanceState,
    ClockGapError,
    SessionStatus,
    TimeSpan,
    WeekWindow,
)
from app.models.values.spans import WindowError
from app.services.availability.errors import (
    OnePersonError,
    TimesError,
    WallClockError,
)
from app.services.availability.loading import load_free, load_student_free
from app.services.availability.records import Availabilities
from app.services.availability.requests import (
    AddExtraTime,
    AddLeave,
    AddStudentAbsence,
    SetWeek,
    ValidWindow,
)
from app.services.concerned import Offer
from app.services.desk import Desk, OfficeOnlyError
from app.services.rights import NotYoursError
from tests.factories import Make
from tests.services.conftest import tutor_desk

MONDAY = WeekWindow(0, 900, 1080)  # 15:00 to 18:00
MARCH = TimeSpan(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 7, tzinfo=UTC))


@pytest.fixture
def times(desk: Desk) -> Availabilities:
    return Availabilities(desk)


def at(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def wall(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return at(month, day, hour, minute).replace(tzinfo=None)


def test_a_week_keeps_its_wall_clock_over_a_clock_change(
    times: Availabilities, desk: Desk, make: Make
) -> None:
    tutor = make.tutor()
    times.set_week(SetWeek((MONDAY,), tutor_id=tutor, valid_from=date(2026, 3, 20)))
    with desk.snapshot() as snapshot:
        found = load_free(snapshot, [tutor], MARCH)[tutor]
    assert found.is_known
    assert found.free == (
        TimeSpan(at(3, 23, 15), at(3, 23, 18)),
        TimeSpan(at(3, 30, 14), at(3, 30, 17)),
        TimeSpan(at(4, 6, 14), at(4, 6, 17)),
    )


def test_unknown_is_no_week_at_all(
    times: Availabilities, desk: Desk, make: Make
) -> None:
    unknown, ended, extra = make.tutor(), make.tutor(), make.tutor()
    times.set_week(SetWeek((MONDAY,), tutor_id=ended, valid_until=date(2025, 1, 1)))
    times.add_extra_time(AddExtraTime(extra, wall(3, 2, 10), wall(3, 2, 11)))
    with desk.snapshot() as snapshot:
        found = load_free(snapshot, [unknown, ended, extra], MARCH)
    assert [found[tutor].is_known for tutor in (unknown, ended, extra)] == [
        False,
        True,
        False,
    ]
    assert found[ended].free == ()
    assert found[extra].free == (TimeSpan(at(3, 2, 10), at(3, 2, 11)),)


def test_leave_is_taken_out_and_extra_time_put_in(
    times: Availabilities, desk: Desk, make: Make
) -> None:
    tutor = make.tutor()
    times.set_week(SetWeek((MONDAY,), tutor_id=tutor))
    leave = times.add_leave(AddLeave(tutor, wall(3, 2, 16), wall(3, 2, 17)))
    times.add_extra_time(AddExtraTime(tutor, wall(3, 2, 18), wall(3, 2, 19)))
    day = TimeSpan(at(3, 2, 0), at(3, 3, 0))
    with desk.snapshot() as snapshot:
        found = load_free(snapshot, [tutor], day)[tutor]
    assert found.free == (
        TimeSpan(at(3, 2, 15), at(3, 2, 16)),
        TimeSpan(at(3, 2, 17), at(3, 2, 19)),
    )
    assert found.leave == (TimeSpan(at(3, 2, 16), at(3, 2, 17)),)
    kinds = [row.kind for row in times.exceptions(day, tutor)]
    assert kinds == [ExceptionKind.LEAVE, ExceptionKind.EXTRA]
    times.take_back(leave.exception_id)
    with desk.snapshot() as snapshot:
        assert load_free(snapshot, [tutor], day)[tutor].leave == ()


def test_a_week_for_a_time_makes_room_for_itself_only(
    times: Availabilities, make: Make
) -> None:
    tutor = make.tutor()
    times.set_week(SetWeek((MONDAY,), tutor_id=tutor))
    times.set_week(
        SetWeek(
            (WeekWindow(1, 600, 700), WeekWindow(1, 700, 800)),
            tutor_id=tutor,
            valid_from=date(2026, 3, 9),
            valid_until=date(2026, 3, 15),
        )
    )
    assert times.week(tutor_id=tutor) == (
        ValidWindow(0, 900, 1080, None, date(2026, 3, 8)),
        ValidWindow(1, 600, 800, date(2026, 3, 9), date(2026, 3, 15)),
        ValidWindow(0, 900, 1080, date(2026, 3, 16), None),
    )


def test_a_week_that_changed_meanwhile_is_not_overwritten(
    times: Availabilities, make: Make
) -> None:
    tutor = make.tutor()
    seen = times.week(tutor_id=tutor)
    times.set_week(SetWeek((MONDAY,), tutor_id=tutor, former=seen))
    with pytest.raises(ChangedMeanwhileError):
        times.set_week(SetWeek((), tutor_id=tutor, former=seen))
    assert len(times.week(tutor_id=tutor)) == 1


def test_a_student_s_week_and_absence(
    times: Availabilities, desk: Desk, make: Make
) -> None:
    student = make.student()
    times.set_week(SetWeek((MONDAY,), student_id=student))
    absence = times.add_student_absence(
        AddStudentAbsence(student, date(2026, 3, 9), date(2026, 3, 9), "ill")
    )
    span = TimeSpan(at(3, 1, 0), at(3, 17, 0))
    with desk.snapshot() as snapshot:
        found = load_student_free(snapshot, [student], span)[student]
    assert found.free == (
        TimeSpan(at(3, 2, 15), at(3, 2, 18)),
        TimeSpan(at(3, 16, 15), at(3, 16, 18)),
    )
    assert found.absent == (TimeSpan(at(3, 9, 0), at(3, 10, 0)),)
    assert [row.reason for row in times.absences(student)] == ["ill"]
    times.take_absence_back(absence.absence_id)
    assert times.absences(student) == ()


def test_leave_names_the_sessions_it_hits(times: Availabilities, make: Make) -> None:
    tutor = make.tutor("Anna")
    maya = make.student("Maya")
    hit = make.session(at(3, 10, 15), tutors=[tutor], students=[maya])
    make.session(at(3, 10, 17), tutors=[tutor], students=[maya])
    make.session(at(3, 10, 15))
    cancelled = SessionStatus.CANCELLED_BY_OFFICE
    make.session(at(3, 10, 15, 30), tutors=[tutor], status=cancelled)
    added = times.add_leave(AddLeave(tutor, wall(3, 10, 14), wall(3, 10, 17)))
    (one,) = added.concerned
    assert (one.session_id, one.tutors, one.students) == (hit, ("Anna",), ("Maya",))
    assert one.offers == (Offer.CANCEL, Offer.MOVE, Offer.SUBSTITUTE, Offer.KEEP)


def test_an_absence_names_the_sessions_it_hits(
    times: Availabilities, make: Make
) -> None:
    maya, noah = make.student("Maya"), make.student("Noah")
    hit = make.session(at(3, 10, 15), students=[maya, noah])
    away = AddStudentAbsence(maya, date(2026, 3, 10), date(2026, 3, 10))
    (one,) = times.add_student_absence(away).concerned
    assert one.session_id == hit
    assert Offer.SUBSTITUTE not in one.offers
    _call_off(make, hit, maya)
    assert times.add_student_absence(away).concerned == ()


def _call_off(make: Make, session: int, student: int) -> None:
    with make.transaction() as transaction:
        seat = transaction.scalars(
            select(Attendance).where(
                Attendance.session_id == session, Attendance.student_id == student
            )
        ).one()
        seat.state = AttendanceState.CANCELLED_IN_TIME


def test_refuses_what_cannot_be(times: Availabilities, make: Make) -> None:
    tutor, student = make.tutor(), make.student()
    noon = wall(3, 10, 12)
    with pytest.raises(OnePersonError):
        times.set_week(SetWeek((MONDAY,)))
    with pytest.raises(OnePersonError):
        times.week(tutor_id=tutor, student_id=student)
    with pytest.raises(WindowError):
        times.set_week(SetWeek((WeekWindow(0, 1080, 900),), tutor_id=tutor))
    with pytest.raises(DatesError):
        times.set_week(
            SetWeek(
                (MONDAY,),
                tutor_id=tutor,
                valid_from=date(2026, 3, 2),
                valid_until=date(2026, 3, 1),
            )
        )
    with pytest.raises(TimesError):
        times.add_leave(AddLeave(tutor, noon, noon))
    with pytest.raises(WallClockError):
        times.add_leave(AddLeave(tutor, noon, noon + timedelta(seconds=90)))
    with pytest.raises(WallClockError):
        times.add_leave(AddLeave(tutor, at(3, 10, 12), noon))
    with pytest.raises(ClockGapError):
        times.add_leave(AddLeave(tutor, wall(3, 29, 1, 30), wall(3, 29, 5)))
    with pytest.raises(DatesError):
        times.add_student_absence(
            AddStudentAbsence(student, date(2026, 3, 2), date(2026, 3, 1))
        )


def test_a_tutor_keeps_only_the_own_times(desk: Desk, make: Make) -> None:
    own, other, student = make.tutor(), make.tutor(), make.student()
    theirs = Availabilities(tutor_desk(desk, own))
    theirs.set_week(SetWeek((MONDAY,), tutor_id=own))
    assert len(theirs.week(tutor_id=own)) == 1
    noon = wall(3, 10, 12), wall(3, 10, 13)
    leave = Availabilities(desk).add_leave(AddLeave(other, *noon))
    with pytest.raises(NotYoursError):
        theirs.set_week(SetWeek((), tutor_id=other))
    with pytest.raises(NotYoursError):
        theirs.add_leave(AddLeave(other, *noon))
    with pytest.raises(NotYoursError):
        theirs.add_extra_time(AddExtraTime(other, *noon))
    with pytest.raises(NotYoursError):
        theirs.take_back(leave.exception_id)
    with pytest.raises(NotYoursError):
        theirs.week(tutor_id=other)
    with pytest.raises(NotYoursError):
        theirs.exceptions(MARCH)
    with pytest.raises(NotYoursError):
        theirs.absences(student)
    with pytest.raises(OfficeOnlyError):
        theirs.set_week(SetWeek((), student_id=student))
