"""Students are kept with their family, and archived only when nothing is planned."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.services.desk import Desk, MissingRecordError
from app.services.people.errors import (
    BornLaterError,
    HouseholdArchivedError,
    NotArchivedError,
    StillPlannedError,
)
from app.services.people.households import Households
from app.services.people.requests import (
    AddHousehold,
    AddStudent,
    NewPayer,
)
from app.services.records import ArchivedError
from tests.factories import Make

SOON = datetime(2026, 3, 10, 15, tzinfo=UTC)
HALF = Decimal(50)
PARENTS = (NewPayer("Mum", percent=HALF), NewPayer("Dad", percent=HALF))


@pytest.fixture
def households(desk: Desk) -> Households:
    return Households(desk)


def test_nobody_is_born_tomorrow(households: Households) -> None:
    family = households.add_household(AddHousehold("Berg")).household_id
    with pytest.raises(BornLaterError):
        households.add_student(AddStudent(family, "Maya", born_on=date(2026, 3, 5)))
    households.add_student(AddStudent(family, "Maya", born_on=date(2026, 3, 4)))
    with pytest.raises(MissingRecordError):
        households.add_student(AddStudent(99, "Maya"))


def test_is_not_archived_while_sessions_are_planned(
    households: Households, make: Make
) -> None:
    family = households.add_household(AddHousehold("Berg")).household_id
    student = households.add_student(AddStudent(family, "Maya"))
    make.session(SOON, students=[student])
    with pytest.raises(StillPlannedError):
        households.archive_student(student)
    with pytest.raises(StillPlannedError):
        households.archive_household(family)


def test_what_is_archived_comes_back(households: Households) -> None:
    family = households.add_household(AddHousehold("Berg")).household_id
    student = households.add_student(AddStudent(family, "Maya"))
    households.archive_household(family)
    assert households.households() == ()
    assert households.students() == ()
    with pytest.raises(ArchivedError):
        households.add_student(AddStudent(family, "Noah"))
    with pytest.raises(HouseholdArchivedError):
        households.bring_student_back(student)
    households.bring_household_back(family)
    with pytest.raises(NotArchivedError):
        households.bring_household_back(family)
    households.bring_student_back(student)
    with pytest.raises(NotArchivedError):
        households.bring_student_back(student)
    assert [row.name for row in households.students()] == ["Maya"]
