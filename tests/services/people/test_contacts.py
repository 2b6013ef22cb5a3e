"""Contacts are kept in the order in which to call."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.models.values.billing import BillingModel
from app.services.desk import Desk
from app.services.people.errors import (
    AlreadyArchivedError,
)
from app.services.people.households import Households
from app.services.people.requests import (
    AddGuardian,
    AddHousehold,
    ChangeHousehold,
    NewGuardian,
    NewPayer,
)

SOON = datetime(2026, 3, 10, 15, tzinfo=UTC)
HALF = Decimal(50)
PARENTS = (NewPayer("Mum", percent=HALF), NewPayer("Dad", percent=HALF))


@pytest.fixture
def households(desk: Desk) -> Households:
    return Households(desk)


def test_keeps_further_contacts_in_calling_order(households: Households) -> None:
    added = households.add_household(
        AddHousehold("Berg", guardians=(NewGuardian("Mum"),))
    )
    gran = households.add_guardian(AddGuardian(added.household_id, "Gran"))
    households.change_household(
        ChangeHousehold(added.household_id, 1, model=BillingModel.ADVANCE)
    )
    found = households.household(added.household_id)
    assert [one.name for one in found.guardians] == ["Mum", "Gran"]
    assert found.row.model is BillingModel.ADVANCE
    households.archive_guardian(gran)
    with pytest.raises(AlreadyArchivedError):
        households.archive_guardian(gran)
