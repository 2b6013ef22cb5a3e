"""What can be asked about packages, contracts, flat fees, fees and discounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.models.values.billing import (
    Beyond,
    ChargeKind,
    ContractBasis,
    LotOwner,
    LotUnit,
)


@dataclass(frozen=True, slots=True)
class AddPackage:
    """A package that can be bought from now on.

    Attributes:
        units: minutes or sessions, as ``unit`` says.
        price: minor units.
        offering_ids: what it covers; empty is every offering.
        expires_days: after the day of sale; None never expires.
        carries_over: what is left at the expiry becomes a new lot.
    """

    name: str
    units: int
    price: int
    tax_code_id: int
    unit: LotUnit = LotUnit.MINUTES
    offering_ids: tuple[int, ...] = ()
    owner: LotOwner = LotOwner.STUDENT
    expires_days: int | None = None
    carries_over: bool = False
    usable_when_paid: bool = False


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package that can be bought, with its fields as on the request."""

    package_id: int
    name: str
    unit: LotUnit
    units: int
    price: int
    owner: LotOwner
    expires_days: int | None
    offering_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BuyPackage:
    """A sale of a package; ``payer_id`` None divides it by the family's shares."""

    package_id: int
    household_id: int
    on: date
    student_id: int | None = None
    payer_id: int | None = None
    request_key: str = ""


@dataclass(frozen=True, slots=True)
class Bought:
    """A lot that was granted, and the charges of its price."""

    lot_id: int
    charge_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefundRest:
    """A request to give back what is left of a package."""

    lot_id: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class RestRefunded:
    """What was given back: units, and minor units on the next document."""

    units: int
    amount: int


@dataclass(frozen=True, slots=True)
class LotLeft:
    """A bought package and what is left of it, in its unit."""

    lot_id: int
    package: str
    household_id: int
    student_id: int | None
    unit: LotUnit
    bought_on: date
    expires_on: date | None
    granted: int
    used: int
    forfeited: int
    refunded: int

    @property
    def left(self) -> int:
        """What can still be used."""
        return self.granted - self.used - self.forfeited - self.refunded


@dataclass(frozen=True, slots=True)
class AddContract:
    """A funder's promise.

    Attributes:
        rate: minor units per hour; ``tiers`` by number of students attending.
        pool_minutes: for all together; None is unlimited or by student.
        students: authorised minutes by student; None is unlimited.
    """

    name: str
    household_id: int
    basis: ContractBasis
    rate: int
    tiers: Mapping[int, int] = field(default_factory=dict)
    pool_minutes: int | None = None
    beyond: Beyond = Beyond.HOUSEHOLD
    tax_code_id: int | None = None
    students: Mapping[int, int | None] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AddFlatFee:
    """A monthly amount; ``included`` None covers all sessions."""

    household_id: int
    amount: int
    from_on: date
    tax_code_id: int
    until_on: date | None = None
    included: int | None = None
    student_id: int | None = None
    placement_id: int | None = None


@dataclass(frozen=True, slots=True)
class AddFee:
    """A charge entered by hand: for one payer, or divided by the family's shares.

    Attributes:
        amount: minor units; discounts and adjustments may be below zero.
        quantity: visits, miles or kilometres; the charge is amount x quantity.
    """

    kind: ChargeKind
    amount: int
    on: date
    reason: str
    tax_code_id: int
    request_key: str
    household_id: int | None = None
    payer_id: int | None = None
    student_id: int | None = None
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class ChargeInterest:
    """Simple interest on overdue invoices up to a day; ``rate`` is percent a year."""

    on: date
    rate: Decimal
    tax_code_id: int
    payer_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class InterestDue:
    """Interest on one overdue invoice, minor units."""

    invoice_id: int
    number: str
    payer_id: int
    open: int
    from_on: date
    days: int
    amount: int


@dataclass(frozen=True, slots=True)
class AddDiscount:
    """A reduction for a family: a percentage or minor units.

    Attributes:
        on_document: off the whole document instead of off each line of tuition.
        offering_id: only lines of this offering.
    """

    household_id: int
    name: str
    percent: Decimal | None = None
    amount: int | None = None
    on_document: bool = False
    offering_id: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class DiscountRow:
    """A discount as agreed."""

    discount_id: int
    household_id: int
    name: str
    percent: Decimal | None
    amount: int | None
    on_document: bool
    offering_id: int | None
    valid_from: date | None
    valid_until: date | None
