"""Reads the prices that may hold for sessions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select

from app.models.catalog import Price
from app.models.database import Snapshot, Transaction
from app.services.charging.facts import PriceFacts
from app.services.charging.loading_funds import Slot

_PRICES = select(
    Price.id,
    Price.level,
    Price.per,
    Price.amount,
    Price.tiers,
    Price.offering_id,
    Price.household_id,
    Price.placement_id,
    Price.session_id,
    Price.valid_from,
).where(
    or_(
        and_(
            Price.offering_id.in_(bindparam("offerings", expanding=True)),
            or_(
                Price.household_id.is_(None),
                Price.household_id.in_(bindparam("households", expanding=True)),
            ),
            Price.placement_id.is_(None),
            Price.session_id.is_(None),
        ),
        Price.session_id.in_(bindparam("sessions", expanding=True)),
        Price.placement_id.in_(bindparam("placements", expanding=True)),
    )
)


@dataclass(frozen=True, slots=True)
class PriceList:
    """The prices of several sessions, their offerings, placements and households."""

    rows: Sequence[Row[Any]]

    def of(self, slot: Slot, household_ids: Collection[int]) -> tuple[PriceFacts, ...]:
        """Give the prices that may hold for one session of the households."""
        return tuple(
            PriceFacts(
                price_id=row.id,
                level=row.level,
                per=row.per,
                amount=row.amount,
                tiers={int(size): amount for size, amount in row.tiers.items()},
                household_id=row.household_id,
                valid_from=row.valid_from,
            )
            for row in self.rows
            if _is_for(row, slot, household_ids)
        )


def load_prices(
    work: Snapshot | Transaction, slots: Sequence[Slot], household_ids: Iterable[int]
) -> PriceList:
    """Read every price that may hold for some sessions of some households."""
    placements = {slot.placement_id for slot in slots if slot.placement_id is not None}
    asked = {
        "offerings": sorted({slot.offering_id for slot in slots}),
        "households": sorted(household_ids),
        "sessions": sorted({slot.session_id for slot in slots}),
        "placements": sorted(placements),
    }
    return PriceList(work.rows(_PRICES, asked))


def _is_for(row: Row[Any], slot: Slot, household_ids: Collection[int]) -> bool:
    if row.session_id is not None and row.session_id == slot.session_id:
        return True
    if row.placement_id is not None:
        return bool(row.placement_id == slot.placement_id)
    return (
        row.session_id is None
        and row.offering_id == slot.offering_id
        and (row.household_id is None or row.household_id in household_ids)
    )
