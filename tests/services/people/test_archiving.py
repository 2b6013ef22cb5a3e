"""Nobody is archived while money is open."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.models.billing import Charge, Payment
from app.models.values.billing import ChargeKind
from app.services.desk import Desk
from app.services.people.errors import (
    NotArchivedError,
    OpenBalanceError,
    StillSharesError,
)
from app.services.people.households import Households
from app.services.people.requests import (
    AddHousehold,
    AddPayer,
    NewPayer,
    SetShares,
    Share,
)
from tests.factories import Make

SOON = datetime(2026, 3, 10, 15, tzinfo=UTC)
HALF = Decimal(50)
PARENTS = (NewPayer("Mum", percent=HALF), NewPayer("Dad", percent=HALF))


@pytest.fixture
def households(desk: Desk) -> Households:
    return Households(desk)


def test_is_not_archived_while_money_is_open(
    households: Households, make: Make, desk: Desk
) -> None:
    added = households.add_household(AddHousehold("Berg", payers=PARENTS))
    mum, dad = added.payer_ids
    make.save(
        Charge(
            payer_id=mum,
            kind=ChargeKind.MATERIALS,
            service_on=date(2026, 3, 1),
            tax_code_id=make.tax_code(),
            amount=1250,
            made_at=desk.now(),
        )
    )
    with pytest.raises(OpenBalanceError, match=r"12\.50 GBP"):
        households.archive_household(added.household_id)
    only_mum = SetShares((Share(mum, Decimal(100)),), household_id=added.household_id)
    with pytest.raises(StillSharesError):
        households.archive_payer(dad)
    households.set_shares(only_mum)
    households.archive_payer(dad)
    households.bring_payer_back(dad)
    with pytest.raises(NotArchivedError):
        households.bring_payer_back(dad)


def test_credit_on_account_is_open_money_too(
    households: Households, make: Make, desk: Desk
) -> None:
    family = households.add_household(AddHousehold("Berg")).household_id
    payer = households.add_payer(AddPayer(family, "Mum"))
    make.save(
        Payment(
            payer_id=payer,
            received_on=date(2026, 3, 1),
            amount=900,
            currency="GBP",
            made_at=desk.now(),
            chain="x",
        )
    )
    with pytest.raises(OpenBalanceError):
        households.archive_payer(payer)
