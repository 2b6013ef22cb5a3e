"""Looks into the ledger: documents, open amounts, accounts, ages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased, defer

from app.models.billing import Allocation, Document, WriteOff
from app.models.people import Household, Payer
from app.models.values import entries
from app.models.values.billing import ChargeKind, DocumentKind, InvoiceStatus
from app.models.values.schedule import local_date
from app.services.billing import papers
from app.services.billing.accounts import balances, open_on
from app.services.billing.postings import (
    AccountEntry,
    load_entries,
)
from app.services.billing.settlements import (
    Settlement,
    settlements,
    students_of,
)
from app.services.billing.statements import AgeRow, ageing, statement
from app.services.desk import Desk, fetch, zone
from app.services.documents import values

LIMIT = 500
EVERY = 20_000  # more documents than an office has late


@dataclass(frozen=True, slots=True)
class FindDocuments:
    """Which documents are wanted; everything left out is any.

    Attributes:
        status: derived from what is open and the clock.
        before: documents issued before this one, for the next page.
    """

    kind: DocumentKind | None = None
    household_id: int | None = None
    payer_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    status: InvoiceStatus | None = None
    run_id: int | None = None
    before: int | None = None
    limit: int = LIMIT


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An issued document in a list; amounts in minor units.

    Attributes:
        open: what is still to be paid; of a credit note, what stays on account.
        students: names of those whom its lines are for, in the order of the lines.
    """

    document_id: int
    kind: DocumentKind
    number: str
    household_id: int
    household: str
    payer_id: int
    payer: str
    email: str
    issued_on: date
    due_on: date | None
    currency: str
    net: int
    tax: int
    total: int
    open: int
    status: InvoiceStatus
    students: str = ""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of an issued document, by which it can be taken back; minor units."""

    line_id: int
    session_id: int | None
    student_id: int | None
    kind: ChargeKind
    service_on: date
    minutes: int | None
    amount: int
    text: str


class Ledger:
    """Reads documents and accounts; only the office may."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def documents(
        self,
        wanted: FindDocuments = FindDocuments(),
    ) -> tuple[DocumentRow, ...]:
        """List documents, the latest first.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            today = local_date(self._desk.now(), zone(snapshot))
            rows = snapshot.execute(_documents(wanted))
            listed = (_document_row(row, today) for row in rows)
            fitting = (row for row in listed if wanted.status in {None, row.status})
            found = tuple(islice(fitting, entries.rows(wanted.limit)))
            names = students_of(snapshot, found[-1].document_id) if found else {}
        return tuple(
            replace(row, students=names.get(row.document_id, "")) for row in found
        )

    def settlements(self, document_id: int) -> tuple[Settlement, ...]:
        """List what was set against an invoice, in the order in which it was done.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return settlements(snapshot, document_id)

    def document(self, document_id: int) -> values.Invoice | values.CreditNote:
        """Give a document as it was issued, from the frozen data alone.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            document = fetch(snapshot, Document, document_id, "document")
            return papers.paper(document, papers.lines_of(snapshot, document_id))

    def lines(self, document_id: int) -> tuple[LineRow, ...]:
        """List a document's lines in order, with what each is for.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return tuple(
                LineRow(
                    line.id,
                    line.session_id,
                    line.student_id,
                    line.kind,
                    line.service_on,
                    line.minutes,
                    line.amount,
                    line.text,
                )
                for line in papers.lines_of(snapshot, document_id)
            )

    def letterhead(self, document_id: int) -> values.Letterhead:
        """Give the office as it was when a document was issued.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            document = fetch(snapshot, Document, document_id, "document")
            return papers.letterhead(document, snapshot)

    def open_amount(self, document_id: int) -> int:
        """Give what is still to be paid on an invoice, minor units.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return open_on(snapshot, fetch(snapshot, Document, document_id, "document"))

    def balances(self) -> dict[int, int]:
        """Give what each payer with an account owes; below zero is credit.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return balances(snapshot)

    def account(self, payer_id: int) -> tuple[AccountEntry, ...]:
        """List a payer's account in order of date.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return load_entries(snapshot, payer_id)

    def statement_of_account(
        self, payer_id: int, from_on: date, until_on: date
    ) -> values.Statement:
        """Give a payer's account over a period, with what is late at its end.

        Raises:
            MissingRecordError: There is no such payer.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return statement(snapshot, payer_id, from_on, until_on)

    def overdue(self) -> tuple[DocumentRow, ...]:
        """List every invoice that is late, the newest first, however many there are.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        return self.documents(FindDocuments(status=InvoiceStatus.OVERDUE, limit=EVERY))

    def ageing(self) -> tuple[AgeRow, ...]:
        """Say by payer how late what they owe is.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            today = local_date(self._desk.now(), zone(snapshot))
            return ageing(snapshot, today)


_Note = aliased(Document)


def _documents(wanted: FindDocuments) -> Select[*tuple[Any, ...]]:
    def added(column: Any, model: Any) -> Any:  # noqa: ANN401  columns of two tables
        return (
            select(func.coalesce(func.sum(model.amount), 0))
            .where(column == Document.id)
            .correlate(Document)
            .scalar_subquery()
        )

    taken_back = (
        select(func.coalesce(func.sum(_Note.total), 0))
        .where(_Note.original_id == Document.id)
        .correlate(Document)
        .scalar_subquery()
    )
    query = (
        select(
            Document,
            Household.name.label("household"),
            Payer.name.label("payer"),
            Payer.email,
            added(Allocation.invoice_id, Allocation).label("allocated"),
            added(Allocation.credit_note_id, Allocation).label("used"),
            added(WriteOff.invoice_id, WriteOff).label("written_off"),
            taken_back.label("taken_back"),
        )
        .join(Household, Household.id == Document.household_id)
        .join(Payer, Payer.id == Document.payer_id)
        .options(defer(Document.face))
        .order_by(Document.id.desc())
    )
    return _narrowed(query, wanted)


def _narrowed(
    query: Select[*tuple[Any, ...]], wanted: FindDocuments
) -> Select[*tuple[Any, ...]]:
    for column, value in (
        (Document.kind, wanted.kind),
        (Document.household_id, wanted.household_id),
        (Document.payer_id, wanted.payer_id),
        (Document.run_id, wanted.run_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.from_on is not None:
        query = query.where(Document.issued_on >= wanted.from_on)
    if wanted.until_on is not None:
        query = query.where(Document.issued_on <= wanted.until_on)
    if wanted.before is not None:
        query = query.where(Document.id < wanted.before)
    return query


def _document_row(row: Row[*tuple[Any, ...]], today: date) -> DocumentRow:
    document: Document = row[0]
    is_invoice = document.kind is DocumentKind.INVOICE
    settled = row.allocated + row.written_off if is_invoice else row.used
    left = document.total - int(settled)
    status = InvoiceStatus.ISSUED
    if is_invoice:
        status = _status(document, left, row, today)
    return DocumentRow(
        document_id=document.id,
        kind=document.kind,
        number=document.number,
        household_id=document.household_id,
        household=row.household,
        payer_id=document.payer_id,
        payer=row.payer,
        email=row.email,
        issued_on=document.issued_on,
        due_on=document.due_on,
        currency=document.currency,
        net=document.net,
        tax=document.tax,
        total=document.total,
        open=left,
        status=status,
    )


def _status(
    document: Document, left: int, row: Row[*tuple[Any, ...]], today: date
) -> InvoiceStatus:
    """Derive where an invoice stands; what is late comes before what is part paid."""
    if left > 0:
        if (document.due_on or document.issued_on) < today:
            return InvoiceStatus.OVERDUE
        is_whole = left == document.total
        return InvoiceStatus.ISSUED if is_whole else InvoiceStatus.PART_PAID
    if row.written_off > 0:
        return InvoiceStatus.WRITTEN_OFF
    if document.total > 0 and row.taken_back >= document.total:
        return InvoiceStatus.CREDITED
    return InvoiceStatus.PAID
