"""What is agreed with families: packages, make-ups, contracts, flat fees, discounts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Model, word
from app.models.types import JsonText
from app.models.values.billing import Beyond, ContractBasis, LotOwner, LotUnit


class Package(Model):
    """Prepaid time that can be bought: units, price, what it covers, its expiry."""

    __tablename__ = "package"

    name: Mapped[str]
    unit: Mapped[LotUnit] = word(LotUnit, default=LotUnit.MINUTES)
    units: Mapped[int]
    price: Mapped[int]
    tax_code_id: Mapped[int] = mapped_column(ForeignKey("tax_code.id"))
    offering_ids: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    owner: Mapped[LotOwner] = word(LotOwner, default=LotOwner.STUDENT)
    expires_days: Mapped[int | None] = mapped_column(default=None)
    carries_over: Mapped[bool] = mapped_column(default=False)
    usable_when_paid: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Lot(Model):
    """A package that was bought: what it granted and until when it can be used.

    Attributes:
        price: what was charged for it, minor units.
        forfeited, refunded: units that ended unused.
    """

    __tablename__ = "lot"

    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(
        ForeignKey("student.id"), index=True, default=None
    )
    bought_on: Mapped[date]
    expires_on: Mapped[date | None] = mapped_column(default=None)
    unit: Mapped[LotUnit] = word(LotUnit)
    granted: Mapped[int]
    price: Mapped[int]
    forfeited: Mapped[int] = mapped_column(default=0)
    refunded: Mapped[int] = mapped_column(default=0)
    offering_ids: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    usable_when_paid: Mapped[bool] = mapped_column(default=False)
    carried_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("lot.id"), default=None
    )


class LotUse(Model):
    """Units that a session took from a lot; given back ones are marked."""

    __tablename__ = "lot_use"
    __table_args__ = (Index(None, "session_id", "student_id"),)

    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    units: Mapped[int]
    used_on: Mapped[date]
    returned_at: Mapped[datetime | None] = mapped_column(default=None)


class MakeUpCredit(Model):
    """The right to make up a missed session without a further charge."""

    __tablename__ = "make_up_credit"

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    minutes: Mapped[int]
    expires_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)


class MakeUpUse(Model):
    """The session that used a make-up credit; it is used once, a rest lapses."""

    __tablename__ = "make_up_use"

    credit_id: Mapped[int] = mapped_column(ForeignKey("make_up_credit.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    minutes: Mapped[int]
    returned_at: Mapped[datetime | None] = mapped_column(default=None)


class Contract(Model):
    """A funder's promise to pay for authorised time.

    Attributes:
        household_id: the funder, a household of kind ``funder``.
        rate: minor units per hour; ``tiers`` by number of students attending.
        pool_minutes: authorised for all together; None is unlimited or per student.
    """

    __tablename__ = "contract"

    name: Mapped[str]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    basis: Mapped[ContractBasis] = word(ContractBasis)
    rate: Mapped[int]
    tiers: Mapped[Any] = mapped_column(JsonText, default_factory=dict)
    pool_minutes: Mapped[int | None] = mapped_column(default=None)
    beyond: Mapped[Beyond] = word(Beyond, default=Beyond.HOUSEHOLD)
    tax_code_id: Mapped[int | None] = mapped_column(
        ForeignKey("tax_code.id"), default=None
    )
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class ContractStudent(Model):
    """A student of a contract, with minutes of the student's own where agreed."""

    __tablename__ = "contract_student"
    __table_args__ = (UniqueConstraint("contract_id", "student_id"),)

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    minutes: Mapped[int | None] = mapped_column(default=None)


class ContractUse(Model):
    """Authorised minutes that a session took; given back ones are marked."""

    __tablename__ = "contract_use"

    contract_id: Mapped[int] = mapped_column(ForeignKey("contract.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    student_id: Mapped[int | None] = mapped_column(
        ForeignKey("student.id"), default=None
    )
    minutes: Mapped[int]
    returned_at: Mapped[datetime | None] = mapped_column(default=None)


class FlatFee(Model):
    """A monthly amount instead of a price per session.

    Attributes:
        included: sessions a month that it covers; None is all of them.
    """

    __tablename__ = "flat_fee"

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id"), default=None
    )
    student_id: Mapped[int | None] = mapped_column(
        ForeignKey("student.id"), default=None
    )
    amount: Mapped[int]
    tax_code_id: Mapped[int] = mapped_column(ForeignKey("tax_code.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(default=None)
    included: Mapped[int | None] = mapped_column(default=None)


class Discount(Model):
    """A reduction agreed with a household, on its lines or on whole documents."""

    __tablename__ = "discount"

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    offering_id: Mapped[int | None] = mapped_column(
        ForeignKey("offering.id"), default=None
    )
    name: Mapped[str]
    on_document: Mapped[bool] = mapped_column(default=False)
    percent: Mapped[Decimal | None] = mapped_column(default=None)
    amount: Mapped[int | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_until: Mapped[date | None] = mapped_column(default=None)
