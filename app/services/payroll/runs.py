"""Pay runs: preview, check, approve, pay, and take back."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.models.payroll import PayLine, PayRun, PayStatement
from app.models.values.entries import short
from app.models.values.payroll import PayRunState
from app.services.billing.locks import require_open
from app.services.desk import Desk, fetch
from app.services.documents import values
from app.services.payroll import steps
from app.services.payroll.errors import PeriodError, RunStateError
from app.services.payroll.listing import run_rows, statement_rows
from app.services.payroll.previewing import as_a_run_finds_it, preview_of
from app.services.payroll.printing import document_of, pay_csv
from app.services.payroll.requests import (
    PayPreview,
    PayRunDone,
    PayRunOf,
    PayRunRow,
    StartPayRun,
    StatementRow,
)
from app.services.payroll.rights import require_own
from app.services.payroll.undoing import take_back_run
from app.text import _


class PayRuns:
    """Pays tutors for a period, once, however often it is asked or stopped."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, asked: PayRunOf) -> PayPreview:
        """Tell what a run would pay and what to look at before; nothing is written.

        Raises:
            PeriodError: The period ends before it starts.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        _require_period(asked)
        with as_a_run_finds_it(self._desk) as work:
            return preview_of(work, asked, self._desk.at(work))

    def run(self, request: StartPayRun) -> PayRunDone:
        """Make, check and approve a run in steps that can be stopped anywhere.

        Runs that were stopped half way are completed first. The same request again
        gives the same result; where there is nothing to pay there is no run.

        Raises:
            PeriodError: The period ends before it starts.
            PeriodLockedError: The run's day lies in a locked period.
            InputError: The key is too long, or holds what cannot be printed.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        _require_period(request.period)
        short(request.request_key, _("request key"))
        for key in steps.stopped_runs(self._desk, request.request_key):
            steps.complete(self._desk, key)
        steps.start(self._desk, request, in_one_go=True)
        return steps.complete(self._desk, request.request_key)

    def start(self, request: StartPayRun) -> int | None:
        """Open a run to be looked at, and give its id; None if nothing is to be paid.

        What it pays is worked out anew until it is approved.

        Raises:
            PeriodError: The period ends before it starts.
            PeriodLockedError: The run's day lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        _require_period(request.period)
        return steps.start(self._desk, request, in_one_go=False)

    def check(self, pay_run_id: int) -> None:
        """Say that an open run was looked at.

        Raises:
            RunStateError: It was checked before.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Check a pay run")) as transaction:
            run = fetch(transaction, PayRun, pay_run_id, _("pay run"))
            _require_state(run, PayRunState.OPEN, _("checked"))
            run.state = PayRunState.CHECKED

    def approve(self, pay_run_id: int) -> PayRunDone:
        """Freeze a checked run's statements, tutor by tutor, and lock it.

        Stopped half way it is completed by the next call, or by the next run.

        Raises:
            RunStateError: It was not checked, or is approved already.
            PeriodLockedError: The run's day lies in a locked period by now.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Approve a pay run")) as transaction:
            run = fetch(transaction, PayRun, pay_run_id, _("pay run"))
            _require_state(run, PayRunState.CHECKED, _("approved"))
            way = _("Cancel this run and start another one with an open day.")
            require_open(transaction, run.on, way)
            asked = steps.request_of(transaction, run)
            asked.result = {**asked.result, "in_one_go": True}
            key = asked.request_key
        return steps.complete(self._desk, key)

    def mark_paid(self, pay_run_id: int, on: date) -> None:
        """Say that an approved run was paid out.

        Raises:
            RunStateError: It is not approved, paid already, or cancelled.
            PeriodLockedError: The day lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Mark a pay run as paid")) as transaction:
            run = fetch(transaction, PayRun, pay_run_id, _("pay run"))
            _require_state(run, PayRunState.APPROVED, _("paid"))
            require_open(transaction, on)
            run.state, run.paid_on = PayRunState.PAID, on

    def cancel_unpaid(self, pay_run_id: int) -> None:
        """Take a run back that was not paid out; its lines wait for the next run.

        Raises:
            RunStateError: It was paid, or cancelled before.
            LaterRunError: A later statement corrects it already.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Cancel a pay run")) as transaction:
            run = fetch(transaction, PayRun, pay_run_id, _("pay run"))
            if run.state is PayRunState.PAID or run.cancelled_at is not None:
                raise RunStateError(_state_words(run), _("cancelled"))
            if not steps.drop(transaction, run):
                take_back_run(transaction, run, self._desk.actor.name, transaction.at)

    def runs(self) -> tuple[PayRunRow, ...]:
        """List pay runs, newest first.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return run_rows(snapshot)

    def statements(
        self, pay_run_id: int | None = None, tutor_id: int | None = None
    ) -> tuple[StatementRow, ...]:
        """List frozen statements, of a run or a tutor; a tutor sees the own ones only.

        Raises:
            OtherPayError: A tutor asked for somebody else's.
        """
        if not self._desk.actor.is_office and tutor_id is None:
            tutor_id = self._desk.actor.tutor_id
        require_own(self._desk, tutor_id)
        with self._desk.snapshot() as snapshot:
            return statement_rows(snapshot, pay_run_id, tutor_id)

    def document(self, statement_id: int) -> values.PayStatement:
        """Give a statement as it was frozen, to be printed.

        Raises:
            MissingRecordError: There is no such statement.
            OtherPayError: It is another tutor's.
        """
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, PayStatement, statement_id, _("pay statement"))
            require_own(self._desk, row.tutor_id)
            return document_of(row)

    def csv(self, pay_run_id: int) -> str:
        """Give a run's locked lines as a table; :func:`pay_csv` tells the columns.

        Raises:
            MissingRecordError: There is no such run.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            fetch(snapshot, PayRun, pay_run_id, _("pay run"))
            lines: dict[int | None, list[PayLine]] = {}
            for line in snapshot.scalars(
                select(PayLine)
                .join(PayStatement, PayStatement.id == PayLine.statement_id)
                .where(PayStatement.pay_run_id == pay_run_id)
            ):
                lines.setdefault(line.statement_id, []).append(line)
            statements = snapshot.scalars(
                select(PayStatement)
                .where(PayStatement.pay_run_id == pay_run_id)
                .order_by(PayStatement.id)
            )
            return pay_csv((one, lines.get(one.id, [])) for one in statements)


def _require_period(asked: PayRunOf) -> None:
    if asked.until_on < asked.from_on:
        raise PeriodError(asked.from_on, asked.until_on)


def _require_state(run: PayRun, state: PayRunState, step: str) -> None:
    if run.state is not state or run.cancelled_at is not None:
        raise RunStateError(_state_words(run), step)


def _state_words(run: PayRun) -> str:
    return _("cancelled") if run.cancelled_at is not None else _(run.state.value)
