"""The people of the office: households, students, tutors, and when they can."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import SENSITIVE, Model, word
from app.models.types import JsonText
from app.models.values.billing import BillingModel, HouseholdKind
from app.models.values.payroll import Engagement, HolidayBasis
from app.models.values.people import (
    ExceptionKind,
    PreferenceKind,
    TravelMeans,
    TutorStatus,
)


class Household(Model):
    """Who pays for students: a family, an adult student, or a funder."""

    __tablename__ = "household"

    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[HouseholdKind] = word(HouseholdKind, default=HouseholdKind.FAMILY)
    currency: Mapped[str] = mapped_column(String(3))
    language: Mapped[str] = mapped_column(String(16), default="")
    channel: Mapped[str] = mapped_column(String(16), default="email")
    model: Mapped[BillingModel] = word(BillingModel, default=BillingModel.ARREARS)
    notes: Mapped[str] = mapped_column(Text, default="")
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Payer(Model):
    """A person or body with an account of its own, who pays a household's bills."""

    __tablename__ = "payer"

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    tax_number: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class PayerShare(Model):
    """What share of a household's or a placement's charges a payer takes.

    Attributes:
        percent: with up to two decimals; or None where ``amount`` is given.
        amount: minor units per session, taken before the percentages.
    """

    __tablename__ = "payer_share"

    household_id: Mapped[int | None] = mapped_column(
        ForeignKey("household.id"), index=True, default=None
    )
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id"), index=True, default=None
    )
    payer_id: Mapped[int] = mapped_column(ForeignKey("payer.id"))
    position: Mapped[int] = mapped_column(default=0)
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    amount: Mapped[int | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)


class Guardian(Model):
    """A contact of a household, in the order in which to call."""

    __tablename__ = "guardian"

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    relation: Mapped[str] = mapped_column(default="")
    phones: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    email: Mapped[str] = mapped_column(default="")
    channel: Mapped[str] = mapped_column(String(16), default="email")
    may_see: Mapped[bool] = mapped_column(default=True)
    may_collect: Mapped[bool] = mapped_column(default=False)
    consents: Mapped[Any] = mapped_column(JsonText, default_factory=dict)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Student(Model):
    """Somebody who is taught."""

    __tablename__ = "student"

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    name: Mapped[str] = mapped_column(index=True)
    called: Mapped[str] = mapped_column(default="")
    school_year: Mapped[str] = mapped_column(default="")
    born_on: Mapped[date | None] = mapped_column(default=None)
    needs: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    home_place_id: Mapped[int | None] = mapped_column(
        ForeignKey("place.id"), default=None
    )
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class StudentAvailability(Model):
    """A stretch of the week in which a student can."""

    __tablename__ = "student_availability"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    weekday: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)


class StudentAbsence(Model):
    """Days on which a student is away; ``until_on`` is the last of them."""

    __tablename__ = "student_absence"

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    from_on: Mapped[date]
    until_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="", info=SENSITIVE)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Tutor(Model):
    """Somebody who teaches.

    Attributes:
        gap_minutes: kept free between two sessions of the tutor.
        weekly_limit_minutes: more than this a week is a soft clash.
        holiday_percent: accrued on pay or hours, for those who earn it.
    """

    __tablename__ = "tutor"

    name: Mapped[str] = mapped_column(index=True)
    status: Mapped[TutorStatus] = word(TutorStatus, default=TutorStatus.ACTIVE)
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(Text, default="")
    engagement: Mapped[Engagement] = word(Engagement, default=Engagement.EMPLOYEE)
    account: Mapped[str] = mapped_column(default="", info=SENSITIVE)
    means: Mapped[TravelMeans] = word(TravelMeans, default=TravelMeans.CAR)
    speed_kmh: Mapped[int | None] = mapped_column(default=None)
    home_place_id: Mapped[int | None] = mapped_column(
        ForeignKey("place.id"), default=None
    )
    gap_minutes: Mapped[int] = mapped_column(default=0)
    weekly_limit_minutes: Mapped[int | None] = mapped_column(default=None)
    weekly_target_minutes: Mapped[int | None] = mapped_column(default=None)
    languages: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    place_kinds: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    colour: Mapped[int] = mapped_column(default=0)
    holiday_percent: Mapped[Decimal | None] = mapped_column(default=None)
    holiday_basis: Mapped[HolidayBasis] = word(HolidayBasis, default=HolidayBasis.PAY)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class TutorTeaches(Model):
    """A subject a tutor teaches, over a range of levels."""

    __tablename__ = "tutor_teaches"

    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"))
    from_level_id: Mapped[int | None] = mapped_column(
        ForeignKey("level.id"), default=None
    )
    to_level_id: Mapped[int | None] = mapped_column(
        ForeignKey("level.id"), default=None
    )


class Availability(Model):
    """A stretch of the week in which a tutor can teach."""

    __tablename__ = "availability"

    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"), index=True)
    weekday: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)


class TutorException(Model):
    """Leave, or extra time, of a tutor between two instants."""

    __tablename__ = "exception"
    __table_args__ = (Index(None, "tutor_id", "starts_at"),)

    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"))
    kind: Mapped[ExceptionKind] = word(ExceptionKind)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="", info=SENSITIVE)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class TutorDocument(Model):
    """A paper of a tutor, such as a police check, with its expiry."""

    __tablename__ = "tutor_document"

    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"), index=True)
    kind: Mapped[str]
    issued_on: Mapped[date | None] = mapped_column(default=None)
    expires_on: Mapped[date | None] = mapped_column(default=None)
    for_minors: Mapped[bool] = mapped_column(default=False)
    attachment_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachment.id"), default=None
    )
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Preference(Model):
    """A wish of a student or household about a tutor or a trait."""

    __tablename__ = "preference"

    student_id: Mapped[int | None] = mapped_column(
        ForeignKey("student.id"), index=True, default=None
    )
    household_id: Mapped[int | None] = mapped_column(
        ForeignKey("household.id"), default=None
    )
    tutor_id: Mapped[int | None] = mapped_column(ForeignKey("tutor.id"), default=None)
    trait: Mapped[str] = mapped_column(default="")
    kind: Mapped[PreferenceKind] = word(PreferenceKind)
    reason: Mapped[str] = mapped_column(Text, default="", info=SENSITIVE)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)
