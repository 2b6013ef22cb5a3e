"""Pay that comes from no close-out: other work, adjustments, deductions, questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.models.database import Transaction
from app.models.payroll import Deduction, LineQuery, PayLine
from app.models.people import Tutor
from app.models.values.entries import lines
from app.models.values.payroll import Engagement, PayKind
from app.services.billing.locks import require_open
from app.services.desk import Desk, fetch
from app.services.open_days import open_days
from app.services.payroll.deciding import (
    DecideExpense,
    DecideMileage,
    Decision,
    decide,
)
from app.services.payroll.errors import (
    EmployeesOnlyError,
    MadeBySessionError,
    NoPayRateError,
    NotLiveError,
    PayEntryError,
)
from app.services.payroll.invoices import NoteInvoice, note_invoice
from app.services.payroll.rates import Wanted, find_rate, load_rates
from app.services.payroll.reconcile import Step, take_back
from app.services.payroll.requests import AddAdjustment, AddDeduction, AddOtherWork
from app.services.payroll.rights import require_own
from app.services.payroll.rules import timed_draft
from app.text import _

ENTERED = (PayKind.OTHER_WORK, PayKind.PREPARATION, PayKind.TRAVEL_TIME)


class PayEntries:
    """Takes in what the office and its tutors enter about pay by hand."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_other_work(self, request: AddOtherWork) -> int:
        """Pay time outside sessions by its rate or for an amount; give the line's id.

        Raises:
            PayEntryError: No reason, no time, or a kind that is not paid by time.
            NoPayRateError: Neither an amount nor a rate of this kind.
            PeriodLockedError: The day lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        reason = _said(request.reason, _("it needs a reason"))
        if request.kind not in ENTERED:
            raise PayEntryError(_("this kind of pay is not entered by time"))
        if request.minutes <= 0 or (request.amount or 0) < 0:
            raise PayEntryError(_("its time and amount are more than zero"))
        with self._desk.transaction(_("Enter other work")) as transaction:
            require_open(transaction, request.on)
            values = _timed(transaction, request)
            return self._keep(transaction, "work", {**values, "reason": reason})

    def add_adjustment(self, request: AddAdjustment) -> int:
        """Pay more or less than the sessions say, with the reason; give the line's id.

        Raises:
            PayEntryError: No reason, or nothing to adjust.
            PeriodLockedError: The day lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        reason = _said(request.reason, _("an adjustment needs a reason"))
        if not request.amount:
            raise PayEntryError(_("an adjustment is more or less than zero"))
        with self._desk.transaction(_("Adjust pay")) as transaction:
            require_open(transaction, request.on)
            fetch(transaction, Tutor, request.tutor_id, _("tutor"))
            values = {
                "tutor_id": request.tutor_id,
                "kind": PayKind.ADJUSTMENT,
                "service_on": request.on,
                "amount": request.amount,
                "reason": reason,
            }
            return self._keep(transaction, "adjustment", values)

    def withdraw(self, line_id: int) -> None:
        """Take back a line that was entered by hand; a locked one is reversed.

        Raises:
            MadeBySessionError: The line comes from a close-out or a pay run.
            NotLiveError: It no longer counts.
            PeriodLockedError: Its day lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Take back an entry of pay")) as transaction:
            line = fetch(transaction, PayLine, line_id, _("pay line"))
            if line.session_id is not None or line.kind is PayKind.HOLIDAY:
                raise MadeBySessionError
            if line.live_key is None:
                raise NotLiveError
            require_open(transaction, line.service_on)
            step = Step(transaction.at, open_days(transaction))
            transaction.insert_all(PayLine, take_back(line, step))

    def add_deduction(self, request: AddDeduction) -> int:
        """Take an amount off an employee's pay, with its purpose; give its id.

        Raises:
            PayEntryError: No purpose, or an amount that is not more than zero.
            EmployeesOnlyError: The tutor is a contractor.
            PeriodLockedError: Its first day lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        purpose = _said(request.purpose, _("a deduction needs its purpose"))
        if request.amount <= 0:
            raise PayEntryError(_("a deduction is more than zero"))
        if request.until_on is not None and request.until_on < request.on:
            raise PayEntryError(_("it ends before it starts"))
        with self._desk.transaction(_("Enter a deduction")) as transaction:
            require_open(transaction, request.on)
            tutor = fetch(transaction, Tutor, request.tutor_id, _("tutor"))
            if tutor.engagement is Engagement.CONTRACTOR:
                raise EmployeesOnlyError(tutor.name)
            row = Deduction(
                tutor_id=request.tutor_id,
                purpose=purpose,
                amount=request.amount,
                is_fixed=request.is_fixed,
                on=request.on,
                until_on=request.until_on,
            )
            transaction.add(row)
            transaction.flush()
            return row.id

    def note_invoice(self, request: NoteInvoice) -> None:
        """Let a contractor's next statement name the contractor's own invoice.

        Raises:
            ContractorsOnlyError: The tutor is employed.
            TheirInvoiceError: Another statement names that invoice already.
            TooLongError: The number is longer than 64 letters.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Note a contractor's invoice")) as transaction:
            note_invoice(transaction, request)

    def end_deduction(self, deduction_id: int, until_on: date) -> None:
        """Let a fixed deduction be taken up to a day only.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("End a deduction")) as transaction:
            row = fetch(transaction, Deduction, deduction_id, _("deduction"))
            row.until_on = until_on

    def approve_expense(self, expense_id: int, amount: int | None = None) -> None:
        """Pay an expense: as claimed, or another amount; 0 pays nothing.

        Raises:
            PayEntryError: The amount is below zero.
            ClaimWithdrawnError: A correction took the claim back.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Decide on an expense")) as transaction:
            decide(transaction, self._desk, DecideExpense(expense_id, amount))

    def approve_mileage(self, claim_id: int, distance: Decimal | None = None) -> None:
        """Pay a way: as claimed, or another distance; 0 pays nothing.

        Raises:
            NumberError: The distance is below zero, or farther than any way.
            ClaimWithdrawnError: A correction took the claim back.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Decide on a way")) as transaction:
            decide(transaction, self._desk, DecideMileage(claim_id, distance))

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Decide on several claims of tutors in one step: all of them, or none.

        Raises:
            PayEntryError: An amount is below zero.
            NumberError: A distance is below zero, or farther than any way.
            ClaimWithdrawnError: A correction took one of the claims back.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Decide on claims")) as transaction:
            for decision in decisions:
                decide(transaction, self._desk, decision)

    def ask(self, line_id: int, question: str) -> int:
        """Ask about a pay line, as its tutor or for the tutor; give the question's id.

        Raises:
            OtherPayError: The line is another tutor's.
            PayEntryError: The question is empty.
        """
        question = _said(question, _("the question is empty"))
        with self._desk.transaction(_("Ask about pay")) as transaction:
            line = fetch(transaction, PayLine, line_id, _("pay line"))
            require_own(self._desk, line.tutor_id)
            row = LineQuery(
                pay_line_id=line_id,
                asked_by=self._desk.actor.name,
                asked_at=transaction.at,
                question=question,
            )
            transaction.add(row)
            transaction.flush()
            return row.id

    def answer(self, query_id: int, answer: str) -> None:
        """Answer a question about a pay line.

        Raises:
            PayEntryError: The answer is empty.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        answer = _said(answer, _("the answer is empty"))
        with self._desk.transaction(_("Answer about pay")) as transaction:
            row = fetch(transaction, LineQuery, query_id, _("question"))
            row.answer, row.answered_at = answer, transaction.at

    def _keep(
        self, transaction: Transaction, source: str, values: dict[str, Any]
    ) -> int:
        line = PayLine(**values, made_at=transaction.at)
        transaction.add(line)
        transaction.flush()
        line.claim = f"{source}:{line.id}"
        line.live_key = f"{line.claim}/t{line.tutor_id}"
        return line.id


def _timed(transaction: Transaction, request: AddOtherWork) -> dict[str, Any]:
    tutor = fetch(transaction, Tutor, request.tutor_id, _("tutor"))
    values: dict[str, Any] = {
        "tutor_id": tutor.id,
        "kind": request.kind,
        "service_on": request.on,
        "minutes": request.minutes,
    }
    if request.amount is not None:
        return {**values, "amount": request.amount}
    rates = load_rates(transaction, (), [tutor.id])
    rate = find_rate(rates, Wanted(tutor.id, request.on, request.kind))
    if rate is None:
        raise NoPayRateError(tutor.name, request.kind.value, request.on)
    draft = timed_draft(tutor.id, rate, request.minutes, request.on)
    return {
        **values,
        "amount": draft.amount,
        "rate": draft.rate,
        "rate_per": draft.rate_per,
        "rate_source": draft.rate_source,
    }


def _said(text: str, otherwise: str) -> str:
    said = lines(text, _("text"))
    if not said:
        raise PayEntryError(otherwise)
    return said
