"""The numbers of contractors' own invoices, which their statements name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select

from app.models.database import Snapshot, Transaction
from app.models.payroll import ContractorInvoice, PayStatement
from app.models.people import Tutor
from app.models.values.entries import short
from app.models.values.payroll import Engagement
from app.services.desk import fetch
from app.services.payroll.errors import ContractorsOnlyError, TheirInvoiceError
from app.text import _

LONGEST = 64


@dataclass(frozen=True, slots=True)
class NoteInvoice:
    """A request that a contractor's next statement names the contractor's invoice.

    Attributes:
        number: as the invoice bears it; an empty one takes the former away.
    """

    tutor_id: int
    number: str


def note_invoice(transaction: Transaction, request: NoteInvoice) -> None:
    """Keep the number until the contractor's next statement is frozen.

    Raises:
        ContractorsOnlyError: The tutor is employed, and sends no invoices.
        TheirInvoiceError: Another statement names that invoice already.
    """
    number = short(request.number, _("invoice number"), LONGEST)
    tutor = fetch(transaction, Tutor, request.tutor_id, _("tutor"))
    if tutor.engagement is not Engagement.CONTRACTOR:
        raise ContractorsOnlyError(tutor.name)
    used = transaction.scalar(
        select(PayStatement.number)
        .join(ContractorInvoice, ContractorInvoice.statement_id == PayStatement.id)
        .where(
            ContractorInvoice.tutor_id == tutor.id, ContractorInvoice.number == number
        )
    )
    if used is not None:
        raise TheirInvoiceError(number, used)
    row = transaction.scalars(_waiting(tutor.id)).one_or_none()
    if row is None and number:
        transaction.add(ContractorInvoice(tutor_id=tutor.id, number=number))
    elif row is not None and number:
        row.number = number
    elif row is not None:
        transaction.delete(row)


def waiting_invoices(work: Snapshot | Transaction) -> dict[int, str]:
    """Give the numbers that the next statements name, by tutor."""
    rows = work.execute(
        select(ContractorInvoice.tutor_id, ContractorInvoice.number).where(
            ContractorInvoice.statement_id.is_(None)
        )
    )
    return {row.tutor_id: row.number for row in rows}


def waiting_number(transaction: Transaction, tutor: Tutor) -> str:
    """Give the number that a tutor's statement is to name; nothing if none waits."""
    if tutor.engagement is not Engagement.CONTRACTOR:
        return ""
    row = transaction.scalars(_waiting(tutor.id)).one_or_none()
    return row.number if row else ""


def settle_invoice(
    transaction: Transaction, statement: PayStatement, corrects: PayStatement | None
) -> None:
    """Bind the number to the statement that names it, or free it where one falls."""
    waiting = transaction.scalars(_waiting(statement.tutor_id)).one_or_none()
    if corrects is None:
        if waiting is not None and statement.their_invoice:
            waiting.statement_id = statement.id
        return
    for row in transaction.scalars(
        select(ContractorInvoice).where(ContractorInvoice.statement_id == corrects.id)
    ).all():
        if waiting is None:
            row.statement_id = None
        else:
            transaction.delete(row)


def _waiting(tutor_id: int) -> Select[ContractorInvoice]:
    return select(ContractorInvoice).where(
        ContractorInvoice.tutor_id == tutor_id,
        ContractorInvoice.statement_id.is_(None),
    )
