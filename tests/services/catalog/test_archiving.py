"""What is needed stays in the catalogue; what is archived is sold no more."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.models.faults import ChangedMeanwhileError
from app.models.values.entries import EmptyError
from app.services.catalog.archiving import CatalogKind
from app.services.catalog.errors import (
    NameTakenError,
    StillSoldError,
)
from app.services.catalog.offerings import Catalog
from app.services.catalog.requests import (
    AddOffering,
    AddTaxCode,
)
from app.services.desk import Desk
from app.services.records import ArchivedError
from tests.factories import Make

APRIL = date(2026, 4, 1)


@pytest.fixture
def catalog(desk: Desk) -> Catalog:
    return Catalog(desk)


@pytest.fixture
def tax(catalog: Catalog) -> int:
    return catalog.add_tax_code(AddTaxCode("VAT", Decimal(20)))


def test_what_is_needed_is_not_archived(catalog: Catalog, tax: int, make: Make) -> None:
    subject, level = catalog.add_subject("Maths"), catalog.add_level("A", 1)
    offering = catalog.add_offering(
        AddOffering("Maths", tax, subject_id=subject, from_level_id=level)
    )
    make.session(datetime(2026, 3, 9, 15, tzinfo=UTC), offering=offering)
    make.placement(offering=offering)
    for kind, row_id in (
        (CatalogKind.SUBJECT, subject),
        (CatalogKind.LEVEL, level),
        (CatalogKind.TAX_CODE, tax),
        (CatalogKind.OFFERING, offering),
    ):
        with pytest.raises(StillSoldError):
            catalog.archive(kind, row_id)


def test_what_is_renamed_stays_the_same_thing(catalog: Catalog, tax: int) -> None:
    subject = catalog.add_subject("Maths")
    catalog.add_subject("Art")
    offering = catalog.add_offering(AddOffering("Maths", tax, subject_id=subject))
    [row] = [row for row in catalog.subjects() if row.subject_id == subject]
    catalog.rename(CatalogKind.SUBJECT, subject, row.version, " Mathematics ")
    assert {row.name for row in catalog.subjects()} == {"Art", "Mathematics"}
    catalog.rename(CatalogKind.OFFERING, offering, None, "MATHS")  # its own name
    assert catalog.offering(offering).name == "MATHS"
    assert catalog.offering(offering).subject_id == subject
    with pytest.raises(NameTakenError):
        catalog.rename(CatalogKind.SUBJECT, subject, None, "art")
    with pytest.raises(EmptyError):
        catalog.rename(CatalogKind.TAX_CODE, tax, None, "  ")
    with pytest.raises(ChangedMeanwhileError):
        catalog.rename(CatalogKind.SUBJECT, subject, row.version, "Algebra")


def test_what_is_archived_is_not_sold_any_more(catalog: Catalog, tax: int) -> None:
    subject = catalog.add_subject("Maths")
    catalog.archive(CatalogKind.SUBJECT, subject)
    assert catalog.subjects() == ()
    assert [row.is_archived for row in catalog.subjects(with_archived=True)] == [True]
    with pytest.raises(ArchivedError):
        catalog.add_offering(AddOffering("Maths", tax, subject_id=subject))
    assert [row.name for row in catalog.tax_codes()] == ["VAT"]
