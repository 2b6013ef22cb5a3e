"""The steps that stand for ever, and what to do instead of undoing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Transaction
from app.models.payroll import PayLine
from app.services.undoing.errors import StandingStepError
from app.text import _


def refuse_documents(tables: Collection[str]) -> None:
    """Refuse steps that issued documents, moved money or locked pay.

    Raises:
        StandingStepError: The step is one of these.
    """
    for names, what, instead in _instead():
        if not names.isdisjoint(tables):
            raise StandingStepError(what, instead)


def refuse_billed(transaction: Transaction, charges: Iterable[Charge]) -> None:
    """Refuse a step whose charges lie on an issued document by now.

    Raises:
        StandingStepError: One of them does; the sentence names the document.
    """
    lines = [charge.line_id for charge in charges if charge.line_id is not None]
    if not lines:
        return
    number = transaction.scalars(
        select(Document.number)
        .join(DocumentLine, DocumentLine.document_id == Document.id)
        .where(DocumentLine.id.in_(lines))
        .limit(1)
    ).one_or_none()
    raise StandingStepError(
        _("What lies on the issued document {number}").format(number=number or ""),
        _("correct the close-out, and the difference comes with the next invoice."),
    )


def refuse_locked(lines: Iterable[PayLine]) -> None:
    """Refuse a step whose pay lines lie on a locked statement by now.

    Raises:
        StandingStepError: One of them does.
    """
    if any(line.statement_id is not None for line in lines):
        raise StandingStepError(
            _("What lies on a locked pay run"),
            _("correct the close-out, and the difference comes with the next run."),
        )


def _instead() -> tuple[tuple[frozenset[str], str, str], ...]:
    return (
        (
            frozenset({"payment"}),
            _("A payment"),
            _("reverse the payment, or pay it back."),
        ),
        (
            frozenset({"document", "document_line"}),
            _("An issued invoice or credit note"),
            _("make a credit note for what is wrong."),
        ),
        (
            frozenset({"allocation"}),
            _("Money set against an invoice"),
            _("reverse the payment and receive it again."),
        ),
        (
            frozenset({"write_off"}),
            _("A write-off"),
            _("record the payment when it comes."),
        ),
        (
            frozenset({"pay_run", "pay_statement"}),
            _("A pay run"),
            _("cancel it while it is unpaid, or correct it in the next run."),
        ),
    )
