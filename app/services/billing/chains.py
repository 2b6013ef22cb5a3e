"""Seals issued documents and payments: each row's hash covers the one before it.

The fields are listed one by one, so that a column that comes later does not break the
seals of what was issued before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import select

from app.models.base import Model
from app.models.billing import Document, DocumentLine, Payment
from app.models.database import Snapshot, Transaction
from app.models.recording import to_plain
from app.models.types import canonical_json

DOCUMENT_FIELDS = (
    "kind",
    "number",
    "sequence",
    "household_id",
    "payer_id",
    "issued_on",
    "issued_at",
    "due_on",
    "from_on",
    "until_on",
    "currency",
    "prices",
    "tax_rounding",
    "net",
    "tax",
    "total",
    "original_id",
    "run_id",
    "reason",
    "face",
)
LINE_FIELDS = (
    "position",
    "charge_id",
    "session_id",
    "student_id",
    "kind",
    "service_on",
    "minutes",
    "rate",
    "amount",
    "document_discount",
    "tax_name",
    "tax_rate",
    "tax_reason",
    "text",
    "note",
    "face",
)
PAYMENT_FIELDS = (
    "payer_id",
    "received_on",
    "amount",
    "currency",
    "method",
    "reference",
    "made_at",
    "reverses_id",
    "request_key",
)


_LAST_DOCUMENT = select(Document.chain).order_by(Document.id.desc()).limit(1)


def document_chain(
    former: str, document: Document, lines: Sequence[DocumentLine]
) -> str:
    """Give the SHA-256 over the former chain, a document and its lines in order."""
    content = [_fields(document, DOCUMENT_FIELDS)]
    content += [_fields(line, LINE_FIELDS) for line in lines]
    return _sealed(former, content)


def payment_chain(former: str, payment: Payment) -> str:
    """Give the SHA-256 over the former chain and a payment."""
    return _sealed(former, [_fields(payment, PAYMENT_FIELDS)])


def last_document_chain(work: Snapshot | Transaction) -> str:
    """Give the seal of the document that was issued last, or empty."""
    newest = work.rows(_LAST_DOCUMENT)
    return newest[0][0] if newest else ""


def last_payment_chain(work: Snapshot | Transaction) -> str:
    """Give the seal of the payment that was recorded last, or empty."""
    newest = select(Payment.chain).order_by(Payment.id.desc()).limit(1)
    return work.scalar(newest) or ""


def broken_documents(work: Snapshot | Transaction) -> Iterator[Document]:
    """Find documents whose seal does not fit them, or not the one before."""
    query = select(DocumentLine).order_by(
        DocumentLine.document_id, DocumentLine.position
    )
    lines = {
        document_id: list(rows)
        for document_id, rows in groupby(
            work.scalars(query), lambda line: line.document_id
        )
    }
    former = ""
    for document in work.scalars(select(Document).order_by(Document.id)):
        seal = document_chain(former, document, lines.get(document.id, []))
        if document.former_chain != former or document.chain != seal:
            yield document
        former = document.chain


def broken_payments(work: Snapshot | Transaction) -> Iterator[Payment]:
    """Find payments whose seal does not fit them, or not the one before."""
    former = ""
    for payment in work.scalars(select(Payment).order_by(Payment.id)):
        seal = payment_chain(former, payment)
        if payment.former_chain != former or payment.chain != seal:
            yield payment
        former = payment.chain


def _fields(row: Model, names: Sequence[str]) -> list[object]:
    return [to_plain(getattr(row, name)) for name in names]


def _sealed(former: str, content: list[list[object]]) -> str:
    text = canonical_json([former, *content])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
