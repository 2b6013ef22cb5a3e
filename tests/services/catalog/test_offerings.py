"""The catalogue keeps what is sold, at which price, with which tax."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.models.faults import ChangedMeanwhileError
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.entries import NegativeAmountError, NumberError
from app.models.values.errors import InputError
from app.models.values.schedule import PlaceKind
from app.models.values.terms import PriceTerms
from app.services.catalog.errors import (
    CategoryError,
    LengthNotOfferedError,
    LevelOrderError,
    NameTakenError,
    NoFormerPriceError,
    PriceIdsError,
    StepError,
    TierError,
)
from app.services.catalog.offerings import Catalog
from app.services.catalog.requests import (
    AddOffering,
    AddTaxCode,
    ChangeOffering,
    SetPrice,
)
from app.services.desk import Desk
from tests.factories import Make

APRIL = date(2026, 4, 1)


@pytest.fixture
def catalog(desk: Desk) -> Catalog:
    return Catalog(desk)


@pytest.fixture
def tax(catalog: Catalog) -> int:
    return catalog.add_tax_code(AddTaxCode("VAT", Decimal(20)))


def test_keeps_an_offering_with_every_column(catalog: Catalog, tax: int) -> None:
    offering = catalog.add_offering(
        AddOffering(
            "Maths A-level",
            tax,
            PriceTerms(PricePer.HOUR, 4200, {2: 3000}),
            subject_id=catalog.add_subject("Maths"),
            lengths=(90, 60),
            place_kinds=(PlaceKind.ONLINE,),
            group_size=3,
            step_minutes=15,
        )
    )
    row = catalog.offering(offering)
    assert (row.lengths, row.place_kinds) == ((60, 90), (PlaceKind.ONLINE,))
    assert (row.group_size, row.step_minutes, row.version) == (3, 15, 1)
    (price,) = catalog.prices(offering_id=offering)
    assert (price.level, price.amount, price.tiers) == (
        PriceLevel.OFFERING,
        4200,
        {2: 3000},
    )
    assert catalog.offerings() == (row,)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"step_minutes": 7}, StepError),
        ({"length_minutes": 0}, NumberError),
        ({"lengths": (90,)}, LengthNotOfferedError),
        ({"minimum_amount": -1}, NegativeAmountError),
        ({"group_size": 0}, NumberError),
        ({"price": PriceTerms(PricePer.HOUR, -1)}, NegativeAmountError),
        ({"price": PriceTerms(PricePer.HOUR, 1, {0: 5})}, TierError),
    ],
)
def test_refuses_an_offering_that_cannot_be(
    catalog: Catalog, tax: int, more: dict[str, Any], error: type[InputError]
) -> None:
    with pytest.raises(error):
        catalog.add_offering(AddOffering("Maths", tax, **more))
    assert catalog.offerings() == ()


@pytest.mark.parametrize(
    ("rate", "category", "error"),
    [
        ("100.5", "S", NumberError),
        ("-1", "S", NumberError),
        ("0", "S", CategoryError),
        ("20", "E", CategoryError),
        ("20", "Q", CategoryError),
    ],
)
def test_refuses_a_tax_code_that_cannot_be(
    catalog: Catalog, rate: str, category: str, error: type[InputError]
) -> None:
    with pytest.raises(error):
        catalog.add_tax_code(AddTaxCode("Odd", Decimal(rate), category))


def test_names_are_taken_once_in_any_case(catalog: Catalog, tax: int) -> None:
    catalog.add_subject("Maths")
    catalog.add_level("A", 1)
    catalog.add_offering(AddOffering("Maths", tax))
    with pytest.raises(NameTakenError):
        catalog.add_subject("MATHS")
    with pytest.raises(NameTakenError):
        catalog.add_level("a", 2)
    with pytest.raises(NameTakenError):
        catalog.add_tax_code(AddTaxCode("vat", Decimal(5)))
    with pytest.raises(NameTakenError):
        catalog.add_offering(AddOffering("maths", tax))


def test_levels_run_from_easy_to_hard(catalog: Catalog, tax: int) -> None:
    hard, easy = catalog.add_level("Hard", 2), catalog.add_level("Easy", 1)
    assert [row.name for row in catalog.levels()] == ["Easy", "Hard"]
    offering = catalog.add_offering(
        AddOffering("Maths", tax, from_level_id=easy, to_level_id=hard)
    )
    with pytest.raises(LevelOrderError):
        catalog.change_offering(
            ChangeOffering(offering, 1, from_level_id=hard, to_level_id=easy)
        )
    assert catalog.offering(offering).from_level_id == easy


def test_a_new_price_keeps_the_old_days(catalog: Catalog, tax: int) -> None:
    terms = PriceTerms(PricePer.SESSION, 4000)
    offering = catalog.add_offering(AddOffering("Maths", tax, terms))
    new = SetPrice(PriceLevel.OFFERING, 4400, offering_id=offering, valid_from=APRIL)
    catalog.set_price(new)
    rows = catalog.prices(offering_id=offering)
    assert [(row.amount, row.valid_from) for row in rows] == [
        (4400, APRIL),
        (4000, None),
    ]
    assert rows[0].per is PricePer.SESSION


def test_two_desks_cannot_set_a_price_over_each_other(
    catalog: Catalog, tax: int
) -> None:
    terms = PriceTerms(PricePer.HOUR, 4000)
    offering = catalog.add_offering(AddOffering("Maths", tax, terms))
    (seen,) = catalog.prices(offering_id=offering)
    first = SetPrice(
        PriceLevel.OFFERING, 4400, offering_id=offering, former_id=seen.price_id
    )
    catalog.set_price(first)
    with pytest.raises(ChangedMeanwhileError):
        catalog.set_price(first)
    assert len(catalog.prices(offering_id=offering)) == 2


def test_a_household_has_a_price_of_its_own(
    catalog: Catalog, tax: int, make: Make
) -> None:
    offering = catalog.add_offering(AddOffering("Maths", tax))
    family = make.household()
    own = SetPrice(
        PriceLevel.HOUSEHOLD,
        3900,
        offering_id=offering,
        household_id=family,
        per=PricePer.HOUR,
    )
    catalog.set_price(own)
    assert [row.amount for row in catalog.prices(household_id=family)] == [3900]
    with pytest.raises(PriceIdsError):
        catalog.set_price(SetPrice(PriceLevel.HOUSEHOLD, 1, household_id=family))
    with pytest.raises(PriceIdsError):
        catalog.set_price(SetPrice(PriceLevel.CONTRACT, 1))
    with pytest.raises(NoFormerPriceError):
        catalog.set_price(SetPrice(PriceLevel.OFFERING, 1, offering_id=offering))


def test_a_stale_change_overwrites_nothing(catalog: Catalog, tax: int) -> None:
    offering = catalog.add_offering(AddOffering("Maths", tax))
    catalog.change_offering(ChangeOffering(offering, 1, notice_hours=48))
    with pytest.raises(ChangedMeanwhileError):
        catalog.change_offering(ChangeOffering(offering, 1, notice_hours=24))
    assert catalog.offering(offering).notice_hours == 48
