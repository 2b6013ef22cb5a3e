"""Whether families have paid for sessions, for tutors who are paid only then."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from app.models.billing import Allocation, Charge, Document, DocumentLine, WriteOff
from app.models.database import Snapshot, Transaction

_AT_ONCE = 500  # ids in one statement


def unpaid_sessions(
    work: Snapshot | Transaction, session_ids: Iterable[int | None]
) -> set[int]:
    """Find the sessions with a live charge that lies on no paid invoice.

    A session without a charge of its own (package, flat fee) waits for nothing.
    """
    wanted = sorted(one for one in session_ids if one is not None)
    unpaid: set[int] = set()
    for first in range(0, len(wanted), _AT_ONCE):
        rows = work.execute(
            select(Charge.session_id, DocumentLine.document_id)
            .outerjoin(DocumentLine, DocumentLine.id == Charge.line_id)
            .where(
                Charge.session_id.in_(wanted[first : first + _AT_ONCE]),
                Charge.live_key.is_not(None),
            )
        ).all()
        documents = {row.document_id for row in rows if row.document_id is not None}
        still_open = _open(work, documents)
        unpaid |= {
            row.session_id
            for row in rows
            if row.document_id is None or row.document_id in still_open
        }
    return unpaid


def _open(work: Snapshot | Transaction, document_ids: set[int]) -> set[int]:
    totals = dict(
        work.execute(
            select(Document.id, Document.total).where(Document.id.in_(document_ids))
        ).all()
    )
    for model in (Allocation, WriteOff):
        settled = work.execute(
            select(model.invoice_id, func.sum(model.amount))
            .where(model.invoice_id.in_(document_ids))
            .group_by(model.invoice_id)
        )
        for invoice_id, amount in settled:
            totals[invoice_id] -= amount
    return {document_id for document_id, rest in totals.items() if rest > 0}
