"""Builds printed documents from the frozen data alone, the same each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import select

from app.models.billing import Document, DocumentLine
from app.models.database import Snapshot, Transaction
from app.models.values.billing import ChargeKind, DocumentKind, LotUnit, PricePer
from app.services.documents import values
from app.services.documents.rendering import Printed
from app.services.letterheads import frozen_letterhead
from app.services.logos import logo_of
from app.text import _

_SESSIONS = frozenset((ChargeKind.SESSION, ChargeKind.NO_SHOW, ChargeKind.LATE_CANCEL))


def lines_of(work: Snapshot | Transaction, document_id: int) -> list[DocumentLine]:
    """Read a document's lines in order."""
    query = select(DocumentLine).where(DocumentLine.document_id == document_id)
    return list(work.scalars(query.order_by(DocumentLine.position)))


def letterhead(document: Document, work: Snapshot | Transaction) -> values.Letterhead:
    """Give the office as it was when the document was issued."""
    office = document.face["office"]
    return frozen_letterhead(office, logo_of(work, office.get("logo_id")))


def invoice(document: Document, lines: Sequence[DocumentLine]) -> values.Invoice:
    """Give an invoice as it was issued."""
    face = document.face
    return values.Invoice(
        number=document.number,
        issued=document.issued_on,
        due=document.due_on or document.issued_on,
        first_day=_spanned(document, "first_day") or document.issued_on,
        last_day=_spanned(document, "last_day") or document.issued_on,
        payer=_party(face),
        reference=face["payer"]["reference"],
        currency=document.currency,
        groups=_groups(line for line in lines if line.charge_id is not None),
        subtotal=face["subtotal"],
        discounts=_entries(face["discounts"]),
        taxes=_taxes(face),
        total=document.total,
        settled=_entries(face["settled"]),
        open=face["open"],
        transfer=_transfer(face),
        packages=_packages(face),
        note=face["note"],
        replaces=", ".join(face.get("replaces", ())),
    )


def _spanned(document: Document, edge: str) -> date | None:
    """Give an edge of the days that the lines span, as it was frozen."""
    frozen = document.face.get(edge)
    if frozen is not None:
        return date.fromisoformat(frozen)
    return document.from_on if edge == "first_day" else document.until_on


def credit_note(document: Document, lines: Sequence[DocumentLine]) -> values.CreditNote:
    """Give a credit note as it was issued, with positive amounts."""
    face = document.face
    originals = face["originals"] or [["", document.issued_on.isoformat()]]
    rest = face["open"]
    use = [values.Entry(label, amount) for label, amount in face["settled"]]
    if rest:
        use.append(values.Entry(_("Stays on account"), rest))
    return values.CreditNote(
        number=document.number,
        issued=document.issued_on,
        original=", ".join(number for number, _issued in originals),
        original_issued=date.fromisoformat(originals[0][1]),
        payer=_party(face),
        currency=document.currency,
        groups=_credited(lines, of_one=len(originals) == 1),
        subtotal=face["subtotal"],
        discounts=_entries(face["discounts"]),
        taxes=_taxes(face),
        total=document.total,
        reason=document.reason or _("Correction"),
        use=tuple(use),
    )


def paper(
    document: Document, lines: Sequence[DocumentLine]
) -> values.Invoice | values.CreditNote:
    """Give a document of either kind as it was issued."""
    if document.kind is DocumentKind.INVOICE:
        return invoice(document, lines)
    return credit_note(document, lines)


def unnumbered(value: Printed) -> Printed:
    """Give a document to be with the word that stands for its number till then."""
    if isinstance(value, values.CreditNote):
        return replace(value, number=_("at issue"))
    if not isinstance(value, values.Invoice):
        return value
    transfer = value.transfer
    if transfer is not None:  # a code to pay by would carry no number either
        rows = transfer.rows
        if transfer.iban and all(text != transfer.iban for _label, text in rows):
            rows = (*rows, ("IBAN", transfer.iban))
        transfer = replace(
            transfer, rows=rows, iban="", link="", reference=_("at issue")
        )
    return replace(value, number=_("at issue"), transfer=transfer)


def _party(face: Mapping[str, Any]) -> values.Party:
    return values.Party(face["payer"]["name"], tuple(face["payer"]["lines"]))


def _entries(rows: Sequence[Sequence[Any]]) -> tuple[values.Entry, ...]:
    """Give what comes off, with the sign that documents print."""
    return tuple(values.Entry(label, -amount) for label, amount in rows)


def _groups(
    lines: Iterable[DocumentLine], *, of_one: bool = False
) -> tuple[values.Group, ...]:
    """Group lines by student; those of one original need not name it."""
    groups = []
    for student_id, rows in groupby(lines, lambda line: line.student_id):
        listed = list(rows)
        subjects = {row.face.get("offering", "") for row in listed} - {""}
        groups.append(
            values.Group(
                student=listed[0].face.get("student", "") if student_id else "",
                subject="".join(subjects) if len(subjects) == 1 else "",
                lines=tuple(
                    _line(row, short=len(subjects) == 1, of_one=of_one)
                    for row in listed
                ),
            )
        )
    return tuple(groups)


def _credited(
    lines: Sequence[DocumentLine], *, of_one: bool
) -> tuple[values.Group, ...]:
    """Group what a credit note takes back, and what is charged instead of it.

    Where all is taken back from one invoice, the head says which.
    """
    listed = [line for line in lines if line.charge_id is not None]
    if of_one and all("takes_back" in line.face for line in listed):
        return _groups(listed, of_one=True)
    groups = []
    for student_id, rows in groupby(listed, lambda line: line.student_id):
        of_student = list(rows)
        for title, is_back in ((_("Taken back"), True), (_("Charged instead"), False)):
            some = [row for row in of_student if ("takes_back" in row.face) is is_back]
            student = some[0].face.get("student", "") if some and student_id else ""
            found = tuple(_told(row) for row in some)
            if found:
                groups.append(values.Group(student, title, found))
    return tuple(groups)


def _told(row: DocumentLine) -> values.Line:
    """Give a line of a credit note under its plain name, with its invoice."""
    face = row.face
    origin = ""
    if "takes_back" in face:
        origin = _("from {number}").format(number=face["takes_back"])
    elif "instead_of" in face:
        origin = _("instead of {number}").format(number=face["instead_of"])
    line = _line(row, short=False, of_one=False)
    return replace(
        line,
        text=face.get("what", row.text),
        note=" · ".join(filter(None, (origin, line.note))),
    )


def _line(row: DocumentLine, *, short: bool, of_one: bool) -> values.Line:
    """Give a line; a short one names only the tutor, as its group names the rest."""
    face = row.face
    tutors = face.get("tutors")
    is_named = of_one and row.amount >= 0
    is_plain = row.kind in _SESSIONS and (is_named or "takes_back" not in face)
    is_hourly = face.get("rate_per") == PricePer.HOUR.value
    return values.Line(
        day=row.service_on,
        text=", ".join(tutors) if short and is_plain and tutors else row.text,
        amount=row.amount,
        start=time.fromisoformat(face["start"]) if "start" in face else None,
        end=time.fromisoformat(face["end"]) if "end" in face else None,
        minutes=row.minutes,
        rate=row.rate if is_hourly else None,
        note=row.note,
        tax_rate=None if row.tax_reason else row.tax_rate,
        share=tuple(face["share"]) if "share" in face else None,
    )


def _taxes(face: Mapping[str, Any]) -> tuple[values.Tax, ...]:
    return tuple(
        values.Tax(
            name=tax["name"],
            rate=Decimal(tax["rate"]),
            basis=tax["basis"],
            amount=tax["amount"],
            reason=tax["reason"],
        )
        for tax in face["taxes"]
    )


def _transfer(face: Mapping[str, Any]) -> values.Transfer | None:
    transfer = face["transfer"]
    if transfer is None or face["open"] <= 0:
        return None
    return values.Transfer(
        payee=transfer["payee"],
        rows=tuple((str(label), str(value)) for label, value in transfer["rows"]),
        reference=transfer["reference"],
        iban=transfer["iban"],
        bic=transfer["bic"],
        link=transfer["link"],
    )


def _packages(face: Mapping[str, Any]) -> tuple[values.Package, ...]:
    return tuple(
        values.Package(
            name=each["name"],
            bought=each["bought"],
            used=each["used"],
            left=each["left"],
            expires=date.fromisoformat(each["expires"]) if each["expires"] else None,
            in_sessions=each["unit"] == LotUnit.SESSIONS.value,
        )
        for each in face["packages"]
    )
