"""The steps that stand for ever, and what to do instead of undoing them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Snapshot, Transaction
from app.models.office import JournalEntry
from app.models.payroll import PayLine
from app.services.undoing.errors import StandingStepError
from app.services.undoing.records import Trace, was_set_since
from app.text import _


def refuse_documents(tables: Collection[str]) -> None:
    """Refuse steps that issued documents, moved money or locked pay.

    Raises:
        StandingStepError: The step is one of these.
    """
    for names, what, instead in _instead():
        if not names.isdisjoint(tables):
            raise StandingStepError(what, instead)


def refuse_requests(found: Iterable[Trace]) -> None:
    """Refuse steps that are made once only, such as a fee.

    Raises:
        StandingStepError: The step is one of these.
    """
    instead = {
        "fee": (_("A fee"), _("add the same amount below zero as an adjustment.")),
        "buy package": (_("The sale of a package"), _("refund what is left of it.")),
    }
    for trace in found:
        verb = (trace.after or {}).get("verb", "")
        if trace.table == "run" and verb in instead:
            raise StandingStepError(*instead[verb])


def refuse_billed(transaction: Transaction, found: Iterable[Trace]) -> None:
    """Refuse a step whose charges or pay lines were billed or paid since.

    Raises:
        StandingStepError: One of them was; the sentence names the document.
    """
    for trace in found:
        if trace.model is Charge and was_set_since(transaction, trace, "line_id"):
            raise StandingStepError(
                _("What lies on {number}").format(number=_number(transaction, trace)),
                _("correct the close-out; the difference is on the next invoice."),
            )
        if trace.model is PayLine and was_set_since(transaction, trace, "statement_id"):
            raise StandingStepError(
                _("What lies on a locked pay run"),
                _("correct the close-out; the difference is in the next run."),
            )


def standing(work: Snapshot | Transaction, steps: Collection[int]) -> set[int]:
    """Tell which of some steps stand for ever, by what they did or what came of it."""
    tables = {table for names, _what, _instead in _instead() for table in names}
    found = set(
        work.scalars(
            select(JournalEntry.step)
            .where(JournalEntry.step.in_(steps), JournalEntry.table_name.in_(tables))
            .distinct()
        )
    )
    left = set(steps) - found
    for model, column in ((Charge, Charge.line_id), (PayLine, PayLine.statement_id)):
        found |= set(work.scalars(_taken_since(left, model, column)))
    return found


def _taken_since(
    steps: Collection[int],
    model: type[Charge | PayLine],
    column: InstrumentedAttribute[int | None],
) -> Select[int]:
    """Find steps of which a document took a charge or pay line later."""
    entry, later = aliased(JournalEntry), aliased(JournalEntry)
    return (
        select(entry.step)
        .join(model, model.id == entry.row_id)
        .join(
            later,
            and_(
                later.table_name == entry.table_name,
                later.row_id == entry.row_id,
                later.id > entry.id,
            ),
        )
        .where(
            entry.step.in_(steps),
            entry.table_name == model.__tablename__,
            column.is_not(None),
            later.before.contains(f'"{column.key}":null'),
        )
        .distinct()
    )


def _number(transaction: Transaction, trace: Trace) -> str:
    number = transaction.scalars(
        select(Document.number)
        .join(DocumentLine, DocumentLine.document_id == Document.id)
        .join(Charge, Charge.line_id == DocumentLine.id)
        .where(Charge.id == trace.row_id)
    ).one_or_none()
    return number or _("an issued document")


def _instead() -> tuple[tuple[frozenset[str], str, str], ...]:
    return (
        (
            frozenset({"pay_run", "pay_statement"}),
            _("A pay run"),
            _("cancel it while it is unpaid, or correct it in the next run."),
        ),
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
            frozenset({"run"}),
            _("A run"),
            _("make a credit note for what it issued in error."),
        ),
    )
