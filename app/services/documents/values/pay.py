"""What a tutor gets: pay statements and remittance advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from app.services.documents.values.office import Entry, Party


@dataclass(frozen=True, slots=True)
class Earning:
    """Pay of one kind; ``detail`` says how it came about.

    ``minutes`` and ``rate`` are None where pay is not hours x rate. Holiday pay stands
    apart under its own heading.
    """

    label: str
    amount: int
    minutes: int | None = None
    rate: int | None = None
    detail: str = ""
    is_holiday: bool = False


@dataclass(frozen=True, slots=True)
class Deduction:
    """A deduction as entered, with its purpose; the amount is positive."""

    purpose: str
    fixed: bool
    amount: int


@dataclass(frozen=True, slots=True)
class PaidSession:
    """A session behind a pay statement: initials only, never a student's name.

    ``minutes`` are those paid, 0 where pay is not by time; ``rate`` is 0 where pay is
    not hours x rate.
    """

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
    """Pay of one tutor and period; a contractor gets a remittance advice.

    Attributes:
        account: where it goes, masked.
        minutes: all that were paid by time.
        gross: sum of the earnings.
        deducted: sum of the deductions, positive.
        net: gross - deducted.
        year_to_date: labelled amounts; not shown to contractors.
        year_minutes: all that were paid by time in that year; None where not known.
        their_invoice: number of a contractor's own invoice.
        title: instead of *Pay statement* or *Remittance advice*, such as
            *Self-billing statement*.
    """

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
    year_to_date: tuple[Entry, ...]
    sessions: tuple[PaidSession, ...]
    their_invoice: str = ""
    note: str = ""
    title: str = ""
    year_minutes: int | None = None
