"""Setting prices, each at one level of the hierarchy and valid from a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from app.models.catalog import Offering, Price
from app.models.database import Snapshot, Transaction
from app.models.faults import ChangedMeanwhileError
from app.models.people import Household
from app.models.scheduling import Placement, Session
from app.models.values import entries
from app.models.values.billing import PriceLevel, PricePer
from app.services.catalog.errors import NoFormerPriceError, PriceIdsError, TierError
from app.services.catalog.requests import SetPrice
from app.services.desk import fetch
from app.services.records import usable
from app.text import _

_NEEDED: Mapping[PriceLevel, frozenset[str]] = {
    PriceLevel.OFFERING: frozenset({"offering_id"}),
    PriceLevel.OFFERING_TIER: frozenset({"offering_id"}),
    PriceLevel.HOUSEHOLD: frozenset({"household_id", "offering_id"}),
    PriceLevel.PLACEMENT: frozenset({"placement_id"}),
    PriceLevel.SESSION: frozenset({"session_id"}),
}


def write_price(transaction: Transaction, request: SetPrice) -> int:
    """Set a price as a step of a transaction, and give its row's id.

    Raises:
        PriceIdsError: The ids are not those that the level names.
        NoFormerPriceError: It was to keep what it is for, but none holds.
        ChangedMeanwhileError: Another price holds than was looked at.
        InputError: An amount or a tier cannot be.
    """
    ids = _ids(request)
    amount = entries.amount(request.amount, _("price"))
    tiers = checked_tiers(request.tiers)
    _require_records(transaction, ids)
    former = holding(transaction, request.level, ids, request.valid_from)
    if request.former_id is not None and (
        former is None or former.id != request.former_id
    ):
        raise ChangedMeanwhileError
    per = request.per or (former.per if former else None)
    if per is None:
        raise NoFormerPriceError
    price = Price(
        level=request.level,
        per=PricePer(per),
        amount=amount,
        tiers=tiers,
        valid_from=request.valid_from,
        **ids,
    )
    transaction.add(price)
    transaction.flush()
    return price.id


def holding(
    work: Snapshot | Transaction,
    level: PriceLevel,
    ids: Mapping[str, Any],
    on: date | None,
) -> Price | None:
    """Find the price row of one level that holds on a day (None: from the beginning).

    Of rows valid from the same day the one set last holds.
    """
    rows = work.scalars(select(Price).where(Price.level == level).filter_by(**ids))
    fitting = [row for row in rows if (row.valid_from or date.min) <= (on or date.min)]
    return max(
        fitting, key=lambda row: (row.valid_from or date.min, row.id), default=None
    )


def checked_tiers(tiers: Mapping[int, int]) -> dict[str, int]:
    """Check amounts by number of students, and write them as they are kept."""
    for students in tiers:
        if isinstance(students, bool) or students < 1:
            raise TierError(students)
    return {
        str(students): entries.amount(tiers[students], _("price"))
        for students in sorted(tiers)
    }


def _ids(request: SetPrice) -> dict[str, int]:
    given = {
        "offering_id": request.offering_id,
        "household_id": request.household_id,
        "placement_id": request.placement_id,
        "session_id": request.session_id,
    }
    ids = {name: value for name, value in given.items() if value is not None}
    if request.level not in _NEEDED or ids.keys() != _NEEDED[request.level]:
        raise PriceIdsError(request.level)
    return ids


def _require_records(transaction: Transaction, ids: Mapping[str, int]) -> None:
    if "offering_id" in ids:
        usable(transaction, Offering, ids["offering_id"], _("offering"))
    if "household_id" in ids:
        usable(transaction, Household, ids["household_id"], _("family"))
    if "placement_id" in ids:
        usable(transaction, Placement, ids["placement_id"], _("placement"))
    if "session_id" in ids:
        fetch(transaction, Session, ids["session_id"], _("session"))
