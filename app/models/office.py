"""The office itself: its settings, policies, journal, tasks and attachments."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, word
from app.models.types import JsonText
from app.models.values.billing import PriceBasis, TaxRounding
from app.models.values.schedule import Unknown


def _uid() -> str:
    return uuid4().hex


class OfficeProfile(Model):
    """Who the office is and how it counts; exactly one row.

    Attributes:
        uid: tells it from every other office, wherever its file lies.
    """

    __tablename__ = "office"

    uid: Mapped[str] = mapped_column(String(32), default_factory=_uid)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(default="")
    legal: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    zone: Mapped[str]
    currency: Mapped[str] = mapped_column(String(3))
    locale: Mapped[str] = mapped_column(String(16), default="en-GB")
    prices: Mapped[PriceBasis] = word(PriceBasis, default=PriceBasis.NET)
    tax_rounding: Mapped[TaxRounding] = word(TaxRounding, default=TaxRounding.DOCUMENT)
    tax_number: Mapped[str] = mapped_column(default="")
    payee: Mapped[str] = mapped_column(default="")
    iban: Mapped[str] = mapped_column(default="")
    bic: Mapped[str] = mapped_column(default="")
    payment_rows: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    payment_link: Mapped[str] = mapped_column(default="")
    payment_days: Mapped[int] = mapped_column(default=14)
    credit_on_issue: Mapped[bool] = mapped_column(default=False)
    grid_minutes: Mapped[int] = mapped_column(default=15)
    first_weekday: Mapped[int] = mapped_column(default=0)
    default_travel_minutes: Mapped[int] = mapped_column(default=0)
    unknown_availability: Mapped[Unknown] = word(Unknown, default=Unknown.ASK)
    distance_unit: Mapped[str] = mapped_column(String(8), default="km")
    logo_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachment.id"), default=None
    )


class Policy(Model):
    """A rule of the office as data, valid from a date."""

    __tablename__ = "policy"
    __table_args__ = (Index(None, "kind", "scope", "scope_id"),)

    kind: Mapped[str] = mapped_column(String(32))
    scope: Mapped[str] = mapped_column(String(16), default="office")
    scope_id: Mapped[int | None] = mapped_column(default=None)
    value: Mapped[Any] = mapped_column(JsonText)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)


class JournalEntry(Model):
    """What one step did to one row; the id is the office's running sequence.

    Attributes:
        step: the id of the step's first entry; all entries of one commit share it.
        digest: SHA-256 of the before and after texts, kept when they are blanked.
        chain: SHA-256 over the former chain, who, when, what and the digest.
    """

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "step"),
        Index(None, "table_name", "row_id"),
    )

    step: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor: Mapped[str]
    desk: Mapped[str] = mapped_column(default="")
    action: Mapped[str]
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int] = mapped_column(BigInteger)
    before: Mapped[str | None] = mapped_column(Text, default=None)
    after: Mapped[str | None] = mapped_column(Text, default=None)
    undoes: Mapped[int | None] = mapped_column(BigInteger, default=None)
    digest: Mapped[str] = mapped_column(String(64))
    chain: Mapped[str] = mapped_column(String(64))


class Task(Model):
    """Something somebody has to do, made by a rule or a person.

    Attributes:
        key: what makes a rule's task unique, so that a rule never makes it twice.
    """

    __tablename__ = "task"

    what: Mapped[str]
    about_kind: Mapped[str] = mapped_column(String(32), default="")
    about_id: Mapped[int | None] = mapped_column(default=None)
    owner: Mapped[str] = mapped_column(default="office")
    due_on: Mapped[date | None] = mapped_column(default=None, index=True)
    made_by: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    key: Mapped[str | None] = mapped_column(default=None, unique=True)
    done_at: Mapped[datetime | None] = mapped_column(default=None)
    done_by: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Attachment(Model):
    """A file that belongs to a record and lies inside the office's own file."""

    __tablename__ = "attachment"
    __table_args__ = (Index(None, "owner_kind", "owner_id"),)

    owner_kind: Mapped[str] = mapped_column(String(32))
    owner_id: Mapped[int]
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, info={"sensitive": True})
