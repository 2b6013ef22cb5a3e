"""What a session's money depends on, looked up in a picture: rules, prices, shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.models.values.billing import PriceLevel, PricePer
from app.models.values.policies import POLICIES
from tests.properties.ledger_rules import half_away
from tests.properties.picture import Entry, Picture

FIRST = date.min


def minutes_of(session: Entry) -> int:
    """Give a session's planned length."""
    return int((session.ends_at - session.starts_at) / timedelta(minutes=1))


def places_of(picture: Picture, session: Entry) -> list[Entry]:
    """List a session's students in order."""
    rows = picture.of("attendance", "session_id", session.id)
    return sorted(rows, key=lambda row: (row.position, row.id))


def parts_of(picture: Picture, session: Entry) -> list[Entry]:
    """List a session's tutors in order, the main one first."""
    rows = picture.of("session_tutor", "session_id", session.id)
    return sorted(rows, key=lambda row: (row.position, row.id))


def rule_of(picture: Picture, kind: str, on: date, **ids: int | None) -> dict[str, Any]:
    """Give the rule of a kind that holds on a day, numbers as texts or numbers.

    Args:
        picture: the office.
        kind: which rule.
        on: the day.
        ids: ``household``, ``tutor`` and ``offering``; the first that has one wins.
    """
    fitting = [
        row
        for row in picture.of("policy", "kind", kind)
        if (row.valid_from or FIRST) <= on
    ]
    for scope, scope_id in (*ids.items(), ("office", None)):
        found = [
            row for row in fitting if (row.scope, row.scope_id) == (scope, scope_id)
        ]
        if found and (scope == "office" or scope_id is not None):
            newest = max(found, key=lambda row: (row.valid_from or FIRST, row.id))
            return {**POLICIES[kind]().to_plain(), **newest.value}
    return POLICIES[kind]().to_plain()


@dataclass(frozen=True, slots=True)
class Price:
    """A price per hour or session; a split one is for all students together."""

    amount: int
    per_hour: bool
    is_split: bool

    def of(self, minutes: int, whole: int) -> int:
        """Give the price of some of the minutes, rounded once."""
        if self.per_hour:
            return half_away(Fraction(self.amount * minutes, 60))
        return half_away(Fraction(self.amount * minutes, whole))


def tier_of(tiers: dict[str, int], count: int, otherwise: int) -> int:
    """Give the amount for a number of students, the largest tier reached."""
    reached = [int(size) for size in tiers if int(size) <= count]
    return tiers[str(max(reached))] if reached else otherwise


def price_of(
    picture: Picture, session: Entry, household_id: int, count: int
) -> Price | None:
    """Find a household's price: session, course, placement, household, offering."""
    on = picture.day(session.starts_at)
    levels: tuple[tuple[tuple[PriceLevel, ...], dict[str, int | None]], ...] = (
        ((PriceLevel.SESSION,), {"session_id": session.id}),
        ((PriceLevel.PLACEMENT,), {"placement_id": session.placement_id}),
        (
            (PriceLevel.HOUSEHOLD,),
            {"household_id": household_id, "offering_id": session.offering_id},
        ),
        ((PriceLevel.OFFERING_TIER,), {"offering_id": session.offering_id}),
        ((PriceLevel.OFFERING,), {"offering_id": session.offering_id}),
    )
    offering = picture.get("offering", session.offering_id)
    series = picture.tables["series"].get(session.series_id)
    course = None
    if series is not None and not series.is_whole_price:
        course = series.course_amount
    for wanted, ids in levels:
        found = [
            row
            for row in picture.rows("price")
            if row.level in wanted
            and (row.valid_from or FIRST) <= on
            and all(
                value and getattr(row, name) == value for name, value in ids.items()
            )
        ]
        if found:
            row = max(found, key=lambda each: (each.valid_from or FIRST, each.id))
            amount = tier_of(row.tiers, count, row.amount)
            return Price(amount, row.per is PricePer.HOUR, offering.is_split)
        if PriceLevel.SESSION in wanted and course is not None:
            return Price(course, per_hour=False, is_split=False)
    return None


def split(total: int, shares: Sequence[Fraction | int]) -> list[int]:
    """Divide an amount in listed order by cumulative rounding."""
    parts: list[int] = []
    whole, before, running = Fraction(sum(shares)), 0, Fraction(0)
    for share in shares:
        running += share
        now = half_away(total * running / whole)
        parts.append(now - before)
        before = now
    return parts


def payers_of(
    picture: Picture, household_id: int, on: date, total: int
) -> dict[int, int]:
    """Divide a place's amount over a household's payers; nobody pays nothing."""
    shares = [
        row
        for row in picture.of("payer_share", "household_id", household_id)
        if (row.valid_from or FIRST) <= on <= (row.valid_until or date.max)
    ]
    newest = max((row.valid_from or FIRST for row in shares), default=FIRST)
    shares = [row for row in shares if (row.valid_from or FIRST) == newest]
    shares.sort(key=lambda row: (row.position, row.id))
    parts = dict.fromkeys((row.payer_id for row in shares), 0)
    rest = total
    for row in shares:
        if row.amount is not None:
            parts[row.payer_id] += min(row.amount, rest)
            rest -= min(row.amount, rest)
    percents = [row for row in shares if row.percent is not None]
    weights = [Fraction(row.percent) for row in percents]
    for row, part in zip(percents, split(rest, weights), strict=True):
        parts[row.payer_id] += part
    return {payer: part for payer, part in parts.items() if part}


def share_of(amount: int, percent: Decimal | str) -> int:
    """Take a percentage, rounded once."""
    return half_away(amount * Fraction(Decimal(percent)) / 100)
