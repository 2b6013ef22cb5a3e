"""Which deductions a pay run takes from whom."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

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
            Deduction.statement_id.is_(None),
            Deduction.standing_id.is_(None),
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
    return set(
        work.scalars(
            select(Deduction.standing_id)
            .join(PayStatement, PayStatement.id == Deduction.statement_id)
            .join(PayRun, PayRun.id == PayStatement.pay_run_id)
            .where(
                Deduction.standing_id.is_not(None),
                PayRun.cancelled_at.is_(None),
                PayRun.from_on <= asked.until_on,
                PayRun.until_on >= asked.from_on,
            )
        )
    )


def take(
    transaction: Transaction,
    statement: PayStatement,
    asked: PayRunOf,
    taken: Iterable[Taken],
) -> None:
    """Write down that a statement took deductions."""
    for one in taken:
        row = transaction.get_one(Deduction, one.deduction_id)
        if not row.is_fixed:
            row.statement_id = statement.id
            continue
        transaction.add(
            Deduction(
                tutor_id=row.tutor_id,
                purpose=row.purpose,
                amount=row.amount,
                is_fixed=True,
                on=max(row.on, asked.from_on),
                until_on=asked.until_on,
                standing_id=row.id,
                statement_id=statement.id,
            )
        )


def give_back(transaction: Transaction, statement_id: int) -> None:
    """Free the single deductions of a cancelled statement for the next run."""
    for row in transaction.scalars(
        select(Deduction).where(
            Deduction.statement_id == statement_id, Deduction.standing_id.is_(None)
        )
    ):
        row.statement_id = None
