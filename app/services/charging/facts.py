"""Everything that decides what a session costs, read once and never changed.

The rules of this package work on these facts alone, so a close-out that is only being
tried out is priced by the same rules: `dataclasses.replace` its outcome and ask again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.models.values.billing import (
    Beyond,
    BillingModel,
    ChargeKind,
    ContractBasis,
    LotUnit,
    MoneyOutcome,
    PriceBasis,
    PriceLevel,
    PricePer,
)
from app.models.values.schedule import AttendanceState, SessionStatus

ChargeContent = tuple[
    date,
    int | None,
    int,
    ChargeKind,
    int | None,
    int | None,
    Decimal | None,
    int,
    int,
]


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """How an offering is priced; amounts in minor units, tax rate in percent."""

    offering_id: int
    name: str
    tax_code_id: int
    tax_rate: Decimal
    step_minutes: int = 1
    minimum_minutes: int | None = None
    minimum_amount: int | None = None
    is_split: bool = False
    trial_amount: int | None = None


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """A price that was set at one level; ``household_id`` None is any household."""

    price_id: int
    level: PriceLevel
    per: PricePer
    amount: int
    tiers: Mapping[int, int]
    household_id: int | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """A payer's share: a percentage, or an amount in minor units taken first."""

    payer_id: int
    percent: Decimal | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class MissedRules:
    """What missing a session means; percentages of the planned price."""

    no_show: Decimal = Decimal(100)
    late_cancel: Decimal = Decimal(100)
    gives_make_up: bool = False
    make_up_days: int = 60
    uses_package: bool = True


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """A household as it pays for this session."""

    household_id: int
    name: str
    shares: tuple[ShareFacts, ...]
    rules: MissedRules = MissedRules()


@dataclass(frozen=True, slots=True)
class FlatFeeFacts:
    """The flat fee that a student's place falls under.

    Attributes:
        included: sessions a month that it covers; None is all of them.
        used: sessions of the month before this one that it covered.
    """

    included: int | None = None
    used: int = 0


@dataclass(frozen=True, slots=True)
class CreditFacts:
    """A make-up credit that a student's place can use, in minutes."""

    credit_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """A student's place in the session, as booked and as closed out.

    Attributes:
        actual_minutes: as closed out; None is the planned minutes.
        notice_minutes: between cancelling and the planned start.
        is_enrolled: the student's place in the whole course is charged at once.
        was_charged_ahead: a charge was made before the session was closed out.
        is_credited: a charge was credited for good.
    """

    student_id: int
    household_id: int
    state: AttendanceState
    model: BillingModel = BillingModel.ARREARS
    actual_minutes: int | None = None
    notice_minutes: int | None = None
    is_waived: bool = False
    is_enrolled: bool = False
    was_charged_ahead: bool = False
    is_credited: bool = False
    flat_fee: FlatFeeFacts | None = None
    credit: CreditFacts | None = None


@dataclass(frozen=True, slots=True)
class LotFacts:
    """A lot that can be used for this session.

    Attributes:
        student_id: whose it is; None is everybody of the household.
        left: units that other sessions have left.
    """

    lot_id: int
    household_id: int
    student_id: int | None
    unit: LotUnit
    left: int
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """The funder's contract that the session belongs to.

    Attributes:
        rate: minor units per hour; ``tiers`` by number of students attending.
        students: the minutes each of its students has left of an own allowance, None
            where the pool holds; no students at all means everybody.
        pool_left: minutes of the pool that other sessions have left; None is unlimited.
        is_valid: whether the contract holds on the service date.
    """

    contract_id: int
    household_id: int
    basis: ContractBasis
    rate: int
    tiers: Mapping[int, int]
    beyond: Beyond
    tax_code_id: int
    students: Mapping[int, int | None] = field(default_factory=dict)
    pool_left: int | None = None
    is_valid: bool = True


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session with all that decides what it costs.

    Attributes:
        service_on: the planned start's date in the office's zone.
        students: in listed order.
        households: by id, the contract's among them.
        money: another money effect than the policy's, from the close-out.
        course_amount: minor units per student and session, in a course so priced.
        credited: the charges of this session that were credited for good.
    """

    session_id: int
    service_on: date
    planned_minutes: int
    status: SessionStatus
    offering: OfferingFacts
    students: tuple[StudentFacts, ...]
    households: Mapping[int, HouseholdFacts]
    prices: tuple[PriceFacts, ...]
    basis: PriceBasis = PriceBasis.NET
    tutors: int = 1
    is_trial: bool = False
    money: MoneyOutcome | None = None
    course_amount: int | None = None
    contract: ContractFacts | None = None
    lots: tuple[LotFacts, ...] = ()
    credited: frozenset[ChargeContent] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """A charge as it ought to stand now.

    Attributes:
        student_id: None where the session is charged as a whole.
        rate: minor units per hour or session, as ``rate_per`` says.
        percent: of the planned price, for missed sessions; None is the whole.
        reason: why, in words for documents.
    """

    service_on: date
    student_id: int | None
    payer_id: int
    kind: ChargeKind
    tax_code_id: int
    amount: int
    minutes: int | None = None
    rate: int | None = None
    rate_per: str = ""
    rate_source: str = ""
    percent: Decimal | None = None
    reason: str = ""

    @property
    def content(self) -> ChargeContent:
        """Give what makes two charges the same money for the same thing."""
        return (
            self.service_on,
            self.student_id,
            self.payer_id,
            self.kind,
            self.minutes,
            self.rate,
            self.percent,
            self.tax_code_id,
            self.amount,
        )
