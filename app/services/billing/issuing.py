"""Freezes a document: number, lines, charges, seal and credit, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Transaction
from app.models.office import OfficeProfile
from app.models.values.billing import ChargeKind, DocumentKind
from app.models.values.money import cumulative_split
from app.services.billing import wording
from app.services.billing.accounts import (
    Source,
    credit_of,
    set_against,
    settled_by_invoice,
)
from app.services.billing.chains import document_chain, last_document_chain
from app.services.billing.faces import Settling, load_packages, make_face
from app.services.billing.numbering import Number, take_number
from app.services.billing.sheets import Line, Sheet
from app.services.desk import profile
from app.text import _

_GIVEN = frozenset({"id", "version"})  # by the database


@dataclass(frozen=True, slots=True)
class Issue:
    """How a document is issued.

    Attributes:
        from_on, until_on: the period printed on it.
        run_id: the run that issues it; None where it was asked for alone.
        original_id: the invoice that a credit note takes back, where it is one.
    """

    on: date
    from_on: date | None = None
    until_on: date | None = None
    run_id: int | None = None
    original_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which sources are set against which invoice once the document is there."""

    settling: Settling
    originals: tuple[Document, ...] = ()
    shares: tuple[tuple[int, int], ...] = ()
    sources: tuple[Source, ...] = ()


def issue(transaction: Transaction, sheet: Sheet, asked: Issue) -> int:
    """Issue a document and give its id.

    Raises:
        IssueDateError: Its number series has a later document.
    """
    office = profile(transaction)
    number = take_number(transaction, sheet.kind, asked.on)
    plan = _plan(transaction, office, sheet, asked)
    document = _document(transaction, office, sheet, asked, number, plan)
    lines = _lines(transaction, sheet, asked.on, ZoneInfo(office.zone))
    document.former_chain = last_document_chain(transaction)
    document.chain = document_chain(document.former_chain, document, lines)
    transaction.add(document)
    transaction.flush()
    rows = [_row(line, document.id) for line in lines]
    ids = transaction.insert_all(DocumentLine, rows)
    charged = [line.charge_id for line in lines]
    _bind(transaction, dict(zip(charged, ids, strict=True)))
    _settle(transaction, document, plan)
    return document.id


def _document(
    transaction: Transaction,
    office: OfficeProfile,
    sheet: Sheet,
    asked: Issue,
    number: Number,
    plan: _Plan,
) -> Document:
    receiver, sums = sheet.receiver, sheet.totals
    is_invoice = sheet.kind is DocumentKind.INVOICE
    return Document(
        kind=sheet.kind,
        number_series_id=number.series_id,
        sequence=number.sequence,
        number=number.text,
        household_id=receiver.household_id,
        payer_id=receiver.payer_id,
        issued_on=asked.on,
        issued_at=transaction.at,
        due_on=asked.on + timedelta(days=office.payment_days) if is_invoice else None,
        from_on=asked.from_on,
        until_on=asked.until_on,
        currency=receiver.currency,
        prices=sheet.terms.prices,
        tax_rounding=sheet.terms.rounding,
        net=sums.net,
        tax=sums.tax,
        total=sums.total,
        original_id=plan.originals[0].id if plan.originals else None,
        run_id=asked.run_id,
        reason=asked.reason,
        face=_face(transaction, office, sheet, asked, number, plan),
        chain="",
    )


def _face(
    transaction: Transaction,
    office: OfficeProfile,
    sheet: Sheet,
    asked: Issue,
    number: Number,
    plan: _Plan,
) -> dict[str, Any]:
    payer_id = sheet.receiver.payer_id
    packages = load_packages(transaction, [payer_id], asked.from_on or asked.on)
    bought = packages.get(payer_id, [])
    face = make_face(office, sheet, number.text, plan.settling, bought)
    face["originals"] = [
        [each.number, each.issued_on.isoformat()] for each in plan.originals
    ]
    replaced = [line.charge.replaces for line in sheet.lines]
    face["replaces"] = sorted({number for number in replaced if number})
    face["first_day"], face["last_day"] = _span(sheet, asked)
    return face


def _span(sheet: Sheet, asked: Issue) -> tuple[str, str]:
    """Give the days a document is for: its period, or those of lines outside it."""
    first, last = asked.from_on or asked.on, asked.until_on or asked.on
    days = sorted(line.charge.service_on for line in sheet.lines)
    if days and (days[-1] < first or days[0] > last):
        return days[0].isoformat(), days[-1].isoformat()
    return min([first, *days]).isoformat(), max([last, *days]).isoformat()


def _lines(
    transaction: Transaction, sheet: Sheet, on: date, zone: ZoneInfo
) -> list[DocumentLine]:
    charges = [line.charge for line in sheet.lines]
    names = wording.load_names(transaction, charges)
    lines = [
        DocumentLine(
            document_id=0,
            position=position,
            charge_id=line.charge.charge_id,
            session_id=line.charge.session_id,
            student_id=line.charge.student_id,
            kind=line.charge.kind,
            service_on=line.charge.service_on,
            minutes=_signed(line.charge.minutes, line.amount),
            rate=line.charge.rate,
            amount=line.amount,
            document_discount=line.discount,
            tax_name=line.charge.tax_name,
            tax_rate=line.charge.tax.rate,
            tax_reason=line.charge.tax.reason,
            text=wording.line_text(line, names),
            note=wording.line_note(line),
            face={
                **wording.line_face(line, zone),
                "what": wording.plain_text(line, names),
            },
        )
        for position, line in enumerate(sheet.lines, start=1)
    ]
    return lines + _discount_lines(sheet, on, len(lines))


def _signed(minutes: int | None, amount: int) -> int | None:
    if minutes is None:
        return None
    return abs(minutes) if amount >= 0 else -abs(minutes)


def _discount_lines(sheet: Sheet, on: date, before: int) -> list[DocumentLine]:
    """Make a line of a discount on the document for each tax, so that all adds up."""
    names = {line.charge.tax: line.charge.tax_name for line in sheet.lines}
    title = ", ".join(name for name, _off in sheet.reductions if name)
    return [
        DocumentLine(
            document_id=0,
            position=before + position,
            kind=ChargeKind.DISCOUNT,
            service_on=on,
            amount=-discount,
            tax_name=names[group],
            tax_rate=group.rate,
            tax_reason=group.reason,
            text=title or wording.label(ChargeKind.DISCOUNT),
            face={"category": group.category},
        )
        for position, (group, discount) in enumerate(
            sheet.discount_by_tax().items(), start=1
        )
    ]


def _row(line: DocumentLine, document_id: int) -> dict[str, Any]:
    """Give a line as the row that is kept of it."""
    names = (column.name for column in DocumentLine.__table__.columns)
    kept = {name: getattr(line, name) for name in names if name not in _GIVEN}
    return {**kept, "document_id": document_id}


def _bind(transaction: Transaction, by_charge: Mapping[int | None, int]) -> None:
    """Let each charge know the line it lies on for ever."""
    lines = {each: line_id for each, line_id in by_charge.items() if each}
    transaction.fill_in(Charge, "line_id", lines)


def _plan(
    transaction: Transaction, office: OfficeProfile, sheet: Sheet, asked: Issue
) -> _Plan:
    if sheet.kind is DocumentKind.CREDIT_NOTE:
        return _plan_credit(transaction, sheet, asked)
    total = sheet.totals.total
    if not office.credit_on_issue or total <= 0:
        return _Plan(Settling())
    credit = credit_of(transaction, sheet.receiver.payer_id)
    usable = total
    entries: list[tuple[str, int]] = []
    for source in credit.sources:
        part = min(usable, source.rest)
        if part > 0:
            usable -= part
            entries.append((_named(source), part))
    return _Plan(Settling(tuple(entries)), sources=credit.sources)


def _named(source: Source) -> str:
    if source.credit_note_id is not None:
        return _("Credit note {number}").format(number=source.number)
    return _("Payment of {day:%d %b %Y}").format(day=source.on)


def _plan_credit(transaction: Transaction, sheet: Sheet, asked: Issue) -> _Plan:
    """Set a credit note against each invoice, by the part of it that it takes back.

    What exceeds an invoice's open amount stays on account.
    """
    lots = _invoices_of_lots(transaction, sheet)
    originals = _originals(transaction, sheet, asked, lots)
    settled = settled_by_invoice(transaction, [each.id for each in originals])
    entries: list[tuple[str, int]] = []
    shares: list[tuple[int, int]] = []
    parts = _parts(sheet, [each.id for each in originals], lots)
    for original, taken_back in zip(originals, parts, strict=True):
        part = min(taken_back, original.total - settled.get(original.id, 0))
        if part > 0:
            shares.append((original.id, part))
            entries.append(
                (_("Set against {number}").format(number=original.number), part)
            )
    return _Plan(Settling(tuple(entries)), originals, tuple(shares))


def _parts(
    sheet: Sheet, invoice_ids: Sequence[int], lots: Mapping[str, int]
) -> tuple[int, ...]:
    """Divide a credit note by what it takes back of each invoice.

    What the same thing costs instead counts against it.
    """
    home: dict[object, int] = {}
    for line in sheet.lines:
        if line.original is not None:
            home[_thing(line)] = line.original.document_id
    weights = dict.fromkeys(invoice_ids, 0)
    for line in sheet.lines:
        invoice_id = home.get(_thing(line), lots.get(line.charge.source, 0))
        if invoice_id in weights:
            weights[invoice_id] += line.amount - line.discount
    fair = [max(weight, 0) for weight in weights.values()]
    if fair and not any(fair):
        fair[0] = 1
    return cumulative_split(sheet.totals.total, fair)


def _thing(line: Line) -> object:
    charge = line.charge
    return charge.session_id, charge.student_id, charge.source, charge.period


def _originals(
    transaction: Transaction, sheet: Sheet, asked: Issue, lots: Mapping[str, int]
) -> tuple[Document, ...]:
    wanted = [asked.original_id] if asked.original_id else []
    wanted += [line.original.document_id for line in sheet.lines if line.original]
    wanted += lots.values()
    ids = list(dict.fromkeys(wanted))
    found = {
        each.id: each
        for each in transaction.scalars(
            select(Document).where(
                Document.id.in_(ids), Document.kind == DocumentKind.INVOICE
            )
        )
    }
    return tuple(found[each] for each in ids if each in found)


def _invoices_of_lots(transaction: Transaction, sheet: Sheet) -> dict[str, int]:
    """Find the invoices of packages of which a rest is given back, by source."""
    sources = {
        line.charge.source
        for line in sheet.lines
        if line.original is None and line.charge.source.startswith("lot:")
    }
    if not sources:
        return {}
    rows = transaction.execute(
        select(Charge.source, DocumentLine.document_id)
        .join(DocumentLine, Charge.line_id == DocumentLine.id)
        .where(
            Charge.source.in_(sources),
            Charge.kind == ChargeKind.PACKAGE,
            Charge.payer_id == sheet.receiver.payer_id,
        )
        .order_by(Charge.id)
    )
    return dict(rows.all())


def _settle(transaction: Transaction, document: Document, plan: _Plan) -> None:
    if document.kind is DocumentKind.INVOICE:
        set_against(transaction, document.id, plan.settling.amount, plan.sources)
        return
    for invoice_id, part in plan.shares:
        source = Source(document.issued_on, part, credit_note_id=document.id)
        set_against(transaction, invoice_id, part, [source])
