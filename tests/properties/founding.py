"""Sets a random office up through its own services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from app.models.values.billing import BillingModel, HouseholdKind, PriceLevel, PricePer
from app.models.values.payroll import DistanceUnit, PayKind, PayLevel, PayPer
from app.models.values.schedule import PlaceKind, Unknown
from app.models.values.terms import PriceTerms
from app.services.availability.requests import AddLeave
from app.services.billing.terms import (
    AddContract,
    AddDiscount,
    AddFlatFee,
    AddPackage,
)
from app.services.catalog.requests import AddOffering, AddTaxCode, SetPrice
from app.services.days import AddClosure
from app.services.office import Office
from app.services.payroll.requests import SetMileageRate, SetPay
from app.services.people.placements import MakePlacement
from app.services.people.requests import AddHousehold, AddStudent, NewPayer
from app.services.people.tutor_requests import AddTutor
from app.services.places.requests import AddPlace, AddRoom, SetTravel
from app.services.policies import SetPolicy
from app.services.profile import SetUpOffice
from tests.properties.plans import (
    OfferingPlan,
    PackagePlan,
    Part,
    Plan,
    TutorPlan,
)

STUDENTS = ((0, "Ada"), (0, "Ben"), (1, "Cleo"), (2, "Dan"))


@dataclass(frozen=True, slots=True)
class World:
    """Whom and what an office has, by id; ``rooms`` with their places."""

    taxes: tuple[int, ...]
    offerings: tuple[int, ...]
    tutors: tuple[int, ...]
    households: tuple[int, ...]
    payers: tuple[int, ...]
    students: tuple[int, ...]
    rooms: tuple[tuple[int | None, int | None], ...]
    packages: tuple[int, ...]
    contract: int
    placement: int


def found(office: Office, plan: Plan) -> World:
    """Give a new office its settings, people, prices and policies."""
    office.settings.set_up(_set_up(plan))
    taxes = tuple(_tax(office, name, rate) for name, rate in enumerate(plan.rates))
    rooms = _places(office, plan)
    offerings = tuple(
        office.catalog.add_offering(_offering(f"Offering {n}", taxes, each))
        for n, each in enumerate(plan.offerings)
    )
    tutors = tuple(
        _tutor(office, f"Tutor {n}", each) for n, each in enumerate(plan.tutors)
    )
    households, payers = _families(office, plan)
    students = tuple(
        office.households.add_student(AddStudent(households[where], name))
        for where, name in STUDENTS
    )
    _policies(office, plan, households)
    _agreements(office, plan, households, taxes)
    return World(
        taxes=taxes,
        offerings=offerings,
        tutors=tutors,
        households=households,
        payers=payers,
        students=students,
        rooms=rooms,
        packages=tuple(
            office.packages.add_package(_package(n, each, taxes, offerings))
            for n, each in enumerate(plan.packages)
        ),
        contract=_contract(office, plan, households[-1], students),
        placement=_placement(office, plan, tutors, offerings, students),
    )


def _set_up(plan: Plan) -> SetUpOffice:
    return SetUpOffice(
        name="Chalk & Co.",
        zone=plan.zone,
        currency=plan.currency,
        address="1 High Street",
        email="office@example.com",
        country="GB",
        prices=plan.prices,
        tax_rounding=plan.rounding,
        payment_days=plan.payment_days,
        credit_on_issue=plan.credit_on_issue,
        unknown_availability=Unknown.ALWAYS,
    )


def _tax(office: Office, name: int, rate: str) -> int:
    is_none = Decimal(rate) == 0
    return office.catalog.add_tax_code(
        AddTaxCode(
            f"Tax {name}",
            Decimal(rate),
            "E" if is_none else "S",
            "Tuition is exempt." if is_none else "",
        )
    )


def _places(office: Office, plan: Plan) -> tuple[tuple[int | None, int | None], ...]:
    here = office.places.add_place(AddPlace("Centre", changing_minutes=plan.changing))
    school = office.places.add_place(AddPlace("School", PlaceKind.SCHOOL))
    online = office.places.add_place(AddPlace("Online", PlaceKind.ONLINE))
    if plan.travel:
        office.places.set_travel(
            SetTravel(here, school, plan.travel, distance=Decimal("7.3"))
        )
    single = office.places.add_room(AddRoom(here, "Room 1"))
    hall = office.places.add_room(AddRoom(here, "Hall", is_single_use=False))
    return (None, None), (here, single), (school, None), (here, hall), (online, None)


def _offering(name: str, taxes: tuple[int, ...], each: OfferingPlan) -> AddOffering:
    per = PricePer.SESSION if each.per_session else PricePer.HOUR
    tiers = dict(enumerate(each.tiers, 1))
    return AddOffering(
        name=name,
        tax_code_id=taxes[each.tax],
        price=PriceTerms(per, each.price, tiers),
        group_size=each.group_size,
        buffer_before=each.before,
        buffer_after=each.after,
        is_split=each.is_split,
        step_minutes=each.step,
        minimum_minutes=each.minimum_minutes,
        minimum_amount=each.minimum_amount,
        pay_step_minutes=each.pay_step,
        preparation_minutes=each.preparation,
        trial_amount=each.trial,
    )


def _tutor(office: Office, name: str, each: TutorPlan) -> int:
    tutor = office.tutors.add_tutor(
        AddTutor(
            name,
            email="tutor@example.com",
            address="2 Low Street",
            engagement=each.engagement,
            gap_minutes=each.gap,
            holiday_percent=each.holiday,
        )
    )
    is_percent = each.per is PayPer.PERCENT
    office.pay_rates.set_pay(
        SetPay(
            PayLevel.TUTOR,
            tutor_id=tutor,
            per=each.per,
            amount=0 if is_percent else each.amount,
            percent=each.percent if is_percent else None,
            minimum=each.minimum,
            per_extra_student=each.per_extra,
        )
    )
    return tutor


def _families(office: Office, plan: Plan) -> tuple[tuple[int, ...], tuple[int, ...]]:
    households: list[int] = []
    payers: list[int] = []
    for n, (shares, model) in enumerate(zip(plan.shares, plan.models, strict=True)):
        added = office.households.add_household(
            AddHousehold(
                f"Family {n}",
                model=model,
                payers=tuple(_payer(f"Payer {n}{m}", p) for m, p in enumerate(shares)),
            )
        )
        households.append(added.household_id)
        payers += added.payer_ids
    funder = office.households.add_household(
        AddHousehold(
            "School board",
            kind=HouseholdKind.FUNDER,
            model=BillingModel.CONTRACT,
            payers=(_payer("Board", ("percent", 10_000)),),
        )
    )
    return (*households, funder.household_id), (*payers, *funder.payer_ids)


def _payer(name: str, part: Part) -> NewPayer:
    kind, number = part
    is_percent = kind == "percent"
    return NewPayer(
        name,
        address="3 Hill Road",
        email="payer@example.com",
        percent=Decimal(number) / 100 if is_percent else None,
        amount=None if is_percent else number,
    )


def _policies(office: Office, plan: Plan, households: tuple[int, ...]) -> None:
    rules = plan.policies
    for value in (
        rules.late,
        rules.no_show,
        rules.by_office,
        rules.missed,
        rules.make_up,
        rules.approval,
        rules.claims,
        rules.when_paid,
    ):
        office.policies.set_policy(SetPolicy(value))
    own = (
        (rules.own_late, type(rules.late)(rules.late.notice_hours)),
        (rules.own_no_show, type(rules.no_show)()),
    )
    for percent, default in own:
        if percent is not None:
            pay = rules.late.pay if default.kind == "late_cancel" else rules.no_show.pay
            plain = {**default.to_plain(), "charge": str(percent), "pay": str(pay)}
            office.policies.set_policy(
                SetPolicy(
                    type(default).from_plain(plain),
                    scope="household",
                    scope_id=households[1],
                )
            )


def _package(
    number: int, each: PackagePlan, taxes: tuple[int, ...], offerings: tuple[int, ...]
) -> AddPackage:
    return AddPackage(
        name=f"Package {number}",
        units=each.units,
        price=each.price,
        tax_code_id=taxes[number],
        unit=each.unit,
        offering_ids=offerings[:1] if each.only_first else (),
        owner=each.owner,
        expires_days=each.expires,
        carries_over=each.carries_over,
        usable_when_paid=each.when_paid,
    )


def _contract(
    office: Office, plan: Plan, funder: int, students: tuple[int, ...]
) -> int:
    each = plan.contract
    named = {} if each.is_for_all else {students[-1]: each.minutes}
    by_student = any(minutes is not None for minutes in named.values())
    return office.contracts.add_contract(
        AddContract(
            name="Board",
            household_id=funder,
            basis=each.basis,
            rate=each.rate,
            tiers=dict(enumerate(each.tiers, 1)),
            pool_minutes=None if by_student else each.pool,
            beyond=each.beyond,
            students=named,
        )
    )


def _placement(
    office: Office,
    plan: Plan,
    tutors: tuple[int, ...],
    offerings: tuple[int, ...],
    students: tuple[int, ...],
) -> int:
    placement = office.placements.make_placement(
        MakePlacement(tutors[0], offerings[0], students[:1])
    )
    office.catalog.set_price(
        SetPrice(
            PriceLevel.PLACEMENT,
            plan.offerings[0].price + 7,
            placement_id=placement,
            per=PricePer.HOUR,
        )
    )
    return placement


def _agreements(
    office: Office, plan: Plan, households: tuple[int, ...], taxes: tuple[int, ...]
) -> None:
    if plan.flat_fee is not None:
        amount, included = plan.flat_fee
        first = plan.start.replace(day=min(plan.start.day, 10))
        office.flat_fees.add_flat_fee(
            AddFlatFee(households[2], amount + 1, first, taxes[0], included=included)
        )
    if plan.discount is not None:
        hundredths, on_document = plan.discount
        percent = Decimal(hundredths) / 100
        office.discounts.add_discount(
            AddDiscount(
                households[0], "Siblings", percent=percent, on_document=on_document
            )
        )
    if plan.closed_on is not None:
        day = plan.start + timedelta(days=plan.closed_on)
        office.days.add_closure(AddClosure("Holiday", day, day))
    office.pay_rates.set_mileage_rate(
        SetMileageRate(Decimal("0.425"), DistanceUnit.KILOMETRE, date(2020, 1, 1))
    )
    office.pay_rates.set_pay(
        SetPay(PayLevel.OFFICE, PayKind.PREPARATION, per=PayPer.HOUR, amount=1234)
    )


def add_leave(office: Office, plan: Plan, tutor: int) -> None:
    """Let a tutor be away from noon to two, if the plan says so."""
    if plan.leave_on is None:
        return
    day = plan.start + timedelta(days=plan.leave_on)
    starts = datetime.combine(day, time(12))
    office.availability.add_leave(AddLeave(tutor, starts, starts + timedelta(hours=2)))
