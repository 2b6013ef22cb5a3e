"""Which charges were credited for good, and so are not made again.

That is: taken back on a credit note that somebody asked for, with nothing billed anew.
A correction that an invoice run puts on a credit note is not meant for good.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Snapshot, Transaction
from app.models.values.billing import DocumentKind
from app.services.charging.facts import ChargeContent
from app.services.charging.reconcile import content_of


def credited_for_good(
    work: Snapshot | Transaction, charges: Sequence[Charge]
) -> frozenset[ChargeContent]:
    """Find the charges that were credited for good and that nothing followed.

    Args:
        work: where the documents are.
        charges: all that one origin ever made, reversals too, in order.
    """
    gone = _taken_back(work, charges)
    return frozenset(content_of(row) for row in _last(charges) if row.id in gone)


def credited_in_session(
    work: Snapshot | Transaction, charges: Sequence[Charge]
) -> frozenset[ChargeContent]:
    """Find what was credited for good of a session whose places say that it was.

    A correction that was still waiting when its invoice was credited went with it.
    """
    gone = _taken_back(work, charges)
    with_it = {
        row.id
        for row in charges
        if row.replaced_at is not None and row.successor_of_id in gone
    }
    return frozenset(
        content_of(row) for row in _last(charges) if row.id in gone | with_it
    )


def _last(charges: Sequence[Charge]) -> Sequence[Charge]:
    last = {
        (row.student_id, row.payer_id, row.kind): row
        for row in charges
        if row.reverses_id is None
    }
    return tuple(last.values())


def _taken_back(work: Snapshot | Transaction, charges: Sequence[Charge]) -> set[int]:
    lines = {
        row.line_id: row.reverses_id
        for row in charges
        if row.reverses_id is not None and row.line_id is not None
    }
    asked_for = work.scalars(
        select(DocumentLine.id)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(
            DocumentLine.id.in_(lines),
            Document.kind == DocumentKind.CREDIT_NOTE,
            Document.run_id.is_(None),
        )
    )
    return {lines[line_id] for line_id in asked_for}
