"""Payments: what came in, what it settled, what went back; nothing is ever edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import select

from app.models.billing import Allocation, Document, Payment, WriteOff
from app.models.database import Snapshot, Transaction
from app.models.people import Household, Payer
from app.models.values import entries
from app.models.values.billing import DocumentKind
from app.services.billing.accounts import (
    Source,
    credit_of,
    left_of,
    open_invoices,
    open_on,
    set_against,
)
from app.services.billing.asking import Asked, begin, finish, is_done
from app.services.billing.chains import last_payment_chain, payment_chain
from app.services.billing.errors import (
    NotAnInvoiceError,
    NotOpenError,
    NotPositiveError,
    OtherCurrencyError,
    OtherPayerError,
    ReversedBeforeError,
    TooMuchError,
)
from app.services.billing.locks import require_open
from app.services.billing.requests import (
    Allocated,
    Received,
    ReceivePayment,
    RefundPayment,
    ReversePayment,
    UseCredit,
    WriteOffInvoice,
)
from app.services.desk import Desk, fetch
from app.text import _

Wanted = tuple[int | tuple[int, int], ...]
Movement = TypeVar("Movement", ReceivePayment, RefundPayment)


class Payments:
    """Records money that comes in and goes out; the same request records once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def receive(self, request: ReceivePayment) -> Received:
        """Record a payment and set it against invoices; the rest stays on account.

        Raises:
            NotPositiveError: The amount is not above zero.
            OtherCurrencyError: The household's account is kept in another currency.
            OtherPayerError: An invoice belongs to another account.
            NotAnInvoiceError: A credit note was named.
            NotOpenError: A named invoice has nothing open.
            TooMuchError: More was to be set against an invoice than fits.
            PeriodLockedError: The day lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        request = _checked(request)
        asked = Asked("receive", request.request_key, request, request.on)
        return self._once(asked, lambda transaction: _receive(transaction, request))

    def reverse_payment(self, request: ReversePayment) -> Received:
        """Take a payment or refund back, such as a bounced one; its invoices reopen.

        Raises:
            EmptyError: No reason is given.
            ReversedBeforeError: It was reversed before, or is a reversal.
            PeriodLockedError: The day lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        request = replace(request, reason=entries.named(request.reason, _("reason")))
        asked = Asked("reverse payment", request.request_key, request, request.on)
        return self._once(asked, lambda transaction: _reverse(transaction, request))

    def refund(self, request: RefundPayment) -> Received:
        """Record money paid back to a payer out of the credit on account.

        Raises:
            NotPositiveError: The amount is not above zero.
            TooMuchError: There is less on account.
            PeriodLockedError: The day lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        request = _checked(request)
        asked = Asked("refund", request.request_key, request, request.on)
        return self._once(asked, lambda transaction: _refund(transaction, request))

    def use_credit(self, request: UseCredit) -> tuple[Allocated, ...]:
        """Set credit on account against open invoices, the oldest due date first.

        Raises:
            OtherPayerError: An invoice belongs to another account.
            NotAnInvoiceError: A credit note was named.
            NotOpenError: A named invoice has nothing open.
            TooMuchError: More was to be set against an invoice than fits.
            PeriodLockedError: The day lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        asked = Asked("use credit", request.request_key, request, request.on)

        def use(transaction: Transaction) -> dict[str, Any]:
            credit = credit_of(transaction, request.payer_id)
            sources = list(credit.sources)
            payer_id = request.payer_id
            allocations = _allocate(
                transaction, payer_id, credit.on_account, sources, request.to
            )
            return _result(transaction, payer_id, 0, allocations)

        return self._once(asked, use).allocations

    def write_off(self, request: WriteOffInvoice) -> int:
        """Give up an open rest of an invoice, and give the amount.

        Raises:
            EmptyError: No reason is given.
            NotAnInvoiceError: The document is a credit note.
            NotOpenError: Nothing is open on it.
            NotPositiveError: The amount is not above zero.
            TooMuchError: Less is open.
            PeriodLockedError: The day lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        request = replace(request, reason=entries.named(request.reason, _("reason")))
        if request.amount is not None:
            _above_zero(request.amount)
        with self._desk.transaction(_("Write off an invoice")) as transaction:
            asked = Asked("write off", request.request_key, request, request.on)
            run = begin(transaction, asked)
            if not is_done(run):
                require_open(transaction, request.on)
                finish(transaction, run, {"amount": _write_off(transaction, request)})
            return int(run.result["amount"])

    def _once(
        self, asked: Asked, work: Callable[[Transaction], dict[str, Any]]
    ) -> Received:
        with self._desk.transaction(_("Record a payment")) as transaction:
            run = begin(transaction, asked)
            if not is_done(run):
                require_open(transaction, asked.on)
                finish(transaction, run, work(transaction))
            result = run.result
        return Received(
            result["payment_id"],
            tuple(Allocated(*each) for each in result["allocations"]),
            result["on_account"],
        )


def _above_zero(amount: int) -> None:
    if amount <= 0:
        raise NotPositiveError(_("a payment or refund"))
    entries.amount(amount, _("amount"))


def _checked(request: Movement) -> Movement:
    _above_zero(request.amount)
    return replace(
        request,
        method=entries.short(request.method, _("method")),
        reference=entries.short(request.reference, _("reference")),
    )


def _receive(transaction: Transaction, request: ReceivePayment) -> dict[str, Any]:
    wanted = currency_of(transaction, request.payer_id)
    if request.currency and request.currency != wanted:
        raise OtherCurrencyError(request.currency, wanted)
    payment = _record(
        transaction,
        Payment(
            payer_id=request.payer_id,
            received_on=request.on,
            amount=request.amount,
            currency=wanted,
            method=request.method,
            reference=request.reference,
            made_at=transaction.at,
            request_key=request.request_key,
            chain="",
        ),
    )
    # What was paid out beyond the credit on account is made good first.
    usable = min(request.amount, credit_of(transaction, request.payer_id).on_account)
    sources = [Source(request.on, usable, payment_id=payment.id)]
    payer_id = request.payer_id
    allocations = _allocate(transaction, payer_id, usable, sources, request.to)
    return _result(transaction, payer_id, payment.id, allocations)


def _reverse(transaction: Transaction, request: ReversePayment) -> dict[str, Any]:
    payment = fetch(transaction, Payment, request.payment_id, "payment")
    again = select(Payment.id).where(Payment.reverses_id == payment.id)
    if payment.reverses_id is not None or transaction.scalar(again) is not None:
        raise ReversedBeforeError
    for invoice_id, amount in _allocated(transaction, payment.id).items():
        if amount:
            transaction.add(
                Allocation(
                    invoice_id=invoice_id,
                    payment_id=payment.id,
                    amount=-amount,
                    made_at=transaction.at,
                )
            )
    reversal = _record(
        transaction,
        Payment(
            payer_id=payment.payer_id,
            received_on=request.on,
            amount=-payment.amount,
            currency=payment.currency,
            method=payment.method,
            reference=request.reason,
            made_at=transaction.at,
            reverses_id=payment.id,
            request_key=request.request_key,
            chain="",
        ),
    )
    return _result(transaction, payment.payer_id, reversal.id, ())


def _refund(transaction: Transaction, request: RefundPayment) -> dict[str, Any]:
    currency = currency_of(transaction, request.payer_id)
    left = credit_of(transaction, request.payer_id).on_account
    if request.amount > left:
        raise TooMuchError(_("The account"), max(left, 0), currency)
    payment = _record(
        transaction,
        Payment(
            payer_id=request.payer_id,
            received_on=request.on,
            amount=-request.amount,
            currency=currency,
            method=request.method,
            reference=request.reference,
            made_at=transaction.at,
            request_key=request.request_key,
            chain="",
        ),
    )
    return _result(transaction, request.payer_id, payment.id, ())


def _write_off(transaction: Transaction, request: WriteOffInvoice) -> int:
    invoice = _invoice(transaction, request.invoice_id)
    left = open_on(transaction, invoice)
    if left <= 0:
        raise NotOpenError(invoice.number)
    amount = left if request.amount is None else request.amount
    if amount > left:
        raise TooMuchError(invoice.number, left, invoice.currency)
    transaction.add(
        WriteOff(
            invoice_id=invoice.id,
            amount=amount,
            written_on=request.on,
            reason=request.reason,
            made_at=transaction.at,
        )
    )
    return amount


def currency_of(work: Snapshot | Transaction, payer_id: int) -> str:
    """Give the currency that a payer's account is kept in.

    Raises:
        MissingRecordError: There is no such payer.
    """
    payer = fetch(work, Payer, payer_id, "payer")
    return fetch(work, Household, payer.household_id, "household").currency


def _record(transaction: Transaction, payment: Payment) -> Payment:
    """Seal a payment and keep it."""
    payment.former_chain = last_payment_chain(transaction)
    payment.chain = payment_chain(payment.former_chain, payment)
    transaction.add(payment)
    transaction.flush()
    return payment


def _allocated(transaction: Transaction, payment_id: int) -> dict[int, int]:
    amounts: dict[int, int] = defaultdict(int)
    query = select(Allocation).where(Allocation.payment_id == payment_id)
    for row in transaction.scalars(query):
        amounts[row.invoice_id] += row.amount
    return amounts


def _invoice(work: Snapshot | Transaction, invoice_id: int) -> Document:
    invoice = fetch(work, Document, invoice_id, "document")
    if invoice.kind is not DocumentKind.INVOICE:
        raise NotAnInvoiceError(invoice.number)
    return invoice


def _allocate(
    transaction: Transaction,
    payer_id: int,
    usable: int,
    sources: Sequence[Source],
    wanted: Wanted,
) -> list[Allocated]:
    """Set money against invoices: the named ones, else the oldest due date first."""
    _require_enough(transaction, payer_id, usable, wanted)
    allocations: list[Allocated] = []
    for invoice_id, number, most in _targets(transaction, payer_id, wanted):
        part = min(usable, most)
        if part <= 0:
            break
        usable -= part
        set_against(transaction, invoice_id, part, sources)
        sources = left_of(sources, part)
        allocations.append(Allocated(invoice_id, number, part))
    return allocations


def _require_enough(
    transaction: Transaction, payer_id: int, usable: int, wanted: Wanted
) -> None:
    named = sum(each[1] for each in wanted if isinstance(each, tuple))
    if named > max(usable, 0):
        currency = currency_of(transaction, payer_id)
        raise TooMuchError(_("The money"), max(usable, 0), currency)


def _targets(
    transaction: Transaction, payer_id: int, wanted: Wanted
) -> list[tuple[int, str, int]]:
    """List invoices with the most that may be set against each."""
    if not wanted:
        return [
            (each.document_id, each.number, each.open)
            for each in open_invoices(transaction, payer_id)
        ]
    targets: list[tuple[int, str, int]] = []
    for each in wanted:
        invoice_id, most = each if isinstance(each, tuple) else (each, None)
        invoice = _invoice(transaction, invoice_id)
        if invoice.payer_id != payer_id:
            raise OtherPayerError(invoice.number)
        named = sum(
            part for named_id, _number, part in targets if named_id == invoice_id
        )
        left = open_on(transaction, invoice) - named
        if left <= 0:
            raise NotOpenError(invoice.number)
        if most is not None and most > left:
            raise TooMuchError(invoice.number, left, invoice.currency)
        if most is not None:
            _above_zero(most)
        targets.append((invoice.id, invoice.number, left if most is None else most))
    return targets


def _result(
    transaction: Transaction,
    payer_id: int,
    payment_id: int,
    allocations: Sequence[Allocated],
) -> dict[str, Any]:
    return {
        "payment_id": payment_id,
        "allocations": [[a.invoice_id, a.number, a.amount] for a in allocations],
        "on_account": credit_of(transaction, payer_id).on_account,
    }
