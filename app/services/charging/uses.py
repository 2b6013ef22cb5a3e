"""Writes what a session takes from lots, contracts and make-up credits.

What is still right is kept; the rest is given back and taken anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import Select, bindparam, select

from app.models.agreements import ContractUse, LotUse, MakeUpCredit, MakeUpUse
from app.models.database import Transaction
from app.models.scheduling import Session
from app.models.values.schedule import local_date
from app.services.charging.errors import MakeUpUsedError
from app.services.charging.sessions import Cost, CreditOwed
from app.services.desk import zone
from app.services.session_parts import has_any

Kept = TypeVar("Kept", LotUse, ContractUse, MakeUpUse, MakeUpCredit)

_LOT_USES = select(LotUse).where(
    LotUse.session_id.in_(bindparam("ids", expanding=True)),
    LotUse.returned_at.is_(None),
)
_CONTRACT_USES = select(ContractUse).where(
    ContractUse.session_id.in_(bindparam("ids", expanding=True)),
    ContractUse.returned_at.is_(None),
)
_CREDIT_USES = select(MakeUpUse).where(
    MakeUpUse.session_id.in_(bindparam("ids", expanding=True)),
    MakeUpUse.returned_at.is_(None),
)
_CREDITS = select(MakeUpCredit).where(
    MakeUpCredit.session_id.in_(bindparam("ids", expanding=True)),
    MakeUpCredit.withdrawn_at.is_(None),
)
_KINDS = (LotUse, ContractUse, MakeUpUse, MakeUpCredit)


@dataclass(frozen=True, slots=True)
class Taking:
    """What one session takes and gives, as its cost says.

    Attributes:
        on: its service date.
    """

    session_id: int
    on: date
    cost: Cost


def keep_uses(
    transaction: Transaction, now: datetime, takings: Sequence[Taking]
) -> None:
    """Let sessions have taken and given exactly what their costs say.

    Raises:
        MakeUpUsedError: A make-up credit that one no longer gives was used already.
    """
    session_ids = [taking.session_id for taking in takings]
    is_new = not has_any(transaction, session_ids, *_KINDS)
    if is_new and not any(taking.cost.uses_anything for taking in takings):
        return
    _keep_draws(transaction, now, takings)
    _keep_contract(transaction, now, takings)
    _keep_taken(transaction, now, takings)
    _keep_owed(transaction, now, takings)


def _live(
    transaction: Transaction, query: Select[Kept], takings: Sequence[Taking]
) -> Sequence[Kept]:
    asked = {"ids": [taking.session_id for taking in takings]}
    return transaction.scalars(query, asked).all()


def _keep_draws(
    transaction: Transaction, now: datetime, takings: Sequence[Taking]
) -> None:
    wanted = {
        (taking.session_id, draw.lot_id, draw.student_id): (draw.units, taking.on)
        for taking in takings
        for draw in taking.cost.draws
    }
    for row in _live(transaction, _LOT_USES, takings):
        place = (row.session_id, row.lot_id, row.student_id)
        if wanted.get(place) == (row.units, row.used_on):
            del wanted[place]
        else:
            row.returned_at = now
    transaction.insert_all(
        LotUse,
        [
            {
                "lot_id": lot_id,
                "session_id": session_id,
                "student_id": student_id,
                "units": units,
                "used_on": on,
            }
            for (session_id, lot_id, student_id), (units, on) in wanted.items()
        ],
    )


def _keep_contract(
    transaction: Transaction, now: datetime, takings: Sequence[Taking]
) -> None:
    wanted = {
        (taking.session_id, draw.contract_id, draw.student_id): draw.minutes
        for taking in takings
        for draw in taking.cost.funded
    }
    for row in _live(transaction, _CONTRACT_USES, takings):
        place = (row.session_id, row.contract_id, row.student_id)
        if place in wanted and wanted[place] == row.minutes:
            del wanted[place]
        else:
            row.returned_at = now
    transaction.insert_all(
        ContractUse,
        [
            {
                "contract_id": contract_id,
                "session_id": session_id,
                "student_id": student_id,
                "minutes": minutes,
            }
            for (session_id, contract_id, student_id), minutes in wanted.items()
        ],
    )


def _keep_taken(
    transaction: Transaction, now: datetime, takings: Sequence[Taking]
) -> None:
    wanted = {
        (taking.session_id, one.credit_id): one.minutes
        for taking in takings
        for one in taking.cost.taken
    }
    for row in _live(transaction, _CREDIT_USES, takings):
        place = (row.session_id, row.credit_id)
        if place in wanted and wanted[place] == row.minutes:
            del wanted[place]
        else:
            row.returned_at = now
    transaction.insert_all(
        MakeUpUse,
        [
            {"credit_id": credit_id, "session_id": session_id, "minutes": minutes}
            for (session_id, credit_id), minutes in wanted.items()
        ],
    )


def _keep_owed(
    transaction: Transaction, now: datetime, takings: Sequence[Taking]
) -> None:
    """Give and withdraw make-up credits; one that was used stays as it was given."""
    wanted = {
        (taking.session_id, one.student_id): one
        for taking in takings
        for one in taking.cost.owed
    }
    for row in _live(transaction, _CREDITS, takings):
        place = (row.session_id, row.student_id)
        one = wanted.get(place)
        used_on = _used_on(transaction, row.id)
        if one is None and used_on is not None:
            raise MakeUpUsedError(used_on)
        is_same = one is not None and _terms(one) == (row.minutes, row.expires_on)
        if is_same or used_on is not None:
            wanted.pop(place, None)
        else:
            row.withdrawn_at = now
    transaction.insert_all(
        MakeUpCredit,
        [
            {
                "session_id": session_id,
                "student_id": student_id,
                "minutes": one.minutes,
                "expires_on": one.expires_on,
            }
            for (session_id, student_id), one in wanted.items()
        ],
    )


def _terms(credit: CreditOwed) -> tuple[int, date]:
    return credit.minutes, credit.expires_on


def _used_on(transaction: Transaction, credit_id: int) -> date | None:
    starts_at = transaction.scalars(
        select(Session.starts_at)
        .join(MakeUpUse, MakeUpUse.session_id == Session.id)
        .where(MakeUpUse.credit_id == credit_id, MakeUpUse.returned_at.is_(None))
    ).first()
    return None if starts_at is None else local_date(starts_at, zone(transaction))
