"""An office is set up once, with everything that others rely on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.bootstrap import open_office
from app.models.billing import NumberSeries
from app.models.catalog import TaxCode
from app.models.database import Database
from app.models.faults import ChangedMeanwhileError
from app.models.values.actors import COMMAND_LINE
from app.models.values.billing import DocumentKind, PriceBasis
from app.models.values.entries import NumberError, ZoneError
from app.models.values.errors import InputError
from app.models.values.money import CurrencyError
from app.services.desk import (
    Desk,
    NoProfileError,
    OfficeOnlyError,
    UnknownZoneError,
    profile,
)
from app.services.profile import (
    AlreadySetUpError,
    ChangeOffice,
    CurrencyInUseError,
    GridError,
    OfficeSettings,
    SamePrefixError,
    SetUpOffice,
    UnitError,
)
from tests.fakes import FakeClock
from tests.once import Fresh
from tests.services.conftest import tutor_desk

PLAIN = SetUpOffice(name="Chalk Street", zone="Europe/Berlin", currency="EUR")


@pytest.fixture
def bare(database: Database, clock: FakeClock) -> Desk:
    return Desk(database, clock, COMMAND_LINE)


def test_sets_up_with_numbering_and_the_exempt_tax_code(bare: Desk) -> None:
    rows = (("IBAN", "DE02"), ("BIC", "X"))
    OfficeSettings(bare).set_up(
        replace(PLAIN, prices=PriceBasis.GROSS, payment_rows=rows)
    )
    office = OfficeSettings(bare).office()
    assert (office.name, office.zone) == ("Chalk Street", "Europe/Berlin")
    assert office.prices is PriceBasis.GROSS
    assert office.payment_rows == rows
    with bare.snapshot() as snapshot:
        kinds = {row.kind: row.prefix for row in snapshot.scalars(select(NumberSeries))}
        codes = snapshot.scalars(select(TaxCode)).all()
    assert kinds == {DocumentKind.INVOICE: "INV-", DocumentKind.CREDIT_NOTE: "CN-"}
    assert [(code.name, code.rate, code.category) for code in codes] == [
        ("exempt", Decimal(0), "E")
    ]


def test_is_set_up_only_once(bare: Desk) -> None:
    OfficeSettings(bare).set_up(PLAIN)
    with pytest.raises(AlreadySetUpError):
        OfficeSettings(bare).set_up(PLAIN)


def test_has_no_record_before(bare: Desk) -> None:
    with pytest.raises(NoProfileError):
        OfficeSettings(bare).office()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"zone": "Berlin"}, ZoneError),
        ({"currency": "XYZ"}, CurrencyError),
        ({"grid_minutes": 7}, GridError),
        ({"distance_unit": "furlong"}, UnitError),
        ({"payment_days": -1}, NumberError),
        ({"credit_note_prefix": "INV-"}, SamePrefixError),
    ],
)
def test_refuses_what_cannot_be(
    bare: Desk, more: dict[str, Any], error: type[InputError]
) -> None:
    with pytest.raises(error):
        OfficeSettings(bare).set_up(replace(PLAIN, **more))
    with pytest.raises(NoProfileError):
        OfficeSettings(bare).office()


def test_changes_only_what_is_said(bare: Desk) -> None:
    settings = OfficeSettings(bare)
    settings.set_up(replace(PLAIN, address="Old Road"))
    settings.change_office(ChangeOffice(version=1, name="New name"))
    office = settings.office()
    assert (office.name, office.address, office.version) == ("New name", "Old Road", 2)


def test_a_stale_change_overwrites_nothing(bare: Desk) -> None:
    settings = OfficeSettings(bare)
    settings.set_up(PLAIN)
    settings.change_office(ChangeOffice(version=1, name="First"))
    with pytest.raises(ChangedMeanwhileError):
        settings.change_office(ChangeOffice(version=1, name="Second"))
    assert settings.office().name == "First"


def test_keeps_its_currency(bare: Desk) -> None:
    settings = OfficeSettings(bare)
    settings.set_up(PLAIN)
    with pytest.raises(CurrencyInUseError):
        settings.change_office(ChangeOffice(version=1, currency="USD"))


def test_is_the_office_s_to_change(desk: Desk) -> None:
    with pytest.raises(OfficeOnlyError):
        OfficeSettings(tutor_desk(desk, 1)).change_office(ChangeOffice(1, name="Mine"))


def test_every_office_is_told_from_every_other(
    bare: Desk, fresh_sqlite: Fresh, clock: FakeClock
) -> None:
    OfficeSettings(bare).set_up(PLAIN)
    uid = OfficeSettings(bare).office().uid
    assert len(uid) == 32
    other = open_office(fresh_sqlite(), clock=clock)
    assert other.settings.office().uid != uid
    other.close()


def test_a_zone_that_is_none_is_named_in_one_sentence(
    bare: Desk,
) -> None:
    OfficeSettings(bare).set_up(PLAIN)
    with bare.transaction("spoil") as transaction:
        profile(transaction).zone = "Nowhere/X"
    for _time in range(2):
        with pytest.raises(UnknownZoneError, match="“Nowhere/X”"):
            OfficeSettings(bare).office()
