"""One-page invoices to print: a letterhead, eight lines and a way to pay."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from app.services.documents.rendering import Job
from app.services.documents.values import (
    Group,
    Invoice,
    Letterhead,
    Line,
    Party,
    Tax,
    Transfer,
)

LINES = 8
_FIRST = date(2026, 11, 2)
_LETTERHEAD = Letterhead(
    "Lindenhof Tutoring",
    ("Lindenstraße 12", "10969 Berlin"),
    "Lindenstraße 12 · 10969 Berlin · office@lindenhof.example",
    "Lindenhof Tutoring GmbH · HRB 123456 B · VAT ID DE123456789",
    "L",
)


def job(number: int, currency: str) -> Job:
    """Make an invoice to print; one in euros has a payment code."""
    amount = 4800 + number
    lines = tuple(
        Line(
            _FIRST + timedelta(days=day),
            "Anna Berg",
            amount,
            time(16),
            time(17),
            60,
            amount,
        )
        for day in range(LINES)
    )
    total = LINES * amount
    invoice = Invoice(
        number=f"2026-{number:04}",
        issued=date(2026, 11, 30),
        due=date(2026, 12, 14),
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
        payer=Party(f"Karin Lindqvist {number}", ("Ahornweg 4", "10961 Berlin")),
        reference=f"RF18 {number:04}",
        currency=currency,
        groups=(Group(f"Maya Lindqvist {number}", "Maths", lines),),
        subtotal=total,
        discounts=(),
        taxes=(Tax("VAT", Decimal(0), total, 0, "VAT exempt (tuition)"),),
        total=total,
        settled=(),
        open=total,
        transfer=Transfer(
            "Lindenhof Tutoring GmbH",
            (("IBAN", "DE33 1002 0500 0001 1947 00"),),
            f"RF18 {number:04}",
            iban="DE33100205000001194700",
        ),
    )
    return Job(invoice, _LETTERHEAD, "en-GB")
