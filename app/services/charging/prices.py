"""Which price holds, where it was found, and what it makes for some minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.models.values.billing import PriceLevel, PricePer
from app.models.values.money import round_half_away, time_amount
from app.services.charging.errors import MissingRateError
from app.services.charging.facts import PriceFacts, SessionFacts

_STRONGEST_FIRST = (
    PriceLevel.PLACEMENT,
    PriceLevel.HOUSEHOLD,
    PriceLevel.OFFERING_TIER,
    PriceLevel.OFFERING,
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A price for one student's place, or for all of them where it is split.

    Attributes:
        amount: minor units per hour or session.
        minimum: the least charge for a whole place, minor units.
    """

    level: PriceLevel
    per: PricePer
    amount: int
    is_split: bool = False
    minimum: int = 0

    def price(self, minutes: int, whole: int) -> int:
        """Price some of a session's minutes, rounded once.

        A price per session is for the whole; fewer minutes take their part of it.
        """
        if self.per is PricePer.HOUR:
            return time_amount(self.amount, minutes)
        if minutes == whole:
            return self.amount
        return round_half_away(Fraction(self.amount * minutes, whole))


def tier(tiers: Mapping[int, int], count: int) -> int | None:
    """Find the amount for a number of students.

    Above the largest tier the largest holds; below the smallest there is none.
    """
    reached = [size for size in tiers if size <= count]
    return tiers[max(reached)] if reached else None


def find_rate(facts: SessionFacts, household_id: int, count: int) -> Rate:
    """Find a household's rate: the strongest level, and there the newest price.

    Session, course, placement, household, the offering's tier, the offering's default.

    Args:
        facts: the session.
        household_id: whose rate it is.
        count: the number of students that decides the tier.

    Raises:
        MissingRateError: No level has a price that holds on the day.
    """
    minimum = facts.offering.minimum_amount or 0
    own = _newest(facts, PriceLevel.SESSION, household_id)
    if own is None and facts.course_amount is not None:
        amount = facts.course_amount
        return Rate(PriceLevel.COURSE, PricePer.SESSION, amount, minimum=minimum)
    rest = (_newest(facts, level, household_id) for level in _STRONGEST_FIRST)
    found = own or next((price for price in rest if price is not None), None)
    if found is None:
        raise MissingRateError(facts.offering.name, facts.service_on)
    tiered = tier(found.tiers, count)
    amount = found.amount if tiered is None else tiered
    is_tier = tiered is not None and found.level is PriceLevel.OFFERING
    level = PriceLevel.OFFERING_TIER if is_tier else found.level
    return Rate(level, found.per, amount, facts.offering.is_split, minimum)


def trial_rate(amount: int) -> Rate:
    """Make the rate of a trial session: per student, never split, no minimum."""
    return Rate(PriceLevel.OFFERING, PricePer.SESSION, amount)


def _newest(
    facts: SessionFacts, level: PriceLevel, household_id: int
) -> PriceFacts | None:
    fitting = (
        price
        for price in facts.prices
        if price.level is level
        and price.household_id in {None, household_id}
        and (price.valid_from or date.min) <= facts.service_on
    )
    return _latest(fitting)


def _latest(prices: Iterable[PriceFacts]) -> PriceFacts | None:
    return max(
        prices,
        key=lambda price: (price.valid_from or date.min, price.price_id),
        default=None,
    )
