"""What families owe: charges, packages, contracts, documents and payments.

Charges are only ever added. A change of mind marks a charge replaced while it lies on
no document, and afterwards adds a reversal and a successor.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, word
from app.models.types import JsonText
from app.models.values.billing import (
    ChargeKind,
    DocumentKind,
    PriceBasis,
    RunState,
    TaxRounding,
)


class Charge(Model):
    """An amount owed by a payer, with all that explains it.

    Attributes:
        source: what made it where no session did, such as ``flat_fee:3``.
        period: the month of a flat fee as ``2026-11``, else empty.
        original_on: the day it is for, where a lock lets it bear a later one.
        rate: minor units per hour or session, None where there is none.
        percent: of the planned price, for policies; None is the whole.
        amount: minor units, net or gross as the office states its prices.
        live_key: unique while the charge counts; None once replaced or reversed,
            and on reversals.
        line_id: the line of the issued document that it lies on.
    """

    __tablename__ = "charge"
    __table_args__ = (Index(None, "payer_id", "line_id", "service_on"),)

    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), index=True, default=None
    )
    student_id: Mapped[int | None] = mapped_column(
        ForeignKey("student.id"), default=None
    )
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    kind: Mapped[ChargeKind] = word(ChargeKind)
    source: Mapped[str] = mapped_column(String(40), default="")
    period: Mapped[str] = mapped_column(String(16), default="")
    service_on: Mapped[date]
    original_on: Mapped[date | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    rate: Mapped[int | None] = mapped_column(default=None)
    rate_per: Mapped[str] = mapped_column(String(16), default="")
    rate_source: Mapped[str] = mapped_column(String(32), default="")
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    tax_code_id: Mapped[int] = mapped_column(ForeignKey("tax_code.id"))
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("charge.id"), unique=True, default=None
    )
    successor_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("charge.id"), default=None
    )
    replaced_at: Mapped[datetime | None] = mapped_column(default=None)
    live_key: Mapped[str | None] = mapped_column(unique=True, default=None)
    line_id: Mapped[int | None] = mapped_column(BigInteger, index=True, default=None)


class NumberSeries(Model):
    """A gapless run of document numbers: prefix, year, width and the next number."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("kind", "prefix", "year"),)

    kind: Mapped[DocumentKind] = word(DocumentKind)
    prefix: Mapped[str] = mapped_column(String(16), default="")
    year: Mapped[int | None] = mapped_column(default=None)
    width: Mapped[int] = mapped_column(default=4)
    next_number: Mapped[int] = mapped_column(default=1)
    last_issued_on: Mapped[date | None] = mapped_column(default=None)


class Document(Model):
    """An issued invoice or credit note, frozen with names, addresses and totals.

    Credit notes keep positive amounts; their kind gives the sign.

    Attributes:
        face: everything printed that is not in the columns or lines.
        chain: SHA-256 over the former document's chain and this one's content.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("number_series_id", "sequence"),
        Index(None, "payer_id", "issued_on"),
    )

    kind: Mapped[DocumentKind] = word(DocumentKind)
    number_series_id: Mapped[int] = mapped_column(ForeignKey("number_series.id"))
    sequence: Mapped[int]
    number: Mapped[str] = mapped_column(unique=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    due_on: Mapped[date | None] = mapped_column(default=None)
    from_on: Mapped[date | None] = mapped_column(default=None)
    until_on: Mapped[date | None] = mapped_column(default=None)
    currency: Mapped[str] = mapped_column(String(3))
    prices: Mapped[PriceBasis] = word(PriceBasis)
    tax_rounding: Mapped[TaxRounding] = word(TaxRounding)
    net: Mapped[int]
    tax: Mapped[int]
    total: Mapped[int]
    original_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id"), default=None
    )
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), default=None)
    reason: Mapped[str] = mapped_column(default="")
    face: Mapped[Any] = mapped_column(JsonText)
    former_chain: Mapped[str] = mapped_column(String(64), default="")
    chain: Mapped[str] = mapped_column(String(64))


class DocumentLine(Model):
    """One line of an issued document, as it was issued.

    Attributes:
        amount: minor units, positive on a credit note where it gives back.
        document_discount: this line's part of a discount on the whole document.
    """

    __tablename__ = "document_line"
    __table_args__ = (UniqueConstraint("document_id", "position"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    position: Mapped[int]
    charge_id: Mapped[int | None] = mapped_column(
        ForeignKey("charge.id"), unique=True, default=None
    )
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), default=None
    )
    student_id: Mapped[int | None] = mapped_column(
        ForeignKey("student.id"), default=None
    )
    kind: Mapped[ChargeKind] = word(ChargeKind)
    service_on: Mapped[date]
    minutes: Mapped[int | None] = mapped_column(default=None)
    rate: Mapped[int | None] = mapped_column(default=None)
    amount: Mapped[int]
    document_discount: Mapped[int] = mapped_column(default=0)
    tax_name: Mapped[str] = mapped_column(default="")
    tax_rate: Mapped[Decimal]
    tax_reason: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    face: Mapped[Any] = mapped_column(JsonText, default_factory=dict)


class Payment(Model):
    """Money that came in, or a refund that went out; never edited, only reversed.

    Attributes:
        amount: minor units; negative is a refund or the reversal of a payment.
        request_key: made by the asker, so that a repeated click records once.
    """

    __tablename__ = "payment"

    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"), index=True)
    received_on: Mapped[date]
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    method: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("payment.id"), unique=True, default=None
    )
    request_key: Mapped[str | None] = mapped_column(unique=True, default=None)
    former_chain: Mapped[str] = mapped_column(String(64), default="")
    chain: Mapped[str] = mapped_column(String(64))


class Allocation(Model):
    """Money of a payment or credit note set against an invoice.

    Attributes:
        amount: minor units; a negative row takes an earlier allocation back.
    """

    __tablename__ = "allocation"

    invoice_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    payment_id: Mapped[int | None] = mapped_column(
        ForeignKey("payment.id"), index=True, default=None
    )
    credit_note_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id"), index=True, default=None
    )
    amount: Mapped[int]
    made_at: Mapped[datetime]


class WriteOff(Model):
    """The open rest of an invoice that nobody will pay, with its reason."""

    __tablename__ = "write_off"

    invoice_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    amount: Mapped[int]
    written_on: Mapped[date]
    reason: Mapped[str]
    made_at: Mapped[datetime]


class PeriodLock(Model):
    """Nothing with a service date before it may change any more."""

    __tablename__ = "period_lock"

    kind: Mapped[str] = mapped_column(String(16), default="all")
    locked_until: Mapped[date | None] = mapped_column(default=None)
    trailing_days: Mapped[int | None] = mapped_column(default=None)
    made_at: Mapped[datetime]


class Run(Model):
    """One start of a run of many steps, so that the same request runs once.

    Attributes:
        request_key: made by the asker, one per click or command start.
        content_hash: of what was asked; another content is an error.
    """

    __tablename__ = "run"

    verb: Mapped[str] = mapped_column(String(32))
    request_key: Mapped[str] = mapped_column(unique=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    from_on: Mapped[date]
    until_on: Mapped[date]
    on: Mapped[date]
    state: Mapped[RunState] = word(RunState, default=RunState.STARTED)
    started_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    result: Mapped[Any] = mapped_column(JsonText, default_factory=dict)
