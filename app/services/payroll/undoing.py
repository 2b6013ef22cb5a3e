"""Takes an unpaid locked run back, so that the next run pays it anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.models.database import Transaction
from app.models.payroll import PayLine, PayRun, PayStatement
from app.models.people import Tutor
from app.models.values.payroll import PayKind, PayRunState
from app.services.desk import fetch
from app.services.open_days import open_days
from app.services.payroll.deductions import given_back
from app.services.payroll.errors import LaterRunError
from app.services.payroll.freezing import freeze
from app.services.payroll.gathering import ready_line
from app.services.payroll.reconcile import copy_of, reversal_of
from app.text import _


def take_back_run(
    transaction: Transaction, run: PayRun, by: str, now: datetime
) -> PayRun:
    """Reverse every line of a run on statements of its own, and free them again.

    Nothing that is frozen changes. The reversals lie on counter-statements in a run
    that is cancelled likewise, so both come to nothing, and a successor of each line
    waits for the next run: adjustments too. Only holiday pay has none, because the
    next run works it out anew. Where the run's day is locked by now, the counter-run
    bears a day of the open period.

    Raises:
        LaterRunError: A later statement corrects a line of this run already.
    """
    counter = PayRun(
        from_on=run.from_on,
        until_on=run.until_on,
        on=open_days(transaction).dated(run.on),
        state=PayRunState.APPROVED,
        approved_by=by,
        approved_at=now,
        cancelled_at=now,
    )
    transaction.add(counter)
    run.cancelled_at = now
    transaction.flush()
    for statement in transaction.scalars(
        select(PayStatement)
        .where(PayStatement.pay_run_id == run.id)
        .order_by(PayStatement.id)
    ).all():
        _counter(transaction, counter, statement, now)
    return counter


def _counter(
    transaction: Transaction, counter: PayRun, statement: PayStatement, now: datetime
) -> None:
    lines = transaction.scalars(
        select(PayLine)
        .where(PayLine.statement_id == statement.id)
        .order_by(PayLine.service_on, PayLine.id)
    ).all()
    reversed_ids = [_take_back(transaction, line, now) for line in lines]
    tutor = fetch(transaction, Tutor, statement.tutor_id, _("tutor"))
    ready = [
        ready_line(transaction.get_one(PayLine, line_id)) for line_id in reversed_ids
    ]
    freeze(
        transaction,
        counter,
        tutor,
        ready,
        given_back(transaction, statement.id),
        statement,
    )


def _take_back(transaction: Transaction, line: PayLine, now: datetime) -> int:
    """Reverse a line, let its successor wait, and give the reversal's id."""
    waiting = _correction_of(transaction, line)
    if waiting is not None:
        if waiting.statement_id is not None:
            later = transaction.get_one(PayStatement, waiting.statement_id)
            raise LaterRunError(later.number)
        return waiting.id
    if line.reverses_id is not None:
        return _put_off(transaction, line, now)
    key, line.live_key = line.live_key, None
    transaction.flush()  # frees the live key before the successor takes it
    rows = [reversal_of(line, now)]
    if line.kind is not PayKind.HOLIDAY:
        rows.append({**copy_of(line, now), "live_key": key, "successor_of_id": line.id})
    reversal_id, *_successor = [
        transaction.insert_all(PayLine, [row])[0] for row in rows
    ]
    return reversal_id


def _correction_of(transaction: Transaction, line: PayLine) -> PayLine | None:
    """Find what takes a line back; one whose run was cancelled waits as a copy."""
    found = _reversal_of(transaction, line)
    while found is not None and found.statement_id is not None:
        back = _reversal_of(transaction, found)
        again = None if back is None else _reversal_of(transaction, back)
        if again is None:
            return found
        found = again
    return found


def _reversal_of(transaction: Transaction, line: PayLine) -> PayLine | None:
    return transaction.scalars(
        select(PayLine).where(PayLine.reverses_id == line.id)
    ).one_or_none()


def _put_off(transaction: Transaction, correction: PayLine, now: datetime) -> int:
    """Take a correction off its statement and let it wait for another run."""
    [back_id] = transaction.insert_all(PayLine, [reversal_of(correction, now)])
    again = {**copy_of(correction, now), "reverses_id": back_id}
    transaction.insert_all(PayLine, [again])
    return back_id
