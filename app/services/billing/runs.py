"""Invoice runs: look first, then issue payer by payer, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from app.models.billing import Charge, Document, Run
from app.models.database import Snapshot, Transaction
from app.models.values import entries
from app.models.values.billing import DocumentKind
from app.services.billing.asking import Asked, begin, finish, is_done
from app.services.billing.issuing import Issue, issue
from app.services.billing.locks import require_open
from app.services.billing.looking import look, sheets_of, told, waiting_drafts
from app.services.billing.numbering import require_dates
from app.services.billing.projecting import load_ahead, project
from app.services.billing.requests import (
    Draft,
    InvoiceRunOf,
    RunDone,
    RunException,
    RunPreview,
    StartRun,
    Trouble,
    Watch,
)
from app.services.billing.trying import on_trial
from app.services.desk import Desk, zone
from app.text import _

_ISSUED = select(Document.id).where(
    Document.run_id == bindparam("run"), Document.payer_id == bindparam("payer")
)


class InvoiceRuns:
    """Previews and carries out invoice runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, of: InvoiceRunOf) -> RunPreview:
        """Say what a run would issue and what to look at first; changes nothing.

        Raises:
            DatesError: The period ends before it begins.
            OfficeOnlyError: A tutor asked.
        """
        self._check(of)
        with self._desk.snapshot() as snapshot:
            if not load_ahead(snapshot, of, zone(snapshot)):
                return told(snapshot, look(snapshot, self._desk, of, ()))
        previews: list[RunPreview] = []
        with on_trial(self._desk) as transaction:
            ahead = load_ahead(transaction, of, zone(transaction))
            faults: list[RunException] = []
            for household_id, each in ahead.items():
                faults += project(transaction, self._desk, household_id, each, of)
            found = look(transaction, self._desk, of, faults)
            previews.append(told(transaction, found))
        return previews[0]

    def drafts(self, of: InvoiceRunOf) -> tuple[Draft, ...]:
        """Say which documents wait to be issued, from what is charged already.

        Raises:
            DatesError: The period ends before it begins.
            OfficeOnlyError: A tutor asked.
        """
        self._check(of)
        with self._desk.snapshot() as snapshot:
            return waiting_drafts(snapshot, of)

    def run(self, request: StartRun, watch: Watch | None = None) -> RunDone:
        """Issue what waits, payer by payer; a stopped run goes on when asked again.

        The same request gives the same result. Payers whom something blocks are left
        out and named.

        Args:
            request: what is issued.
            watch: hears of each document before it is issued, and may stop the run.

        Raises:
            DatesError: The period ends before it begins.
            IssueDateError: A series has a later document.
            PeriodLockedError: The issue date lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        of = request.of()
        self._check(of)
        run_id, done = self._start(request)
        if done is not None:
            return done
        faults = self._project(of)
        with self._desk.snapshot() as snapshot:
            found = look(snapshot, self._desk, of, faults)
        held = tuple(each for each in found.exceptions if each.is_blocking)
        wanted = [sheet.receiver for sheet in found.sheets if not found.is_held(sheet)]
        for number, receiver in enumerate(wanted):
            if watch and not watch.goes_on(number, len(wanted), receiver.household):
                return self._stopped(run_id, held, len(wanted) - number)
            self._issue(of, run_id, receiver.payer_id)
        return self._finish(run_id, held)

    def _check(self, of: InvoiceRunOf) -> None:
        self._desk.require_office()
        entries.in_order(of.from_on, of.until_on)

    def _start(self, request: StartRun) -> tuple[int, RunDone | None]:
        with self._desk.transaction(_("Start an invoice run")) as transaction:
            run = begin(
                transaction,
                Asked(
                    "bill",
                    request.request_key,
                    request,
                    request.on,
                    request.from_on,
                    request.until_on,
                ),
            )
            if is_done(run):
                return run.id, _done(run)
            require_open(transaction, request.on)
            require_dates(transaction, request.on, _kinds(transaction, request))
            return run.id, None

    def _project(self, of: InvoiceRunOf) -> list[RunException]:
        with self._desk.snapshot() as snapshot:
            ahead = load_ahead(snapshot, of, zone(snapshot))
        faults: list[RunException] = []
        for household_id, each in ahead.items():
            with self._desk.transaction(_("Charge ahead")) as transaction:
                faults += project(transaction, self._desk, household_id, each, of)
        return faults

    def _issue(self, of: InvoiceRunOf, run_id: int, payer_id: int) -> None:
        with self._desk.transaction(_("Issue a document")) as transaction:
            if transaction.rows(_ISSUED, {"run": run_id, "payer": payer_id}):
                return
            sheets, _waits = sheets_of(transaction, of, [payer_id])
            for sheet in sheets:
                asked = Issue(of.on, of.from_on, of.until_on, run_id)
                issue(transaction, sheet, asked)

    def _stopped(
        self, run_id: int, held: tuple[RunException, ...], left: int
    ) -> RunDone:
        with self._desk.snapshot() as snapshot:
            ids = tuple(_issued(snapshot, run_id))
        return RunDone(run_id, ids, held, left)

    def _finish(self, run_id: int, held: Sequence[RunException]) -> RunDone:
        with self._desk.transaction(_("Finish an invoice run")) as transaction:
            run = transaction.get_one(Run, run_id)
            if not is_done(run):
                finish(
                    transaction,
                    run,
                    {
                        "document_ids": _issued(transaction, run_id),
                        "held_back": [_plain(each) for each in held],
                    },
                )
            return _done(run)


def _issued(work: Snapshot | Transaction, run_id: int) -> list[int]:
    query = select(Document.id).where(Document.run_id == run_id)
    return list(work.scalars(query.order_by(Document.id)))


def _kinds(transaction: Transaction, request: StartRun) -> tuple[DocumentKind, ...]:
    """Tell what a run may issue: credit notes only where something is taken back."""
    takes_back = transaction.scalar(
        select(Charge.id)
        .where(
            Charge.line_id.is_(None),
            Charge.replaced_at.is_(None),
            Charge.amount < 0,
            Charge.service_on <= request.until_on,
        )
        .limit(1)
    )
    return (DocumentKind.INVOICE,) if takes_back is None else tuple(DocumentKind)


def _done(run: Run) -> RunDone:
    return RunDone(
        run.id,
        tuple(run.result["document_ids"]),
        tuple(
            RunException(Trouble(kind), sentence, household_id, payer_id, session_id)
            for kind, sentence, household_id, payer_id, session_id in run.result[
                "held_back"
            ]
        ),
    )


def _plain(each: RunException) -> list[Any]:
    return [
        each.kind.value,
        each.sentence,
        each.household_id,
        each.payer_id,
        each.session_id,
    ]
