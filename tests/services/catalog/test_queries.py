"""The catalogue tells a tutor no prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.services.catalog import Catalog
from app.services.catalog.requests import (
    AddTaxCode,
)
from app.services.desk import Desk, OfficeOnlyError
from tests.services.conftest import tutor_desk

APRIL = date(2026, 4, 1)


@pytest.fixture
def catalog(desk: Desk) -> Catalog:
    return Catalog(desk)


@pytest.fixture
def tax(catalog: Catalog) -> int:
    return catalog.add_tax_code(AddTaxCode("VAT", Decimal(20)))


def test_a_tutor_neither_changes_nor_sees_prices(desk: Desk) -> None:
    theirs = Catalog(tutor_desk(desk, 1))
    with pytest.raises(OfficeOnlyError):
        theirs.add_subject("Maths")
    with pytest.raises(OfficeOnlyError):
        theirs.prices(household_id=1)
