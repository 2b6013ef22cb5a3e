"""Makes waiting charges into the lines and sums of one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import select

from app.models.billing import Document, DocumentLine
from app.models.database import Snapshot, Transaction
from app.models.values.billing import DocumentKind, PriceBasis, TaxRounding
from app.services.billing.agreed import Agreed
from app.services.billing.totals import (
    Amount,
    TaxGroup,
    Totals,
    document_discounts,
    in_order,
    spread,
    totals,
)
from app.services.billing.waiting import Receiver, Waiting
from app.text import _


@dataclass(frozen=True, slots=True)
class Printed:
    """A line as it lies on an issued document; amounts with the charge's sign.

    Attributes:
        text: what was charged, without what it corrects.
        face: what else it prints, such as the times that held when it was issued.
    """

    document_id: int
    number: str
    issued_on: date
    amount: int
    discount: int
    tax_name: str
    tax: TaxGroup
    text: str = ""
    face: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document to be.

    Attributes:
        amount: minor units after the line's own discounts.
        discount: its part of a discount on the document, with the sign of ``amount``.
        reductions: the line's own discounts by name.
        original: the line that it takes back, where it does.
    """

    charge: Waiting
    amount: int
    discount: int = 0
    reductions: tuple[tuple[str, int], ...] = ()
    original: Printed | None = None

    def turned(self) -> Line:
        """Give the line with the other sign, as a credit note shows it."""
        return replace(
            self,
            amount=-self.amount,
            discount=-self.discount,
            reductions=tuple((name, -off) for name, off in self.reductions),
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """How a document is computed.

    Attributes:
        on: the issue date, by which discounts on documents hold.
    """

    on: date
    prices: PriceBasis
    rounding: TaxRounding


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to be; a credit note's amounts are positive.

    Attributes:
        reductions: discounts on the document by name, as they come off.
    """

    receiver: Receiver
    kind: DocumentKind
    terms: Terms
    lines: tuple[Line, ...]
    reductions: tuple[tuple[str, int], ...]
    totals: Totals

    @property
    def subtotal(self) -> int:
        """The sum of the lines before discounts on the document."""
        return sum(line.amount for line in self.lines)

    def discount_by_tax(self) -> dict[TaxGroup, int]:
        """Give the part of the document's discounts that falls on each tax group."""
        parts: dict[TaxGroup, int] = defaultdict(int)
        for line in self.lines:
            parts[line.charge.tax] += line.discount
        return {group: part for group, part in parts.items() if part}


def load_printed(
    work: Snapshot | Transaction, charges: Iterable[Waiting]
) -> Mapping[int, Printed]:
    """Read the issued lines that charges take back, by charge."""
    ids = [each.reverses_id for each in charges if each.reverses_id is not None]
    if not ids:
        return {}
    rows = work.execute(
        select(DocumentLine, Document.number, Document.issued_on, Document.kind)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(DocumentLine.charge_id.in_(ids))
    )
    found: dict[int, Printed] = {}
    for line, number, issued, kind in rows:
        sign = 1 if kind is DocumentKind.INVOICE else -1
        tax = TaxGroup(line.tax_rate, line.face.get("category", "S"), line.tax_reason)
        found[line.charge_id or 0] = Printed(
            document_id=line.document_id,
            number=number,
            issued_on=issued,
            amount=sign * line.amount,
            discount=sign * line.document_discount,
            tax_name=line.tax_name,
            tax=tax,
            text=line.face.get("what", line.text),
            face=line.face,
        )
    return found


def make_sheet(
    receiver: Receiver,
    charges: Sequence[Waiting],
    agreed: Sequence[Agreed],
    printed: Mapping[int, Printed],
    terms: Terms,
    kind: DocumentKind | None = None,
) -> Sheet:
    """Make charges into a document.

    Without a kind it is an invoice, or a credit note if the sum is below zero.
    """
    lines = [_line(charge, agreed, printed) for charge in charges]
    lines, reductions = _discounted(lines, agreed, terms.on)
    sums = _sums(lines, terms)
    if kind is None:
        kind = DocumentKind.INVOICE if sums.total >= 0 else DocumentKind.CREDIT_NOTE
    if kind is DocumentKind.CREDIT_NOTE:
        lines = [line.turned() for line in lines]
        reductions = tuple((name, -off) for name, off in reductions)
        sums = _sums(lines, terms)
    return Sheet(receiver, kind, terms, tuple(lines), reductions, sums)


def sums_to_nothing(charges: Sequence[Waiting]) -> bool:
    """Say whether charges only cancel each other, thing by thing."""
    if all(each.amount > 0 for each in charges):
        return not charges
    left: dict[object, int] = defaultdict(int)
    for each in charges:
        place = (each.session_id, each.student_id, each.source, each.period)
        left[place, each.tax] += each.amount
    return not any(left.values())


def _line(
    charge: Waiting, agreed: Sequence[Agreed], printed: Mapping[int, Printed]
) -> Line:
    repeated = printed.get(charge.reverses_id or 0)
    if repeated is not None:
        charge = charge._replace(tax=repeated.tax, tax_name=repeated.tax_name)
        return Line(charge, -repeated.amount, -repeated.discount, (), repeated)
    if not agreed:
        return Line(charge, charge.amount)
    amount = charge.amount
    taken: list[tuple[str, int]] = []
    reductions = (
        each.reduction
        for each in agreed
        if each.fits(charge.kind, charge.offering_id, charge.service_on)
    )
    for reduction in in_order(reductions):
        off = reduction.taken_from(amount)
        amount -= off
        if off:
            taken.append((reduction.name, off))
    return Line(charge, amount, reductions=tuple(taken))


def _discounted(
    lines: Sequence[Line], agreed: Sequence[Agreed], on: date
) -> tuple[list[Line], tuple[tuple[str, int], ...]]:
    """Take discounts off the document, and give back those of lines taken back."""
    if not agreed and not any(line.discount for line in lines):
        return list(lines), ()
    fresh = [at for at, line in enumerate(lines) if line.original is None]
    amounts = [Amount(lines[at].amount, lines[at].charge.tax) for at in fresh]
    reductions = in_order(
        each.reduction for each in agreed if each.on_document and each.holds(on)
    )
    taken = document_discounts(amounts, reductions)
    discounted = list(lines)
    for at, part in zip(fresh, spread(amounts, sum(taken)), strict=True):
        if part:
            discounted[at] = replace(lines[at], discount=part)
    listed = [
        (each.name, off) for each, off in zip(reductions, taken, strict=True) if off
    ]
    back = sum(line.discount for line in lines)
    if back:
        listed.append((_("Discount on what is taken back"), back))
    return discounted, tuple(listed)


def _sums(lines: Sequence[Line], terms: Terms) -> Totals:
    amounts = [Amount(line.amount, line.charge.tax, line.discount) for line in lines]
    return totals(amounts, terms.prices, terms.rounding)
