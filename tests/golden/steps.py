"""The format of a money story's steps: what happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from app.models.values.billing import PricePer
from app.models.values.payroll import DistanceUnit, PayPer
from app.models.values.schedule import CancelledBy
from tests.golden.strict import Amount
from tests.golden.terms import PAY, PRICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happens; ``as_`` is the tutor who does it."""

    as_: str | None = None


@dataclass(frozen=True, slots=True)
class SessionPrice:
    """A session's own price."""

    per: PricePer = PricePer.HOUR
    amount: Amount = PRICE
    tiers: dict[int, Amount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SessionPay:
    """A session's own pay."""

    per: PayPer = PayPer.HOUR
    amount: Amount = PAY
    minimum: Amount | None = None
    per_extra_student: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Step):
    """A session is booked; ``minutes`` left out is the offering's length."""

    session: str
    offering: str
    tutors: tuple[str, ...]
    students: tuple[str, ...]
    start: datetime
    minutes: int | None = None
    price: SessionPrice | None = None
    pay: SessionPay | None = None
    contract: str | None = None
    make_up_of: str | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """An expense."""

    what: str
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Step):
    """A session is closed out, or closed again."""

    session: str
    start: datetime | None = None
    minutes: int | None = None
    students: dict[str, int | Literal["absent"]] = field(default_factory=dict)
    tutor_minutes: dict[str, int] = field(default_factory=dict)
    miles: Decimal | None = None
    expenses: tuple[Spent, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(Step):
    """A session, or one student's place in it, is called off."""

    session: str
    by: CancelledBy
    at: datetime
    waive: str | None = None
    student: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restore(Step):
    """A cancelled session, or one student's place in it, is put back."""

    session: str
    student: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyPackage(Step):
    """A package is sold."""

    household: str
    package: str
    on: date
    student: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill(Step):
    """Everybody is billed."""

    from_: date
    to: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit(Step):
    """The n-th invoice of the story is taken back, or its lines of some sessions."""

    invoice: int
    on: date
    rebill: bool = False
    sessions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive(Step):
    """Money comes in; ``to`` names invoices by their place in the story."""

    household: str
    amount: Amount
    on: date
    payer: str | None = None
    to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PayRun(Step):
    """Everybody is paid."""

    from_: date
    to: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mileage(Step):
    """A distance is worth something from a day on, in major units."""

    rate: Decimal
    from_: date
    per: DistanceUnit = DistanceUnit.MILE


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPrice(Step):
    """An offering's price changes from a day on."""

    offering: str
    amount: Amount
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPay(Step):
    """A tutor's pay changes from a day on, for all or for one offering."""

    amount: Amount
    from_: date
    tutor: str | None = None
    offering: str | None = None


STEPS: dict[str, type[Step]] = {
    "book": Book,
    "close": Close,
    "cancel": Cancel,
    "restore": Restore,
    "buy_package": BuyPackage,
    "bill": Bill,
    "credit": Credit,
    "receive": Receive,
    "pay_run": PayRun,
    "mileage": Mileage,
    "set_price": SetPrice,
    "set_pay": SetPay,
}
