"""What must hold of documents, payments and packages at every moment."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.models.values.billing import DocumentKind, PriceBasis, TaxRounding
from tests.properties.picture import Entry, Picture

Rule = Callable[[Picture], Iterator[str]]
Group = tuple[Decimal, str, str]


def half_away(value: Fraction | int) -> int:
    """Round to a whole number, halves away from zero."""
    whole, rest = divmod(abs(Fraction(value)), 1)
    rounded = int(whole) + (2 * rest >= 1)
    return rounded if value >= 0 else -rounded


def is_invoice(document: Entry) -> bool:
    """Say whether a document asks for money."""
    return bool(document.kind is DocumentKind.INVOICE)


def sums(rows: Sequence[Entry], column: str, amount: str = "amount") -> Counter[Any]:
    """Add amounts up by a column."""
    found: Counter[Any] = Counter()
    for row in rows:
        found[getattr(row, column)] += getattr(row, amount)
    return found


def open_amounts(picture: Picture) -> dict[int, int]:
    """Tell what is open on each invoice."""
    settled = sums(picture.rows("allocation"), "invoice_id")
    settled.update(sums(picture.rows("write_off"), "invoice_id"))
    return {
        row.id: row.total - settled[row.id]
        for row in picture.rows("document")
        if is_invoice(row)
    }


def on_accounts(picture: Picture) -> Counter[int]:
    """Tell what each payer has on account: money and credit notes set against none."""
    found: Counter[int] = Counter()
    for payment in picture.rows("payment"):
        found[payment.payer_id] += payment.amount
    for document in picture.rows("document"):
        if not is_invoice(document):
            found[document.payer_id] += document.total
    for row in picture.rows("allocation"):
        found[_source(picture, row).payer_id] -= row.amount
    return found


def balances(picture: Picture) -> Counter[int]:
    """Tell what each payer owes: issued - credits - payments - write-offs."""
    found: Counter[int] = Counter()
    for document in picture.rows("document"):
        sign = 1 if is_invoice(document) else -1
        found[document.payer_id] += sign * document.total
    for payment in picture.rows("payment"):
        found[payment.payer_id] -= payment.amount
    for row in picture.rows("write_off"):
        found[picture.get("document", row.invoice_id).payer_id] -= row.amount
    return found


def accounts_are_even(picture: Picture) -> Iterator[str]:
    """Compare each payer's balance with what is open less what is on account."""
    opened: Counter[int] = Counter()
    for invoice_id, amount in open_amounts(picture).items():
        opened[picture.get("document", invoice_id).payer_id] += amount
    owed, kept = balances(picture), on_accounts(picture)
    for payer_id in owed.keys() | opened.keys() | kept.keys():
        if owed[payer_id] != opened[payer_id] - kept[payer_id]:
            yield f"payer {payer_id}: {owed[payer_id]} != open less on account"


def money_stays_with_its_payer(picture: Picture) -> Iterator[str]:
    """Let nothing be settled with more than there is, or with others' money."""
    for invoice_id, left in open_amounts(picture).items():
        if not 0 <= left <= picture.get("document", invoice_id).total:
            yield f"invoice {invoice_id} has {left} open"
    for row in picture.rows("allocation"):
        invoice = picture.get("document", row.invoice_id)
        source = _source(picture, row)
        if source.payer_id != invoice.payer_id or not is_invoice(invoice):
            yield f"allocation {row.id} crosses accounts"
    used = sums(picture.rows("allocation"), "payment_id")
    gone = {row.reverses_id for row in picture.rows("payment")}
    for payment in picture.rows("payment"):
        most = 0 if payment.id in gone or payment.amount < 0 else payment.amount
        if not 0 <= used[payment.id] <= most:
            yield f"payment {payment.id} of {most} settles {used[payment.id]}"
    used = sums(picture.rows("allocation"), "credit_note_id")
    for note in picture.rows("document"):
        if not is_invoice(note) and not 0 <= used[note.id] <= note.total:
            yield f"credit note {note.id} of {note.total} settles {used[note.id]}"


def reversals_take_back_payments(picture: Picture) -> Iterator[str]:
    """Let a reversed payment come to nothing, once."""
    for row in picture.rows("payment"):
        if row.reverses_id is None:
            continue
        former = picture.get("payment", row.reverses_id)
        same = former.payer_id == row.payer_id and former.amount == -row.amount
        if not same or former.reverses_id is not None:
            yield f"payment {row.id} does not take back {former.id}"


def documents_add_up(picture: Picture) -> Iterator[str]:
    """Add up every document from its lines, tax by tax."""
    for document in picture.rows("document"):
        lines = picture.of("document_line", "document_id", document.id)
        net, tax = _computed(document, lines)
        stated = document.net if document.prices is PriceBasis.NET else document.total
        if document.original_id is not None and document.run_id is None:
            off = document.tax - tax
            if abs(off) > len(picture.of("charge", "payer_id", document.payer_id)):
                yield f"credit note {document.number} gives {off} more tax back"
            net -= 0 if document.prices is PriceBasis.NET else off
            tax = document.tax
        wrong = (document.net, document.tax, document.total) != (net, tax, net + tax)
        if wrong or sum(line.amount for line in lines) != stated:
            yield f"document {document.number} does not add up"
        if document.total < 0:
            yield f"document {document.number} is below zero"
        if [line.position for line in lines] != list(range(1, len(lines) + 1)):
            yield f"document {document.number} has gaps between its lines"


def whole_credits_give_back_the_tax(picture: Picture) -> Iterator[str]:
    """Let the notes that took all lines of an invoice back give all its tax back."""
    notes: dict[int, list[Entry]] = defaultdict(list)
    for each in picture.rows("document"):
        if each.original_id is not None and each.run_id is None:
            notes[each.original_id].append(each)
    for invoice_id, mine in notes.items():
        taken = {
            picture.get("charge", line.charge_id).reverses_id
            for note in mine
            for line in picture.of("document_line", "document_id", note.id)
            if line.charge_id is not None
        }
        lines = picture.of("document_line", "document_id", invoice_id)
        invoice = picture.get("document", invoice_id)
        is_whole = {line.charge_id for line in lines} - {None} <= taken
        if is_whole and sum(note.tax for note in mine) != invoice.tax:
            yield f"invoice {invoice.number} is credited with another tax"


def _computed(document: Entry, lines: Sequence[Entry]) -> tuple[int, int]:
    """Compute net and tax once more; discounts on the document are lines here."""
    groups: dict[Group, list[int]] = defaultdict(list)
    for line in lines:
        category = (line.face or {}).get("category", "S")
        group = (line.tax_rate, category, line.tax_reason)
        if line.charge_id is not None:
            groups[group].append(line.amount - line.document_discount)
    net = tax = 0
    for (rate, _category, _reason), stated in groups.items():
        amounts = stated
        if document.tax_rounding is TaxRounding.DOCUMENT:
            amounts = [sum(stated)]
        is_net = document.prices is PriceBasis.NET
        whole = Fraction(100) if is_net else 100 + Fraction(rate)
        part = sum(half_away(amount * Fraction(rate) / whole) for amount in amounts)
        tax += part
        net += sum(stated) - (0 if is_net else part)
    return net, tax


def faces_say_the_same(picture: Picture) -> Iterator[str]:
    """Let what is printed besides the lines add up to the document's columns."""
    for document in picture.rows("document"):
        face = document.face
        off = sum(amount for _name, amount in face["discounts"])
        stated = document.net if document.prices is PriceBasis.NET else document.total
        settled = sum(amount for _label, amount in face["settled"])
        basis = sum(each["basis"] for each in face["taxes"])
        tax = sum(each["amount"] for each in face["taxes"])
        if face["subtotal"] - off != stated or (basis, tax) != (
            document.net,
            document.tax,
        ):
            yield f"document {document.number} prints other sums"
        if face["open"] != document.total - settled or face["open"] < 0:
            yield f"document {document.number} prints {face['open']} as open"


def discounts_are_spread(picture: Picture) -> Iterator[str]:
    """Let the discount lines of a document be what its other lines carry."""
    for document in picture.rows("document"):
        lines = picture.of("document_line", "document_id", document.id)
        carried = sum(line.document_discount for line in lines)
        shown = -sum(line.amount for line in lines if line.charge_id is None)
        if carried != shown:
            yield f"document {document.number} spreads {carried}, shows {shown}"


def numbers_are_gapless(picture: Picture) -> Iterator[str]:
    """Let each series count from one without gap or double, by date."""
    for series in picture.rows("number_series"):
        issued = sorted(
            picture.of("document", "number_series_id", series.id),
            key=lambda row: row.sequence,
        )
        expected = list(range(1, series.next_number))
        if [row.sequence for row in issued] != expected:
            yield f"series {series.prefix} has a gap or a double"
        dates = [row.issued_on for row in issued]
        if dates != sorted(dates) or (dates and dates[-1] != series.last_issued_on):
            yield f"series {series.prefix} goes back in time"
        for row in issued:
            if row.number != f"{series.prefix}{row.sequence:0{series.width}d}":
                yield f"{row.number} is not number {row.sequence}"
    numbers = [row.number for row in picture.rows("document")]
    if len(set(numbers)) != len(numbers):
        yield "two documents have one number"


def lines_fit_charges(picture: Picture) -> Iterator[str]:
    """Let each charge lie on at most one line, and that line say what it says."""
    lying = {row.id: row for row in picture.rows("charge") if row.line_id is not None}
    lines = {
        row.charge_id: row
        for row in picture.rows("document_line")
        if row.charge_id is not None
    }
    if lying.keys() != lines.keys():
        yield f"charges and lines differ: {sorted(lying.keys() ^ lines.keys())}"
    for charge_id in lying.keys() & lines.keys():
        charge, line = lying[charge_id], lines[charge_id]
        document = picture.get("document", line.document_id)
        if charge.line_id != line.id or charge.payer_id != document.payer_id:
            yield f"charge {charge_id} lies on somebody else's line"
        own_day = charge.original_on or charge.service_on  # a lock moves the other
        mine = (charge.session_id, charge.student_id, charge.kind, own_day)
        if mine != (line.session_id, line.student_id, line.kind, line.service_on):
            yield f"line {line.id} speaks of something else than its charge"
        sign = 1 if is_invoice(document) else -1
        most, amount = abs(charge.amount), sign * line.amount
        if amount * charge.amount < 0 or abs(amount) > most:
            yield f"line {line.id} asks {line.amount} for {charge.amount}"


def packages_add_up(picture: Picture) -> Iterator[str]:
    """Let no package give more than it has, to others, or too late."""
    live = [row for row in picture.rows("lot_use") if row.returned_at is None]
    used = sums(live, "lot_id", "units")
    for lot in picture.rows("lot"):
        left = lot.granted - used[lot.id] - lot.forfeited - lot.refunded
        if left < 0 or lot.forfeited < 0 or lot.refunded < 0:
            yield f"lot {lot.id} has {left} of {lot.granted} left"
    for use in live:
        lot = picture.get("lot", use.lot_id)
        session = picture.get("session", use.session_id)
        student = picture.get("student", use.student_id)
        late = lot.expires_on is not None and use.used_on > lot.expires_on
        if late or use.used_on < lot.bought_on:
            yield f"lot {lot.id} is used on {use.used_on}"
        if lot.household_id != student.household_id or lot.student_id not in {
            None,
            student.id,
        }:
            yield f"lot {lot.id} is used by somebody else"
        if lot.offering_ids and session.offering_id not in lot.offering_ids:
            yield f"lot {lot.id} is used for another offering"
        if use.units <= 0 or use.used_on != picture.day(session.starts_at):
            yield f"use {use.id} is not of its session"


def _source(picture: Picture, allocation: Entry) -> Entry:
    if allocation.payment_id is not None:
        return picture.get("payment", allocation.payment_id)
    return picture.get("document", allocation.credit_note_id)


LEDGER_RULES: tuple[Rule, ...] = (
    accounts_are_even,
    money_stays_with_its_payer,
    reversals_take_back_payments,
    documents_add_up,
    whole_credits_give_back_the_tax,
    faces_say_the_same,
    discounts_are_spread,
    numbers_are_gapless,
    lines_fit_charges,
    packages_add_up,
)
