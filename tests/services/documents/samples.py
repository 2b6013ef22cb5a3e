"""Values to draw: an invoice and its like, of any length and currency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.services.documents.rendering import Job, Printed
from app.services.documents.values import (
    CreditNote,
    Deduction,
    Earning,
    Entry,
    Group,
    Invoice,
    Letterhead,
    Line,
    OpenItem,
    Package,
    PaidSession,
    Party,
    PayStatement,
    Posting,
    Reminder,
    Schedule,
    SessionNote,
    Slot,
    Statement,
    Tax,
    Transfer,
)

LETTERHEAD = Letterhead(
    "Lindenhof Tutoring",
    ("Lindenstraße 12", "10969 Berlin"),
    "Lindenstraße 12 · 10969 Berlin · office@lindenhof.example · +49 30 555 0142",
    "Lindenhof Tutoring GmbH · HRB 123456 B · VAT ID DE123456789",
    "L",
)
TRANSFER = Transfer(
    "Lindenhof Tutoring GmbH",
    (("IBAN", "DE33 1002 0500 0001 1947 00"),),
    "RF18 5390 0754 7034",
    iban="DE33100205000001194700",
)
FIRST = date(2026, 11, 2)


def lines(count: int, amount: int = 4800) -> tuple[Line, ...]:
    """Give lines of one hour each, a day apart."""
    return tuple(
        Line(
            FIRST + timedelta(days=number),
            "Anna Berg",
            amount,
            time(16),
            time(17),
            60,
            amount,
        )
        for number in range(count)
    )


def invoice(
    count: int = 4,
    currency: str = "EUR",
    name: str = "Karin Lindqvist",
    amount: int = 4800,
) -> Invoice:
    """Give an invoice of so many lines."""
    total = count * amount
    return Invoice(
        number="2026-0412",
        issued=date(2026, 11, 30),
        due=date(2026, 12, 14),
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
        payer=Party(name, ("Ahornweg 4", "10961 Berlin")),
        reference="RF18 5390 0754",
        currency=currency,
        groups=(Group("Maya Lindqvist", "Maths", lines(count, amount)),),
        subtotal=total,
        discounts=(),
        taxes=(Tax("VAT", Decimal(0), total, 0, "VAT exempt (tuition)"),),
        total=total,
        settled=(),
        open=total,
        transfer=TRANSFER if currency == "EUR" else None,
        packages=(Package("Ten hours", 600, 240, 360, date(2027, 2, 1)),),
    )


def credit_note() -> CreditNote:
    """Give a credit note over two lines."""
    return CreditNote(
        number="CN-0003",
        issued=date(2026, 12, 1),
        original="2026-0412",
        original_issued=date(2026, 11, 30),
        payer=Party("Karin Lindqvist", ("Ahornweg 4",)),
        currency="EUR",
        groups=(Group("Maya Lindqvist", "Maths", lines(2)),),
        subtotal=9600,
        taxes=(Tax("VAT", Decimal(20), 9600, 1920),),
        total=11520,
        reason="Not held",
        use=(Entry("Set against 2026-0412", 11520),),
    )


def account() -> Statement:
    """Give an account with two postings."""
    return Statement(
        as_of=date(2026, 12, 20),
        first_day=date(2026, 11, 1),
        payer=Party("Karin Lindqvist", ("Ahornweg 4",)),
        reference="",
        currency="EUR",
        brought_forward=1250,
        postings=(
            Posting(date(2026, 11, 30), "2026-0412", "Invoice", 19200, 0, 20450),
            Posting(date(2026, 12, 5), "", "Payment", 0, 10000, 10450),
        ),
        balance=10450,
        overdue=9200,
        ages=(Entry("Not yet due", 1250), Entry("Up to 30 days", 9200)),
    )


def reminder() -> Reminder:
    """Give a reminder of two open invoices."""
    return Reminder(
        number="M-2026-031",
        issued=date(2026, 12, 21),
        pay_by=date(2027, 1, 4),
        level=1,
        payer=Party("Karin Lindqvist", ("Ahornweg 4",)),
        reference="RF18 5390 0754 7034",
        currency="EUR",
        text="We have not yet received the amounts below.",
        items=(
            OpenItem(
                "2026-0371", date(2026, 10, 31), date(2026, 11, 14), 37, 19200, 9600
            ),
            OpenItem(
                "2026-0412", date(2026, 11, 30), date(2026, 12, 14), 7, 41200, 36400
            ),
        ),
        fees=(Entry("Late fee", 500),),
        total=46500,
        transfer=TRANSFER,
    )


def pay(count: int = 20, *, contractor: bool = False) -> PayStatement:
    """Give a pay statement over so many sessions."""
    sessions = tuple(
        PaidSession(line.day, time(16), time(17), "M. L.", "", 60, 2700, 2700)
        for line in lines(count)
    )
    gross = 2700 * count
    deducted = 0 if contractor else 3000
    return PayStatement(
        number="PAY-2026-11-007",
        contractor=contractor,
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 30),
        pay_day=date(2026, 12, 5),
        tutor=Party("Anna Berg", ("Torstraße 9", "10119 Berlin")),
        account="•••• 4700",
        currency="EUR",
        minutes=60 * count,
        gross=gross,
        deducted=deducted,
        net=gross - deducted,
        earnings=(Earning("Sessions", gross, 60 * count, 2700, f"{count} sessions"),),
        deductions=() if contractor else (Deduction("Travel card", True, 3000),),
        year_to_date=(Entry("Gross", 540000),),
        sessions=sessions,
    )


def week() -> Schedule:
    """Give a week with two overlapping sessions, one to confirm."""
    return Schedule(
        title="Anna Berg",
        subtitle="Week 48",
        total="3.00 h · 3 sessions",
        columns=tuple((name, "") for name in ("Mon", "Tue", "Wed", "Thu", "Fri")),
        slots=(
            Slot(0, time(15), time(16), "Maya Lindqvist", "Maths · Room 1"),
            Slot(0, time(15, 30), time(16, 30), "Sam Wright", "Maths · Room 2"),
            Slot(4, time(23), time(0), "Nadia Saleh", "Trial", confirmed=False),
        ),
        printed=datetime(2026, 11, 24, 16, 37),  # noqa: DTZ001  a wall clock
    )


def note() -> SessionNote:
    """Give the note of one session."""
    return SessionNote(
        student="Maya Lindqvist",
        subject="Maths",
        tutor="Anna Berg",
        day=FIRST,
        start=time(16),
        end=time(17),
        place="Online",
        facts=(("Length", "1.00 h", ""), ("Homework", "done", "on time")),
        sections=(("What we did", "Quadratic equations."),),
        tasks=("Exercises 3 to 8",),
        next_session="Mon 9 November 2026, 16:00",
    )


def every() -> dict[str, Job]:
    """Give a job of every kind of document."""
    found: dict[str, Printed] = {
        "invoice": invoice(),
        "credit_note": credit_note(),
        "account": account(),
        "reminder": reminder(),
        "pay": pay(),
        "remittance": pay(contractor=True),
        "week": week(),
        "agenda": replace(week(), as_list=True),
        "note": note(),
    }
    return {
        name: Job(value, LETTERHEAD, "en-GB", "DE") for name, value in found.items()
    }
