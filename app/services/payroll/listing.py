"""Pay runs and statements as rows."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.database import Snapshot, Transaction
from app.models.payroll import PayRun, PayStatement
from app.models.people import Tutor
from app.models.values.payroll import PayRunState
from app.services.payroll.requests import PayRunRow, StatementRow


def run_rows(work: Snapshot | Transaction) -> tuple[PayRunRow, ...]:
    """List pay runs with their sums, newest first."""
    rows = work.execute(
        select(
            PayRun.id,
            PayRun.from_on,
            PayRun.until_on,
            PayRun.on,
            PayRun.state,
            PayRun.cancelled_at,
            func.count(PayStatement.id).label("statements"),
            func.coalesce(func.sum(PayStatement.gross), 0).label("gross"),
            func.coalesce(func.sum(PayStatement.net), 0).label("net"),
        )
        .outerjoin(PayStatement, PayStatement.pay_run_id == PayRun.id)
        .group_by(PayRun.id)
        .order_by(PayRun.id.desc())
    )
    return tuple(
        PayRunRow(
            pay_run_id=row.id,
            from_on=row.from_on,
            until_on=row.until_on,
            on=row.on,
            state=row.state,
            is_cancelled=row.cancelled_at is not None,
            statements=row.statements,
            gross=int(row.gross),
            net=int(row.net),
        )
        for row in rows
    )


def statement_rows(
    work: Snapshot | Transaction,
    pay_run_id: int | None = None,
    tutor_id: int | None = None,
) -> tuple[StatementRow, ...]:
    """List statements of a run or a tutor, in the order in which they were frozen."""
    statement = (
        select(PayStatement, Tutor.name, PayRun)
        .join(Tutor, Tutor.id == PayStatement.tutor_id)
        .join(PayRun, PayRun.id == PayStatement.pay_run_id)
        .order_by(PayStatement.id)
    )
    if pay_run_id is not None:
        statement = statement.where(PayStatement.pay_run_id == pay_run_id)
    if tutor_id is not None:
        statement = statement.where(PayStatement.tutor_id == tutor_id)
    return tuple(
        StatementRow(
            statement_id=row.id,
            pay_run_id=row.pay_run_id,
            number=row.number,
            tutor_id=row.tutor_id,
            tutor=name,
            engagement=row.engagement,
            currency=row.currency,
            minutes=row.minutes,
            gross=row.gross,
            deducted=row.deducted,
            net=row.net,
            from_on=run.from_on,
            until_on=run.until_on,
            on=run.on,
            is_paid=run.state is PayRunState.PAID,
            their_invoice=row.their_invoice,
        )
        for row, name, run in work.execute(statement)
    )
