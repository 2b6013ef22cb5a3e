"""What the office sells, where, at what price; and when it is closed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, word
from app.models.types import JsonText
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.people import TravelMeans
from app.models.values.schedule import PlaceKind


class Subject(Model):
    """Something that is taught."""

    __tablename__ = "subject"

    name: Mapped[str] = mapped_column(unique=True)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Level(Model):
    """A step of difficulty; levels are ordered by position."""

    __tablename__ = "level"

    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class TaxCode(Model):
    """How something is taxed; ``reason`` is the sentence of an exemption."""

    __tablename__ = "tax_code"

    name: Mapped[str] = mapped_column(unique=True)
    rate: Mapped[Decimal]
    category: Mapped[str] = mapped_column(String(8), default="S")
    reason: Mapped[str] = mapped_column(Text, default="")
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Offering(Model):
    """What is sold: a subject, its length, group size, buffers and price rule.

    Attributes:
        step_minutes: charged minutes are rounded up to this step.
        minimum_minutes: the least length that is charged.
        minimum_amount: the least charge per student and session, minor units.
        pay_step_minutes: paid minutes are rounded up to this step.
        is_split: the session's price is divided over the booked students.
        trial_amount: what a trial session costs, minor units; None is nothing.
    """

    __tablename__ = "offering"

    name: Mapped[str] = mapped_column(index=True)
    subject_id: Mapped[int | None] = mapped_column(
        ForeignKey("subject.id"), default=None
    )
    from_level_id: Mapped[int | None] = mapped_column(
        ForeignKey("level.id"), default=None
    )
    to_level_id: Mapped[int | None] = mapped_column(
        ForeignKey("level.id"), default=None
    )
    tax_code_id: Mapped[int] = mapped_column(ForeignKey("tax_code.id"))
    length_minutes: Mapped[int] = mapped_column(default=60)
    lengths: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    place_kinds: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    group_size: Mapped[int] = mapped_column(default=1)
    buffer_before: Mapped[int] = mapped_column(default=0)
    buffer_after: Mapped[int] = mapped_column(default=0)
    notice_hours: Mapped[int | None] = mapped_column(default=None)
    on_storefront: Mapped[bool] = mapped_column(default=False)
    is_split: Mapped[bool] = mapped_column(default=False)
    step_minutes: Mapped[int] = mapped_column(default=1)
    minimum_minutes: Mapped[int | None] = mapped_column(default=None)
    minimum_amount: Mapped[int | None] = mapped_column(default=None)
    pay_step_minutes: Mapped[int] = mapped_column(default=1)
    preparation_minutes: Mapped[int] = mapped_column(default=0)
    trial_amount: Mapped[int | None] = mapped_column(default=None)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Price(Model):
    """A price at one level of the hierarchy, valid from a date.

    Exactly the ids that its level names are set: ``offering`` an offering;
    ``household`` a household and an offering; ``placement`` and ``session`` theirs.

    Attributes:
        amount: minor units per hour or per session.
        tiers: amounts by number of students, as ``{"1": 5000, "2": 4500}``.
    """

    __tablename__ = "price"
    __table_args__ = (Index(None, "offering_id", "household_id"),)

    level: Mapped[PriceLevel] = word(PriceLevel)
    offering_id: Mapped[int | None] = mapped_column(
        ForeignKey("offering.id"), default=None
    )
    household_id: Mapped[int | None] = mapped_column(
        ForeignKey("household.id"), index=True, default=None
    )
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id"), index=True, default=None
    )
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), index=True, default=None
    )
    per: Mapped[PricePer] = word(PricePer)
    amount: Mapped[int]
    tiers: Mapped[Any] = mapped_column(JsonText, default_factory=dict)
    valid_from: Mapped[date | None] = mapped_column(default=None)


class Place(Model):
    """Somewhere sessions are held; ``changing_minutes`` lie between two in a room."""

    __tablename__ = "place"

    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[PlaceKind] = word(PlaceKind)
    address: Mapped[str] = mapped_column(Text, default="")
    latitude: Mapped[Decimal | None] = mapped_column(default=None)
    longitude: Mapped[Decimal | None] = mapped_column(default=None)
    changing_minutes: Mapped[int] = mapped_column(default=0)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Room(Model):
    """A room in a place; a single-use room holds one session at a time."""

    __tablename__ = "room"

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    name: Mapped[str]
    seats: Mapped[int | None] = mapped_column(default=None)
    is_single_use: Mapped[bool] = mapped_column(default=True)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class TravelTime(Model):
    """How long the way from one place to another takes."""

    __tablename__ = "travel_time"
    __table_args__ = (UniqueConstraint("from_place_id", "to_place_id", "means"),)

    from_place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    to_place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    means: Mapped[TravelMeans | None] = word(TravelMeans, default=None)
    minutes: Mapped[int]
    distance: Mapped[Decimal | None] = mapped_column(default=None)
    is_measured: Mapped[bool] = mapped_column(default=False)


class Closure(Model):
    """Days on which the office is closed; ``until_on`` is the last of them."""

    __tablename__ = "closure"

    name: Mapped[str]
    from_on: Mapped[date] = mapped_column(index=True)
    until_on: Mapped[date]
    region: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Term(Model):
    """A stretch of the school year; ``until_on`` is its last day."""

    __tablename__ = "term"

    name: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    region: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None] = mapped_column(default=None)
