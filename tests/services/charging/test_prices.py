"""Which price holds, and what it makes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.values.billing import PriceLevel, PricePer
from app.services.charging.errors import MissingRateError
from app.services.charging.facts import PriceFacts
from app.services.charging.prices import Rate, find_rate, tier, trial_rate
from tests.services.charging.pictures import DAY, price, session

OFFERING = price(1000)
TIERED = price(1000, tiers={2: 900, 4: 700})
HOUSEHOLD = price(2000, level=PriceLevel.HOUSEHOLD, household_id=1)
PLACEMENT = price(3000, level=PriceLevel.PLACEMENT)
SESSION = price(4000, level=PriceLevel.SESSION)


@pytest.mark.parametrize(
    ("prices", "count", "level", "amount"),
    [
        ([OFFERING], 1, PriceLevel.OFFERING, 1000),
        ([TIERED], 1, PriceLevel.OFFERING, 1000),
        ([TIERED], 3, PriceLevel.OFFERING_TIER, 900),
        ([TIERED, HOUSEHOLD], 3, PriceLevel.HOUSEHOLD, 2000),
        ([HOUSEHOLD, PLACEMENT], 1, PriceLevel.PLACEMENT, 3000),
        ([SESSION, PLACEMENT, OFFERING], 1, PriceLevel.SESSION, 4000),
    ],
)
def test_the_strongest_level_wins(
    prices: list[PriceFacts], count: int, level: PriceLevel, amount: int
) -> None:
    rate = find_rate(session(prices=prices), 1, count)
    assert (rate.level, rate.amount) == (level, amount)


def test_another_households_price_is_not_ours() -> None:
    others = price(2000, level=PriceLevel.HOUSEHOLD, household_id=2)
    assert find_rate(session(prices=[others, OFFERING]), 1, 1).amount == 1000


def test_the_newest_price_that_holds_already_wins() -> None:
    prices = [
        price(1000),
        price(1100, price_id=2, valid_from=date(2026, 9, 1)),
        price(1200, price_id=3, valid_from=DAY),
        price(1300, price_id=4, valid_from=DAY + timedelta(days=1)),
    ]
    assert find_rate(session(prices=prices), 1, 1).amount == 1200


def test_of_two_prices_from_the_same_day_the_later_entered_wins() -> None:
    prices = [price(1000, price_id=5), price(1100, price_id=4)]
    assert find_rate(session(prices=prices), 1, 1).amount == 1000


def test_a_course_by_session_has_its_own_price_unless_the_session_has_one() -> None:
    course = find_rate(session(prices=[PLACEMENT], course_amount=1500), 1, 1)
    assert (course.level, course.amount) == (PriceLevel.COURSE, 1500)
    assert find_rate(session(prices=[SESSION], course_amount=1500), 1, 1).amount == 4000


def test_no_price_names_the_offering_and_the_day() -> None:
    with pytest.raises(MissingRateError, match=r"“Maths” .* 10 Nov 2026"):
        find_rate(session(prices=[]), 1, 1)


@pytest.mark.parametrize(
    ("count", "amount"), [(1, None), (2, 45), (3, 45), (4, 40), (9, 40)]
)
def test_above_the_largest_tier_the_largest_holds(
    count: int, amount: int | None
) -> None:
    assert tier({4: 40, 2: 45}, count) == amount


@pytest.mark.parametrize(
    ("rate", "minutes", "amount"),
    [
        (5000, 20, 1667),  # a time line is rounded once
        (12_500, 20, 4167),  # dinars have a thousand fils
        (5001, 30, 2501),  # yen have no part; a half goes away from zero
        (5000, 0, 0),
    ],
)
def test_an_hourly_rate_is_for_the_minutes(
    rate: int, minutes: int, amount: int
) -> None:
    assert Rate(PriceLevel.OFFERING, PricePer.HOUR, rate).price(minutes, 60) == amount


@pytest.mark.parametrize(
    ("minutes", "whole", "amount"), [(90, 90, 5000), (30, 90, 1667), (0, 0, 5000)]
)
def test_a_price_per_session_is_for_the_whole(
    minutes: int, whole: int, amount: int
) -> None:
    rate = Rate(PriceLevel.OFFERING, PricePer.SESSION, 5000)
    assert rate.price(minutes, whole) == amount


def test_a_trial_price_is_each_students_whatever_the_offering_splits() -> None:
    rate = trial_rate(1500)
    assert (rate.price(45, 45), rate.is_split, rate.minimum) == (1500, False, 0)
