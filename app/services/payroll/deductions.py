"""Which deductions a pay run takes from whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, or_, select

from app.models.database import Snapshot, Transaction
from app.models.payroll import Deduction, PayRun, PayStatement
from app.services.payroll.requests import PayRunOf
from app.services.payroll.sums import Taken


def due_deductions(
    work: Snapshot | Transaction, asked: PayRunOf
) -> dict[int, list[Taken]]:
    """List by tutor what is to be taken in a period.

    A single deduction is taken once, by the first run whose period reaches its day; a
    fixed one once in every period from its first to its last day.
    """
    rows = work.execute(
        select(
            Deduction.id,
            Deduction.tutor_id,
            Deduction.purpose,
            Deduction.is_fixed,
            Deduction.amount,
        )
        .where(
            Deduction.entry_id.is_(None),
            Deduction.on <= asked.until_on,
            or_(
                Deduction.is_fixed.is_(False),
                Deduction.until_on.is_(None),
                Deduction.until_on >= asked.from_on,
            ),
        )
        .order_by(Deduction.on, Deduction.id)
    ).all()
    taken = _taken_already(work, asked)
    found: dict[int, list[Taken]] = {}
    for row in rows:
        if row.id not in taken:
            one = Taken(row.id, row.purpose, row.is_fixed, row.amount)
            found.setdefault(row.tutor_id, []).append(one)
    return found


def _taken_already(work: Snapshot | Transaction, asked: PayRunOf) -> set[int | None]:
    is_same_period = and_(
        PayRun.from_on <= asked.until_on, PayRun.until_on >= asked.from_on
    )
    return set(
        work.scalars(
            select(Deduction.entry_id)
            .join(PayStatement, PayStatement.id == Deduction.statement_id)
            .join(PayRun, PayRun.id == PayStatement.pay_run_id)
            .where(
                Deduction.entry_id.is_not(None),
                PayRun.cancelled_at.is_(None),
                or_(Deduction.is_fixed.is_(False), is_same_period),
            )
        )
    )


def take(
    transaction: Transaction, statement: PayStatement, taken: Iterable[Taken]
) -> None:
    """Write down what a statement took; negative where it gives back."""
    transaction.insert_all(
        Deduction,
        [
            {
                "tutor_id": statement.tutor_id,
                "purpose": one.purpose,
                "amount": one.amount,
                "is_fixed": one.is_fixed,
                "on": date.fromisoformat(statement.face["until_on"]),
                "entry_id": one.deduction_id,
                "statement_id": statement.id,
            }
            for one in taken
        ],
    )


def given_back(work: Snapshot | Transaction, statement_id: int) -> list[Taken]:
    """List what a statement took with the other sign, to be taken back."""
    rows = work.execute(
        select(
            Deduction.entry_id, Deduction.purpose, Deduction.is_fixed, Deduction.amount
        )
        .where(Deduction.statement_id == statement_id)
        .order_by(Deduction.id)
    )
    return [Taken(row.entry_id, row.purpose, row.is_fixed, -row.amount) for row in rows]
