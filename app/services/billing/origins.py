"""What a waiting charge is a part of, and the invoice whose line it replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Snapshot, Transaction
from app.models.people import Payer

if TYPE_CHECKING:
    from app.services.billing.waiting import Waiting


def with_origins(
    work: Snapshot | Transaction,
    listed: Sequence[Waiting],
    follows: Mapping[int, int],
) -> list[Waiting]:
    """Say of charges what their payers share, and what they stand in the place of.

    Args:
        work: where to read.
        listed: the charges.
        follows: by charge, the one that it is the successor of.
    """
    wholes = _wholes(work, listed)
    replaced = _replaced(work, follows)
    return [
        replace(
            each,
            whole=wholes.get(_thing(each)),
            replaces=replaced.get(each.charge_id, ""),
        )
        for each in listed
    ]


def _thing(row: Any) -> object:  # noqa: ANN401  a charge, read in either way
    return (
        row.household_id,
        row.session_id,
        row.student_id,
        row.kind,
        row.source,
        row.period,
    )


def _wholes(
    work: Snapshot | Transaction, listed: Iterable[Waiting]
) -> dict[object, int]:
    """Add up what the payers of a household share, thing by thing."""
    live = [each for each in listed if each.reverses_id is None]
    households = {each.household_id for each in live}
    shared = work.scalars(
        select(Payer.household_id)
        .where(Payer.household_id.in_(households))
        .group_by(Payer.household_id)
        .having(func.count() > 1)
    ).all()
    days = [each.service_on for each in live if each.household_id in set(shared)]
    if not days:
        return {}
    parts: dict[object, dict[int, int]] = defaultdict(dict)
    for row in work.execute(
        select(
            Payer.household_id,
            Charge.session_id,
            Charge.student_id,
            Charge.kind,
            Charge.source,
            Charge.period,
            Charge.payer_id,
            Charge.amount,
        )
        .join(Payer, Payer.id == Charge.payer_id)
        .where(
            Charge.live_key.is_not(None),
            Payer.household_id.in_(shared),
            Charge.service_on.between(min(days), max(days)),
        )
    ):
        parts[_thing(row)][row.payer_id] = row.amount
    return {
        thing: sum(amounts.values())
        for thing, amounts in parts.items()
        if len(amounts) > 1
    }


def _replaced(
    work: Snapshot | Transaction, follows: Mapping[int, int]
) -> dict[int, str]:
    """Name the invoice on which the nearest predecessor of each charge lies."""
    found: dict[int, str] = {}
    sought = dict(follows)
    while sought:
        rows = work.execute(
            select(Charge.id, Charge.successor_of_id, Document.number)
            .outerjoin(DocumentLine, DocumentLine.id == Charge.line_id)
            .outerjoin(Document, Document.id == DocumentLine.document_id)
            .where(Charge.id.in_(set(sought.values())))
        )
        before = {row.id: row for row in rows}
        further: dict[int, int] = {}
        for charge_id, former_id in sought.items():
            former = before[former_id]
            if former.number:
                found[charge_id] = former.number
            elif former.successor_of_id is not None:
                further[charge_id] = former.successor_of_id
        sought = further
    return found
