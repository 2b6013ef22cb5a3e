"""What a payer gets: invoices, credit notes, accounts, reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from app.services.documents.values.office import Entry, Party, Transfer


@dataclass(frozen=True, slots=True)
class Line:
    """One charge or credit.

    Attributes:
        day: the service date.
        text: the tutor, or what was sold.
        amount: after discounts on the line, before those on the document; without tax
            or with it, as the office states its prices; negative for what goes back.
        start, end: shown where both are given.
        minutes: charged, shown as hours with two decimals.
        rate: price of an hour; None where the amount is not hours x rate.
        note: anything unusual, in words, under the line.
        share: the payer's part and the whole amount that several payers share, both
            before discounts; None where the line is one payer's alone.
        from_package: the hours came from a package; the amount is 0.
        tax_rate: percent, None where nothing is taxed; shown in a column of its own
            where the lines of a document differ in it.
    """

    day: date
    text: str
    amount: int
    start: time | None = None
    end: time | None = None
    minutes: int | None = None
    rate: int | None = None
    note: str = ""
    from_package: bool = False
    tax_rate: Decimal | None = None
    share: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one student, or of the household when ``student`` is empty."""

    student: str
    subject: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tax:
    """Tax of one rate.

    Attributes:
        name: such as ``VAT``.
        rate: percent.
        basis: the amount without tax that it is taken of.
        amount: the tax.
        reason: the exemption's sentence; given only where nothing is taxed.
    """

    name: str
    rate: Decimal
    basis: int
    amount: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """What was bought ahead, after this document.

    Attributes:
        bought, used, left: minutes, or sessions.
        expires: the last day of use; None for never.
        in_sessions: it counts sessions, not minutes.
    """

    name: str
    bought: int
    used: int
    left: int
    expires: date | None = None
    in_sessions: bool = False


@dataclass(frozen=True, slots=True)
class Invoice:
    """A frozen invoice.

    Attributes:
        subtotal: sum of the lines.
        discounts: on the whole document, negative.
        taxes: one entry for each rate and each exemption.
        total: with tax. Without tax in the prices it is subtotal + discounts + taxes;
            with tax in the prices subtotal + discounts.
        settled: credits and earlier payments, negative.
        open: total + settled, what is to be paid; 0 says *No payment needed*.
        transfer: how to pay; shown while something is open.
        replaces: numbers of invoices whose lines it bills anew.
        title: instead of *Invoice*, where the law wants a word such as *Tax invoice*.
    """

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
    title: str = ""
    replaces: str = ""

    @property
    def net(self) -> int:
        """The total without tax."""
        return self.total - sum(tax.amount for tax in self.taxes)

    @property
    def prices_include_tax(self) -> bool:
        """Whether lines and subtotal contain the tax."""
        stated = self.subtotal + sum(entry.amount for entry in self.discounts)
        return stated == self.total != self.net


@dataclass(frozen=True, slots=True)
class CreditNote:
    """Positive amounts under the word credit note; names the document it amends.

    Attributes:
        original, original_issued: number and date of the invoice; an empty number
            leaves both out.
        reason: in words.
        use: what became of the credit, as labelled amounts.
        title: instead of *Credit note*, such as *Adjustment note*.
    """

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
    discounts: tuple[Entry, ...] = ()
    reference: str = ""
    title: str = ""

    @property
    def prices_include_tax(self) -> bool:
        """Whether lines and subtotal contain the tax."""
        stated = self.subtotal + sum(entry.amount for entry in self.discounts)
        return stated == self.total and any(tax.amount for tax in self.taxes)


@dataclass(frozen=True, slots=True)
class Posting:
    """A line of an account; ``charge`` and ``payment`` are positive, 0 leaves one out.

    ``balance`` is what is owed after it; negative for credit on account.
    """

    day: date
    document: str
    text: str
    charge: int
    payment: int
    balance: int


@dataclass(frozen=True, slots=True)
class Statement:
    """The account of a payer over a period.

    Attributes:
        as_of: the last day that it covers.
        brought_forward: the balance before ``first_day``.
        balance: after the last posting; negative for credit on account.
        overdue: the part of it whose due date has passed.
        ages: open amounts by how late they are.
        transfer: how to pay the balance; shown while something is owed.
        on_account: what was paid or credited and is not set against an invoice yet;
            the balance is what is open less this.
    """

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
    transfer: Transfer | None = None
    on_account: int = 0


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open invoice on a reminder; ``open`` is what is left of its ``amount``."""

    number: str
    issued: date
    due: date
    days_late: int
    amount: int
    open: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """All open invoices of a payer and one total.

    Attributes:
        level: 1 is the friendly one, 2 the second, 3 and more the final one.
        text: the letter's own words.
        number: may be empty, then the letter bears none.
        fees: agreed late fees, positive; credit on account, negative.
        total: of the open amounts and fees.
    """

    number: str
    issued: date
    pay_by: date
    level: int
    payer: Party
    reference: str
    currency: str
    text: str
    items: tuple[OpenItem, ...]
    fees: tuple[Entry, ...]
    total: int
    transfer: Transfer | None = None
