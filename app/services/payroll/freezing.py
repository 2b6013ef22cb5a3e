"""Freezes what a tutor gets from a run: statement, lines, deductions, seals."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import func, select

from app.models.database import Transaction
from app.models.payroll import PayLine, PayRun, PayStatement
from app.models.people import Tutor
from app.models.values.payroll import Engagement
from app.services.desk import fetch, profile
from app.services.payroll import chains
from app.services.payroll.deductions import due_deductions, take
from app.services.payroll.faces import Facing, make_face
from app.services.payroll.gathering import ReadyLine, gather
from app.services.payroll.invoices import settle_invoice, waiting_number
from app.services.payroll.requests import PayRunOf
from app.services.payroll.rules import Draft
from app.services.payroll.sums import HolidayTerms, Taken, holiday, sums
from app.services.payroll.troubles import held_back
from app.text import _

_AT_ONCE = 500  # ids in one statement


def freeze_tutor(
    transaction: Transaction, run: PayRun, tutor_id: int, now: datetime
) -> PayStatement | None:
    """Freeze a tutor's statement of a run; None where there is nothing to pay now."""
    asked = PayRunOf(run.from_on, run.until_on, run.on, (tutor_id,))
    if tutor_id in held_back(transaction, asked):
        return None
    lines = gather(transaction, asked).lines.get(tutor_id, [])
    if not lines:
        return None
    tutor = fetch(transaction, Tutor, tutor_id, _("tutor"))
    earned = holiday(
        holiday_terms(tutor), lines, run.until_on, profile(transaction).currency
    )
    if earned is not None:
        lines.append(_keep_holiday(transaction, run, earned, now))
    taken = deductions_of(transaction, tutor, asked)
    return freeze(transaction, run, tutor, lines, taken)


def freeze(
    transaction: Transaction,
    run: PayRun,
    tutor: Tutor,
    lines: list[ReadyLine],
    taken: list[Taken],
    corrects: PayStatement | None = None,
) -> PayStatement:
    """Freeze lines into a statement, with the seals of both.

    ``corrects`` is the statement that it takes back, if it does.
    """
    office = profile(transaction)
    total, note = sums(lines, taken), _takes_back(corrects)
    made = Facing(office, tutor, run, tuple(lines), tuple(taken), total, note)
    face, number = make_face(transaction, made), _next_number(transaction, run)
    former, _line = chains.last_chains(transaction)
    rows = _rows(transaction, face["line_ids"])
    statement = PayStatement(
        pay_run_id=run.id,
        tutor_id=tutor.id,
        number=number,
        engagement=corrects.engagement if corrects else tutor.engagement,
        currency=office.currency,
        minutes=total.minutes,
        gross=total.gross,
        deducted=total.deducted,
        net=total.net,
        their_invoice=_their_invoice(transaction, tutor, corrects),
        face={**face, "line_chain": _seal(transaction, rows, number)},
        former_chain=former,
        chain="",
    )
    statement.chain = chains.statement_chain(former, statement)
    transaction.add(statement)
    transaction.flush()
    for row in rows:
        row.statement_id = statement.id
    _settle(transaction, statement, taken, corrects)
    return statement


def _settle(
    transaction: Transaction,
    statement: PayStatement,
    taken: list[Taken],
    corrects: PayStatement | None,
) -> None:
    """Bind deductions and the contractor's invoice to a statement."""
    take(transaction, statement, taken)
    settle_invoice(transaction, statement, corrects)
    transaction.flush()


def _their_invoice(
    transaction: Transaction, tutor: Tutor, corrects: PayStatement | None
) -> str:
    if corrects is not None:
        return corrects.their_invoice
    return waiting_number(transaction, tutor)


def _seal(transaction: Transaction, rows: list[PayLine], number: str) -> str:
    """Chain lines to the one that was frozen last, and give the last one's seal."""
    _former, seal = chains.last_chains(transaction)
    for row in rows:
        row.former_chain = seal
        row.chain = seal = chains.line_chain(seal, number, row)
    return seal


def _takes_back(statement: PayStatement | None) -> str:
    if statement is None:
        return ""
    words = _("Takes back pay statement {number}.")
    return words.format(number=statement.number)


def holiday_terms(tutor: Tutor) -> HolidayTerms:
    """Tell what holiday a tutor earns; a contractor earns none."""
    if tutor.engagement is Engagement.CONTRACTOR:
        return HolidayTerms(None)
    return HolidayTerms(tutor.holiday_percent, tutor.holiday_basis)


def deductions_of(
    transaction: Transaction, tutor: Tutor, asked: PayRunOf
) -> list[Taken]:
    """List what is taken off a tutor's pay; nothing is off a contractor's."""
    if tutor.engagement is Engagement.CONTRACTOR:
        return []
    return due_deductions(transaction, asked).get(tutor.id, [])


def _rows(transaction: Transaction, line_ids: list[int]) -> list[PayLine]:
    """Read lines in the order of their ids' list."""
    found: dict[int, PayLine] = {}
    for first in range(0, len(line_ids), _AT_ONCE):
        some = line_ids[first : first + _AT_ONCE]
        rows = transaction.scalars(select(PayLine).where(PayLine.id.in_(some)))
        found |= {row.id: row for row in rows}
    return [found[line_id] for line_id in line_ids]


def _keep_holiday(
    transaction: Transaction, run: PayRun, earned: Draft, now: datetime
) -> ReadyLine:
    key = f"run{run.id}/t{earned.tutor_id}/{earned.kind.value}"
    values = {**asdict(earned), "live_key": key, "made_at": now}
    [line_id] = transaction.insert_all(PayLine, [values])
    return replace(ready_draft(earned), line_id=line_id)


def ready_draft(draft: Draft) -> ReadyLine:
    """Show a line that is not kept yet as a statement needs it."""
    return ReadyLine(
        line_id=0,
        tutor_id=draft.tutor_id,
        session_id=None,
        kind=draft.kind,
        claim=draft.claim,
        service_on=draft.service_on,
        minutes=draft.minutes,
        worked_minutes=draft.worked_minutes,
        rate=draft.rate,
        rate_per=draft.rate_per,
        percent=draft.percent,
        amount=draft.amount,
        reason=draft.reason,
        is_reversal=False,
    )


def _next_number(transaction: Transaction, run: PayRun) -> str:
    """Give the next number of the month of paying, as ``PAY-2026-11-007``.

    Statements are never deleted and writers come one by one, so counting leaves
    neither gap nor double.
    """
    prefix = f"PAY-{run.on:%Y-%m}-"
    count = transaction.scalar(
        select(func.count()).where(PayStatement.number.startswith(prefix))
    )
    return f"{prefix}{(count or 0) + 1:03d}"
