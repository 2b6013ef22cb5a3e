"""Discounts agreed with households, as documents take them off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from app.models.agreements import Discount
from app.models.database import Snapshot, Transaction
from app.models.values.billing import ChargeKind
from app.services.billing.totals import Reduction

_TUITION = frozenset(
    {
        ChargeKind.SESSION,
        ChargeKind.NO_SHOW,
        ChargeKind.LATE_CANCEL,
        ChargeKind.COURSE,
        ChargeKind.FLAT_FEE,
        ChargeKind.PACKAGE,
    }
)

_OF_HOUSEHOLDS = (
    select(
        Discount.household_id,
        Discount.name,
        Discount.percent,
        Discount.amount,
        Discount.on_document,
        Discount.offering_id,
        Discount.valid_from,
        Discount.valid_until,
    )
    .where(Discount.household_id.in_(bindparam("ids", expanding=True)))
    .order_by(Discount.id)
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """One discount of a household.

    Attributes:
        offering_id: only sessions of this offering; None is all tuition.
        on_document: off the whole document instead of off each line.
    """

    reduction: Reduction
    on_document: bool
    offering_id: int | None
    valid_from: date | None
    valid_until: date | None

    def holds(self, on: date) -> bool:
        """Say whether it holds on a day: of service for lines, of issue for others."""
        starts, ends = self.valid_from or date.min, self.valid_until or date.max
        return starts <= on <= ends

    def fits(self, kind: ChargeKind, offering_id: int | None, on: date) -> bool:
        """Say whether it comes off a line."""
        is_meant = self.offering_id in {None, offering_id}
        return not self.on_document and is_meant and kind in _TUITION and self.holds(on)


def load_agreed(
    work: Snapshot | Transaction, household_ids: Iterable[int]
) -> Mapping[int, Sequence[Agreed]]:
    """Read the discounts of households, in the order in which they were agreed."""
    found: dict[int, list[Agreed]] = defaultdict(list)
    for row in work.rows(_OF_HOUSEHOLDS, {"ids": sorted(household_ids)}):
        found[row.household_id].append(
            Agreed(
                Reduction(row.name, row.percent, row.amount),
                row.on_document,
                row.offering_id,
                row.valid_from,
                row.valid_until,
            )
        )
    return found
