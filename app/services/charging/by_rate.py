"""What a household pays for a student's place by its own rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.models.values.billing import PriceBasis
from app.models.values.money import cumulative_split, percent_of, round_half_away
from app.services.charging.dues import (
    Due,
    attending,
    booked,
    held_minutes,
    planned,
)
from app.services.charging.facts import Draft, SessionFacts, StudentFacts
from app.services.charging.prices import Rate, find_rate, trial_rate
from app.services.charging.shares import divide


@dataclass(frozen=True, slots=True)
class Priced:
    """A place's price by rate, in minor units, and the rate that made it."""

    rate: Rate
    amount: int


def charge_by_rate(facts: SessionFacts, due: Due) -> tuple[Draft, ...]:
    """Charge a whole place; for a missed one the policy's percentage of its price.

    Raises:
        UnpricedError: There is no rate, or nobody who pays.
    """
    priced = _whole(facts, due)
    amount = priced.amount
    if due.percent is not None:
        amount = percent_of(amount, due.percent)
    return _drafts(facts, due, Priced(priced.rate, amount), due.minutes, due.reason)


def charge_rest(
    facts: SessionFacts, due: Due, minutes: int, reason: str
) -> tuple[Draft, ...]:
    """Charge the minutes of a place that something else leaves uncovered.

    For a missed place they are minutes of the percentage already. A rest has no
    minimum.

    Raises:
        UnpricedError: There is no rate, or nobody who pays.
    """
    rate = _rate(facts, due)
    total = rate.price(minutes, due.minutes)
    amount = _part(due.student, booked(facts), rate, total)
    rest = Due(due.student, due.kind, minutes)
    return _drafts(facts, rest, Priced(rate, amount), minutes, reason)


def price_by_rate(facts: SessionFacts, *, as_planned: bool = False) -> int:
    """Tell a session's price by rate, net of tax and before discounts.

    The sum over the attending students of what their minutes cost, whatever package,
    flat fee, contract or trial price then pays for it; as planned, the sum of the
    planned prices of those booked and not called off in time, and where the office or
    the tutor called the whole session off, of those whom that concerned.

    Raises:
        MissingRateError: A student's place has no rate.
    """
    if as_planned:
        sharing = planned(facts)
        lengths = [(one, facts.planned_minutes) for one in sharing]
    else:
        sharing = booked(facts)
        lengths = [(one, held_minutes(facts, one)) for one in attending(facts)]
    total = 0
    for one, minutes in lengths:
        rate = find_rate(facts, one.household_id, len(lengths))
        total += _price(one, sharing, rate, minutes)
    if facts.basis is PriceBasis.NET:
        return total
    divisor = 100 + Fraction(facts.offering.tax_rate)
    return round_half_away(100 * total / divisor)


def _whole(facts: SessionFacts, due: Due) -> Priced:
    rate = _rate(facts, due)
    return Priced(rate, _price(due.student, booked(facts), rate, due.minutes))


def _price(
    student: StudentFacts, sharing: Sequence[StudentFacts], rate: Rate, minutes: int
) -> int:
    part = _part(student, sharing, rate, rate.price(minutes, minutes))
    return max(part, rate.minimum)


def _rate(facts: SessionFacts, due: Due) -> Rate:
    trial = facts.offering.trial_amount
    if facts.is_trial and trial is not None:
        return trial_rate(trial)
    came = due.percent is None
    count = len(attending(facts)) if came else len(booked(facts))
    return find_rate(facts, due.student.household_id, count)


def _part(
    student: StudentFacts, sharing: Sequence[StudentFacts], rate: Rate, total: int
) -> int:
    """Give a student's part of a split price by cumulative rounding in listed order."""
    if not rate.is_split:
        return total
    parts = cumulative_split(total, [1] * len(sharing))
    return parts[sharing.index(student)]


def _drafts(
    facts: SessionFacts, due: Due, priced: Priced, minutes: int, reason: str
) -> tuple[Draft, ...]:
    household = facts.households[due.student.household_id]
    return tuple(
        Draft(
            service_on=facts.service_on,
            student_id=due.student.student_id,
            payer_id=payer_id,
            kind=due.kind,
            tax_code_id=facts.offering.tax_code_id,
            amount=part,
            minutes=minutes,
            rate=priced.rate.amount,
            rate_per=priced.rate.per.value,
            rate_source=priced.rate.level.value,
            percent=due.percent,
            reason=reason,
        )
        for payer_id, part in divide(priced.amount, household)
    )
