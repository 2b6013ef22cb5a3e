"""What settled an invoice, piece by piece, and whom documents are for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.models.billing import Allocation, Document, DocumentLine, Payment, WriteOff
from app.models.database import Snapshot
from app.models.people import Student


class SettledBy(StrEnum):
    """What settles an invoice."""

    PAYMENT = "payment"
    CREDIT_NOTE = "credit_note"
    WRITE_OFF = "write_off"


@dataclass(frozen=True, slots=True)
class Settlement:
    """An amount set against an invoice, minor units; below zero where it was undone.

    Attributes:
        text: how it was paid, the number of the credit note, or the reason.
        payment_id, document_id: the payment or the credit note that it comes from.
        is_undone: the payment was taken back since.
    """

    on: date
    by: SettledBy
    text: str
    amount: int
    payment_id: int | None = None
    document_id: int | None = None
    is_undone: bool = False


def settlements(snapshot: Snapshot, document_id: int) -> tuple[Settlement, ...]:
    """List what was set against an invoice, oldest first."""
    found = [
        *_payments(snapshot, document_id),
        *_credits(snapshot, document_id),
        *_given_up(snapshot, document_id),
    ]
    return tuple(sorted(found, key=lambda each: each.on))


def _payments(snapshot: Snapshot, document_id: int) -> list[Settlement]:
    back = aliased(Payment)
    query = (
        select(
            Payment.id,
            Payment.received_on,
            Payment.method,
            Payment.reference,
            Allocation.amount,
            back.id.label("back"),
            back.received_on.label("back_on"),
        )
        .join(Payment, Payment.id == Allocation.payment_id)
        .outerjoin(back, back.reverses_id == Payment.id)
        .where(Allocation.invoice_id == document_id)
        .order_by(Allocation.id)
    )
    return [
        Settlement(
            row.back_on if row.amount < 0 and row.back_on else row.received_on,
            SettledBy.PAYMENT,
            ", ".join(part for part in (row.method, row.reference) if part),
            row.amount,
            payment_id=row.id,
            is_undone=row.back is not None,
        )
        for row in snapshot.execute(query)
    ]


def _credits(snapshot: Snapshot, document_id: int) -> list[Settlement]:
    query = (
        select(Document.id, Document.issued_on, Document.number, Allocation.amount)
        .join(Document, Document.id == Allocation.credit_note_id)
        .where(Allocation.invoice_id == document_id)
        .order_by(Allocation.id)
    )
    return [
        Settlement(
            row.issued_on,
            SettledBy.CREDIT_NOTE,
            row.number,
            row.amount,
            document_id=row.id,
        )
        for row in snapshot.execute(query)
    ]


def _given_up(snapshot: Snapshot, document_id: int) -> list[Settlement]:
    query = select(WriteOff).where(WriteOff.invoice_id == document_id)
    return [
        Settlement(row.written_on, SettledBy.WRITE_OFF, row.reason, row.amount)
        for row in snapshot.scalars(query.order_by(WriteOff.id))
    ]


def students_of(snapshot: Snapshot, first_id: int) -> dict[int, str]:
    """Name the students of each document from one on, in the order of its lines."""
    query = (
        select(DocumentLine.document_id, Student.name)
        .join(Student, Student.id == DocumentLine.student_id)
        .where(DocumentLine.document_id >= first_id)
        .group_by(DocumentLine.document_id, Student.id, Student.name)
        .order_by(DocumentLine.document_id, func.min(DocumentLine.position))
    )
    names: dict[int, list[str]] = {}
    for document_id, name in snapshot.execute(query):
        names.setdefault(document_id, []).append(name)
    return {document_id: ", ".join(each) for document_id, each in names.items()}
