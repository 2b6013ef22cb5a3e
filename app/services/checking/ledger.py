"""Do documents, payments, packages and pay statements add up to the cent?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import func, select

from app.models.agreements import Lot, LotUse
from app.models.billing import (
    Allocation,
    Charge,
    Document,
    DocumentLine,
    NumberSeries,
    Payment,
    WriteOff,
)
from app.models.database import Snapshot
from app.models.payroll import Deduction, PayLine, PayStatement
from app.models.values.billing import DocumentKind, PriceBasis
from app.services.checking.findings import Finding, named
from app.text import _


def check_documents(snapshot: Snapshot) -> Iterator[Finding]:
    """Add up every issued document's lines, tax and total."""
    sums = _sums(
        snapshot.execute(
            select(DocumentLine.document_id, func.sum(DocumentLine.amount)).group_by(
                DocumentLine.document_id
            )
        )
    )
    for document in snapshot.scalars(select(Document)):
        is_net = document.prices is PriceBasis.NET
        stated = document.net if is_net else document.total
        fits = document.net + document.tax == document.total
        if sums[document.id] != stated or not fits:
            yield Finding(
                "document_sum",
                _("The lines of {number} do not add up to its totals.").format(
                    number=document.number
                ),
                named("document", document.id),
            )


def check_numbers(snapshot: Snapshot) -> Iterator[Finding]:
    """Look for gaps in the numbers, and for dates that fall as numbers rise."""
    for series in snapshot.scalars(select(NumberSeries)):
        rows = snapshot.execute(
            select(Document.sequence, Document.issued_on)
            .where(Document.number_series_id == series.id)
            .order_by(Document.sequence)
        ).all()
        numbers = [sequence for sequence, _issued in rows]
        dates = [issued for _sequence, issued in rows]
        if numbers != list(range(1, series.next_number)):
            yield Finding(
                "numbers",
                _("The document numbers “{prefix}” have a gap or a double.").format(
                    prefix=series.prefix
                ),
                named("number_series", series.id),
            )
        if dates != sorted(dates):
            yield Finding(
                "numbers",
                _("The issue dates of “{prefix}” fall as the numbers rise.").format(
                    prefix=series.prefix
                ),
                named("number_series", series.id),
            )


def check_lines(snapshot: Snapshot) -> Iterator[Finding]:
    """Match every document line with the charge it was made of."""
    query = (
        select(DocumentLine, Charge, Document.kind)
        .join(Document, Document.id == DocumentLine.document_id)
        .join(Charge, Charge.id == DocumentLine.charge_id)
    )
    for line, charge, kind in snapshot.execute(query):
        sign = -1 if kind is DocumentKind.CREDIT_NOTE else 1
        if charge.line_id != line.id or not _agrees(line, charge, sign):
            yield Finding(
                "line",
                _("A line of an issued document differs from its charge."),
                (*named("document_line", line.id), *named("charge", charge.id)),
            )
    lines = select(DocumentLine.id)
    query_lost = select(Charge.id).where(
        Charge.line_id.is_not(None), Charge.line_id.not_in(lines)
    )
    for charge_id in snapshot.scalars(query_lost):
        yield Finding(
            "line",
            _("A charge claims to lie on a document line that is not there."),
            named("charge", charge_id),
        )


def _agrees(line: DocumentLine, charge: Charge, sign: int) -> bool:
    is_discounted = bool(line.face and line.face.get("discount"))
    same = line.session_id == charge.session_id and line.kind is charge.kind
    return same and (is_discounted or sign * line.amount == charge.amount)


def check_charges_once(snapshot: Snapshot) -> Iterator[Finding]:
    """Make sure that a reversal takes back exactly what it reverses."""
    reversed_rows = {row.id: row for row in snapshot.scalars(select(Charge))}
    for row in reversed_rows.values():
        if row.reverses_id is None:
            continue
        former = reversed_rows[row.reverses_id]
        if former.amount != -row.amount or former.payer_id != row.payer_id:
            yield Finding(
                "reversal",
                _("A reversal does not take back what it reverses."),
                named("charge", row.id, former.id),
            )
        if former.live_key is not None:
            yield Finding(
                "reversal",
                _("A charge counts although it was reversed."),
                named("charge", former.id),
            )


def check_balances(snapshot: Snapshot) -> Iterator[Finding]:
    """Compare each payer's balance with open amounts less credit on account.

    What was set against an invoice counts for the invoice's payer, and what was taken
    for it for the payer whose money it was, so money in the wrong account shows.
    """
    documents = {row.id: row for row in snapshot.scalars(select(Document))}
    settled = _settled(snapshot)
    for invoice_id, amount in settled.items():
        if invoice_id and not 0 <= amount <= documents[invoice_id].total:
            yield Finding(
                "settled",
                _("More was set against an invoice than it asks for."),
                named("document", invoice_id),
            )
    opened: dict[int, int] = defaultdict(int)
    for document in documents.values():
        if document.kind is DocumentKind.INVOICE:
            opened[document.payer_id] += document.total - settled[document.id]
    on_account = _on_account(snapshot, documents)
    for payer_id, owed in _balances(snapshot, documents).items():
        if owed != opened[payer_id] - on_account[payer_id]:
            yield Finding(
                "balance",
                _("A payer's balance differs from what is open less credit."),
                named("payer", payer_id),
            )
    yield from _check_sources(snapshot)


def _balances(snapshot: Snapshot, documents: Mapping[int, Document]) -> dict[int, int]:
    """Add up what each payer was asked for, less credits, payments and write-offs."""
    balance: dict[int, int] = defaultdict(int)
    for document in documents.values():
        sign = 1 if document.kind is DocumentKind.INVOICE else -1
        balance[document.payer_id] += sign * document.total
    for payment in snapshot.scalars(select(Payment)):
        balance[payment.payer_id] -= payment.amount
    for write_off in snapshot.scalars(select(WriteOff)):
        balance[documents[write_off.invoice_id].payer_id] -= write_off.amount
    return balance


def _settled(snapshot: Snapshot) -> dict[int | None, int]:
    """Add up what was set against each invoice, write-offs included."""
    settled: dict[int | None, int] = defaultdict(int)
    for row in snapshot.scalars(select(Allocation)):
        settled[row.invoice_id] += row.amount
    for write_off in snapshot.scalars(select(WriteOff)):
        settled[write_off.invoice_id] += write_off.amount
    return settled


def _on_account(
    snapshot: Snapshot, documents: Mapping[int, Document]
) -> dict[int, int]:
    """Add up what each payer's payments and credit notes were not yet used for."""
    payments = {row.id: row for row in snapshot.scalars(select(Payment))}
    left: dict[int, int] = defaultdict(int)
    for payment in payments.values():
        left[payment.payer_id] += payment.amount
    for document in documents.values():
        if document.kind is DocumentKind.CREDIT_NOTE:
            left[document.payer_id] += document.total
    for row in snapshot.scalars(select(Allocation)):
        source = payments.get(row.payment_id or 0) or documents[row.credit_note_id or 0]
        left[source.payer_id] -= row.amount
    return left


def _check_sources(snapshot: Snapshot) -> Iterator[Finding]:
    """Look for payments and credit notes that were set against too much."""
    used = _sums(
        snapshot.execute(
            select(Allocation.payment_id, func.sum(Allocation.amount)).group_by(
                Allocation.payment_id
            )
        )
    )
    for payment in snapshot.scalars(select(Payment)):
        if used[payment.id] > max(payment.amount, 0):
            yield Finding(
                "allocation",
                _("More of a payment was set against invoices than came in."),
                named("payment", payment.id),
            )


def check_packages(snapshot: Snapshot) -> Iterator[Finding]:
    """Add up what each package granted and what became of it."""
    live = LotUse.returned_at.is_(None)
    used = _sums(
        snapshot.execute(
            select(LotUse.lot_id, func.sum(LotUse.units))
            .where(live)
            .group_by(LotUse.lot_id)
        )
    )
    for lot in snapshot.scalars(select(Lot)):
        if used[lot.id] + lot.forfeited + lot.refunded > lot.granted:
            yield Finding(
                "package",
                _("More of a package was used than it granted."),
                named("lot", lot.id),
            )
    late = (
        select(LotUse.session_id)
        .join(Lot, Lot.id == LotUse.lot_id)
        .where(live, Lot.expires_on < LotUse.used_on)
    )
    for session_id in snapshot.scalars(late):
        yield Finding(
            "package",
            _("A package was used after it had expired."),
            named("session", session_id),
        )


def check_statements(snapshot: Snapshot) -> Iterator[Finding]:
    """Add up the locked pay lines of every pay statement."""
    sums = _sums(
        snapshot.execute(
            select(PayLine.statement_id, func.sum(PayLine.amount)).group_by(
                PayLine.statement_id
            )
        )
    )
    taken = _sums(
        snapshot.execute(
            select(Deduction.statement_id, func.sum(Deduction.amount)).group_by(
                Deduction.statement_id
            )
        )
    )
    for statement in snapshot.scalars(select(PayStatement)):
        fits = statement.gross - statement.deducted == statement.net
        if sums[statement.id] != statement.gross or not fits:
            yield Finding(
                "statement_sum",
                _("The lines of a pay statement do not add up to its gross and net."),
                named("pay_statement", statement.id),
            )
        if taken[statement.id] != statement.deducted:
            yield Finding(
                "statement_sum",
                _("The deductions of a pay statement do not add up."),
                named("pay_statement", statement.id),
            )


def _sums(rows: Iterable[tuple[int | None, int]]) -> dict[int | None, int]:
    found: dict[int | None, int] = defaultdict(int)
    for row_id, amount in rows:
        found[row_id] += int(amount)
    return found
