"""Writes what a session takes from lots, contracts and make-up credits.

What is still right is kept; the rest is given back and taken anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import select

from app.models.agreements import ContractUse, LotUse, MakeUpCredit, MakeUpUse
from app.models.database import Transaction
from app.models.scheduling import Session
from app.models.values.schedule import local_date
from app.services.charging.contracts import ContractDraw
from app.services.charging.errors import MakeUpUsedError
from app.services.charging.lots import Draw
from app.services.charging.sessions import Cost, CreditOwed, CreditTaken
from app.services.desk import zone


def keep_uses(
    transaction: Transaction, now: datetime, session_id: int, on: date, cost: Cost
) -> None:
    """Let a session have taken and given exactly what its cost says.

    Raises:
        MakeUpUsedError: A make-up credit that it no longer gives was used already.
    """
    _keep_draws(transaction, now, session_id, on, cost.draws)
    _keep_contract(transaction, now, session_id, cost.funded)
    _keep_taken(transaction, now, session_id, cost.taken)
    _keep_owed(transaction, now, session_id, cost.owed)


def _keep_draws(
    transaction: Transaction,
    now: datetime,
    session_id: int,
    on: date,
    draws: Iterable[Draw],
) -> None:
    wanted = {(draw.lot_id, draw.student_id): draw for draw in draws}
    live = transaction.scalars(
        select(LotUse).where(
            LotUse.session_id == session_id, LotUse.returned_at.is_(None)
        )
    ).all()
    for row in live:
        draw = wanted.get((row.lot_id, row.student_id))
        if draw is not None and (draw.units, on) == (row.units, row.used_on):
            del wanted[row.lot_id, row.student_id]
        else:
            row.returned_at = now
    transaction.insert_all(
        LotUse,
        [
            {
                "lot_id": draw.lot_id,
                "session_id": session_id,
                "student_id": draw.student_id,
                "units": draw.units,
                "used_on": on,
            }
            for draw in wanted.values()
        ],
    )


def _keep_contract(
    transaction: Transaction,
    now: datetime,
    session_id: int,
    draws: Iterable[ContractDraw],
) -> None:
    wanted = {(draw.contract_id, draw.student_id): draw for draw in draws}
    live = transaction.scalars(
        select(ContractUse).where(
            ContractUse.session_id == session_id, ContractUse.returned_at.is_(None)
        )
    ).all()
    for row in live:
        draw = wanted.get((row.contract_id, row.student_id))
        if draw is not None and draw.minutes == row.minutes:
            del wanted[row.contract_id, row.student_id]
        else:
            row.returned_at = now
    transaction.insert_all(
        ContractUse,
        [
            {
                "contract_id": draw.contract_id,
                "session_id": session_id,
                "student_id": draw.student_id,
                "minutes": draw.minutes,
            }
            for draw in wanted.values()
        ],
    )


def _keep_taken(
    transaction: Transaction,
    now: datetime,
    session_id: int,
    taken: Sequence[CreditTaken],
) -> None:
    wanted = {one.credit_id: one for one in taken}
    live = transaction.scalars(
        select(MakeUpUse).where(
            MakeUpUse.session_id == session_id, MakeUpUse.returned_at.is_(None)
        )
    ).all()
    for row in live:
        one = wanted.get(row.credit_id)
        if one is not None and one.minutes == row.minutes:
            del wanted[row.credit_id]
        else:
            row.returned_at = now
    transaction.insert_all(
        MakeUpUse,
        [
            {
                "credit_id": one.credit_id,
                "session_id": session_id,
                "minutes": one.minutes,
            }
            for one in wanted.values()
        ],
    )


def _keep_owed(
    transaction: Transaction,
    now: datetime,
    session_id: int,
    owed: Sequence[CreditOwed],
) -> None:
    """Give and withdraw make-up credits; one that was used stays as it was given."""
    wanted = {one.student_id: one for one in owed}
    live = transaction.scalars(
        select(MakeUpCredit).where(
            MakeUpCredit.session_id == session_id, MakeUpCredit.withdrawn_at.is_(None)
        )
    ).all()
    for row in live:
        one = wanted.get(row.student_id)
        used_on = _used_on(transaction, row.id)
        if one is None and used_on is not None:
            raise MakeUpUsedError(used_on)
        is_same = one is not None and _terms(one) == (row.minutes, row.expires_on)
        if is_same or used_on is not None:
            wanted.pop(row.student_id, None)
        else:
            row.withdrawn_at = now
    transaction.insert_all(
        MakeUpCredit,
        [
            {
                "session_id": session_id,
                "student_id": one.student_id,
                "minutes": one.minutes,
                "expires_on": one.expires_on,
            }
            for one in wanted.values()
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
