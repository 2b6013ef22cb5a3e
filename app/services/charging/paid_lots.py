"""Which lots' purchase is paid."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from app.models.billing import Allocation, Charge, Document, DocumentLine, WriteOff
from app.models.database import Snapshot, Transaction


def lot_source(lot_id: int) -> str:
    """Name a lot as the source of the charges of its purchase."""
    return f"lot:{lot_id}"


def paid_lots(work: Snapshot | Transaction, lot_ids: Sequence[int]) -> frozenset[int]:
    """Find the lots whose live charges all lie on fully paid invoices."""
    if not lot_ids:
        return frozenset()
    by_source = {lot_source(lot_id): lot_id for lot_id in lot_ids}
    rows = work.execute(
        select(Charge.source, DocumentLine.document_id)
        .outerjoin(DocumentLine, DocumentLine.id == Charge.line_id)
        .where(Charge.source.in_(by_source), Charge.live_key.is_not(None))
    ).all()
    paid = _paid(work, {row.document_id for row in rows})
    unpaid = {by_source[row.source] for row in rows if row.document_id not in paid}
    return frozenset(lot_ids) - unpaid


def _paid(work: Snapshot | Transaction, document_ids: set[int | None]) -> set[int]:
    settled = (
        select(func.coalesce(func.sum(Allocation.amount), 0))
        .where(Allocation.invoice_id == Document.id)
        .scalar_subquery()
    )
    given_up = (
        select(func.coalesce(func.sum(WriteOff.amount), 0))
        .where(WriteOff.invoice_id == Document.id)
        .scalar_subquery()
    )
    known = [one for one in document_ids if one is not None]
    return set(
        work.scalars(
            select(Document.id).where(
                Document.id.in_(known), Document.total <= settled + given_up
            )
        )
    )
