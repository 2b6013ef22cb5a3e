"""Courses: who takes part, who waits, and what joining and leaving changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import Enrolment, Series
from app.models.values.schedule import EnrolmentState
from app.services.charging.courses import settle_enrolment
from app.services.desk import Desk, OfficeOnlyError, fetch
from app.services.records import usable
from app.services.rights import is_own
from app.services.scheduling.errors import (
    ClashError,
    EnrolledAlreadyError,
    LeftAlreadyError,
    NoCourseError,
)
from app.services.scheduling.permits import settle_clashes
from app.services.scheduling.requests import Enrol, Enrolled, LeaveCourse
from app.services.series.places import add_places, clashes_of_joining, take_places_away
from app.text import _


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course as lists show it."""

    series_id: int
    name: str
    seats: int
    booked: int
    waiting: int
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A student's place in a course; ``place_in_line`` is 0 with a seat."""

    enrolment_id: int
    student_id: int
    student: str
    state: EnrolmentState
    from_on: date
    until_on: date | None
    place_in_line: int


class Courses:
    """Enrols students in courses, and lets them leave."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def enrol(self, request: Enrol) -> Enrolled:
        """Give a student a seat from a day on, or a place on the waiting list.

        Raises:
            MissingRecordError: There is no such series or student.
            NoCourseError: The series is no course.
            EnrolledAlreadyError: The student takes part or waits already.
            ClashError: The student cannot at the time of a coming session.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Enrolled in a course")) as transaction:
            series = _course(transaction, request.series_id)
            student = usable(transaction, Student, request.student_id, "student")
            if _has_place(transaction, series.id, student.id, request.from_on):
                raise EnrolledAlreadyError(student.name, series.course_name)
            enrolment = Enrolment(
                series_id=series.id,
                student_id=student.id,
                state=EnrolmentState.WAITING,
                from_on=request.from_on,
                made_at=transaction.at,
            )
            if _has_seat(transaction, series, request.from_on):
                found = clashes_of_joining(
                    transaction, self._desk, series, student.id, request.from_on
                )
                settle_clashes(
                    self._desk,
                    found,
                    accept_soft=request.accept_soft,
                    override_reason="",
                )
                enrolment.state = EnrolmentState.BOOKED
            transaction.add(enrolment)
            transaction.flush()
            return self._entered(transaction, enrolment)

    def _entered(self, transaction: Transaction, enrolment: Enrolment) -> Enrolled:
        if enrolment.state is EnrolmentState.BOOKED:
            add_places(transaction, self._desk, enrolment)
            settle_enrolment(transaction, self._desk, enrolment.id)
            return Enrolled(enrolment.id, enrolment.state)
        line = _line(transaction, enrolment.series_id)
        return Enrolled(enrolment.id, enrolment.state, line.index(enrolment.id) + 1)

    def leave(self, request: LeaveCourse) -> tuple[Enrolled, ...]:
        """End an enrolment; the first of the waiting list who can moves up.

        Raises:
            MissingRecordError: There is no such enrolment.
            LeftAlreadyError: It has ended.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Left a course")) as transaction:
            enrolment = fetch(transaction, Enrolment, request.enrolment_id, "enrolment")
            if enrolment.state is EnrolmentState.LEFT:
                student = fetch(transaction, Student, enrolment.student_id, "student")
                raise LeftAlreadyError(student.name)
            had_seat = enrolment.state is EnrolmentState.BOOKED
            enrolment.state = EnrolmentState.LEFT
            enrolment.until_on = request.until_on
            transaction.flush()
            if not had_seat:
                enrolment.until_on = min(request.until_on, enrolment.from_on)
                return ()
            take_places_away(transaction, self._desk, enrolment)
            settle_enrolment(transaction, self._desk, enrolment.id)
            return self._move_up(transaction, enrolment)

    def _move_up(
        self, transaction: Transaction, left: Enrolment
    ) -> tuple[Enrolled, ...]:
        series = _course(transaction, left.series_id)
        free_from = (left.until_on or left.from_on) + timedelta(days=1)
        for enrolment_id in _line(transaction, series.id):
            enrolment = fetch(transaction, Enrolment, enrolment_id, "enrolment")
            from_on = max(free_from, enrolment.from_on)
            found = clashes_of_joining(
                transaction, self._desk, series, enrolment.student_id, from_on
            )
            if not _has_seat(transaction, series, from_on):
                return ()
            try:
                settle_clashes(self._desk, found, accept_soft=True, override_reason="")
            except ClashError:
                continue
            enrolment.state, enrolment.from_on = EnrolmentState.BOOKED, from_on
            transaction.flush()
            return (self._entered(transaction, enrolment),)
        return ()

    def courses(self) -> tuple[CourseRow, ...]:
        """List the courses, with how many take part and wait; a tutor's own only."""
        actor = self._desk.actor
        with self._desk.snapshot() as snapshot:
            found = snapshot.scalars(
                select(Series)
                .where(Series.course_name != "", Series.archived_at.is_(None))
                .order_by(Series.course_name, Series.id)
            ).all()
            counts = _counts(snapshot, [series.id for series in found])
            return tuple(
                CourseRow(
                    series.id,
                    series.course_name,
                    series.seats or 0,
                    counts.get((series.id, EnrolmentState.BOOKED), 0),
                    counts.get((series.id, EnrolmentState.WAITING), 0),
                    series.from_on,
                    series.until_on,
                )
                for series in found
                if is_own(actor, *series.tutor_ids)
            )

    def enrolments(self, series_id: int) -> tuple[EnrolmentRow, ...]:
        """List who takes part, waits and has left, in order of time.

        Raises:
            MissingRecordError: There is no such series.
            NoCourseError: The series is no course.
            OfficeOnlyError: A tutor asked for another's course.
        """
        with self._desk.snapshot() as snapshot:
            series = _course(snapshot, series_id)
            if not is_own(self._desk.actor, *series.tutor_ids):
                raise OfficeOnlyError
            line = _line(snapshot, series_id)
            rows = snapshot.execute(
                select(Enrolment, Student.name)
                .join(Student, Student.id == Enrolment.student_id)
                .where(Enrolment.series_id == series_id)
                .order_by(Enrolment.made_at, Enrolment.id)
            )
            return tuple(
                EnrolmentRow(
                    enrolment.id,
                    enrolment.student_id,
                    name,
                    enrolment.state,
                    enrolment.from_on,
                    enrolment.until_on,
                    line.index(enrolment.id) + 1 if enrolment.id in line else 0,
                )
                for enrolment, name in rows
            )


def _course(work: Snapshot | Transaction, series_id: int) -> Series:
    series = fetch(work, Series, series_id, "series")
    if not series.course_name:
        raise NoCourseError
    return series


def _has_place(
    work: Snapshot | Transaction, series_id: int, student_id: int, from_on: date
) -> bool:
    rows = work.execute(
        select(Enrolment.state, Enrolment.until_on).where(
            Enrolment.series_id == series_id, Enrolment.student_id == student_id
        )
    )
    return any(
        state is not EnrolmentState.LEFT
        or (until_on is not None and until_on >= from_on)
        for state, until_on in rows
    )


def _has_seat(work: Snapshot | Transaction, series: Series, from_on: date) -> bool:
    rows = work.execute(
        select(Enrolment.state, Enrolment.from_on, Enrolment.until_on).where(
            Enrolment.series_id == series.id, Enrolment.state != EnrolmentState.WAITING
        )
    )
    taken = sum(
        1
        for state, first, last in rows
        if state is EnrolmentState.BOOKED
        or (last is not None and first <= last and last >= from_on)
    )
    return taken < (series.seats or 0)


def _line(work: Snapshot | Transaction, series_id: int) -> Sequence[int]:
    return work.scalars(
        select(Enrolment.id)
        .where(
            Enrolment.series_id == series_id, Enrolment.state == EnrolmentState.WAITING
        )
        .order_by(Enrolment.made_at, Enrolment.id)
    ).all()


def _counts(
    work: Snapshot | Transaction, series_ids: Sequence[int]
) -> dict[tuple[int, EnrolmentState], int]:
    rows = work.execute(
        select(Enrolment.series_id, Enrolment.state, func.count())
        .where(Enrolment.series_id.in_(series_ids))
        .group_by(Enrolment.series_id, Enrolment.state)
    )
    return {(series_id, state): count for series_id, state, count in rows}
