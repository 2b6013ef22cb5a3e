"""Invoices as the list shows them: drafts, what was issued, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.models.values.billing import DocumentKind, InvoiceStatus
from app.services.billing.ledger import DocumentRow
from app.services.billing.requests import Draft
from app.text import _


class Standing(StrEnum):
    """Where a row stands, in the order of the chips."""

    DRAFT = "draft"
    ISSUED = "issued"
    OVERDUE = "overdue"
    PART_PAID = "part_paid"
    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"
    CREDIT_NOTE = "credit_note"


TONES = {
    Standing.DRAFT: "neutral",
    Standing.ISSUED: "info",
    Standing.OVERDUE: "err",
    Standing.PART_PAID: "warn",
    Standing.PAID: "ok",
    Standing.CREDITED: "neutral",
    Standing.WRITTEN_OFF: "neutral",
    Standing.CREDIT_NOTE: "neutral",
}


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """A line of the list; amounts in minor units, of credit notes below zero.

    Attributes:
        key: the document's id; of a draft the payer's, below zero.
        document_id: 0 while it is a draft.
        late: days since it was due.
    """

    key: int
    document_id: int
    number: str
    household_id: int
    household: str
    payer_id: int
    payer: str
    email: str
    students: str
    issued_on: date | None
    due_on: date | None
    currency: str
    total: int
    open: int
    standing: Standing
    late: int = 0

    @property
    def is_draft(self) -> bool:
        """Say whether it has no number yet."""
        return not self.document_id

    @property
    def is_invoice(self) -> bool:
        """Say whether it is an issued invoice."""
        return not self.is_draft and self.standing is not Standing.CREDIT_NOTE

    @property
    def is_payable(self) -> bool:
        """Say whether money can be recorded for it."""
        return self.is_invoice and self.open > 0

    @property
    def name(self) -> str:
        """Name it in a sentence."""
        if self.is_draft:
            return _("the draft for {payer}").format(payer=self.payer)
        if self.is_invoice:
            return _("invoice {number}").format(number=self.number)
        return _("credit note {number}").format(number=self.number)


def words_of(standing: Standing) -> str:
    """Name a standing on its chip."""
    return {
        Standing.DRAFT: _("Draft"),
        Standing.ISSUED: _("Issued"),
        Standing.OVERDUE: _("Overdue"),
        Standing.PART_PAID: _("Part paid"),
        Standing.PAID: _("Paid"),
        Standing.CREDITED: _("Credited"),
        Standing.WRITTEN_OFF: _("Written off"),
        Standing.CREDIT_NOTE: _("Credit note"),
    }[standing]


def status_of(row: InvoiceRow) -> str:
    """Say where a row stands, and how late it is."""
    if row.standing is not Standing.OVERDUE:
        return words_of(row.standing)
    return _("Overdue {days} d").format(days=row.late)


def issued_row(row: DocumentRow, today: date) -> InvoiceRow:
    """Give an issued document as a line of the list."""
    is_invoice = row.kind is DocumentKind.INVOICE
    standing = Standing(row.status.value) if is_invoice else Standing.CREDIT_NOTE
    is_late = row.status is InvoiceStatus.OVERDUE and row.due_on is not None
    sign = 1 if is_invoice else -1
    return InvoiceRow(
        key=row.document_id,
        document_id=row.document_id,
        number=row.number,
        household_id=row.household_id,
        household=row.household,
        payer_id=row.payer_id,
        payer=row.payer,
        email=row.email,
        students=row.students,
        issued_on=row.issued_on,
        due_on=row.due_on,
        currency=row.currency,
        total=sign * row.total,
        open=sign * row.open,
        standing=standing,
        late=(today - row.due_on).days if is_late and row.due_on else 0,
    )


def draft_row(draft: Draft) -> InvoiceRow:
    """Give what waits to be issued as a line of the list."""
    sign = 1 if draft.kind is DocumentKind.INVOICE else -1
    return InvoiceRow(
        key=-draft.payer_id,
        document_id=0,
        number="",
        household_id=draft.household_id,
        household=draft.household,
        payer_id=draft.payer_id,
        payer=draft.payer,
        email=draft.email,
        students=students_of(draft),
        issued_on=None,
        due_on=None,
        currency=draft.currency,
        total=sign * draft.total,
        open=0,  # nobody owes what is not issued
        standing=Standing.DRAFT,
    )


def students_of(draft: Draft) -> str:
    """Name a draft's students in the order of its lines."""
    return ", ".join(
        dict.fromkeys(line.student for line in draft.lines if line.student)
    )


def sums_of(
    rows: Sequence[InvoiceRow], amount: Callable[[InvoiceRow], int]
) -> dict[str, int]:
    """Add an amount up, each currency by itself."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + amount(row)
    return sums


def last_month(today: date) -> tuple[date, date]:
    """Give the first and last day of the month before."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last
