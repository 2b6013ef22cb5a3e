"""What tutors earn: rates, pay lines, pay runs and statements."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, word
from app.models.types import JsonText
from app.models.values.payroll import (
    Engagement,
    PayKind,
    PayLevel,
    PayPer,
    PayRunState,
)
from app.models.values.schedule import PlaceKind


class PayRate(Model):
    """A rate of pay at one level of the hierarchy, valid from a date.

    Attributes:
        kind: ``session``, ``preparation``, ``travel_time`` or ``other_work``.
        amount: minor units per hour, session or student-hour; 0 for percent.
        percent: of the price, where ``per`` is percent.
        minimum: the least pay for a session, minor units.
        per_extra_student: added to the rate for each student after the first.
        tiers: amounts by number of students attending.
    """

    __tablename__ = "pay_rate"
    __table_args__ = (Index(None, "tutor_id", "level"),)

    level: Mapped[PayLevel] = word(PayLevel)
    kind: Mapped[PayKind] = word(PayKind, default=PayKind.SESSION)
    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), index=True, default=None
    )
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id"), default=None
    )
    tutor_id: Mapped[int | None] = mapped_column(ForeignKey("tutor.id"), default=None)
    offering_id: Mapped[int | None] = mapped_column(
        ForeignKey("offering.id"), default=None
    )
    subject_id: Mapped[int | None] = mapped_column(
        ForeignKey("subject.id"), default=None
    )
    level_id: Mapped[int | None] = mapped_column(ForeignKey("level.id"), default=None)
    per: Mapped[PayPer] = word(PayPer)
    amount: Mapped[int] = mapped_column(default=0)
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    minimum: Mapped[int | None] = mapped_column(default=None)
    per_extra_student: Mapped[int | None] = mapped_column(default=None)
    tiers: Mapped[Any] = mapped_column(JsonText, default_factory=dict)
    valid_from: Mapped[date | None] = mapped_column(default=None)


class PayPremium(Model):
    """More pay at certain times or places.

    Attributes:
        weekdays: 0 is Monday; empty is every day. The window is wall-clock minutes
            in which the session starts.
        percent, amount: of the pay, or minor units per hour.
    """

    __tablename__ = "pay_premium"

    name: Mapped[str]
    weekdays: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    start_minute: Mapped[int] = mapped_column(default=0)
    end_minute: Mapped[int] = mapped_column(default=1440)
    place_kind: Mapped[PlaceKind | None] = word(PlaceKind, default=None)
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    amount: Mapped[int | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)


class PayRun(Model):
    """One pay run of a period; approved runs are locked."""

    __tablename__ = "pay_run"

    from_on: Mapped[date]
    until_on: Mapped[date]
    on: Mapped[date]
    state: Mapped[PayRunState] = word(PayRunState, default=PayRunState.OPEN)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"), default=None)
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    paid_on: Mapped[date | None] = mapped_column(default=None)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)


class PayStatement(Model):
    """What one tutor gets from one run, frozen when the run is approved.

    Attributes:
        face: names, addresses, earnings and sessions as printed.
        their_invoice: number of the contractor's own invoice.
        chain: SHA-256 over the former statement's chain and this one's content.
    """

    __tablename__ = "pay_statement"
    __table_args__ = (UniqueConstraint("pay_run_id", "tutor_id"),)

    pay_run_id: Mapped[int] = mapped_column(ForeignKey("pay_run.id"))
    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"), index=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    engagement: Mapped[Engagement] = word(Engagement)
    currency: Mapped[str] = mapped_column(String(3))
    minutes: Mapped[int]
    gross: Mapped[int]
    deducted: Mapped[int] = mapped_column(default=0)
    net: Mapped[int]
    their_invoice: Mapped[str] = mapped_column(String(64), default="")
    face: Mapped[Any] = mapped_column(JsonText)
    former_chain: Mapped[str] = mapped_column(String(64), default="")
    chain: Mapped[str] = mapped_column(String(64))


class ContractorInvoice(Model):
    """The number of an invoice that a contractor sent for work.

    Attributes:
        statement_id: the statement that names it; None while it waits for one.
    """

    __tablename__ = "contractor_invoice"

    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"), index=True)
    number: Mapped[str] = mapped_column(String(64))
    statement_id: Mapped[int | None] = mapped_column(
        ForeignKey("pay_statement.id"), index=True, default=None
    )


class PayLine(Model):
    """An amount earned by a tutor, with all that explains it.

    Attributes:
        claim: the single expense or mileage entry, as ``expense:4``, else empty.
        original_on: the day it is for, where a lock lets it bear a later one.
        rate: minor units per hour, session or student-hour; None where there is none.
        worked_minutes: the tutor's own, where ``minutes`` counts those of students.
        distance_rate: major units per mile or kilometre, of mileage.
        live_key: unique while the line counts; None once replaced or reversed, and on
            reversals.
        statement_id: the locked statement it lies on.
        chain: SHA-256 over the former locked line and this one, once locked.
    """

    __tablename__ = "pay_line"
    __table_args__ = (Index(None, "tutor_id", "statement_id", "service_on"),)

    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), index=True, default=None
    )
    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"))
    kind: Mapped[PayKind] = word(PayKind)
    claim: Mapped[str] = mapped_column(String(40), default="")
    service_on: Mapped[date]
    original_on: Mapped[date | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    worked_minutes: Mapped[int | None] = mapped_column(default=None)
    rate: Mapped[int | None] = mapped_column(default=None)
    rate_per: Mapped[str] = mapped_column(String(16), default="")
    rate_source: Mapped[str] = mapped_column(String(32), default="")
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    distance: Mapped[Decimal | None] = mapped_column(default=None)
    distance_rate: Mapped[Decimal | None] = mapped_column(default=None)
    amount: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    reverses_id: Mapped[int | None] = mapped_column(
        ForeignKey("pay_line.id"), unique=True, default=None
    )
    successor_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("pay_line.id"), default=None
    )
    replaced_at: Mapped[datetime | None] = mapped_column(default=None)
    live_key: Mapped[str | None] = mapped_column(unique=True, default=None)
    statement_id: Mapped[int | None] = mapped_column(
        ForeignKey("pay_statement.id"), index=True, default=None
    )
    former_chain: Mapped[str] = mapped_column(String(64), default="")
    chain: Mapped[str] = mapped_column(String(64), default="")


class MissingPayRate(Model):
    """Work that is closed out but has no rate of pay yet; gone once it has one.

    Attributes:
        claim: the mileage claim whose date or unit has no rate; ``price`` where pay is
            a percentage of a price that is missing; else empty.
    """

    __tablename__ = "missing_pay_rate"
    __table_args__ = (UniqueConstraint("session_id", "tutor_id", "claim"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"))
    claim: Mapped[str] = mapped_column(String(40), default="")
    service_on: Mapped[date] = mapped_column(index=True)


class Deduction(Model):
    """An amount taken off a tutor's pay, as entered, with its purpose.

    Attributes:
        is_fixed: taken in every period from ``on`` to ``until_on``, else once.
        entry_id: the entered deduction of which this row is what one statement took;
            negative on a statement that takes another one back.
        statement_id: the statement that took it; None on what was entered.
    """

    __tablename__ = "deduction"

    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"), index=True)
    purpose: Mapped[str]
    amount: Mapped[int]
    is_fixed: Mapped[bool] = mapped_column(default=False)
    on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(default=None)
    entry_id: Mapped[int | None] = mapped_column(
        ForeignKey("deduction.id"), index=True, default=None
    )
    statement_id: Mapped[int | None] = mapped_column(
        ForeignKey("pay_statement.id"), default=None
    )


class LineQuery(Model):
    """A tutor's question about a pay line, and its answer."""

    __tablename__ = "line_query"

    pay_line_id: Mapped[int] = mapped_column(ForeignKey("pay_line.id"), index=True)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
