"""The steps of a pay run, each whole in itself, so that it can be stopped anywhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.models.billing import Run
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayRun, PayStatement
from app.models.people import Tutor
from app.models.values.billing import RunState
from app.models.values.payroll import PayRunState
from app.services.billing.asking import Asked, begin, finish, is_done
from app.services.billing.locks import require_open
from app.services.desk import Desk, fetch
from app.services.payroll.freezing import freeze_tutor
from app.services.payroll.gathering import gather
from app.services.payroll.listing import statement_rows
from app.services.payroll.paying import settle_missing
from app.services.payroll.requests import (
    PayException,
    PayRunDone,
    PayRunOf,
    StartPayRun,
)
from app.services.payroll.troubles import held_back, missing_rates
from app.text import _

VERB = "pay"


def start(desk: Desk, request: StartPayRun, *, in_one_go: bool) -> int | None:
    """Open a run for a request, once, and give its id; None if nothing is to be paid.

    Args:
        desk: where the step happens.
        request: what is to be paid.
        in_one_go: whether a run that was stopped may be completed by the next one.

    Raises:
        PeriodLockedError: The run's day lies in a locked period.
        OtherRequestError: The key was used for something else.
    """
    with desk.transaction(_("Start a pay run")) as transaction:
        dates = (request.on, request.from_on, request.until_on)
        asked = begin(transaction, Asked(VERB, request.request_key, request, *dates))
        if asked.result:
            known: int | None = asked.result["pay_run_id"]
            return known
        require_open(transaction, request.on)
        settle_missing(transaction, desk)
        period = request.period
        back = held_back(transaction, period)
        if not gather(transaction, period).lines.keys() - back:
            finish(transaction, asked, _result(transaction, None, period))
            return None
        run = PayRun(
            from_on=request.from_on,
            until_on=request.until_on,
            on=request.on,
            run_id=asked.id,
        )
        transaction.add(run)
        transaction.flush()
        tutor_ids = None if period.tutor_ids is None else [*period.tutor_ids]
        asked.result = {
            "pay_run_id": run.id,
            "tutor_ids": tutor_ids,
            "in_one_go": in_one_go,
        }
        return run.id


def stopped_runs(desk: Desk, but_key: str) -> list[str]:
    """List the keys of runs to be completed that were not, but for one request's."""
    with desk.snapshot() as snapshot:
        rows = snapshot.scalars(
            select(Run)
            .where(
                Run.verb == VERB,
                Run.state == RunState.STARTED,
                Run.request_key != but_key,
            )
            .order_by(Run.id)
        )
        return [row.request_key for row in rows if row.result.get("in_one_go")]


def complete(desk: Desk, key: str) -> PayRunDone:
    """Freeze what a run has not frozen yet, a tutor at a time, then lock it.

    Another desk may do the same, or drop the run, between any two steps.
    """
    for tutor_id in _unfrozen(desk, key):
        with desk.transaction(_("Freeze a pay statement")) as transaction:
            asked = _request(transaction, key)
            if not is_done(asked):
                freeze_tutor(
                    transaction, _run_of(transaction, asked), tutor_id, transaction.at
                )
    with desk.transaction(_("Lock a pay run")) as transaction:
        asked = _request(transaction, key)
        if not is_done(asked):
            _lock(transaction, desk, _run_of(transaction, asked), asked)
    return result_of(desk, key)


def result_of(desk: Desk, key: str) -> PayRunDone:
    """Give what came of a request that was carried out."""
    with desk.snapshot() as snapshot:
        asked = _request(snapshot, key)
        pay_run_id: int | None = asked.result["pay_run_id"]
        held = tuple(asked.result["held_back"])
        reasons = tuple(
            PayException(kind, tutor_id, session_id, sentence, is_blocking=True)
            for kind, tutor_id, session_id, sentence in asked.result.get("reasons", ())
        )
        if pay_run_id is None:
            return PayRunDone(None, (), held, reasons)
        rows = statement_rows(snapshot, pay_run_id)
        return PayRunDone(pay_run_id, rows, held, reasons)


def drop(transaction: Transaction, run: PayRun) -> bool:
    """End the request of a run that is cancelled; say whether the run is gone too.

    A run without a statement leaves nothing behind.
    """
    is_empty = not statement_rows(transaction, run.id)
    if run.run_id is not None:
        kept = None if is_empty else run.id
        result: dict[str, Any] = {"pay_run_id": kept, "held_back": []}
        finish(transaction, request_of(transaction, run), result)
    if is_empty:
        transaction.delete(run)
    return is_empty


def request_of(work: Snapshot | Transaction, run: PayRun) -> Run:
    """Read the request that a run was made for."""
    return work.scalars(select(Run).where(Run.id == run.run_id)).one()


def _request(work: Snapshot | Transaction, key: str) -> Run:
    return work.scalars(select(Run).where(Run.request_key == key)).one()


def _run_of(work: Snapshot | Transaction, asked: Run) -> PayRun:
    return fetch(work, PayRun, asked.result["pay_run_id"], _("pay run"))


def _unfrozen(desk: Desk, key: str) -> list[int]:
    with desk.snapshot() as snapshot:
        asked = _request(snapshot, key)
        if is_done(asked):
            return []
        run = _run_of(snapshot, asked)
        lines = gather(snapshot, period_of(run, asked)).lines
        done = set(
            snapshot.scalars(
                select(PayStatement.tutor_id).where(PayStatement.pay_run_id == run.id)
            )
        )
        by_name = snapshot.scalars(select(Tutor.id).order_by(Tutor.name, Tutor.id))
        return [one for one in by_name if one in lines and one not in done]


def _lock(transaction: Transaction, desk: Desk, run: PayRun, asked: Run) -> None:
    period = period_of(run, asked)
    if statement_rows(transaction, run.id):
        run.state = PayRunState.APPROVED
        run.approved_by = desk.actor.name
        run.approved_at = transaction.at
        finish(transaction, asked, _result(transaction, run.id, period))
    else:  # another run has taken everything meanwhile
        transaction.delete(run)
        finish(transaction, asked, _result(transaction, None, period))


def _result(
    work: Snapshot | Transaction, pay_run_id: int | None, period: PayRunOf
) -> dict[str, Any]:
    wanted = period.tutor_ids
    reasons = [
        one
        for one in missing_rates(work, period)
        if one.is_blocking and (wanted is None or one.tutor_id in wanted)
    ]
    return {
        "pay_run_id": pay_run_id,
        "held_back": sorted({one.tutor_id for one in reasons}),
        "reasons": [
            [one.kind, one.tutor_id, one.session_id, one.sentence] for one in reasons
        ],
    }


def period_of(run: PayRun, asked: Run) -> PayRunOf:
    """Give what a run pays, as it was asked for."""
    chosen = asked.result.get("tutor_ids")
    tutor_ids = None if chosen is None else tuple(chosen)
    return PayRunOf(run.from_on, run.until_on, run.on, tutor_ids)
