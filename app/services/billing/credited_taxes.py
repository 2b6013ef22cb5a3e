"""The tax that credit notes give back: in the end what the invoice charged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Transaction
from app.models.values.billing import DocumentKind, PriceBasis
from app.services.billing.papers import lines_of
from app.services.billing.sheets import Sheet
from app.services.billing.totals import TaxGroup, TaxSum, Totals, tax_of


def with_tax_left(transaction: Transaction, invoice: Document, sheet: Sheet) -> Sheet:
    """Let a credit note's tax not differ from its invoice's by rounding line by line.

    The note that takes back the last open lines of a tax rate gives back the rest of
    that rate's tax; no other gives back more than is left of it. Lines that went to
    another document as corrections count there with the tax on their sum.
    """
    lines = [line for line in lines_of(transaction, invoice.id) if line.charge_id]
    taken = {line.charge.reverses_id for line in sheet.lines}
    gone = _documents_of_reversals(transaction, [line.charge_id for line in lines])
    notes = _notes_of(transaction, invoice)
    left = _by_group(invoice.face)
    for note in notes.values():
        for group, tax in _by_group(note.face).items():
            left[group] -= tax
    for group, stated in _elsewhere(lines, gone, notes).items():
        left[group] -= tax_of(stated, group.rate, invoice.prices)
    still_open: dict[TaxGroup, list[int]] = defaultdict(list)
    for line in lines:
        if line.charge_id not in taken and line.charge_id not in gone:
            still_open[_group(line)].append(line.amount)
    taxes = tuple(
        _corrected(each, left[each.group], still_open[each.group], invoice.prices)
        for each in sheet.totals.taxes
    )
    net, tax = sum(each.net for each in taxes), sum(each.tax for each in taxes)
    return replace(sheet, totals=Totals(net, tax, net + tax, taxes))


def _corrected(
    tax_sum: TaxSum, left: int, still_open: Sequence[int], prices: PriceBasis
) -> TaxSum:
    tax = tax_sum.tax
    if not still_open:
        tax = left
    elif min(still_open) >= 0:
        tax = min(tax, max(left, 0))
    moved = tax_sum.tax - tax if prices is PriceBasis.GROSS else 0
    return TaxSum(tax_sum.group, tax_sum.net + moved, tax)


def _documents_of_reversals(
    transaction: Transaction, charge_ids: Collection[int | None]
) -> Mapping[int | None, int]:
    """Find for each charge taken back before the document that did it."""
    rows = transaction.execute(
        select(Charge.reverses_id, DocumentLine.document_id)
        .join(DocumentLine, Charge.line_id == DocumentLine.id)
        .where(Charge.reverses_id.in_(charge_ids))
    )
    return dict(rows.all())


def _notes_of(transaction: Transaction, invoice: Document) -> Mapping[int, Document]:
    """Read the credit notes that somebody asked for this invoice."""
    rows = transaction.scalars(
        select(Document).where(
            Document.kind == DocumentKind.CREDIT_NOTE,
            Document.original_id == invoice.id,
            Document.run_id.is_(None),
        )
    )
    return {row.id: row for row in rows}


def _elsewhere(
    lines: Sequence[DocumentLine],
    gone: Mapping[int | None, int],
    notes: Mapping[int, Document],
) -> Mapping[TaxGroup, int]:
    stated: dict[TaxGroup, int] = defaultdict(int)
    for line in lines:
        if line.charge_id in gone and gone[line.charge_id] not in notes:
            stated[_group(line)] += line.amount - line.document_discount
    return stated


def _group(line: DocumentLine) -> TaxGroup:
    return TaxGroup(line.tax_rate, line.face.get("category", "S"), line.tax_reason)


def _by_group(face: Mapping[str, Any]) -> dict[TaxGroup, int]:
    found: dict[TaxGroup, int] = defaultdict(int)
    for tax in face["taxes"]:
        group = TaxGroup(Decimal(tax["rate"]), tax["category"], tax["reason"])
        found[group] += tax["amount"]
    return found
