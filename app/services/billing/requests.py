"""What can be asked of invoice runs, credit notes and payments, and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.models.values.billing import ChargeKind, DocumentKind


class Trouble(StrEnum):
    """What a run points out before anything is issued."""

    NOT_CLOSED = "not_closed"
    NOT_APPROVED = "not_approved"
    NO_RATE = "no_rate"
    NO_NAME = "no_name"
    NO_ADDRESS = "no_address"
    NO_EMAIL = "no_email"
    BIG_CHANGE = "big_change"
    PACKAGE_USED_UP = "package_used_up"
    CURRENCY = "currency"
    OFFICE_DATA = "office_data"
    SUMS_TO_NOTHING = "sums_to_nothing"

    @property
    def is_blocking(self) -> bool:
        """Say whether a payer cannot be billed because of it."""
        return self in {Trouble.NO_RATE, Trouble.NO_NAME, Trouble.NO_ADDRESS}


@dataclass(frozen=True, slots=True)
class RunException:
    """One thing to look at before issuing, in a sentence.

    Attributes:
        household_id: None where it concerns the office itself.
    """

    kind: Trouble
    sentence: str
    household_id: int | None = None
    payer_id: int | None = None
    session_id: int | None = None

    @property
    def is_blocking(self) -> bool:
        """Say whether the payer is held back."""
        return self.kind.is_blocking


@dataclass(frozen=True, slots=True)
class InvoiceRunOf:
    """Which charges a run is about: those with a service date up to ``until_on``.

    Attributes:
        from_on: where the period printed on the documents begins, and advance
            charges are made from.
        on: the issue date.
    """

    from_on: date
    until_on: date
    on: date
    household_ids: tuple[int, ...] | None = None
    payer_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class StartRun:
    """A request to issue; made anew, with its own key, at every click."""

    from_on: date
    until_on: date
    on: date
    request_key: str
    household_ids: tuple[int, ...] | None = None
    payer_ids: tuple[int, ...] | None = None

    def of(self) -> InvoiceRunOf:
        """Give what the run is about."""
        return InvoiceRunOf(
            self.from_on, self.until_on, self.on, self.household_ids, self.payer_ids
        )


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of a document that would be issued; ``amount`` is after discounts."""

    charge_id: int
    student: str
    kind: ChargeKind
    service_on: date
    text: str
    minutes: int | None
    amount: int
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that would be issued; a credit note has positive amounts.

    Attributes:
        discount: off the whole document, minor units.
        former: total of the payer's last invoice in the same currency, if any.
    """

    household_id: int
    payer_id: int
    payer: str
    kind: DocumentKind
    currency: str
    lines: tuple[DraftLine, ...]
    discount: int
    net: int
    tax: int
    total: int
    household: str = ""
    email: str = ""
    former: int | None = None


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What a run would issue, and what to look at first."""

    exceptions: tuple[RunException, ...]
    drafts: tuple[Draft, ...]


class Watch(Protocol):
    """Somebody who watches a run of many documents and may stop it."""

    def goes_on(self, done: int, count: int, name: str) -> bool:
        """Hear how far a run has come and whose document is next; False stops it."""


@dataclass(frozen=True, slots=True)
class RunDone:
    """What a run issued, and why it left payers out.

    Attributes:
        left: documents that a run which was stopped has not issued.
    """

    run_id: int
    document_ids: tuple[int, ...]
    held_back: tuple[RunException, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class CreditInvoice:
    """A request to take an invoice back, whole or some of its lines.

    Attributes:
        line_ids, session_ids: which lines; all that are left where both are None.
        rebill: whether the next run bills the same again.
    """

    invoice_id: int
    on: date
    reason: str
    request_key: str
    line_ids: tuple[int, ...] | None = None
    session_ids: tuple[int, ...] | None = None
    rebill: bool = False


@dataclass(frozen=True, slots=True)
class Credited:
    """The credit note that was issued."""

    document_id: int


@dataclass(frozen=True, slots=True)
class Reissued:
    """A credit note, and what took the invoice's place, if anything did."""

    credit_note_id: int
    document_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReceivePayment:
    """Money that came in.

    Attributes:
        to: invoices in the order in which they are settled, each with an amount or
            as far as the money goes; empty is the oldest due date first.
        currency: of the money; empty is the household's.
    """

    payer_id: int
    amount: int
    on: date
    request_key: str
    method: str = ""
    reference: str = ""
    to: tuple[int | tuple[int, int], ...] = ()
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Allocated:
    """Money set against an invoice."""

    invoice_id: int
    number: str
    amount: int


@dataclass(frozen=True, slots=True)
class Received:
    """A recorded payment: what it settled, and the payer's credit on account then."""

    payment_id: int
    allocations: tuple[Allocated, ...]
    on_account: int


@dataclass(frozen=True, slots=True)
class ReversePayment:
    """A request to take a payment back, such as one that bounced."""

    payment_id: int
    on: date
    reason: str
    request_key: str


@dataclass(frozen=True, slots=True)
class RefundPayment:
    """Money that went back to a payer, out of the credit on account."""

    payer_id: int
    amount: int
    on: date
    request_key: str
    method: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class UseCredit:
    """A request to set credit on account against open invoices."""

    payer_id: int
    on: date
    request_key: str
    to: tuple[int | tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class WriteOffInvoice:
    """A request to give up an open rest; ``amount`` None is all of it."""

    invoice_id: int
    on: date
    reason: str
    request_key: str
    amount: int | None = None
