"""A way beyond the policy's limit is paid once the office has approved it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.models.closing import MileageClaim
from app.models.values.entries import NumberError
from app.models.values.payroll import DistanceUnit, PayKind
from app.services.desk import OfficeOnlyError
from app.services.payroll.deciding import DecideExpense, DecideMileage
from app.services.payroll.entries import PayEntries
from app.services.payroll.errors import ClaimWithdrawnError, PayEntryError
from app.services.payroll.lines import PayLines
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.requests import PayRunOf, SetMileageRate
from app.services.payroll.runs import PayRuns
from tests.services.payroll.scene import NOVEMBER, Scene, at

PERIOD = PayRunOf(*NOVEMBER, NOVEMBER[1])
HALF = SetMileageRate(Decimal("0.50"), DistanceUnit.MILE, date(2026, 4, 6))


@pytest.fixture
def entries(scene: Scene) -> PayEntries:
    return PayEntries(scene.desk)


def test_a_way_is_paid_once_it_is_approved(scene: Scene, entries: PayEntries) -> None:
    PayRates(scene.desk).set_mileage_rate(HALF)
    session = scene.book(at(10))
    claim = scene.claim_miles(session, "120", date(2026, 11, 10), approved=None)
    scene.close(session)
    [waiting] = PayLines(scene.desk).waiting_mileage()
    assert (waiting.claim_id, waiting.distance) == (claim, Decimal(120))
    assert PayKind.MILEAGE not in scene.amounts()
    [found] = PayRuns(scene.desk).preview(PERIOD).exceptions
    assert found.kind == "mileage_waits"
    assert found.sentence == "The way of 120 mile on 10 Nov 2026 waits for a decision."
    entries.approve_mileage(claim, Decimal(100))
    assert scene.amounts()[PayKind.MILEAGE] == 5000
    entries.approve_mileage(claim)
    assert scene.amounts()[PayKind.MILEAGE] == 6000
    assert PayLines(scene.desk).waiting_mileage() == ()
    entries.approve_mileage(claim, Decimal(0))
    assert PayKind.MILEAGE not in scene.amounts()
    for wrong in ("-1", "2000.1", "NaN"):
        with pytest.raises(NumberError):
            entries.approve_mileage(claim, Decimal(wrong))
    with scene.make.transaction() as transaction:
        transaction.get_one(MileageClaim, claim).withdrawn_at = scene.clock.now()
    with pytest.raises(ClaimWithdrawnError):
        entries.approve_mileage(claim)


def test_a_way_that_waits_uses_up_nothing_of_the_years_first_tier(
    scene: Scene, entries: PayEntries
) -> None:
    tiers = replace(HALF, threshold=Decimal(100), rate_beyond=Decimal("0.10"))
    PayRates(scene.desk).set_mileage_rate(tiers)
    early, late = scene.book(at(10)), scene.book(at(12))
    claim = scene.claim_miles(early, "90", date(2026, 11, 10), approved=None)
    scene.claim_miles(late, "100", date(2026, 11, 12))
    for session in (early, late):
        scene.close(session)
    assert scene.amounts()[PayKind.MILEAGE] == 5000
    entries.approve_mileage(claim)
    ways = [line.amount for line in scene.lines(late) if line.kind is PayKind.MILEAGE]
    assert sorted(ways) == [500, 900]


def test_several_claims_are_decided_in_one_step_or_not_at_all(
    scene: Scene, entries: PayEntries
) -> None:
    PayRates(scene.desk).set_mileage_rate(HALF)
    session = scene.book(at(10))
    way = scene.claim_miles(session, "120", date(2026, 11, 10), approved=None)
    book = scene.claim_expense(session, 1250, is_approved=False)
    scene.close(session)
    for absurd in (-1, 10**10 + 1):
        with pytest.raises(PayEntryError):
            entries.decide((DecideMileage(way), DecideExpense(book, absurd)))
    assert len(PayLines(scene.desk).waiting_mileage()) == 1
    entries.decide((DecideMileage(way), DecideExpense(book, 1000)))
    assert scene.amounts()[PayKind.MILEAGE] == 6000
    assert scene.amounts()[PayKind.EXPENSE] == 1000
    with pytest.raises(OfficeOnlyError):
        PayEntries(scene.tutors_desk()).decide((DecideMileage(way),))
