"""What happened in a session: close-outs, notes, homework, expenses, mileage."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, word
from app.models.values.billing import MoneyOutcome
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import CloseOutState


class CloseOut(Model):
    """The report on a session; a session without one is open.

    Attributes:
        money: another money effect than the policy's, with its reason.
    """

    __tablename__ = "close_out"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), unique=True)
    state: Mapped[CloseOutState] = word(CloseOutState)
    closed_by: Mapped[str]
    closed_at: Mapped[datetime]
    reviewed_by: Mapped[str] = mapped_column(default="")
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    approved_by: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None] = mapped_column(default=None)
    money: Mapped[MoneyOutcome | None] = word(MoneyOutcome, default=None)
    money_reason: Mapped[str] = mapped_column(default="")


class Note(Model):
    """A text about a session, for the family or for the office only.

    Attributes:
        student_id: whom it is about; None is the whole session.
        audience: ``family`` or ``internal``.
    """

    __tablename__ = "note"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(
        ForeignKey("student.id"), default=None
    )
    audience: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16), default="progress")
    text: Mapped[str] = mapped_column(Text)


class Homework(Model):
    """Work set for a student, with its due date."""

    __tablename__ = "homework"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None] = mapped_column(default=None)
    done_at: Mapped[datetime | None] = mapped_column(default=None)


class SkillTouch(Model):
    """A skill that was worked on, and the step on its scale, 1 to 5."""

    __tablename__ = "skill_touch"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    skill: Mapped[str]
    step: Mapped[int | None] = mapped_column(default=None)


class Expense(Model):
    """Money a tutor spent for a session, minor units of the office's currency.

    Attributes:
        approved_amount: what is paid; None until somebody decided, which policy
            may do at once.
        withdrawn_at: a correction took the claim back.
    """

    __tablename__ = "expense"

    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), index=True, default=None
    )
    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"))
    what: Mapped[str]
    amount: Mapped[int]
    spent_on: Mapped[date]
    approved_amount: Mapped[int | None] = mapped_column(default=None)
    receipt_id: Mapped[int | None] = mapped_column(
        ForeignKey("attachment.id"), default=None
    )
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class MileageClaim(Model):
    """A distance a tutor travelled for a session.

    Attributes:
        approved: the distance that is paid; None until somebody decided, which policy
            may do at once.
        withdrawn_at: a correction took the claim back.
    """

    __tablename__ = "mileage_claim"

    session_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), index=True, default=None
    )
    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"))
    travelled_on: Mapped[date]
    unit: Mapped[DistanceUnit] = word(DistanceUnit)
    proposed: Mapped[Decimal | None] = mapped_column(default=None)
    claimed: Mapped[Decimal]
    approved: Mapped[Decimal | None] = mapped_column(default=None)
    from_place_id: Mapped[int | None] = mapped_column(
        ForeignKey("place.id"), default=None
    )
    to_place_id: Mapped[int | None] = mapped_column(
        ForeignKey("place.id"), default=None
    )
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class MileageRate(Model):
    """What a unit of distance is worth from a date on.

    Attributes:
        rate: major units of the currency per mile or kilometre, such as 0.725.
        threshold: distance in a tax year up to which ``rate`` holds; beyond it
            ``rate_beyond`` does.
        year_starts: first day of the tax year, as ``04-06``.
    """

    __tablename__ = "mileage_rate"
    __table_args__ = (UniqueConstraint("country", "unit", "valid_from"),)

    country: Mapped[str] = mapped_column(String(2), default="")
    unit: Mapped[DistanceUnit] = word(DistanceUnit)
    rate: Mapped[Decimal]
    threshold: Mapped[Decimal | None] = mapped_column(default=None)
    rate_beyond: Mapped[Decimal | None] = mapped_column(default=None)
    year_starts: Mapped[str] = mapped_column(String(5), default="01-01")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[str] = mapped_column(default="")
