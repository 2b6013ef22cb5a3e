"""How an amount is divided over the payers of a household."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.values.money import cumulative_split
from app.services.charging.errors import NoPayerError
from app.services.charging.facts import HouseholdFacts, ShareFacts


def divide(total: int, household: HouseholdFacts) -> tuple[tuple[int, int], ...]:
    """Give each payer's part, in listed order, without those of nothing.

    Fixed amounts are taken first, never more than there is; the rest goes by percent
    with cumulative rounding in listed order. Where nobody has a percentage the rest is
    the first payer's. A payer listed twice gets one part.

    Raises:
        NoPayerError: The household has nobody who pays.
    """
    shares = household.shares
    if not shares:
        raise NoPayerError(household.name)
    parts = dict.fromkeys((share.payer_id for share in shares), 0)
    rest = total
    for share in shares:
        if share.amount is not None:
            taken = min(share.amount, rest)
            parts[share.payer_id] += taken
            rest -= taken
    for share, part in _by_percent(rest, shares):
        parts[share.payer_id] += part
    return tuple((payer_id, part) for payer_id, part in parts.items() if part)


def _by_percent(
    rest: int, shares: Sequence[ShareFacts]
) -> tuple[tuple[ShareFacts, int], ...]:
    percents = [share for share in shares if share.percent]
    if not percents:
        return ((shares[0], rest),)
    weights = [share.percent or 0 for share in percents]
    return tuple(zip(percents, cumulative_split(rest, weights), strict=True))
