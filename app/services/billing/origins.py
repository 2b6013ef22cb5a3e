"""What a waiting charge is a part of, and the invoice whose line it replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from sqlalchemy import bindparam, func, select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Snapshot, Transaction
from app.models.people import Payer

_OWN_DAY = func.coalesce(Charge.original_on, Charge.service_on)
_SHARED = (
    select(Payer.household_id)
    .where(Payer.household_id.in_(bindparam("ids", expanding=True)))
    .group_by(Payer.household_id)
    .having(func.count() > 1)
)


class Shared(Protocol):
    """A charge as far as it says what its payers share."""

    @property
    def household_id(self) -> int:
        """The household of the payer."""

    @property
    def service_on(self) -> date:
        """The day of service."""

    @property
    def reverses_id(self) -> int | None:
        """The charge that it takes back."""


def thing_of(row: Any) -> object:  # noqa: ANN401  a charge, read in either way
    """Name what a charge is for, the same for every payer of it."""
    return (
        row.household_id,
        row.session_id,
        row.student_id,
        row.kind,
        row.source,
        row.period,
    )


def wholes(work: Snapshot | Transaction, listed: Iterable[Shared]) -> dict[object, int]:
    """Add up what several payers of a household share, by the thing it is for."""
    live = [each for each in listed if each.reverses_id is None]
    households = {each.household_id for each in live}
    shared = {row[0] for row in work.rows(_SHARED, {"ids": sorted(households)})}
    days = [each.service_on for each in live if each.household_id in shared]
    if not days:
        return {}
    parts: dict[object, dict[int, int]] = defaultdict(dict)
    for row in work.rows(
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
            _OWN_DAY.between(min(days), max(days)),
        )
    ):
        parts[thing_of(row)][row.payer_id] = row.amount
    return {
        thing: sum(amounts.values())
        for thing, amounts in parts.items()
        if len(amounts) > 1
    }


def replaced(
    work: Snapshot | Transaction, follows: Mapping[int, int]
) -> dict[int, str]:
    """Name the invoice on which the nearest predecessor of each charge lies."""
    found: dict[int, str] = {}
    sought = dict(follows)
    while sought:
        rows = work.rows(
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
