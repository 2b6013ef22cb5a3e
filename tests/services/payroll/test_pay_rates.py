"""Rates are agreed with sense, and seen by those they concern."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.models.values.payroll import DistanceUnit, PayKind, PayLevel, PayPer
from app.services.desk import OfficeOnlyError
from app.services.payroll.errors import (
    MileageTermsError,
    OtherPayError,
    PayTermsError,
)
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.requests import AddPremium, SetMileageRate, SetPay
from tests.services.payroll.scene import Scene, at

L = PayLevel
HOURLY = SetPay(L.OFFICE, per=PayPer.HOUR, amount=1000)
MILEAGE = SetMileageRate(Decimal("0.5"), DistanceUnit.MILE, date(2026, 1, 1))
PREMIUM = AddPremium("Sunday", weekdays=(6,), percent=Decimal(10))


@pytest.mark.parametrize(
    "request_",
    [
        replace(HOURLY, level=L.TUTOR),
        replace(HOURLY, tutor_id=1),
        replace(HOURLY, level=L.TUTOR_OFFERING, tutor_id=1),
        replace(HOURLY, level=L.TUTOR, tutor_id=1, level_id=1),
        replace(HOURLY, amount=-1),
        replace(HOURLY, minimum=-1),
        replace(HOURLY, tiers={0: 100}),
        replace(HOURLY, percent=Decimal(10)),
        replace(HOURLY, per=PayPer.PERCENT),
        replace(HOURLY, per=PayPer.PERCENT, percent=Decimal(1001)),
        replace(HOURLY, kind=PayKind.MILEAGE),
        replace(HOURLY, kind=PayKind.PREPARATION, per=PayPer.STUDENT_HOUR),
    ],
)
def test_a_rate_without_sense_is_refused(scene: Scene, request_: SetPay) -> None:
    with pytest.raises(PayTermsError):
        PayRates(scene.desk).set_pay(request_)


@pytest.mark.parametrize(
    "request_",
    [
        replace(MILEAGE, rate=Decimal(-1)),
        replace(MILEAGE, rate=Decimal("NaN")),
        replace(MILEAGE, threshold=Decimal(1)),
        replace(MILEAGE, valid_until=date(2025, 1, 1)),
        replace(MILEAGE, year_starts="02-29"),
        replace(MILEAGE, year_starts="April"),
    ],
)
def test_a_mileage_rate_without_sense_is_refused(
    scene: Scene, request_: SetMileageRate
) -> None:
    with pytest.raises(MileageTermsError):
        PayRates(scene.desk).set_mileage_rate(request_)


@pytest.mark.parametrize(
    "request_",
    [
        replace(PREMIUM, name=" "),
        replace(PREMIUM, amount=1),
        replace(PREMIUM, percent=None),
        replace(PREMIUM, percent=Decimal(-1)),
        replace(PREMIUM, weekdays=(7,)),
        replace(PREMIUM, start_minute=1440),
    ],
)
def test_a_premium_without_sense_is_refused(scene: Scene, request_: AddPremium) -> None:
    with pytest.raises(PayTermsError):
        PayRates(scene.desk).add_premium(request_)


def test_a_new_amount_keeps_the_terms_that_held(scene: Scene) -> None:
    rates = PayRates(scene.desk)
    own = SetPay(L.TUTOR, tutor_id=scene.anna)
    rates.set_pay(replace(own, per=PayPer.SESSION, amount=3000, minimum=2000))
    rates.set_pay(replace(own, amount=3500, valid_from=date(2026, 11, 11)))
    before, after = scene.book(at(10), minutes=90), scene.book(at(11), minutes=90)
    assert (scene.close(before).paid, scene.close(after).paid) == (3000, 3500)
    newest = rates.rates(scene.anna)[-1]
    assert (newest.per, newest.amount, newest.minimum) == (PayPer.SESSION, 3500, 2000)


def test_a_first_amount_without_more_is_by_the_hour(scene: Scene) -> None:
    PayRates(scene.desk).set_pay(
        SetPay(L.TUTOR_OFFERING, tutor_id=scene.anna, offering_id=scene.maths, amount=1)
    )
    assert scene.close(scene.book(at(10))).paid == 1


def test_a_premium_is_paid_from_then_on(scene: Scene) -> None:
    PayRates(scene.desk).add_premium(replace(PREMIUM, weekdays=(1,)))
    assert scene.close(scene.book(at(10))).paid == 2970


def test_a_tutor_sees_the_own_rates_only(scene: Scene) -> None:
    paul = scene.make.tutor("Paul", rate=2000)
    PayRates(scene.desk).set_pay(HOURLY)
    tutors = PayRates(scene.tutors_desk())
    assert [row.amount for row in tutors.rates(scene.anna)] == [2700]
    for refused in (paul, None):
        with pytest.raises(OtherPayError):
            tutors.rates(refused)
    assert [row.level for row in PayRates(scene.desk).rates()] == [
        L.TUTOR,
        L.TUTOR,
        L.OFFICE,
    ]
    with pytest.raises(OfficeOnlyError):
        tutors.set_pay(HOURLY)
    with pytest.raises(OfficeOnlyError):
        tutors.set_mileage_rate(MILEAGE)
    with pytest.raises(OfficeOnlyError):
        tutors.add_premium(PREMIUM)
    with pytest.raises(OfficeOnlyError):
        tutors.adopt_published()
