"""Distances are paid by the table of their date, and by its tiers in a tax year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.catalog import TravelTime
from app.models.closing import MileageClaim, MileageRate
from app.models.payroll import PayRate
from app.models.values.payroll import DistanceUnit, PayKind, PayLevel, PayPer
from app.services.payroll.mileage import (
    DistanceRate,
    amount_of,
    parts,
    rate_on,
    year_start,
)
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.published import published_rates, tax_year_starts
from app.services.payroll.requests import SetMileageRate
from tests.services.payroll.scene import Scene, at

MILE, KM = DistanceUnit.MILE, DistanceUnit.KILOMETRE
TWO_TIERS = SetMileageRate(
    rate=Decimal("0.45"),
    unit=MILE,
    valid_from=date(2026, 4, 6),
    threshold=Decimal(100),
    rate_beyond=Decimal("0.25"),
    year_starts="04-06",
)


@pytest.mark.parametrize(
    ("on", "starts", "first"),
    [
        (date(2026, 4, 5), "04-06", date(2025, 4, 6)),
        (date(2026, 4, 6), "04-06", date(2026, 4, 6)),
        (date(2026, 12, 31), "01-01", date(2026, 1, 1)),
        (date(2026, 6, 30), "07-01", date(2025, 7, 1)),
    ],
)
def test_a_tax_year_starts_on_its_day(on: date, starts: str, first: date) -> None:
    assert year_start(on, starts) == first


@pytest.mark.parametrize(
    ("country", "on", "rate"),
    [
        ("US", date(2026, 6, 30), "0.725"),
        ("US", date(2026, 7, 1), "0.76"),
        ("US", date(2027, 1, 1), None),
        ("US", date(2018, 12, 31), None),
        ("GB", date(2026, 4, 5), "0.45"),
        ("GB", date(2026, 4, 6), "0.55"),
        ("AU", date(2027, 6, 30), "0.91"),
        ("AU", date(2027, 7, 1), None),
        ("CA", date(2026, 5, 5), "0.73"),
        ("DE", date(2030, 1, 1), "0.30"),
        ("FR", date(2026, 1, 1), None),
    ],
)
def test_published_rates_hold_on_their_dates_only(
    country: str, on: date, rate: str | None
) -> None:
    table = [
        DistanceRate(one.unit, one.rate, one.valid_from, one.valid_until)
        for one in published_rates(country)
    ]
    unit = MILE if country in {"US", "GB"} else KM
    found = rate_on(table, unit, on)
    assert (found and str(found.rate)) == rate


def test_every_published_rate_names_its_source() -> None:
    for country in ("US", "GB", "CA", "AU", "DE"):
        assert all(one.source for one in published_rates(country))
    assert tax_year_starts("GB") == "04-06"
    assert tax_year_starts("FR") == "01-01"


@given(
    distance=st.decimals(Decimal("0.1"), Decimal(500), places=1),
    before=st.decimals(Decimal(0), Decimal(500), places=1),
)
def test_a_split_distance_adds_up_and_keeps_to_its_tier(
    distance: Decimal, before: Decimal
) -> None:
    rate = DistanceRate(
        MILE,
        Decimal("0.45"),
        date(2026, 1, 1),
        threshold=Decimal(100),
        beyond=Decimal("0.25"),
    )
    made = parts(distance, before, rate)
    assert sum(part.distance for part in made) == distance
    assert all(part.distance > 0 for part in made)
    near = sum(part.distance for part in made if not part.is_beyond)
    assert near == min(distance, max(Decimal(100) - before, Decimal(0)))


@pytest.mark.parametrize(
    ("distance", "rate", "currency", "amount"),
    [
        ("12.4", "0.70", "USD", 868),
        ("0.5", "0.55", "GBP", 28),
        ("10", "33", "JPY", 330),
        ("1.5", "0.725", "KWD", 1088),
    ],
)
def test_a_distance_pays_its_amount_once_rounded(
    distance: str, rate: str, currency: str, amount: int
) -> None:
    table = DistanceRate(MILE, Decimal(rate), date(2026, 1, 1))
    [part] = parts(Decimal(distance), Decimal(0), table)
    assert amount_of(part, currency) == amount


def test_a_claim_that_crosses_the_threshold_is_split(scene: Scene) -> None:
    PayRates(scene.desk).set_mileage_rate(TWO_TIERS)
    first, second, third = (scene.book(at(day)) for day in (10, 11, 12))
    for session, day in ((first, 10), (second, 11), (third, 12)):
        scene.claim_miles(session, "60", date(2026, 11, day))
        scene.close(session)
    assert _miles(scene, first) == {"": (Decimal(60), 2700)}
    assert _miles(scene, second) == {
        "": (Decimal(40), 1800),
        "beyond": (Decimal(20), 500),
    }
    assert _miles(scene, third) == {"beyond": (Decimal(60), 1500)}


def test_an_earlier_claim_shifts_the_later_ones(scene: Scene) -> None:
    PayRates(scene.desk).set_mileage_rate(TWO_TIERS)
    early, late = scene.book(at(10)), scene.book(at(12))
    scene.claim_miles(late, "80", date(2026, 11, 12))
    scene.close(late)
    scene.pay()
    claim = scene.claim_miles(early, "50", date(2026, 11, 10))
    scene.close(early)
    assert _miles(scene, late) == {
        "": (Decimal(50), 2250),
        "beyond": (Decimal(30), 750),
    }
    assert sum(line.amount for line in scene.all_lines()) == 5400 + 2250 + 2250 + 750
    with scene.make.transaction() as transaction:
        transaction.get_one(MileageClaim, claim).withdrawn_at = scene.clock.now()
    scene.settle(early)
    assert _miles(scene, early) == {}
    assert _miles(scene, late) == {"": (Decimal(80), 3600)}


def test_another_tax_year_starts_anew(scene: Scene) -> None:
    PayRates(scene.desk).set_mileage_rate(TWO_TIERS)
    old, new = scene.book(at(10, month=3)), scene.book(at(10))
    for session, on in ((old, date(2026, 3, 10)), (new, date(2026, 11, 10))):
        scene.claim_miles(session, "90", on)
        scene.close(session)
    assert _miles(scene, old) == {}, "the table starts in April"
    assert _miles(scene, new) == {"": (Decimal(90), 4050)}


def test_a_date_outside_the_table_is_asked_for_and_never_guessed(scene: Scene) -> None:
    rates = PayRates(scene.desk)
    session = scene.book(at(10))
    scene.claim_miles(session, "10", date(2026, 11, 10))
    scene.close(session)
    assert set(scene.amounts(session)) == {PayKind.SESSION}
    rates.set_mileage_rate(TWO_TIERS)
    assert scene.amounts(session)[PayKind.MILEAGE] == 450


def test_the_countrys_rates_are_taken_once_and_can_be_changed(scene: Scene) -> None:
    rates = PayRates(scene.desk)
    assert rates.adopt_published() == 2
    assert rates.adopt_published() == 0
    session = scene.book(at(10))
    scene.claim_miles(session, "10", date(2026, 11, 10))
    scene.close(session)
    assert scene.amounts(session)[PayKind.MILEAGE] == 550
    own = SetMileageRate(Decimal("0.60"), MILE, date(2026, 11, 1))
    assert rates.set_mileage_rate(own) == rates.set_mileage_rate(own)
    scene.settle(session)
    assert scene.amounts(session)[PayKind.MILEAGE] == 600
    assert len(rates.mileage_rates()) == 3


def test_rates_of_another_country_pay_nothing(scene: Scene) -> None:
    rates = PayRates(scene.desk)
    rates.adopt_published()
    stranger = MileageRate(
        country="US", unit=MILE, rate=Decimal("0.99"), valid_from=date(2026, 11, 1)
    )
    scene.make.save(stranger)
    session = scene.book(at(10))
    scene.claim_miles(session, "10", date(2026, 11, 10))
    scene.close(session)
    assert scene.amounts(session)[PayKind.MILEAGE] == 550
    assert {rate.country for rate in rates.mileage_rates()} == {"GB"}


def test_travel_time_is_paid_where_the_office_has_a_rate_for_it(scene: Scene) -> None:
    home, school = scene.make.place("Home"), scene.make.place("School")
    scene.make.save(TravelTime(from_place_id=home, to_place_id=school, minutes=25))
    session = scene.book(at(10))
    claim = scene.claim_miles(
        session, "4", date(2026, 11, 10), from_place_id=home, to_place_id=school
    )
    scene.close(session)
    assert PayKind.TRAVEL_TIME not in scene.amounts(session)
    scene.make.save(
        PayRate(
            level=PayLevel.OFFICE,
            kind=PayKind.TRAVEL_TIME,
            per=PayPer.HOUR,
            amount=1200,
        )
    )
    scene.settle(session)
    [line] = [one for one in scene.lines() if one.kind is PayKind.TRAVEL_TIME]
    assert (line.amount, line.minutes, line.claim) == (500, 25, f"travel:{claim}")


def _miles(scene: Scene, session: int) -> dict[str, tuple[Decimal | None, int]]:
    return {
        line.claim.partition(":")[2].partition(":")[2]: (line.distance, line.amount)
        for line in scene.lines(session)
        if line.kind is PayKind.MILEAGE
    }
