"""Reads who pays what share of a household's charges on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, or_, select

from app.models.database import Snapshot, Transaction
from app.models.people import Payer, PayerShare
from app.services.charging.facts import ShareFacts

Agreed = Row[*tuple[Any, ...]]

_AGREED = (
    select(
        PayerShare.household_id,
        PayerShare.placement_id,
        PayerShare.payer_id,
        PayerShare.percent,
        PayerShare.amount,
        PayerShare.valid_from,
        PayerShare.valid_until,
        Payer.household_id.label("payer_household"),
    )
    .join(Payer, Payer.id == PayerShare.payer_id)
    .where(
        or_(
            PayerShare.household_id.in_(bindparam("households", expanding=True)),
            PayerShare.placement_id.in_(bindparam("placements", expanding=True)),
        )
    )
    .order_by(PayerShare.position, PayerShare.id)
)
_PAYERS = (
    select(Payer.household_id, Payer.id)
    .where(Payer.household_id.in_(bindparam("households", expanding=True)))
    .order_by(Payer.archived_at.is_not(None), Payer.position, Payer.id)
)


@dataclass(frozen=True, slots=True)
class ShareBook:
    """The shares of some households and placements on all days.

    Attributes:
        agreed: every agreement, in listed order.
        first_payers: by household.
    """

    agreed: Sequence[Agreed]
    first_payers: Mapping[int, int]

    def on_day(
        self, household_ids: Iterable[int], placement_id: int | None, on: date
    ) -> Mapping[int, tuple[ShareFacts, ...]]:
        """Give each household's shares on a day, in listed order.

        The placement's shares win for the households whose payers are among them; of
        several agreements the newest that holds on the day. Without any the
        household's first payer takes all. A household without payers is left out.
        """
        holding = [row for row in self.agreed if _holds(row, on)]
        of_placement = [
            row
            for row in holding
            if row.placement_id is not None and row.placement_id == placement_id
        ]
        concerned = {row.payer_household for row in of_placement}
        found: dict[int, tuple[ShareFacts, ...]] = {}
        for household_id in household_ids:
            payer_id = self.first_payers.get(household_id)
            if payer_id is None:
                continue
            own = [row for row in holding if row.household_id == household_id]
            rows = of_placement if household_id in concerned else own
            found[household_id] = _newest(rows) or (ShareFacts(payer_id),)
        return found


def load_share_book(
    work: Snapshot | Transaction,
    household_ids: Iterable[int],
    placement_ids: Iterable[int],
) -> ShareBook:
    """Read every share of some households and placements."""
    households = sorted(set(household_ids))
    asked = {"households": households, "placements": sorted(set(placement_ids))}
    first: dict[int, int] = {}
    for household_id, payer_id in work.rows(_PAYERS, {"households": households}):
        first.setdefault(household_id, payer_id)
    return ShareBook(work.rows(_AGREED, asked), first)


def load_shares(
    work: Snapshot | Transaction,
    household_ids: Iterable[int],
    placement_id: int | None,
    on: date,
) -> Mapping[int, tuple[ShareFacts, ...]]:
    """Read each household's shares on a day, in listed order."""
    wanted = sorted(set(household_ids))
    placements = [] if placement_id is None else [placement_id]
    book = load_share_book(work, wanted, placements)
    return book.on_day(wanted, placement_id, on)


def _holds(row: Agreed, on: date) -> bool:
    return (row.valid_from or date.min) <= on <= (row.valid_until or date.max)


def _newest(rows: Sequence[Agreed]) -> tuple[ShareFacts, ...]:
    by_start: dict[date, list[ShareFacts]] = defaultdict(list)
    for row in rows:
        share = ShareFacts(row.payer_id, row.percent, row.amount)
        by_start[row.valid_from or date.min].append(share)
    return tuple(by_start[max(by_start)]) if by_start else ()
