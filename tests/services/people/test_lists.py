"""A tutor sees the own students, contacts as the policy says, and no money."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.models.values.policies import FamilyContacts
from app.services.desk import Desk, OfficeOnlyError
from app.services.people.households import Households
from app.services.people.requests import (
    AddHousehold,
    AddStudent,
    ChangeHousehold,
    NewGuardian,
    NewPayer,
    SetShares,
)
from app.services.policies import Policies, SetPolicy
from app.services.rights import NotYoursError
from tests.factories import Make
from tests.services.conftest import tutor_desk


@pytest.fixture
def family(desk: Desk) -> tuple[int, int]:
    """A household with a payer, a contact and notes; and its student."""
    households = Households(desk)
    added = households.add_household(
        AddHousehold(
            "Berg",
            payers=(NewPayer("Mum", "Secret Road 1", percent=Decimal(100)),),
            guardians=(NewGuardian("Mum", phones=("0123456",), email="m@example.org"),),
            notes="pays late",
        )
    )
    return added.household_id, households.add_student(
        AddStudent(added.household_id, "Maya", needs="glasses")
    )


def test_a_tutor_sees_own_students_and_no_others(
    desk: Desk, make: Make, family: tuple[int, int]
) -> None:
    household, student = family
    teaches, placed, stranger = make.tutor(), make.tutor(), make.tutor()
    make.session(
        datetime(2026, 3, 2, 15, tzinfo=UTC), tutors=[teaches], students=[student]
    )
    make.placement(placed, [student])
    for tutor in (teaches, placed):
        seen = Households(tutor_desk(desk, tutor))
        assert [row.name for row in seen.students()] == ["Maya"]
        assert seen.student(student).needs == "glasses"
        assert [row.name for row in seen.households()] == ["Berg"]
    unseen = Households(tutor_desk(desk, stranger))
    assert unseen.students() == ()
    assert unseen.households() == ()
    with pytest.raises(NotYoursError):
        unseen.student(student)
    with pytest.raises(NotYoursError):
        unseen.household(household)


def test_a_tutor_is_told_nothing_of_a_family_s_money(
    desk: Desk, make: Make, family: tuple[int, int]
) -> None:
    household, student = family
    tutor = make.tutor()
    make.placement(tutor, [student])
    found = Households(tutor_desk(desk, tutor)).household(household)
    assert (found.payers, found.shares, found.notes) == ((), (), "")
    assert (found.row.payers, found.row.model) == ((), None)
    assert "Secret Road" not in repr(found)


@pytest.mark.parametrize(
    ("show", "phones", "email"),
    [
        ("shown", ("0123456",), "m@example.org"),
        ("masked", ("•••56",), "•••rg"),
        ("hidden", (), ""),
        ("anything else", (), ""),
    ],
)
def test_contacts_are_shown_as_the_policy_says(
    desk: Desk,
    make: Make,
    family: tuple[int, int],
    show: str,
    phones: tuple[str, ...],
    email: str,
) -> None:
    household, student = family
    tutor = make.tutor()
    make.placement(tutor, [student])
    policy = SetPolicy(FamilyContacts(show), scope="tutor", scope_id=tutor)
    Policies(desk).set_policy(policy)
    (guardian,) = Households(tutor_desk(desk, tutor)).household(household).guardians
    assert (guardian.phones, guardian.email) == (phones, email)
    (own,) = Households(desk).household(household).guardians
    assert own.phones == ("0123456",)


def test_a_tutor_changes_no_family(
    desk: Desk, make: Make, family: tuple[int, int]
) -> None:
    household, student = family
    tutor = make.tutor()
    make.placement(tutor, [student])
    theirs = Households(tutor_desk(desk, tutor))
    with pytest.raises(OfficeOnlyError):
        theirs.change_household(ChangeHousehold(household, 1, name="Mine"))
    with pytest.raises(OfficeOnlyError):
        theirs.archive_student(student)
    with pytest.raises(OfficeOnlyError):
        theirs.set_shares(SetShares((), household_id=household))
