"""Reads who pays what share of a household's charges on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from app.models.database import Snapshot, Transaction
from app.models.people import Payer, PayerShare
from app.services.charging.facts import ShareFacts


def load_shares(
    work: Snapshot | Transaction,
    household_ids: Iterable[int],
    placement_id: int | None,
    on: date,
) -> Mapping[int, tuple[ShareFacts, ...]]:
    """Read each household's shares, in listed order.

    The placement's shares win for the households whose payers are among them; of
    several agreements the newest that holds on the day. Without any the household's
    first payer takes all. A household without payers is left out.
    """
    wanted = set(household_ids)
    agreed = _agreed(work, wanted, placement_id, on)
    of_placement = [row for row in agreed if row.placement_id is not None]
    concerned = {row.payer_household for row in of_placement}
    found: dict[int, tuple[ShareFacts, ...]] = {}
    for household_id, payer_id in _first_payers(work, wanted).items():
        own = [row for row in agreed if row.household_id == household_id]
        rows = of_placement if household_id in concerned else own
        found[household_id] = _newest(rows) or (ShareFacts(payer_id),)
    return found


def _agreed(
    work: Snapshot | Transaction,
    household_ids: set[int],
    placement_id: int | None,
    on: date,
) -> list[Row[Any]]:
    owners: list[ColumnElement[bool]] = [PayerShare.household_id.in_(household_ids)]
    if placement_id is not None:
        owners.append(PayerShare.placement_id == placement_id)
    query = (
        select(
            PayerShare.household_id,
            PayerShare.placement_id,
            PayerShare.payer_id,
            PayerShare.percent,
            PayerShare.amount,
            PayerShare.valid_from,
            Payer.household_id.label("payer_household"),
        )
        .join(Payer, Payer.id == PayerShare.payer_id)
        .where(
            or_(*owners),
            or_(PayerShare.valid_from.is_(None), PayerShare.valid_from <= on),
            or_(PayerShare.valid_until.is_(None), PayerShare.valid_until >= on),
        )
        .order_by(PayerShare.position, PayerShare.id)
    )
    return list(work.execute(query))


def _newest(rows: list[Row[Any]]) -> tuple[ShareFacts, ...]:
    by_start: dict[date, list[ShareFacts]] = defaultdict(list)
    for row in rows:
        share = ShareFacts(row.payer_id, row.percent, row.amount)
        by_start[row.valid_from or date.min].append(share)
    return tuple(by_start[max(by_start)]) if by_start else ()


def _first_payers(
    work: Snapshot | Transaction, household_ids: set[int]
) -> dict[int, int]:
    rows = work.execute(
        select(Payer.household_id, Payer.id)
        .where(Payer.household_id.in_(household_ids))
        .order_by(Payer.archived_at.is_not(None), Payer.position, Payer.id)
    )
    first: dict[int, int] = {}
    for household_id, payer_id in rows:
        first.setdefault(household_id, payer_id)
    return first
