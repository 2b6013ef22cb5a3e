"""The format of a money story's set-up: the office and what it agreed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.models.values.billing import (
    Beyond,
    BillingModel,
    ContractBasis,
    LotOwner,
    PriceBasis,
    PricePer,
    TaxRounding,
)
from app.models.values.payroll import PayPer
from tests.golden.strict import Amount

PRICE, PAY = Amount("48.00"), Amount("27.00")  # where a case names none
_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class OfficeTerms:
    """Where the office is and how it counts."""

    currency: str = "EUR"
    zone: str = "Europe/Berlin"
    prices: PriceBasis = PriceBasis.NET
    tax_rounding: TaxRounding = TaxRounding.DOCUMENT


@dataclass(frozen=True, slots=True)
class LateTerms:
    """What a late cancellation costs and pays, in percent."""

    notice_hours: Decimal = Decimal(24)
    charge: Decimal = _ALL
    pay: Decimal = _ALL


@dataclass(frozen=True, slots=True)
class AbsentTerms:
    """What a no-show costs and pays, in percent."""

    charge: Decimal = _ALL
    pay: Decimal = _ALL


@dataclass(frozen=True, slots=True)
class MakeUpTerms:
    """Whether late cancellations are made up, and how long that holds."""

    instead_of_charge: bool = False
    expires_days: int = 60


@dataclass(frozen=True, slots=True)
class PolicyTerms:
    """The office's rules."""

    late_cancel: LateTerms = LateTerms()
    no_show: AbsentTerms = AbsentTerms()
    office_cancel_pay: Decimal = Decimal(0)
    missed_uses_package: bool = True
    make_up: MakeUpTerms = MakeUpTerms()


@dataclass(frozen=True, slots=True)
class TaxTerms:
    """A way of taxing; the rate is percent."""

    rate: Decimal = Decimal(0)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PriceAsked:
    """What an offering costs.

    Attributes:
        tiers: amounts by number of students attending.
        minimum, minimum_minutes: as on the offering; either place is right.
    """

    per: PricePer = PricePer.HOUR
    amount: Amount = PRICE
    split: bool = False
    tiers: dict[int, Amount] = field(default_factory=dict)
    minimum: Amount | None = None
    minimum_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class OfferingTerms:
    """Something that is sold."""

    price: PriceAsked = field(default_factory=PriceAsked)
    tax: str = "exempt"
    length: int = 60
    step: int = 1
    minimum: Amount | None = None
    minimum_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class PayAsked:
    """What a tutor gets; of a percentage ``amount`` is the percent.

    Attributes:
        rates: other amounts by offering.
    """

    per: PayPer = PayPer.HOUR
    amount: Amount = PAY
    minimum: Amount | None = None
    per_extra_student: Amount | None = None
    rates: dict[str, Amount] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TutorTerms:
    """A tutor."""

    pay: PayAsked = field(default_factory=PayAsked)


@dataclass(frozen=True, slots=True)
class PayerTerms:
    """A payer with an amount per session or a percent of the rest."""

    id: str
    percent: Decimal | None = None
    amount: Amount | None = None


@dataclass(frozen=True, slots=True)
class ModelTerms:
    """How a household is billed; ``amount`` is of a flat fee.

    Attributes:
        included: sessions a month that the fee covers; null is all.
    """

    kind: BillingModel
    amount: Amount | None = None
    from_: date | None = None
    to: date | None = None
    included: int | None = None


@dataclass(frozen=True, slots=True)
class HouseholdTerms:
    """A family; without payers one with the household's id pays everything."""

    students: tuple[str, ...] = ()
    payers: tuple[PayerTerms, ...] = ()
    model: ModelTerms | None = None


@dataclass(frozen=True, slots=True)
class PackageTerms:
    """Minutes that are sold in advance."""

    minutes: int
    price: Amount
    offerings: tuple[str, ...] = ()
    expires_days: int | None = None
    owner: LotOwner = LotOwner.STUDENT


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a funder pays.

    Attributes:
        students: authorised minutes by student; without any it is for everybody.
    """

    basis: ContractBasis
    rate: Amount
    tiers: dict[int, Amount] = field(default_factory=dict)
    pool_minutes: int | None = None
    beyond: Beyond = Beyond.HOUSEHOLD
    students: dict[str, int | None] = field(default_factory=dict)
