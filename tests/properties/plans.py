"""What a random office is like: zone, currency, prices, people, policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from hypothesis import strategies as st

from app.models.values.billing import (
    Beyond,
    BillingModel,
    ContractBasis,
    LotOwner,
    LotUnit,
    PriceBasis,
    TaxRounding,
)
from app.models.values.payroll import Engagement, PayPer
from app.models.values.policies import (
    Approval,
    ClaimsApproved,
    LateCancel,
    MakeUp,
    MissedUsesPackage,
    NoShow,
    OfficeCancel,
    PayWhenPaid,
)

Kind = TypeVar("Kind")
Part = tuple[str, int]  # "percent" in hundredths, or "amount" in minor units

ONE_PAYER: tuple[Part, ...] = (("percent", 10_000),)
SHARES: tuple[tuple[Part, ...], ...] = (
    ONE_PAYER,
    (("percent", 5_000), ("percent", 5_000)),
    (("percent", 3_333), ("percent", 3_333), ("percent", 3_334)),
    (("percent", 6_025), ("percent", 3_975)),
    (("amount", 1_001), ("percent", 10_000)),
    (("amount", 999), ("amount", 501), ("percent", 10_000)),
    (("percent", 2_500), ("amount", 700), ("percent", 7_500)),
)
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
CURRENCIES = ("EUR", "JPY", "KWD", "GBP")
STARTS = (
    date(2026, 2, 27),
    date(2026, 3, 20),
    date(2026, 9, 24),
    date(2026, 10, 21),
    date(2027, 12, 20),
)
RATES = ("0", "7.7", "8.1", "19", "20", "33.333")
PERCENTS = tuple(Decimal(text) for text in ("0", "33.33", "50", "100"))

Price = st.one_of(
    st.sampled_from((0, 1, 4500, 5000, 3333, 2997)), st.integers(100, 9_999)
)


@dataclass(frozen=True, slots=True)
class OfferingPlan:
    """How one offering is sold; amounts in minor units."""

    price: int
    per_session: bool
    tiers: tuple[int, ...]
    is_split: bool
    group_size: int
    step: int
    minimum_minutes: int | None
    minimum_amount: int | None
    before: int
    after: int
    pay_step: int
    preparation: int
    trial: int | None
    tax: int


@dataclass(frozen=True, slots=True)
class TutorPlan:
    """How a tutor is paid; the amount in minor units."""

    per: PayPer
    amount: int
    percent: Decimal
    minimum: int | None
    per_extra: int | None
    gap: int
    engagement: Engagement
    holiday: Decimal | None


@dataclass(frozen=True, slots=True)
class PackagePlan:
    """A package that is sold."""

    unit: LotUnit
    units: int
    price: int
    owner: LotOwner
    expires: int | None
    carries_over: bool
    when_paid: bool
    only_first: bool


@dataclass(frozen=True, slots=True)
class PolicyPlan:
    """The office's rules."""

    late: LateCancel
    no_show: NoShow
    by_office: OfficeCancel
    missed: MissedUsesPackage
    make_up: MakeUp
    approval: Approval
    claims: ClaimsApproved
    when_paid: PayWhenPaid
    own_late: Decimal | None
    own_no_show: Decimal | None


@dataclass(frozen=True, slots=True)
class ContractPlan:
    """What a funder promises for the last student, or for everybody."""

    basis: ContractBasis
    rate: int
    tiers: tuple[int, ...]
    minutes: int | None
    pool: int | None
    beyond: Beyond
    is_for_all: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole office before anything happens in it.

    Attributes:
        shares, models: of the three families, in order.
        flat_fee: of the third family: the amount, and the sessions it includes.
        discount: of the first family: percent in hundredths, and on the document.
        closed_on, leave_on: days after the start.
    """

    zone: str
    currency: str
    prices: PriceBasis
    rounding: TaxRounding
    start: date
    payment_days: int
    credit_on_issue: bool
    rates: tuple[str, str]
    offerings: tuple[OfferingPlan, ...]
    tutors: tuple[TutorPlan, ...]
    shares: tuple[tuple[Part, ...], ...]
    models: tuple[BillingModel, ...]
    packages: tuple[PackagePlan, ...]
    policies: PolicyPlan
    contract: ContractPlan
    flat_fee: tuple[int, int | None] | None
    discount: tuple[int, bool] | None
    changing: int
    travel: int
    closed_on: int | None
    leave_on: int | None


def _maybe(strategy: st.SearchStrategy[Kind]) -> st.SearchStrategy[Kind | None]:
    return st.one_of(st.none(), strategy)


def _offerings() -> st.SearchStrategy[OfferingPlan]:
    return st.builds(
        OfferingPlan,
        price=Price,
        per_session=st.booleans(),
        tiers=st.sampled_from(((), (5000, 4000), (4333, 3777, 2999))),
        is_split=st.booleans(),
        group_size=st.sampled_from((1, 3, 2)),
        step=st.sampled_from((1, 5, 15, 30)),
        minimum_minutes=st.sampled_from((None, 30, 60)),
        minimum_amount=st.sampled_from((None, 1500)),
        before=st.sampled_from((0, 5, 10)),
        after=st.sampled_from((0, 10)),
        pay_step=st.sampled_from((1, 5, 15)),
        preparation=st.sampled_from((0, 0, 10)),
        trial=st.sampled_from((None, 0, 1999)),
        tax=st.integers(0, 1),
    )


def _tutors() -> st.SearchStrategy[TutorPlan]:
    return st.builds(
        TutorPlan,
        per=st.sampled_from(PayPer),
        amount=st.one_of(st.sampled_from((0, 2000)), st.integers(500, 4_999)),
        percent=st.sampled_from((Decimal(50), Decimal("33.33"), Decimal(60))),
        minimum=st.sampled_from((None, 1500)),
        per_extra=st.sampled_from((None, 333)),
        gap=st.sampled_from((0, 10, 15)),
        engagement=st.sampled_from(Engagement),
        holiday=st.sampled_from((None, Decimal("12.07"))),
    )


def _packages() -> st.SearchStrategy[PackagePlan]:
    return st.builds(
        PackagePlan,
        unit=st.sampled_from(LotUnit),
        units=st.sampled_from((2, 1, 100, 300, 601)),
        price=Price,
        owner=st.sampled_from(LotOwner),
        expires=st.sampled_from((None, 5, 20)),
        carries_over=st.booleans(),
        when_paid=st.sampled_from((False, False, True)),
        only_first=st.sampled_from((False, False, True)),
    )


def _policies() -> st.SearchStrategy[PolicyPlan]:
    percents = st.sampled_from(PERCENTS)
    hours = st.sampled_from((Decimal(24), Decimal(48), Decimal("1.5"), Decimal(0)))
    return st.builds(
        PolicyPlan,
        late=st.builds(LateCancel, hours, percents, percents),
        no_show=st.builds(NoShow, percents, percents),
        by_office=st.builds(OfficeCancel, percents),
        missed=st.builds(MissedUsesPackage, st.booleans()),
        make_up=st.builds(
            MakeUp, st.sampled_from((False, False, True)), st.sampled_from((60, 3))
        ),
        approval=st.builds(Approval, st.booleans(), st.booleans()),
        claims=st.builds(ClaimsApproved, st.booleans()),
        when_paid=st.builds(PayWhenPaid, st.sampled_from((False, False, True))),
        own_late=_maybe(percents),
        own_no_show=_maybe(percents),
    )


def _contracts() -> st.SearchStrategy[ContractPlan]:
    return st.builds(
        ContractPlan,
        basis=st.sampled_from(ContractBasis),
        rate=st.integers(0, 6_000),
        tiers=st.sampled_from(((), (4000, 3500))),
        minutes=st.sampled_from((None, 90, 250)),
        pool=st.sampled_from((None, 100, 400)),
        beyond=st.sampled_from(Beyond),
        is_for_all=st.booleans(),
    )


def plans() -> st.SearchStrategy[Plan]:
    """Give a random office."""
    rate = st.sampled_from(RATES)
    models = (BillingModel.ARREARS, BillingModel.ADVANCE, BillingModel.PACKAGE)
    return st.builds(
        Plan,
        zone=st.sampled_from(ZONES),
        currency=st.sampled_from(CURRENCIES),
        prices=st.sampled_from(PriceBasis),
        rounding=st.sampled_from(TaxRounding),
        start=st.sampled_from(STARTS),
        payment_days=st.sampled_from((14, 0, 3)),
        credit_on_issue=st.booleans(),
        rates=st.tuples(rate, rate),
        offerings=st.tuples(_offerings(), _offerings(), _offerings()),
        tutors=st.tuples(_tutors(), _tutors(), _tutors()),
        shares=st.tuples(*(st.sampled_from(SHARES) for _ in range(3))),
        models=st.tuples(*(st.sampled_from(models) for _ in range(3))),
        packages=st.tuples(_packages(), _packages()),
        policies=_policies(),
        contract=_contracts(),
        flat_fee=_maybe(st.tuples(Price, st.sampled_from((None, 1, 2)))),
        discount=_maybe(
            st.tuples(st.sampled_from((1_000, 333, 10_000)), st.booleans())
        ),
        changing=st.sampled_from((0, 5)),
        travel=st.sampled_from((0, 20)),
        closed_on=_maybe(st.integers(0, 20)),
        leave_on=_maybe(st.integers(0, 20)),
    )
