"""Keeping when people can: weeks, leave, extra time and absences."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.database import Transaction
from app.models.people import Student, StudentAbsence, Tutor, TutorException
from app.models.values import entries
from app.models.values.people import ExceptionKind
from app.models.values.schedule import TimeSpan, day_span, instant
from app.services.availability.errors import TimesError, WallClockError
from app.services.availability.requests import (
    AbsenceAdded,
    AbsenceRow,
    AddExtraTime,
    AddLeave,
    AddStudentAbsence,
    ExceptionRow,
    LeaveAdded,
    SetWeek,
    ValidWindow,
)
from app.services.availability.weeks import rows_of, shown, write_week
from app.services.concerned import WITHOUT_SUBSTITUTE, sessions_concerned
from app.services.desk import Desk, zone
from app.services.records import read_at, usable
from app.services.rights import require_own_student, require_self
from app.text import _

_reason = partial(entries.short, what=_("reason"), limit=500)


class Availabilities:
    """Keeps when tutors and students can; a tutor keeps the own times."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set_week(self, request: SetWeek) -> None:
        """Set a tutor's or student's week for a time; other times stay as they are.

        Raises:
            OnePersonError: It names nobody, or two people.
            ChangedMeanwhileError: The week is not what was looked at.
            NotYoursError: A tutor set another's week.
            InputError: A window or the days cannot be.
        """
        self._require_own(request.tutor_id)
        with self._desk.transaction(_("Set a week's availability")) as transaction:
            write_week(transaction, request)

    def add_leave(self, request: AddLeave) -> LeaveAdded:
        """Enter a tutor's leave, and list the planned sessions it hits.

        Raises:
            TimesError: It does not end after it starts.
            ClockGapError: The clock change leaves out one of its ends.
            NotYoursError: A tutor entered another's leave.
        """
        self._require_own(request.tutor_id)
        with self._desk.transaction(_("Enter leave")) as transaction:
            row = _add_exception(transaction, request, ExceptionKind.LEAVE)
            span = TimeSpan(row.starts_at, row.ends_at)
            concerned = sessions_concerned(transaction, span, tutor_id=request.tutor_id)
            return LeaveAdded(row.id, concerned)

    def add_extra_time(self, request: AddExtraTime) -> int:
        """Enter a time in which a tutor can besides the week.

        Raises:
            TimesError: It does not end after it starts.
            ClockGapError: The clock change leaves out one of its ends.
            NotYoursError: A tutor entered another's time.
        """
        self._require_own(request.tutor_id)
        with self._desk.transaction(_("Enter extra time")) as transaction:
            return _add_exception(transaction, request, ExceptionKind.EXTRA).id

    def take_back(self, exception_id: int, version: int | None = None) -> None:
        """Take leave or extra time back.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            NotYoursError: It is another tutor's.
        """
        with self._desk.transaction(_("Take leave or extra time back")) as transaction:
            row = read_at(
                transaction, TutorException, exception_id, version, _("leave")
            )
            require_self(self._desk.actor, row.tutor_id, _("leave"))
            row.archived_at = transaction.at

    def add_student_absence(self, request: AddStudentAbsence) -> AbsenceAdded:
        """Enter days on which a student is away, and list the sessions they hit.

        Raises:
            DatesError: The last day lies before the first.
            NotYoursError: A tutor entered it for a student of others.
        """
        entries.in_order(request.from_on, request.until_on)
        reason = _reason(request.reason)
        with self._desk.transaction(_("Enter a student's absence")) as transaction:
            require_own_student(transaction, self._desk.actor, request.student_id)
            usable(transaction, Student, request.student_id, _("student"))
            row = StudentAbsence(
                student_id=request.student_id,
                from_on=request.from_on,
                until_on=request.until_on,
                reason=reason,
            )
            transaction.add(row)
            transaction.flush()
            here = zone(transaction)
            concerned = sessions_concerned(
                transaction,
                TimeSpan(
                    day_span(request.from_on, here).start,
                    day_span(request.until_on, here).end,
                ),
                student_id=request.student_id,
                offers=WITHOUT_SUBSTITUTE,
            )
            return AbsenceAdded(row.id, concerned)

    def take_absence_back(self, absence_id: int, version: int | None = None) -> None:
        """Take a student's absence back.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            NotYoursError: It is a student's of others.
        """
        with self._desk.transaction(_("Take an absence back")) as transaction:
            row = read_at(
                transaction, StudentAbsence, absence_id, version, _("absence")
            )
            require_own_student(transaction, self._desk.actor, row.student_id)
            row.archived_at = transaction.at

    def week(
        self, *, tutor_id: int | None = None, student_id: int | None = None
    ) -> tuple[ValidWindow, ...]:
        """Tell all windows kept of one tutor or student.

        Raises:
            OnePersonError: Nobody is named, or two people.
            NotYoursError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            if tutor_id is not None:
                require_self(self._desk.actor, tutor_id, _("week"))
            if student_id is not None:
                require_own_student(snapshot, self._desk.actor, student_id)
            return shown(rows_of(snapshot, tutor_id, student_id))

    def exceptions(
        self, span: TimeSpan, tutor_id: int | None = None
    ) -> tuple[ExceptionRow, ...]:
        """List leave and extra time that touches a span, earliest first.

        Raises:
            NotYoursError: A tutor asked for another's, or for everybody's.
        """
        require_self(self._desk.actor, tutor_id or 0, _("leave"))
        query = (
            select(TutorException, Tutor.name)
            .join(Tutor, Tutor.id == TutorException.tutor_id)
            .where(
                TutorException.starts_at < span.end,
                TutorException.ends_at > span.start,
                TutorException.archived_at.is_(None),
            )
            .order_by(TutorException.starts_at, TutorException.id)
        )
        if tutor_id is not None:
            query = query.where(TutorException.tutor_id == tutor_id)
        with self._desk.snapshot() as snapshot:
            return tuple(
                ExceptionRow(
                    row.id,
                    row.version,
                    row.tutor_id,
                    name,
                    row.kind,
                    row.starts_at,
                    row.ends_at,
                    row.reason,
                )
                for row, name in snapshot.execute(query)
            )

    def absences(self, student_id: int) -> tuple[AbsenceRow, ...]:
        """List the days on which a student is away, earliest first.

        Raises:
            NotYoursError: A tutor asked for a student of others.
        """
        query = (
            select(StudentAbsence, Student.name)
            .join(Student, Student.id == StudentAbsence.student_id)
            .where(
                StudentAbsence.student_id == student_id,
                StudentAbsence.archived_at.is_(None),
            )
            .order_by(StudentAbsence.from_on, StudentAbsence.id)
        )
        with self._desk.snapshot() as snapshot:
            require_own_student(snapshot, self._desk.actor, student_id)
            return tuple(
                AbsenceRow(
                    row.id,
                    row.version,
                    row.student_id,
                    name,
                    row.from_on,
                    row.until_on,
                    row.reason,
                )
                for row, name in snapshot.execute(query)
            )

    def _require_own(self, tutor_id: int | None) -> None:
        if tutor_id is None:
            self._desk.require_office()
        else:
            require_self(self._desk.actor, tutor_id, _("times"))


def _add_exception(
    transaction: Transaction, request: AddLeave | AddExtraTime, kind: ExceptionKind
) -> TutorException:
    usable(transaction, Tutor, request.tutor_id, _("tutor"))
    here = zone(transaction)
    starts_at, ends_at = _instant(request.starts, here), _instant(request.ends, here)
    if ends_at <= starts_at:
        raise TimesError(request.starts, request.ends)
    row = TutorException(
        tutor_id=request.tutor_id,
        kind=kind,
        starts_at=starts_at,
        ends_at=ends_at,
        reason=_reason(request.reason),
    )
    transaction.add(row)
    transaction.flush()
    return row


def _instant(wall: datetime, here: ZoneInfo) -> datetime:
    if wall.tzinfo is not None or wall.second or wall.microsecond:
        raise WallClockError(wall)
    return instant(wall, here)
