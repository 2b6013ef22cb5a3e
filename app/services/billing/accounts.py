"""What is open on invoices, and what a payer has on account.

Balance of a payer = issued - credits - payments - write-offs + refunds, which is what
is open on the invoices less the credit on account.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, defer

from app.models.billing import Allocation, Document, Payment, WriteOff
from app.models.database import Snapshot, Transaction
from app.models.values.billing import DocumentKind


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice with what is still to be paid on it, minor units."""

    document_id: int
    payer_id: int
    number: str
    issued_on: date
    due_on: date
    total: int
    open: int


@dataclass(frozen=True, slots=True)
class Source:
    """A payment or credit note with money that is set against nothing yet."""

    on: date
    rest: int
    payment_id: int | None = None
    credit_note_id: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """A payer's money on account.

    Attributes:
        sources: where it lies, oldest first; refunds were taken from the oldest.
        on_account: below zero where more was paid back than is left.
    """

    sources: tuple[Source, ...]
    on_account: int


def settled_by_invoice(
    work: Snapshot | Transaction, invoice_ids: Iterable[int] | None = None
) -> dict[int, int]:
    """Add up allocations and write-offs of invoices; of all where none are named."""
    settled: dict[int, int] = {}
    for model in (Allocation, WriteOff):
        query = select(model.invoice_id, func.sum(model.amount)).group_by(
            model.invoice_id
        )
        if invoice_ids is not None:
            query = query.where(model.invoice_id.in_(list(invoice_ids)))
        for invoice_id, amount in work.execute(query):
            settled[invoice_id] = settled.get(invoice_id, 0) + int(amount)
    return settled


def open_on(work: Snapshot | Transaction, invoice: Document) -> int:
    """Give what is still to be paid on an invoice."""
    settled = settled_by_invoice(work, [invoice.id])
    return invoice.total - settled.get(invoice.id, 0)


def open_invoices(
    work: Snapshot | Transaction, payer_id: int | None = None
) -> tuple[OpenInvoice, ...]:
    """List invoices with something open, of one payer or of all.

    They come in the order in which they are settled: the oldest due date first, then
    the lower number.
    """
    query = (
        select(Document)
        .options(defer(Document.face))
        .where(Document.kind == DocumentKind.INVOICE)
        .order_by(
            func.coalesce(Document.due_on, Document.issued_on),
            Document.sequence,
            Document.id,
        )
    )
    if payer_id is not None:
        query = query.where(Document.payer_id == payer_id)
    rows = work.scalars(query).all()
    known = None if payer_id is None else [row.id for row in rows]
    settled = settled_by_invoice(work, known)
    listed = (open_invoice(row, settled.get(row.id, 0)) for row in rows)
    return tuple(invoice for invoice in listed if invoice.open > 0)


def open_invoice(row: Document, settled: int) -> OpenInvoice:
    """Say what is open on an invoice of which an amount is settled."""
    return OpenInvoice(
        document_id=row.id,
        payer_id=row.payer_id,
        number=row.number,
        issued_on=row.issued_on,
        due_on=row.due_on or row.issued_on,
        total=row.total,
        open=row.total - settled,
    )


def credit_of(work: Snapshot | Transaction, payer_id: int) -> Credit:
    """Give a payer's money on account and where it lies."""
    payments = work.execute(
        select(
            Payment.id,
            Payment.received_on,
            Payment.amount,
            Payment.reverses_id,
        ).where(Payment.payer_id == payer_id)
    )
    rows = payments.all()
    reversed_ids = {reverses for *_, reverses in rows if reverses is not None}
    used = _used(work, Allocation.payment_id, [row[0] for row in rows])
    sources: list[Source] = []
    paid_back = 0
    for row_id, on, amount, reverses in rows:
        if reverses is not None or row_id in reversed_ids:
            continue
        if amount < 0:
            paid_back -= amount
        else:
            rest = amount - used.get(row_id, 0)
            sources.append(Source(on, rest, payment_id=row_id))
    sources += _credit_notes(work, payer_id)
    sources.sort(key=lambda each: (each.on, each.payment_id is None))
    on_account = sum(each.rest for each in sources) - paid_back
    return Credit(left_of(sources, paid_back), on_account)


def _credit_notes(work: Snapshot | Transaction, payer_id: int) -> list[Source]:
    query = select(
        Document.id, Document.issued_on, Document.total, Document.number
    ).where(Document.payer_id == payer_id, Document.kind == DocumentKind.CREDIT_NOTE)
    rows = work.execute(query).all()
    used = _used(work, Allocation.credit_note_id, [row[0] for row in rows])
    return [
        Source(on, total - used.get(row_id, 0), credit_note_id=row_id, number=number)
        for row_id, on, total, number in rows
    ]


def _used(
    work: Snapshot | Transaction,
    column: InstrumentedAttribute[int | None],
    ids: Sequence[int],
) -> dict[int | None, int]:
    query = select(column, func.sum(Allocation.amount)).where(column.in_(ids))
    rows = work.execute(query.group_by(column))
    return {row_id: int(amount) for row_id, amount in rows}


def left_of(sources: Sequence[Source], taken: int) -> tuple[Source, ...]:
    """Give what is left of sources after an amount was taken, the first ones first."""
    left: list[Source] = []
    for source in sources:
        part = min(source.rest, taken)
        taken -= part
        if source.rest > part:
            left.append(
                Source(
                    source.on,
                    source.rest - part,
                    source.payment_id,
                    source.credit_note_id,
                    source.number,
                )
            )
    return tuple(left)


def balances(work: Snapshot | Transaction) -> dict[int, int]:
    """Give what each payer with an account owes; below zero is credit."""
    owed: dict[int, int] = {}
    issued = select(Document.payer_id, Document.kind, func.sum(Document.total))
    for payer_id, kind, total in work.execute(
        issued.group_by(Document.payer_id, Document.kind)
    ):
        sign = 1 if kind is DocumentKind.INVOICE else -1
        owed[payer_id] = owed.get(payer_id, 0) + sign * int(total)
    paid = select(Payment.payer_id, func.sum(Payment.amount))
    given_up = select(Document.payer_id, func.sum(WriteOff.amount)).join_from(
        WriteOff, Document, Document.id == WriteOff.invoice_id
    )
    for query in (
        paid.group_by(Payment.payer_id),
        given_up.group_by(Document.payer_id),
    ):
        for payer_id, amount in work.execute(query):
            owed[payer_id] = owed.get(payer_id, 0) - int(amount)
    return owed


def set_against(
    transaction: Transaction, invoice_id: int, amount: int, sources: Sequence[Source]
) -> None:
    """Set an amount from sources against an invoice, oldest source first."""
    for source in sources:
        part = min(amount, source.rest)
        if part <= 0:
            continue
        amount -= part
        transaction.add(
            Allocation(
                invoice_id=invoice_id,
                payment_id=source.payment_id,
                credit_note_id=source.credit_note_id,
                amount=part,
                made_at=transaction.at,
            )
        )
    transaction.flush()
