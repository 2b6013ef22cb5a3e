"""Prints issued documents and pay statements, always from their frozen data alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Select, or_, select

from app.models.billing import Document
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayRun, PayStatement
from app.models.values.billing import DocumentKind
from app.services.billing import papers
from app.services.desk import Desk, fetch, profile
from app.services.documents.naming import file_name
from app.services.documents.rendering import Job, render, render_many
from app.services.documents.values import Listing
from app.services.letterheads import frozen_letterhead, letterhead_of
from app.services.logos import logo_of
from app.services.payroll.printing import document_of
from app.services.payroll.rights import require_own
from app.services.payroll.runs import PayRuns
from app.services.printing.accounts import account_job
from app.services.printing.files import write_file
from app.services.printing.notes import note_job
from app.services.printing.schedules import require_own_week, week_job
from app.text import _


@dataclass(frozen=True, slots=True)
class PeriodOf:
    """A period and the day of its run; documents of it are to be printed."""

    from_on: date
    until_on: date
    on: date


class Printing:
    """Draws documents, and writes those that a folder lacks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def document(self, document_id: int) -> bytes:
        """Draw an issued invoice or credit note; the same bytes each time.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, Document, document_id, "document")
            job = document_job(snapshot, row)
        return render(job)

    def statement(self, statement_id: int) -> bytes:
        """Draw a frozen pay statement.

        Raises:
            MissingRecordError: There is none.
            OtherPayError: It is another tutor's.
        """
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, PayStatement, statement_id, _("pay statement"))
            require_own(self._desk, row.tutor_id)
            job = statement_job(snapshot, row)
        return render(job)

    def account(self, payer_id: int, from_on: date, until_on: date) -> bytes:
        """Draw a payer's statement of account over a period.

        Raises:
            MissingRecordError: There is no such payer.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            job = account_job(snapshot, payer_id, from_on, until_on)
        return render(job)

    def week(self, tutor_id: int, monday: date) -> bytes:
        """Draw a tutor's week.

        Raises:
            MissingRecordError: There is no such tutor.
            OtherWeekError: A tutor asked for somebody else's.
        """
        require_own_week(self._desk, tutor_id)
        with self._desk.snapshot() as snapshot:
            job = week_job(snapshot, self._desk.now(), tutor_id, monday)
        return render(job)

    def session_note(self, session_id: int, student_id: int) -> bytes:
        """Draw the family's note of a session that was closed out.

        Raises:
            MissingRecordError: There is no such session or student in it.
        """
        with self._desk.snapshot() as snapshot:
            job = note_job(snapshot, self._desk, session_id, student_id)
        return render(job)

    def listing(self, shown: Listing) -> bytes:
        """Draw a list that somebody sees on the screen, under the office's name."""
        with self._desk.snapshot() as snapshot:
            office = profile(snapshot)
            letterhead = letterhead_of(office, logo_of(snapshot, office.logo_id))
            job = Job(shown, letterhead, office.locale, office.country)
        return render(job)

    def write_documents(self, folder: Path, period: PeriodOf) -> tuple[Path, ...]:
        """Write the invoices and credit notes of a period that a folder lacks.

        A document that names no period belongs to the one that it was issued in.

        Returns:
            The files that were written now.

        Raises:
            NotWrittenError: The folder cannot be written.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            rows = snapshot.scalars(_documents_of(period)).all()
            wanted = {folder / _document_name(row): row for row in rows}
            jobs = {
                path: document_job(snapshot, row)
                for path, row in wanted.items()
                if not path.exists()
            }
        return _write(jobs)

    def write_pay(self, folder: Path, period: PeriodOf) -> tuple[Path, ...]:
        """Write the pay statements and CSV files of a period that a folder lacks.

        Returns:
            The files that were written now.

        Raises:
            NotWrittenError: The folder cannot be written.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        jobs: dict[Path, Job] = {}
        with self._desk.snapshot() as snapshot:
            run_ids = snapshot.scalars(_runs_of(period)).all()
            for row in snapshot.scalars(
                select(PayStatement)
                .where(PayStatement.pay_run_id.in_(run_ids))
                .order_by(PayStatement.id)
            ):
                path = folder / _statement_name(row)
                if not path.exists():
                    jobs[path] = statement_job(snapshot, row)
        written = list(_write(jobs))
        for run_id in run_ids:
            path = folder / f"pay-run-{run_id:04}.csv"
            if not path.exists():
                table = PayRuns(self._desk).csv(run_id)
                write_file(path, table.encode("utf-8-sig"))  # for spreadsheets
                written.append(path)
        return tuple(written)


def _write(jobs: dict[Path, Job]) -> tuple[Path, ...]:
    for path, content in zip(jobs, render_many(list(jobs.values())), strict=True):
        write_file(path, content)
    return tuple(jobs)


def _documents_of(period: PeriodOf) -> Select[Document]:
    touches = (Document.from_on <= period.until_on) & (
        Document.until_on >= period.from_on
    )
    has_none = or_(Document.from_on.is_(None), Document.until_on.is_(None))
    issued = has_none & Document.issued_on.between(period.from_on, period.on)
    return select(Document).where(or_(touches, issued)).order_by(Document.id)


def _runs_of(period: PeriodOf) -> Select[int]:
    return (
        select(PayRun.id)
        .where(
            PayRun.from_on <= period.until_on,
            PayRun.until_on >= period.from_on,
            PayRun.approved_at.is_not(None),
        )
        .order_by(PayRun.id)
    )


def document_job(work: Snapshot | Transaction, row: Document) -> Job:
    """Give an issued document to be drawn."""
    paper = papers.paper(row, papers.lines_of(work, row.id))
    office = row.face["office"]
    return Job(
        paper, papers.letterhead(row, work), row.face["language"], office["country"]
    )


def _document_name(row: Document) -> str:
    is_invoice = row.kind is DocumentKind.INVOICE
    kind = _("Invoice") if is_invoice else _("Credit note")
    return file_name(row.number, row.face["payer"]["name"], kind)


def statement_job(work: Snapshot | Transaction, row: PayStatement) -> Job:
    """Give a frozen pay statement to be drawn."""
    office = row.face["office"]
    letterhead = frozen_letterhead(office, logo_of(work, office.get("logo_id")))
    return Job(document_of(row), letterhead, office["language"], office["country"])


def _statement_name(row: PayStatement) -> str:
    contractor = document_of(row).contractor
    kind = _("Remittance advice") if contractor else _("Pay statement")
    return file_name(row.number, row.face["tutor"]["name"], kind)
