"""What a service hands to a document: frozen, complete, already computed.

Money is an integer of the currency's minor units, time an integer of minutes. A
document adds nothing up that a reader relies on; it only lays out. Every text is drawn
literally, whatever it contains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The sender: head, return line and legal footer."""

    name: str
    address: tuple[str, ...]
    contact: str
    legal: str
    mark: str


@dataclass(frozen=True, slots=True)
class Party:
    """A receiver: the name and the lines under it."""

    name: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One charge or credit. ``rate`` is None where there is no price per hour."""

    day: date
    text: str
    amount: int
    start: time | None = None
    end: time | None = None
    minutes: int | None = None
    rate: int | None = None
    note: str = ""
    from_package: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one student, or of the household when ``student`` is empty."""

    student: str
    subject: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled amount, with its sign: discounts and payments are negative."""

    label: str
    amount: int


@dataclass(frozen=True, slots=True)
class Tax:
    """Tax of one rate. ``reason`` is the exemption text where nothing is taxed."""

    name: str
    rate: Decimal
    basis: int
    amount: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """Prepaid hours, in minutes."""

    name: str
    bought: int
    used: int
    left: int
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """How to pay.

    With an IBAN and euros the document gets an EPC code, with a link a link code.
    """

    payee: str
    rows: tuple[tuple[str, str], ...]
    reference: str
    iban: str = ""
    bic: str = ""
    link: str = ""
    other_ways: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """A frozen invoice."""

    number: str
    issued: date
    due: date
    first_day: date
    last_day: date
    payer: Party
    reference: str
    currency: str
    groups: tuple[Group, ...]
    subtotal: int
    discounts: tuple[Entry, ...]
    taxes: tuple[Tax, ...]
    total: int
    settled: tuple[Entry, ...]
    open: int
    transfer: Transfer | None = None
    packages: tuple[Package, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class CreditNote:
    """Positive amounts under the word credit note; names the document it amends."""

    number: str
    issued: date
    original: str
    original_issued: date
    payer: Party
    currency: str
    groups: tuple[Group, ...]
    subtotal: int
    taxes: tuple[Tax, ...]
    total: int
    reason: str
    use: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of an account: charge or payment, and the balance after it."""

    day: date
    document: str
    text: str
    charge: int
    payment: int
    balance: int


@dataclass(frozen=True, slots=True)
class Statement:
    """The account of a household over a period."""

    as_of: date
    first_day: date
    payer: Party
    reference: str
    currency: str
    brought_forward: int
    postings: tuple[Posting, ...]
    balance: int
    overdue: int
    ages: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Earning:
    """Pay of one kind; ``detail`` says how it came about."""

    label: str
    amount: int
    minutes: int | None = None
    rate: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deduction:
    """A deduction as entered, with its purpose."""

    purpose: str
    fixed: bool
    amount: int


@dataclass(frozen=True, slots=True)
class PaidSession:
    """A session behind a pay statement: initials only, never a student's name."""

    day: date
    start: time
    end: time
    initials: str
    kind: str
    minutes: int
    rate: int
    amount: int


@dataclass(frozen=True, slots=True)
class PayStatement:
    """Pay of one tutor and period; a contractor gets a remittance advice."""

    number: str
    contractor: bool
    first_day: date
    last_day: date
    pay_day: date
    tutor: Party
    account: str
    currency: str
    minutes: int
    gross: int
    deducted: int
    net: int
    earnings: tuple[Earning, ...]
    deductions: tuple[Deduction, ...]
    year_to_date: tuple[tuple[str, str], ...]
    sessions: tuple[PaidSession, ...]
    their_invoice: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A session on a printed schedule. ``column`` counts days, tutors or rooms."""

    column: int
    start: time
    end: time
    title: str
    detail: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """A grid of columns over the hours of a day."""

    title: str
    subtitle: str
    total: str
    columns: tuple[tuple[str, str], ...]
    slots: tuple[Slot, ...]
    printed: datetime


@dataclass(frozen=True, slots=True)
class SessionNote:
    """The family's note of one session, from the close-out."""

    student: str
    subject: str
    tutor: str
    day: date
    start: time
    end: time
    place: str
    facts: tuple[tuple[str, str, str], ...]
    sections: tuple[tuple[str, str], ...]
    tasks: tuple[str, ...]
    next_session: str
