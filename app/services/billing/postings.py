"""An account line by line: what was issued, credited, paid, refunded, given up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import aliased

from app.models.billing import Allocation, Document, Payment, WriteOff
from app.models.database import Snapshot
from app.models.values.billing import DocumentKind
from app.services.billing.accounts import OpenInvoice, open_invoice
from app.text import _

AGES = (0, 30, 60, 90)  # days late up to which an age goes


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One line of an account; ``charge`` and ``payment`` are minor units.

    Attributes:
        document_id, payment_id: what it comes from.
        balance: what the payer owes after it.
    """

    on: date
    document: str
    text: str
    charge: int
    payment: int
    balance: int = 0
    document_id: int | None = None
    payment_id: int | None = None


def load_entries(snapshot: Snapshot, payer_id: int) -> tuple[AccountEntry, ...]:
    """Read a payer's account in order of date, with the balance after each line."""
    entries = [
        *_issued(snapshot, payer_id),
        *_paid(snapshot, payer_id),
        *_given_up(snapshot, payer_id),
    ]
    entries.sort(key=lambda each: each.on)
    balance = 0
    counted: list[AccountEntry] = []
    for each in entries:
        balance += each.charge - each.payment
        counted.append(
            AccountEntry(
                each.on,
                each.document,
                each.text,
                each.charge,
                each.payment,
                balance,
                each.document_id,
                each.payment_id,
            )
        )
    return tuple(counted)


def _issued(snapshot: Snapshot, payer_id: int) -> list[AccountEntry]:
    query = (
        select(
            Document.id,
            Document.number,
            Document.kind,
            Document.issued_on,
            Document.total,
        )
        .where(Document.payer_id == payer_id)
        .order_by(Document.id)
    )
    entries = []
    for row_id, number, kind, issued, total in snapshot.execute(query):
        is_invoice = kind is DocumentKind.INVOICE
        entries.append(
            AccountEntry(
                issued,
                number,
                _("Invoice") if is_invoice else _("Credit note"),
                total if is_invoice else 0,
                0 if is_invoice else total,
                document_id=row_id,
            )
        )
    return entries


def _paid(snapshot: Snapshot, payer_id: int) -> list[AccountEntry]:
    query = select(Payment).where(Payment.payer_id == payer_id).order_by(Payment.id)
    entries = []
    for row in snapshot.scalars(query):
        text = _("Payment") if row.amount > 0 else _("Refund")
        if row.reverses_id is not None:
            text = _("Payment reversed") if row.amount < 0 else _("Refund reversed")
        came, went = max(row.amount, 0), max(-row.amount, 0)
        entries.append(
            AccountEntry(
                row.received_on, row.reference, text, went, came, payment_id=row.id
            )
        )
    return entries


def _given_up(snapshot: Snapshot, payer_id: int) -> list[AccountEntry]:
    query = (
        select(WriteOff, Document.number)
        .join(Document, Document.id == WriteOff.invoice_id)
        .where(Document.payer_id == payer_id)
        .order_by(WriteOff.id)
    )
    return [
        AccountEntry(
            row.written_on,
            number,
            _("Written off"),
            0,
            row.amount,
            document_id=row.invoice_id,
        )
        for row, number in snapshot.execute(query)
    ]


def open_as_of(snapshot: Snapshot, payer_id: int, on: date) -> tuple[OpenInvoice, ...]:
    """Give what was open on a payer's invoices at the end of a day."""
    query = select(Document).where(
        Document.payer_id == payer_id, Document.issued_on <= on
    )
    documents = {row.id: row for row in snapshot.scalars(query)}
    settled = _settled_by(snapshot, documents, on)
    given_up = select(WriteOff).where(
        WriteOff.invoice_id.in_(documents), WriteOff.written_on <= on
    )
    for write_off in snapshot.scalars(given_up):
        invoice_id = write_off.invoice_id
        settled[invoice_id] = settled.get(invoice_id, 0) + write_off.amount
    listed = [
        open_invoice(row, settled.get(row.id, 0))
        for row in documents.values()
        if row.kind is DocumentKind.INVOICE
    ]
    return tuple(each for each in listed if each.open > 0)


def _settled_by(
    snapshot: Snapshot, documents: Collection[int], on: date
) -> dict[int, int]:
    """Add up by invoice what had been set against it by a day.

    What a reversed payment settled is open again from the day of the reversal.
    """
    reversal = aliased(Payment)
    moved_on = case(
        (
            Allocation.amount < 0,
            func.coalesce(reversal.received_on, Payment.received_on),
        ),
        else_=Payment.received_on,
    )
    rows = snapshot.scalars(
        select(Allocation)
        .outerjoin(Payment, Payment.id == Allocation.payment_id)
        .outerjoin(reversal, reversal.reverses_id == Payment.id)
        .where(
            Allocation.invoice_id.in_(documents),
            or_(Allocation.credit_note_id.in_(documents), moved_on <= on),
        )
    )
    settled: dict[int, int] = {}
    for row in rows:
        settled[row.invoice_id] = settled.get(row.invoice_id, 0) + row.amount
    return settled


def age_of(due_on: date, on: date) -> int:
    """Give the place of an invoice among the ages: not due, up to 30 days late, …."""
    late = (on - due_on).days
    return sum(1 for limit in AGES if late > limit)


def by_age(invoices: Sequence[OpenInvoice], on: date) -> tuple[int, ...]:
    """Add up open amounts by how late they are, not yet due ones first."""
    ages = [0] * (len(AGES) + 1)
    for each in invoices:
        ages[age_of(each.due_on, on)] += each.open
    return tuple(ages)


def age_labels() -> tuple[str, ...]:
    """Name the ages in order."""
    spans = (
        _("{first} to {last} days").format(first=first + 1, last=last)
        for first, last in pairwise(AGES)
    )
    return (_("Not due"), *spans, _("over {last} days").format(last=AGES[-1]))
