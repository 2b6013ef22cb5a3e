"""Sets the sample office up: rooms, offerings, tutors and families."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle
from random import Random

from app.models.values.billing import (
    Beyond,
    BillingModel,
    ContractBasis,
    HouseholdKind,
)
from app.models.values.payroll import (
    DistanceUnit,
    Engagement,
    PayKind,
    PayLevel,
    PayPer,
)
from app.models.values.schedule import PlaceKind, Unknown, WeekWindow
from app.models.values.terms import PriceTerms
from app.services.availability.requests import SetWeek
from app.services.billing.terms import (
    AddContract,
    AddDiscount,
    AddFlatFee,
    AddPackage,
    BuyPackage,
)
from app.services.catalog.requests import AddOffering, AddTaxCode
from app.services.days import AddClosure, AddTerm
from app.services.demo.names import (
    CHILDREN,
    COURSE,
    FAMILIES,
    LEVELS,
    NEEDS,
    OFFERINGS,
    PARENTS,
    STREETS,
    SUBJECTS,
    TUTORS,
    SampleTutor,
)
from app.services.office import Office
from app.services.payroll.requests import SetMileageRate, SetPay
from app.services.people.requests import (
    AddHousehold,
    AddStudent,
    NewGuardian,
    NewPayer,
)
from app.services.people.tutor_requests import AddTutor, Teaches
from app.services.places.requests import AddPlace, AddRoom, SetTravel
from app.services.profile import SetUpOffice

ZONE = "Europe/Berlin"
_EXEMPT = "VAT exempt under § 4 No. 21 UStG (tuition)"


@dataclass(slots=True)
class Sample:
    """Who and what there is in the sample office, by id."""

    term_from: date
    term_until: date
    offerings: dict[str, int]
    tutors: dict[int, SampleTutor]
    students: list[int]
    households: dict[int, int]
    rooms: list[int]
    office_place: int
    online_place: int
    homes: dict[int, int]
    contract: int
    contract_students: set[int]


def found_office(office: Office, today: date, random: Random) -> Sample:
    """Make the office, its catalogue and its people, before the term begins."""
    monday = today - timedelta(days=today.weekday())
    term_from, term_until = monday - timedelta(weeks=10), monday + timedelta(weeks=9)
    office.settings.set_up(_OFFICE)
    subjects = {name: office.catalog.add_subject(name) for name in SUBJECTS}
    for position, name in enumerate(LEVELS):
        office.catalog.add_level(name, position)
    tax = office.catalog.add_tax_code(
        AddTaxCode("VAT", Decimal(0), category="E", reason=_EXEMPT)
    )
    place = office.places.add_place(AddPlace("Lindenstraße 12", PlaceKind.OFFICE))
    online = office.places.add_place(AddPlace("Online", PlaceKind.ONLINE))
    sample = Sample(
        term_from=term_from,
        term_until=term_until,
        offerings=_add_offerings(office, subjects, tax),
        tutors=_add_tutors(office, subjects),
        students=[],
        households={},
        rooms=[
            office.places.add_room(AddRoom(place, f"Room {number}", seats=6))
            for number in (1, 2, 3)
        ],
        office_place=place,
        online_place=online,
        homes={},
        contract=0,
        contract_students=set(),
    )
    _add_days(office, monday, term_from, term_until)
    _add_families(office, sample, random)
    _add_agreements(office, sample, tax)
    return sample


_OFFICE = SetUpOffice(
    name="Lindenhof Tutoring",
    zone=ZONE,
    currency="EUR",
    address="Lindenstraße 12\n10969 Berlin",
    contact="Lindenstraße 12 · 10969 Berlin · office@lindenhof.example",
    legal="Lindenhof Tutoring GmbH · HRB 123456 B · VAT ID DE123456789",
    email="office@lindenhof.example",
    country="DE",
    locale="en-GB",
    tax_number="DE123456789",
    payee="Lindenhof Tutoring GmbH",
    iban="DE33 1002 0500 0001 1947 00",
    unknown_availability=Unknown.ALWAYS,
    default_travel_minutes=20,
)


def _add_offerings(
    office: Office, subjects: dict[str, int], tax: int
) -> dict[str, int]:
    return {
        offering.name: office.catalog.add_offering(
            AddOffering(
                offering.name,
                tax,
                PriceTerms(offering.per, offering.amount, offering.tiers),
                subject_id=subjects[offering.subject],
                length_minutes=offering.length,
                group_size=offering.group,
                is_split=offering.is_split,
                step_minutes=offering.step,
                buffer_after=offering.buffer,
            )
        )
        for offering in (*OFFERINGS, COURSE)
    }


def _add_tutors(office: Office, subjects: dict[str, int]) -> dict[int, SampleTutor]:
    found: dict[int, SampleTutor] = {}
    for number, tutor in enumerate(TUTORS):
        engagement = Engagement.EMPLOYEE
        if tutor.is_contractor:
            engagement = Engagement.CONTRACTOR
        row_id = office.tutors.add_tutor(
            AddTutor(
                tutor.name,
                email=f"{tutor.name.split()[0].lower()}@lindenhof.example",
                address=f"Torstraße {number + 4}\n10119 Berlin",
                engagement=engagement,
                account="DE89 3704 0044 0532 0130 00",
                gap_minutes=0,
                weekly_limit_minutes=20 * 60,
                colour=number % 8,
                teaches=tuple(Teaches(subjects[name]) for name in tutor.subjects),
            )
        )
        windows = tuple(
            WeekWindow(day, tutor.from_hour * 60, tutor.until_hour * 60)
            for day in tutor.weekdays
        )
        office.availability.set_week(SetWeek(windows, tutor_id=row_id))
        office.pay_rates.set_pay(
            SetPay(PayLevel.TUTOR, tutor_id=row_id, per=PayPer.HOUR, amount=tutor.pay)
        )
        found[row_id] = tutor
    office.pay_rates.set_pay(
        SetPay(PayLevel.OFFICE, kind=PayKind.OTHER_WORK, per=PayPer.HOUR, amount=1800)
    )
    office.pay_rates.set_mileage_rate(
        SetMileageRate(Decimal("0.30"), DistanceUnit.KILOMETRE, date(2020, 1, 1))
    )
    return found


def _add_days(office: Office, monday: date, term_from: date, term_until: date) -> None:
    office.days.add_term(AddTerm("This term", term_from, term_until))
    holiday = monday - timedelta(weeks=5) + timedelta(days=4)
    office.days.add_closure(AddClosure("Public holiday", holiday, holiday))
    training = monday + timedelta(weeks=1, days=4)
    office.days.add_closure(AddClosure("Staff training", training, training))
    first = monday + timedelta(weeks=4)
    office.days.add_closure(
        AddClosure("Holiday week", first, first + timedelta(days=6))
    )


def _add_families(office: Office, sample: Sample, random: Random) -> None:
    children = iter(CHILDREN)
    parents = cycle(PARENTS)
    for number, family in enumerate(FAMILIES):
        address = f"{random.choice(STREETS)} {number + 1}\n10961 Berlin"
        payers = _payers(family, next(parents), next(parents), address, number)
        added = office.households.add_household(
            AddHousehold(
                f"Family {family}",
                model=_model(number),
                payers=payers,
                guardians=_guardians(payers, number),
            )
        )
        for _child in range(2 if number % 3 == 0 else 1):
            name = f"{next(children)} {family}"
            home = None
            if number % 9 == 4:  # noqa: PLR2004  a few are taught at home
                home = office.places.add_place(
                    AddPlace(f"Home of {name}", PlaceKind.HOME, address)
                )
                office.places.set_travel(
                    SetTravel(sample.office_place, home, 15, distance=Decimal("4.5"))
                )
            student = office.households.add_student(
                AddStudent(
                    added.household_id,
                    name,
                    school_year=f"Year {5 + len(sample.students) * 3 % 8}",
                    needs=NEEDS.get(len(sample.students), ""),
                    home_place_id=home,
                )
            )
            sample.students.append(student)
            sample.households[student] = added.household_id
            if home is not None:
                sample.homes[student] = home


def _guardians(payers: tuple[NewPayer, ...], number: int) -> tuple[NewGuardian, ...]:
    """Name whom to call: who pays, each with a telephone and a relation."""
    relations = ("mother", "father") if number % 2 else ("father", "mother")
    return tuple(
        NewGuardian(
            payer.name,
            relation,
            (f"+49 30 555 {4 * number + place:04d}",),
            payer.email,
            may_collect=True,
        )
        for place, (payer, relation) in enumerate(zip(payers, relations, strict=False))
    )


def _model(number: int) -> BillingModel:
    if number in {7, 19}:
        return BillingModel.ADVANCE
    return BillingModel.FLAT_FEE if number in {10, 28} else BillingModel.ARREARS


def _payers(
    family: str, one: str, other: str, address: str, number: int
) -> tuple[NewPayer, ...]:
    mail = f"{family.split('-', maxsplit=1)[0].lower()}.{number}@families.example"
    first = NewPayer(f"{one} {family}", address, mail)
    if number not in {1, 12, 24}:
        return (first,)
    share = Decimal(60 if number == 12 else 50)  # noqa: PLR2004  one pays more
    return (
        NewPayer(f"{one} {family}", address, mail, percent=share),
        NewPayer(
            f"{other} {family}",
            f"Gartenstraße {number}\n10115 Berlin",
            f"second.{mail}",
            percent=100 - share,
        ),
    )


def _add_agreements(office: Office, sample: Sample, tax: int) -> None:
    _sell_packages(office, sample, tax)
    _agree_with_families(office, sample, tax)
    _agree_with_school(office, sample)


def _sell_packages(office: Office, sample: Sample, tax: int) -> None:
    ten = office.packages.add_package(
        AddPackage("Ten hours", 600, 44000, tax, expires_days=180, offering_ids=())
    )
    for student in sample.students[4:24:5]:
        office.packages.buy(
            BuyPackage(ten, sample.households[student], sample.term_from, student)
        )


def _agree_with_families(office: Office, sample: Sample, tax: int) -> None:
    for household in sorted(set(sample.households.values())):
        row = office.households.household(household).row
        if row.model is BillingModel.FLAT_FEE:
            office.flat_fees.add_flat_fee(
                AddFlatFee(household, 18500, sample.term_from, tax_code_id=tax)
            )
        if len(row.students) > 1 and household % 2:
            office.discounts.add_discount(
                AddDiscount(
                    household,
                    "Sibling discount",
                    percent=Decimal(5),
                    on_document=True,
                )
            )


def _agree_with_school(office: Office, sample: Sample) -> None:
    school = office.households.add_household(
        AddHousehold(
            "Humboldt School",
            kind=HouseholdKind.FUNDER,
            payers=(
                NewPayer(
                    "Humboldt School, Accounts",
                    "Schulweg 2\n10117 Berlin",
                    "accounts@humboldt.example",
                ),
            ),
        )
    )
    sample.contract_students = set(sample.students[-4:])
    sample.contract = office.contracts.add_contract(
        AddContract(
            "Humboldt School, support lessons",
            school.household_id,
            ContractBasis.STUDENT_TIME,
            5200,
            pool_minutes=4000,
            beyond=Beyond.HOUSEHOLD,
            students=dict.fromkeys(sample.students[-4:]),
            valid_from=sample.term_from,
        )
    )
