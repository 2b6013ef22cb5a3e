"""Households, payers, shares, contacts and students are kept and guarded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.faults import ChangedMeanwhileError
from app.models.people import PayerShare
from app.models.values.entries import (
    ControlCharacterError,
    EmailError,
    EmptyError,
    NegativeAmountError,
    TooLongError,
)
from app.models.values.money import CurrencyError
from app.services.desk import Desk
from app.services.people.errors import (
    ForeignPayerError,
    PercentsError,
    ShareError,
    ShareOwnerError,
    ShareTwiceError,
)
from app.services.people.households import Households
from app.services.people.requests import (
    AddHousehold,
    AddStudent,
    ChangeGuardian,
    ChangeHousehold,
    ChangePayer,
    ChangeStudent,
    NewGuardian,
    NewPayer,
    SetShares,
    Share,
)
from app.services.people.shares import shares_on
from tests.factories import Make

SOON = datetime(2026, 3, 10, 15, tzinfo=UTC)
HALF = Decimal(50)
PARENTS = (NewPayer("Mum", percent=HALF), NewPayer("Dad", percent=HALF))


@pytest.fixture
def households(desk: Desk) -> Households:
    return Households(desk)


def test_keeps_a_family_as_it_was_entered(households: Households) -> None:
    added = households.add_household(
        AddHousehold(
            '<b>&"',
            payers=(
                NewPayer("Mum", "1 High St", "mum@example.com", amount=500),
                NewPayer("Dad", percent=Decimal(100)),
            ),
            guardians=(
                NewGuardian(
                    "Mum",
                    "mother",
                    ("0123", "0456"),
                    consents={"photo": date(2026, 1, 2)},
                ),
            ),
        )
    )
    student = households.add_student(AddStudent(added.household_id, "Maya Łasz"))
    found = households.household(added.household_id)
    assert (found.row.name, found.row.currency) == ('<b>&"', "GBP")
    assert [payer.payer_id for payer in found.payers] == list(added.payer_ids)
    assert found.shares == (
        Share(added.payer_ids[0], amount=500),
        Share(added.payer_ids[1], Decimal(100)),
    )
    (guardian,) = found.guardians
    assert guardian.phones == ("0123", "0456")
    assert guardian.consents == {"photo": date(2026, 1, 2)}
    assert [row.student_id for row in found.students] == [student]
    assert households.households() == (found.row,)


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (AddHousehold(""), EmptyError),
        (AddHousehold("x" * 500), TooLongError),
        (AddHousehold("a\0b"), ControlCharacterError),
        (AddHousehold("Berg", currency="EURO"), CurrencyError),
        (AddHousehold("Berg", payers=(NewPayer("Mum", email="mum"),)), EmailError),
        (AddHousehold("Berg", payers=(NewPayer("M", percent=HALF),)), PercentsError),
        (AddHousehold("Berg", payers=(NewPayer("Mum", amount=500),)), PercentsError),
        (
            AddHousehold("Berg", payers=(*PARENTS, NewPayer("Gran", amount=-1))),
            NegativeAmountError,
        ),
        (
            AddHousehold("Berg", payers=(NewPayer("M", percent=HALF, amount=1),)),
            ShareError,
        ),
    ],
)
def test_refuses_a_family_that_cannot_be(
    households: Households, request_: AddHousehold, error: type[Exception]
) -> None:
    with pytest.raises(error):
        households.add_household(request_)
    assert households.households(with_archived=True) == ()


def test_new_shares_keep_the_old_days(households: Households, desk: Desk) -> None:
    added = households.add_household(AddHousehold("Berg", payers=PARENTS))
    mum, dad = added.payer_ids
    family = added.household_id
    later = (Share(dad, Decimal(100)),)
    households.set_shares(
        SetShares(later, household_id=family, valid_from=date(2026, 5, 1))
    )
    middle = (Share(mum, Decimal(100)),)
    households.set_shares(
        SetShares(middle, household_id=family, valid_from=date(2026, 4, 1))
    )
    with desk.snapshot() as snapshot:
        found = [
            shares_on(snapshot, date(2026, month, 15), household_id=family)
            for month in (3, 4, 5)
        ]
    assert found == [(Share(mum, HALF), Share(dad, HALF)), middle, later]


def test_shares_set_twice_for_a_day_are_the_last(
    households: Households, desk: Desk
) -> None:
    added = households.add_household(AddHousehold("Berg", payers=PARENTS))
    mum, dad = added.payer_ids
    households.set_shares(
        SetShares((Share(dad, Decimal(100)),), household_id=added.household_id)
    )
    with desk.snapshot() as snapshot:
        assert len(snapshot.scalars(select(PayerShare)).all()) == 1
    with pytest.raises(ChangedMeanwhileError):
        households.set_shares(
            SetShares(
                (Share(mum, Decimal(100)),),
                household_id=added.household_id,
                former=(Share(mum, HALF), Share(dad, HALF)),
            )
        )
    assert households.household(added.household_id).shares[0].payer_id == dad


def test_refuses_shares_that_cannot_be(households: Households, make: Make) -> None:
    added = households.add_household(AddHousehold("Berg", payers=PARENTS))
    mum, family = added.payer_ids[0], added.household_id
    stranger = make.payer(make.household())
    whole = Decimal(100)
    for shares, error in (
        ((Share(mum, HALF), Share(mum, HALF)), ShareTwiceError),
        ((Share(stranger, whole),), ForeignPayerError),
        ((Share(mum, Decimal(0)),), ShareError),
        ((), PercentsError),
    ):
        with pytest.raises(error):
            households.set_shares(SetShares(shares, household_id=family))
    with pytest.raises(ShareOwnerError):
        households.set_shares(SetShares((Share(mum, whole),)))


def test_a_placement_can_have_shares_of_its_own(
    households: Households, desk: Desk, make: Make
) -> None:
    added = households.add_household(AddHousehold("Berg", payers=PARENTS))
    student = households.add_student(AddStudent(added.household_id, "Maya"))
    placement = make.placement(students=[student])
    share = Share(added.payer_ids[1], Decimal(100))
    households.set_shares(SetShares((share,), placement_id=placement))
    with desk.snapshot() as snapshot:
        found = shares_on(snapshot, date(2026, 3, 4), placement_id=placement)
    assert found == (share,)


def test_two_desks_never_overwrite_each_other(households: Households) -> None:
    """A thousand edits by turns, each from what was last read: none is lost."""
    family = households.add_household(AddHousehold("Berg")).household_id
    seen = [households.household(family).row.version] * 2
    kept: list[str] = []
    refused = 0
    found = households.household(family)
    for number in range(1000):
        desk = number % 2
        notes = f"{number} by {desk}"
        try:
            households.change_household(
                ChangeHousehold(family, seen[desk], notes=notes)
            )
        except ChangedMeanwhileError:
            refused += 1
        else:
            kept.append(notes)
        found = households.household(family)
        assert found.notes == kept[-1]
        seen[desk] = found.row.version
    assert found.row.version == 1 + len(kept)
    assert len(kept) + refused == 1000
    assert refused > 300


def test_every_record_of_a_family_has_its_guard(households: Households) -> None:
    added = households.add_household(
        AddHousehold("Berg", payers=PARENTS, guardians=(NewGuardian("Mum"),))
    )
    payer, guardian = added.payer_ids[0], added.guardian_ids[0]
    student = households.add_student(AddStudent(added.household_id, "Maya"))
    changes: list[Callable[[], None]] = [
        lambda: households.change_payer(ChangePayer(payer, 1, name="Mother")),
        lambda: households.change_guardian(ChangeGuardian(guardian, 1, name="Ma")),
        lambda: households.change_student(ChangeStudent(student, 1, called="May")),
    ]
    for change in changes:
        change()
        with pytest.raises(ChangedMeanwhileError):
            change()
    with pytest.raises(ChangedMeanwhileError):
        households.archive_student(student, 1)
    found = households.household(added.household_id)
    assert found.payers[0].name == "Mother"
    assert found.guardians[0].name == "Ma"
    assert households.student(student).called == "May"
