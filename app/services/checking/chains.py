"""Has anybody changed what must stand for ever? The chains of hashes tell."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.models.database import Snapshot
from app.models.office import JournalEntry
from app.models.recording import chain, digest
from app.services.billing.chains import broken_documents, broken_payments
from app.services.checking.findings import Finding, named
from app.services.payroll.chains import broken_statements
from app.text import _

_BLANKED = (None, None)


def check_journal_chain(snapshot: Snapshot) -> Iterator[Finding]:
    """Recompute the journal; an erasure leaves who, when and what in place."""
    former = ""
    expected = 1
    for row in snapshot.execute(
        select(*JournalEntry.__table__.columns).order_by(JournalEntry.id)
    ).mappings():
        entry = dict(row)
        is_blanked = (entry["before"], entry["after"]) == _BLANKED
        fits = is_blanked or entry["digest"] == digest(entry["before"], entry["after"])
        is_next = entry["id"] == expected and entry["chain"] == chain(former, entry)
        if not fits or not is_next:
            yield Finding(
                "journal_chain",
                _("An entry of the journal was changed or taken out afterwards."),
                named("journal", entry["id"]),
            )
        former, expected = entry["chain"], entry["id"] + 1


def check_document_chain(snapshot: Snapshot) -> Iterator[Finding]:
    """Recompute the chain of issued documents."""
    for document in broken_documents(snapshot):
        yield Finding(
            "document_chain",
            _("The document {number} was changed after it was issued.").format(
                number=document.number
            ),
            named("document", document.id),
        )


def check_payment_chain(snapshot: Snapshot) -> Iterator[Finding]:
    """Recompute the chain of payments."""
    for payment in broken_payments(snapshot):
        yield Finding(
            "payment_chain",
            _("A payment was changed after it was recorded."),
            named("payment", payment.id),
        )


def check_pay_chain(snapshot: Snapshot) -> Iterator[Finding]:
    """Recompute the chains of locked pay lines and statements."""
    for statement in broken_statements(snapshot):
        yield Finding(
            "pay_chain",
            _("The pay statement {number} was changed after it was locked.").format(
                number=statement.number
            ),
            named("pay_statement", statement.id),
        )
