"""What a pay run comes to, tutor by tutor, and what every amount is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.models.database import Snapshot
from app.models.payroll import PayRun, PayStatement
from app.models.people import Tutor
from app.models.values.payroll import Engagement, PayKind
from app.services.desk import Desk, fetch, profile
from app.services.payroll import steps
from app.services.payroll.deductions import due_deductions
from app.services.payroll.explaining import (
    TEACHING,
    Explained,
    Mark,
    explain,
    mark_of,
)
from app.services.payroll.gathering import ReadyLine, gather, locked_lines
from app.services.payroll.invoices import waiting_invoices
from app.services.payroll.listing import statement_rows
from app.services.payroll.previewing import (
    Work,
    as_a_run_finds_it,
    preview_of,
    with_holiday,
)
from app.services.payroll.requests import PayException, PayRunOf
from app.services.payroll.rights import require_own
from app.services.payroll.sums import Taken
from app.text import _


@dataclass(frozen=True, slots=True)
class PayRow:
    """What one tutor gets from a run, minor units.

    ``taught``, ``supplements`` and ``corrections`` together are the gross pay.

    Attributes:
        statement_id: None while the run is not approved.
        supplements: what is not for sessions, such as travel or holiday.
        corrections: what is from before the period, or takes something back.
        former_net: of the statement before, if there is one.
        their_invoice: number of a contractor's own invoice, as it is or will be named.
    """

    tutor_id: int
    tutor: str
    statement_id: int | None
    number: str
    engagement: Engagement
    currency: str
    sessions: int
    minutes: int
    taught: int
    supplements: int
    corrections: int
    gross: int
    deducted: int
    net: int
    former_net: int | None
    their_invoice: str = ""


@dataclass(frozen=True, slots=True)
class PayTable:
    """What a run pays, or would pay, and what to look at before."""

    rows: tuple[PayRow, ...]
    exceptions: tuple[PayException, ...] = ()


class PayBook:
    """Explains pay runs; a tutor sees the own statements only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, asked: PayRunOf) -> PayTable:
        """Tell what a run would pay; nothing is written.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with as_a_run_finds_it(self._desk) as work:
            return self._preview(work, asked)

    def table(self, pay_run_id: int) -> PayTable:
        """Tell what a run pays; worked out anew until it is approved.

        Raises:
            MissingRecordError: There is no such run.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            run = fetch(snapshot, PayRun, pay_run_id, _("pay run"))
            if run.state.is_locked or run.run_id is None:
                return PayTable(_locked_rows(snapshot, run))
            asked = steps.request_of(snapshot, run)
            return self._preview(snapshot, steps.period_of(run, asked))

    def explain_draft(self, asked: PayRunOf, tutor_id: int) -> Explained:
        """Tell what a tutor's pay in a run would be made of.

        Raises:
            MissingRecordError: There is no such tutor.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with as_a_run_finds_it(self._desk) as work:
            return _explain_draft(work, asked, tutor_id)

    def explain_run(self, pay_run_id: int, tutor_id: int) -> Explained:
        """Tell what a tutor's pay in a run that is not approved is made of.

        Raises:
            MissingRecordError: There is no such run or tutor.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            run = fetch(snapshot, PayRun, pay_run_id, _("pay run"))
            asked = steps.period_of(run, steps.request_of(snapshot, run))
            return _explain_draft(snapshot, asked, tutor_id)

    def explain_statement(self, statement_id: int) -> Explained:
        """Tell what a frozen statement is made of.

        Raises:
            MissingRecordError: There is no such statement.
            OtherPayError: It is another tutor's.
        """
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, PayStatement, statement_id, _("pay statement"))
            require_own(self._desk, row.tutor_id)
            lines = locked_lines(snapshot, [row.id]).get(row.tutor_id, [])
            taken = [
                Taken(0, each["purpose"], each["is_fixed"], each["amount"])
                for each in row.face["deductions"]
            ]
            from_on = date.fromisoformat(row.face["from_on"])
            return explain(snapshot, lines, taken, from_on)

    def _preview(self, work: Work, asked: PayRunOf) -> PayTable:
        found = preview_of(work, asked, self._desk.at(work))
        lines, invoices = gather(work, asked).lines, waiting_invoices(work)
        rows = tuple(
            PayRow(
                tutor_id=draft.tutor_id,
                tutor=draft.tutor,
                statement_id=None,
                number="",
                engagement=draft.engagement,
                currency=draft.currency,
                minutes=draft.minutes,
                gross=draft.gross,
                deducted=draft.deducted,
                net=draft.net,
                former_net=draft.former_net,
                their_invoice=invoices.get(draft.tutor_id, ""),
                **_parts(lines[draft.tutor_id], asked.from_on, draft.gross),
            )
            for draft in found.statements
        )
        return PayTable(rows, found.exceptions)


def _locked_rows(snapshot: Snapshot, run: PayRun) -> tuple[PayRow, ...]:
    statements = statement_rows(snapshot, run.id)
    ids = [each.statement_id for each in statements]
    lines, former = locked_lines(snapshot, ids), _former(snapshot, run.id)
    return tuple(
        PayRow(
            tutor_id=each.tutor_id,
            tutor=each.tutor,
            statement_id=each.statement_id,
            number=each.number,
            engagement=each.engagement,
            currency=each.currency,
            minutes=each.minutes,
            gross=each.gross,
            deducted=each.deducted,
            net=each.net,
            former_net=former.get(each.tutor_id),
            their_invoice=each.their_invoice,
            **_parts(lines.get(each.tutor_id, ()), run.from_on, each.gross),
        )
        for each in statements
    )


def _parts(lines: Sequence[ReadyLine], from_on: date, gross: int) -> Mapping[str, int]:
    """Part the gross pay; what is in no line yet, such as holiday, supplements it."""
    own = [line for line in lines if mark_of(line, from_on) is Mark.NONE]
    corrections = sum(line.amount for line in lines) - sum(line.amount for line in own)
    taught = sum(line.amount for line in own if line.kind in TEACHING)
    held = {line.session_id for line in own if line.kind is PayKind.SESSION}
    return {
        "sessions": len(held),
        "taught": taught,
        "supplements": gross - taught - corrections,
        "corrections": corrections,
    }


def _explain_draft(work: Work, asked: PayRunOf, tutor_id: int) -> Explained:
    tutor = fetch(work, Tutor, tutor_id, _("tutor"))
    lines = gather(work, asked).lines.get(tutor_id, [])
    if lines:
        lines = with_holiday(tutor, lines, asked, profile(work).currency)
    is_employee = tutor.engagement is Engagement.EMPLOYEE
    due = due_deductions(work, asked) if is_employee else {}
    return explain(work, lines, due.get(tutor_id, ()), asked.from_on)


def _former(snapshot: Snapshot, pay_run_id: int) -> dict[int, int]:
    """Give the net of each tutor's statement before a run, if it was not cancelled."""
    newest = (
        select(func.max(PayStatement.id))
        .join(PayRun, PayRun.id == PayStatement.pay_run_id)
        .where(PayRun.cancelled_at.is_(None), PayRun.id < pay_run_id)
        .group_by(PayStatement.tutor_id)
    )
    rows = snapshot.execute(
        select(PayStatement.tutor_id, PayStatement.net).where(
            PayStatement.id.in_(newest)
        )
    )
    return {row.tutor_id: row.net for row in rows}
