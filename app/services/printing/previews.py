"""What a document will look like, or looks like, ready to be drawn anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.models.billing import Document
from app.models.payroll import PayStatement
from app.models.people import Payer
from app.services.billing import papers
from app.services.billing.issuing import Issue, issue
from app.services.billing.looking import sheets_of
from app.services.billing.projecting import load_ahead, project
from app.services.billing.requests import InvoiceRunOf
from app.services.billing.statements import statement
from app.services.billing.trying import on_trial
from app.services.desk import Desk, fetch, profile, zone
from app.services.documents.rendering import Job
from app.services.letterheads import letterhead_of
from app.services.logos import logo_of
from app.services.payroll.rights import require_own
from app.services.printing.printing import document_job, statement_job
from app.text import _


class Previews:
    """Gives documents as jobs, so that whoever asks draws them where it pleases."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def document(self, document_id: int) -> Job:
        """Give an issued invoice or credit note.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, Document, document_id, _("document"))
            return document_job(snapshot, row)

    def statement(self, statement_id: int) -> Job:
        """Give a frozen pay statement.

        Raises:
            MissingRecordError: There is none.
            OtherPayError: It is another tutor's.
        """
        with self._desk.snapshot() as snapshot:
            row = fetch(snapshot, PayStatement, statement_id, _("pay statement"))
            require_own(self._desk, row.tutor_id)
            return statement_job(snapshot, row)

    def draft(self, of: InvoiceRunOf, payer_id: int) -> Job | None:
        """Give the document that a run would issue to a payer; None where it has none.

        It is issued on trial, so it is what will be issued in everything but its
        number, which it does not show.

        Raises:
            IssueDateError: The series has a later document.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        found: list[Job] = []
        with on_trial(self._desk) as transaction:
            home = fetch(transaction, Payer, payer_id, _("payer")).household_id
            wide = replace(of, household_ids=(home,), payer_ids=None)
            for each, ahead in load_ahead(transaction, wide, zone(transaction)).items():
                project(transaction, self._desk, each, ahead, wide)
            sheets, _waits = sheets_of(transaction, of, [payer_id])
            for sheet in sheets[:1]:
                asked = Issue(of.on, of.from_on, of.until_on)
                row = transaction.get_one(Document, issue(transaction, sheet, asked))
                job = document_job(transaction, row)
                found.append(replace(job, value=papers.unnumbered(job.value)))
        return found[0] if found else None

    def account(self, payer_id: int, from_on: date, until_on: date) -> Job:
        """Give a payer's account over a period.

        Raises:
            MissingRecordError: There is no such payer.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            office = profile(snapshot)
            value = statement(snapshot, payer_id, from_on, until_on)
            letterhead = letterhead_of(office, logo_of(snapshot, office.logo_id))
            return Job(value, letterhead, office.locale, office.country)
