"""Credit notes: an invoice or some of its lines taken back, and billed anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Snapshot, Transaction
from app.models.values import entries
from app.models.values.billing import DocumentKind
from app.services.billing.asking import Asked, begin, finish, is_done
from app.services.billing.credited_taxes import with_tax_left
from app.services.billing.errors import (
    CreditedBeforeError,
    NotAnInvoiceError,
    NotCreditableError,
    NotOnInvoiceError,
)
from app.services.billing.issuing import Issue, issue
from app.services.billing.locks import require_open
from app.services.billing.papers import lines_of
from app.services.billing.requests import (
    Credited,
    CreditInvoice,
    Reissued,
    StartRun,
)
from app.services.billing.runs import InvoiceRuns
from app.services.billing.sheets import Sheet, Terms, load_printed, make_sheet
from app.services.billing.taking_back import take_back
from app.services.billing.trying import on_trial
from app.services.billing.waiting import load_receivers, load_waiting, these
from app.services.desk import Desk, fetch
from app.text import _


class Credits:
    """Takes invoices back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def credit(self, request: CreditInvoice) -> Credited:
        """Issue a credit note for an invoice, whole or for some of its lines.

        The same request gives the same result.

        Raises:
            EmptyError: No reason is given.
            NotAnInvoiceError: The document is a credit note.
            NotOnInvoiceError: Lines or sessions are not on it.
            CreditedBeforeError: Lines were taken back before.
            NotCreditableError: The lines are corrections themselves.
            IssueDateError: The series has a later document.
            PeriodLockedError: The date lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        request = replace(request, reason=entries.named(request.reason, _("reason")))
        with self._desk.transaction(_("Issue a credit note")) as transaction:
            asked = Asked("credit", request.request_key, request, request.on)
            run = begin(transaction, asked)
            if not is_done(run):
                require_open(transaction, request.on)
                document_id = _credit(transaction, request)
                finish(transaction, run, {"document_id": document_id})
            return Credited(run.result["document_id"])

    def preview(self, request: CreditInvoice) -> int:
        """Tell what a credit note would come to, tax and all, in minor units.

        Raises:
            NotAnInvoiceError: The document is a credit note.
            NotOnInvoiceError: Lines or sessions are not on it.
            CreditedBeforeError: Lines were taken back before.
            NotCreditableError: The lines are corrections themselves.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with on_trial(self._desk) as transaction:
            invoice = _invoice(transaction, request)
            return _taken_back(transaction, invoice, request).totals.total

    def correct_and_reissue(
        self, request: CreditInvoice, close_again: Callable[[], object]
    ) -> Reissued:
        """Credit lines, let the sessions be closed out again, and bill the payer anew.

        Each of the three is whole by itself; the same request goes on where a stopped
        one ended.

        Args:
            request: what is taken back; it is always billed again.
            close_again: closes the sessions out as they really were; closing out twice
                alike changes nothing.

        Raises:
            OfficeError: What crediting, closing out or issuing refuses.
        """
        self._desk.require_office()
        credited = self.credit(replace(request, rebill=True))
        close_again()
        with self._desk.snapshot() as snapshot:
            invoice = fetch(snapshot, Document, request.invoice_id, "document")
            latest = snapshot.scalar(
                select(func.max(DocumentLine.service_on)).where(
                    DocumentLine.document_id == invoice.id
                )
            )
            days = [invoice.until_on or invoice.issued_on, latest or invoice.issued_on]
            days += _waiting_days(snapshot, invoice)
            run = StartRun(
                from_on=invoice.from_on or invoice.issued_on,
                until_on=max(days),
                on=request.on,
                request_key=f"{request.request_key}/reissue",
                payer_ids=(invoice.payer_id,),
            )
        done = InvoiceRuns(self._desk).run(run)
        return Reissued(credited.document_id, done.document_ids)


def _waiting_days(snapshot: Snapshot, invoice: Document) -> list[date]:
    """Give the days of what waits of an invoice's sessions, open ones of locked too."""
    sessions = select(DocumentLine.session_id).where(
        DocumentLine.document_id == invoice.id
    )
    query = select(Charge.service_on).where(
        Charge.session_id.in_(sessions),
        Charge.payer_id == invoice.payer_id,
        Charge.line_id.is_(None),
        Charge.replaced_at.is_(None),
    )
    return list(snapshot.scalars(query))


def _credit(transaction: Transaction, request: CreditInvoice) -> int:
    invoice = _invoice(transaction, request)
    return issue(
        transaction,
        _taken_back(transaction, invoice, request),
        Issue(
            on=request.on,
            from_on=invoice.from_on,
            until_on=invoice.until_on,
            original_id=invoice.id,
            reason=request.reason,
        ),
    )


def _invoice(transaction: Transaction, request: CreditInvoice) -> Document:
    invoice = fetch(transaction, Document, request.invoice_id, "document")
    if invoice.kind is not DocumentKind.INVOICE:
        raise NotAnInvoiceError(invoice.number)
    return invoice


def _taken_back(
    transaction: Transaction, invoice: Document, request: CreditInvoice
) -> Sheet:
    """Take the chosen lines back and lay out the document that says so."""
    charges = _chosen(transaction, invoice, request)
    ids = take_back(transaction, charges, rebill=request.rebill)
    return _sheet(transaction, invoice, ids, request)


def _chosen(
    transaction: Transaction, invoice: Document, request: CreditInvoice
) -> Sequence[Charge]:
    """Find the charges of the chosen lines that were not taken back before."""
    lines = [line for line in lines_of(transaction, invoice.id) if line.charge_id]
    is_whole = request.line_ids is None and request.session_ids is None
    if not is_whole:
        lines = _named(lines, invoice, request)
        if any(line.amount < 0 for line in lines):
            raise NotCreditableError(invoice.number)
    ids = [line.charge_id for line in lines]
    gone = set(
        transaction.scalars(
            select(Charge.reverses_id).where(
                Charge.reverses_id.in_(ids), Charge.line_id.is_not(None)
            )
        )
    )
    left = [each for each in ids if each not in gone]
    if not left or (gone and not is_whole):
        raise CreditedBeforeError(invoice.number)
    query = select(Charge).where(Charge.id.in_(left)).order_by(Charge.id)
    return transaction.scalars(query).all()


def _named(
    lines: Sequence[DocumentLine], invoice: Document, request: CreditInvoice
) -> list[DocumentLine]:
    by_line = set(request.line_ids or ())
    by_session = set(request.session_ids or ())
    chosen = [
        line for line in lines if line.id in by_line or line.session_id in by_session
    ]
    is_known = by_line <= {line.id for line in chosen}
    is_known &= by_session <= {line.session_id for line in chosen}
    if not is_known or not chosen:
        raise NotOnInvoiceError(invoice.number)
    return chosen


def _sheet(
    transaction: Transaction,
    invoice: Document,
    charge_ids: Sequence[int],
    request: CreditInvoice,
) -> Sheet:
    charges = load_waiting(transaction, these(charge_ids))
    [receiver] = load_receivers(transaction, [invoice.payer_id])
    receiver = replace(receiver, currency=invoice.currency)
    terms = Terms(request.on, invoice.prices, invoice.tax_rounding)
    printed = load_printed(transaction, charges)
    kind = DocumentKind.CREDIT_NOTE
    sheet = make_sheet(receiver, charges, (), printed, terms, kind)
    sheet = with_tax_left(transaction, invoice, sheet)
    if sheet.totals.total < 0:
        raise NotCreditableError(invoice.number)
    return sheet
