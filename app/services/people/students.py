"""Keeping the students."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.models.catalog import Place
from app.models.database import Transaction
from app.models.people import Household, Student
from app.models.values.schedule import local_date
from app.services.desk import Desk, fetch, zone
from app.services.people.archiving import (
    require_in_use,
    require_no_sessions_of_students,
)
from app.services.people.checks import STUDENT
from app.services.people.errors import (
    BornLaterError,
    HouseholdArchivedError,
    NotArchivedError,
)
from app.services.people.requests import AddStudent, ChangeStudent
from app.services.records import change, cleaned, names_a_record, read_at, usable
from app.text import _


class Students:
    """Keeps who is taught; the office's only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_student(self, request: AddStudent) -> int:
        """Keep a new student of a household.

        Raises:
            ArchivedError: The household or the home is archived.
            BornLaterError: The date of birth has not come yet.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, STUDENT)
        with self._desk.transaction(_("Add a student")) as transaction:
            usable(transaction, Household, request.household_id, _("family"))
            self._require(transaction, values)
            student = Student(household_id=request.household_id, **values)
            transaction.add(student)
            transaction.flush()
            return student.id

    def change_student(self, request: ChangeStudent) -> None:
        """Change a student.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            BornLaterError: The date of birth has not come yet.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, STUDENT)
        with self._desk.transaction(_("Change a student")) as transaction:
            student = read_at(
                transaction,
                Student,
                request.student_id,
                request.version,
                _("student"),
            )
            self._require(transaction, values)
            change(student, values)

    def archive_student(self, student_id: int, version: int | None = None) -> None:
        """Take a student out of use; the money is the household's.

        Raises:
            StillPlannedError: The student is expected in sessions.
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a student")) as transaction:
            student = read_at(transaction, Student, student_id, version, _("student"))
            require_in_use(student)
            require_no_sessions_of_students(transaction, [student_id], student.name)
            student.archived_at = transaction.at

    def bring_student_back(self, student_id: int) -> None:
        """Teach an archived student again.

        Raises:
            NotArchivedError: The student is in use.
            HouseholdArchivedError: The household is not.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Bring a student back")) as transaction:
            student = fetch(transaction, Student, student_id, _("student"))
            if student.archived_at is None:
                raise NotArchivedError(student.name)
            household = fetch(transaction, Household, student.household_id, _("family"))
            if household.archived_at is not None:
                raise HouseholdArchivedError(household.name)
            student.archived_at = None

    def _require(self, transaction: Transaction, values: dict[str, Any]) -> None:
        names_a_record(transaction, Place, values.get("home_place_id"), _("place"))
        born_on: date | None = values.get("born_on")
        if born_on and born_on > local_date(transaction.at, zone(transaction)):
            raise BornLaterError(born_on)
