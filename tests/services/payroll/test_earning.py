"""What a session earns at a rate, to the cent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.payroll import PayPer
from app.models.values.schedule import PlaceKind
from app.models.values.terms import PayTerms
from app.services.payroll.earning import (
    Measure,
    Premium,
    effective_rate,
    session_pay,
    stepped,
)

H, SESSION = PayPer.HOUR, PayPer.SESSION
STUDENT, PERCENT = PayPer.STUDENT_HOUR, PayPer.PERCENT
TABLE = [
    (PayTerms(H, 2700), Measure(60, (60,)), 2700),
    (PayTerms(H, 2500), Measure(20, (20,)), 833),
    (PayTerms(H, 2700), Measure(90, (60,)), 4050),
    (PayTerms(H, 1000, minimum=2500), Measure(60, (60,)), 2500),
    (PayTerms(H, 1000, minimum=2500), Measure(180, (180,)), 3000),
    (PayTerms(H, 0, minimum=2500), Measure(180, (180,)), 2500),
    (PayTerms(H, 2000, per_extra_student=300), Measure(90, (90,) * 3), 3900),
    (PayTerms(SESSION, 3000, per_extra_student=500), Measure(90, (90,) * 3), 4000),
    (PayTerms(STUDENT, 1000), Measure(60, (50, 51)), 1683),
    (PayTerms(STUDENT, 1000, per_extra_student=100), Measure(60, (60, 60)), 2200),
    (PayTerms(PERCENT, percent=Decimal(50)), Measure(75, (75,), 6000), 3000),
    (PayTerms(PERCENT, percent=Decimal("33.33")), Measure(60, (60,), 4801), 1600),
    (
        PayTerms(PERCENT, percent=Decimal(50), per_extra_student=200),
        Measure(60, (60, 60), 9000),
        4700,
    ),
    (PayTerms(H, 2000, tiers={2: 2400, 4: 2600}), Measure(60, (60,)), 2000),
    (PayTerms(H, 2000, tiers={2: 2400, 4: 2600}), Measure(60, (60,) * 3), 2400),
    (PayTerms(H, 2000, tiers={2: 2400, 4: 2600}), Measure(60, (60,) * 9), 2600),
]


@pytest.mark.parametrize(("terms", "measure", "amount"), TABLE)
def test_pays_by_the_table(terms: PayTerms, measure: Measure, amount: int) -> None:
    assert session_pay(terms, measure, (), "EUR").amount == amount


def test_premiums_add_up_and_are_rounded_once() -> None:
    premiums = [
        Premium("Sunday", percent=Decimal("12.5")),
        Premium("Home", amount=105),
    ]
    measure = Measure(50, (50,))
    earned = session_pay(PayTerms(H, 2701), measure, premiums, "EUR")
    # 2701 x 50/60 x 1.125 + 105 x 50/60 = 2532.1875 + 87.5
    assert earned.amount == 2620
    assert earned.notes == ("with the premium Sunday", "with the premium Home")


def test_the_minimum_is_compared_after_premiums() -> None:
    premium = Premium("Sunday", percent=Decimal(10))
    terms = PayTerms(H, 2400, minimum=2500)
    earned = session_pay(terms, Measure(60, (60,)), [premium], "EUR")
    assert earned.amount == 2640


@pytest.mark.parametrize(
    ("premium", "fits"),
    [
        (Premium("all"), True),
        (Premium("Tuesday", weekdays=frozenset({1})), True),
        (Premium("Monday", weekdays=frozenset({0})), False),
        (Premium("from four", start_minute=960), True),
        (Premium("after four", start_minute=961), False),
        (Premium("until four", end_minute=960), False),
        (Premium("home", place_kind=PlaceKind.HOME), True),
        (Premium("online", place_kind=PlaceKind.ONLINE), False),
        (Premium("from then", valid_from=date(2026, 11, 10)), True),
        (Premium("later", valid_from=date(2026, 11, 11)), False),
        (Premium("until then", valid_until=date(2026, 11, 10)), True),
        (Premium("earlier", valid_until=date(2026, 11, 9)), False),
    ],
)
def test_a_premium_fits_by_time_and_place(premium: Premium, fits: bool) -> None:  # noqa: FBT001  a column of the table
    start = datetime(2026, 11, 10, 16, 0)  # noqa: DTZ001  the office's wall clock
    assert premium.fits(start, PlaceKind.HOME) is fits


@pytest.mark.parametrize(
    ("minutes", "step", "paid"),
    [(61, 15, 75), (60, 15, 60), (1, 30, 30), (0, 15, 0), (47, 1, 47), (47, 0, 47)],
)
def test_minutes_are_rounded_up(minutes: int, step: int, paid: int) -> None:
    assert stepped(minutes, step) == paid


@given(
    amount=st.integers(0, 100_000),
    minutes=st.integers(1, 600),
    students=st.integers(1, 12),
    extra=st.integers(0, 5000),
)
def test_more_time_or_students_never_pay_less(
    amount: int, minutes: int, students: int, extra: int
) -> None:
    terms = PayTerms(H, amount, per_extra_student=extra)

    def pay(minutes: int, students: int) -> int:
        measure = Measure(minutes, (minutes,) * students)
        return session_pay(terms, measure, (), "EUR").amount

    assert pay(minutes, students) <= pay(minutes + 1, students)
    assert pay(minutes, students) <= pay(minutes, students + 1)
    assert effective_rate(terms, students) == amount + extra * (students - 1)
