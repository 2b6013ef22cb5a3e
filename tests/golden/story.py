"""The format of money stories: what they hold, and what must come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypedDict

from app.models.values.billing import ChargeKind, Reason
from app.models.values.payroll import PayKind
from tests.golden.steps import STEPS, Step
from tests.golden.strict import Amount
from tests.golden.terms import (
    ContractTerms,
    HouseholdTerms,
    OfferingTerms,
    OfficeTerms,
    PackageTerms,
    PolicyTerms,
    TaxTerms,
    TutorTerms,
)

__all__ = ["STEPS", "Expect", "Story"]


class ChargeLine(TypedDict, total=False):
    """What must be true of a charge, on a document or waiting for one."""

    payer: str
    session: str | None
    student: str | None
    kind: ChargeKind
    minutes: int | None
    amount: Amount


class PaidLine(TypedDict, total=False):
    """What must be true of a pay line, on a statement or waiting for one."""

    tutor: str
    session: str | None
    kind: PayKind
    minutes: int | None
    amount: Amount


class Paper(TypedDict, total=False):
    """What must be true of an invoice or credit note."""

    payer: str
    net: Amount
    tax: Amount
    total: Amount
    open: Amount
    lines: tuple[ChargeLine, ...]


class PayPaper(TypedDict, total=False):
    """What must be true of a pay statement."""

    tutor: str
    total: Amount
    lines: tuple[PaidLine, ...]


class Expect(TypedDict, total=False):
    """What must come out; only what is stated is compared."""

    invoices: tuple[Paper, ...]
    credits: tuple[Paper, ...]
    waiting: tuple[ChargeLine, ...]
    reasons: dict[str, Reason]
    statements: tuple[PayPaper, ...]
    unpaid: tuple[PaidLine, ...]
    balances: dict[str, Amount]
    package_left: dict[str, int]
    refused: bool


@dataclass(frozen=True, slots=True)
class Story:
    """A small story with exact amounts; what it leaves out are the usual terms.

    Attributes:
        first_day: the earliest date named in set-up and steps.
    """

    title: str
    first_day: date
    steps: tuple[Step, ...]
    expect: Expect
    rules: tuple[str, ...] = ()
    note: str = ""
    now: datetime | date | None = None
    office: OfficeTerms = field(default_factory=OfficeTerms)
    policies: PolicyTerms = field(default_factory=PolicyTerms)
    taxes: dict[str, TaxTerms] = field(default_factory=lambda: {"exempt": TaxTerms()})
    offerings: dict[str, OfferingTerms] = field(
        default_factory=lambda: {"maths": OfferingTerms()}
    )
    tutors: dict[str, TutorTerms] = field(
        default_factory=lambda: {"anna": TutorTerms()}
    )
    households: dict[str, HouseholdTerms] = field(
        default_factory=lambda: {"lindqvist": HouseholdTerms(("maya", "erik"))}
    )
    packages: dict[str, PackageTerms] = field(default_factory=dict)
    contracts: dict[str, ContractTerms] = field(default_factory=dict)
