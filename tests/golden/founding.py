"""Sets an office up as a money story says; what it leaves out stops nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from app.models.values.billing import BillingModel, HouseholdKind
from app.models.values.payroll import PayLevel
from app.models.values.policies import (
    LateCancel,
    MakeUp,
    MissedUsesPackage,
    NoShow,
    OfficeCancel,
)
from app.models.values.schedule import Unknown
from app.models.values.terms import PriceTerms
from app.services.billing.terms import AddContract, AddFlatFee, AddPackage
from app.services.catalog.requests import AddOffering, AddTaxCode
from app.services.office import Office
from app.services.people.requests import AddHousehold, AddStudent, NewPayer
from app.services.people.tutor_requests import AddTutor
from app.services.policies import SetPolicy
from app.services.profile import EXEMPT, SetUpOffice
from tests.golden.names import Names, known, pay_request
from tests.golden.story import Story
from tests.golden.strict import CaseError
from tests.golden.terms import (
    HouseholdTerms,
    OfferingTerms,
    OfficeTerms,
    PayAsked,
    PayerTerms,
    PolicyTerms,
)

ADDRESS = "1 Chalk Lane\nBoardtown"
EMAIL = "{name}@example.com"
_LARGEST_GROUP = 50


def found(office: Office, story: Story) -> Names:
    """Set the office up, and give the ids of everything that the story names.

    Raises:
        CaseError: The story names what is nowhere in it.
    """
    names = Names(story.office.currency)
    set_up(office, story.office)
    _set_policies(office, story.policies)
    _add_taxes(office, story, names)
    for name, offering in story.offerings.items():
        _add_offering(office, name, offering, names)
    for name, tutor in story.tutors.items():
        names.tutors[name] = add_tutor(office, name)
        _set_pay(office, names, name, tutor.pay)
    for name, household in story.households.items():
        _add_household(office, names, name, household)
        if household.model is not None:
            _add_flat_fee(office, names, name, story)
    for name in story.contracts:
        _add_contract(office, names, name, story)
    for name in story.packages:
        _add_package(office, names, name, story)
    return names


def add_tutor(office: Office, name: str) -> int:
    """Keep a tutor with everything a statement needs."""
    email = EMAIL.format(name=name)
    return office.tutors.add_tutor(AddTutor(name, email=email, address=ADDRESS))


def set_up(office: Office, terms: OfficeTerms) -> None:
    """Found an office with all that documents need, where anybody can at any time."""
    office.settings.set_up(
        SetUpOffice(
            "Chalk & Board",
            terms.zone,
            terms.currency,
            address=ADDRESS,
            email=EMAIL.format(name="office"),
            tax_number="DE123456789",
            prices=terms.prices,
            tax_rounding=terms.tax_rounding,
            unknown_availability=Unknown.ALWAYS,
        )
    )


def _set_policies(office: Office, terms: PolicyTerms) -> None:
    late, absent, made_up = terms.late_cancel, terms.no_show, terms.make_up
    for value in (
        LateCancel(late.notice_hours, late.charge, late.pay),
        NoShow(absent.charge, absent.pay),
        OfficeCancel(terms.office_cancel_pay),
        MissedUsesPackage(terms.missed_uses_package),
        MakeUp(made_up.instead_of_charge, made_up.expires_days),
    ):
        office.policies.set_policy(SetPolicy(value))


def _add_taxes(office: Office, story: Story, names: Names) -> None:
    [exempt] = [one for one in office.catalog.tax_codes() if one.name == EXEMPT]
    names.taxes[EXEMPT] = exempt.tax_code_id
    for name, tax in story.taxes.items():
        if name == EXEMPT and not tax.rate:
            continue  # every office has it
        category = "S" if tax.rate else "E"
        names.taxes[name] = office.catalog.add_tax_code(
            AddTaxCode(name, tax.rate, category, tax.reason)
        )


def _add_offering(
    office: Office, name: str, terms: OfferingTerms, names: Names
) -> None:
    asked = terms.price
    least = terms.minimum or asked.minimum
    names.offerings[name] = office.catalog.add_offering(
        AddOffering(
            name,
            known(names.taxes, terms.tax, f"offerings.{name}.tax"),
            PriceTerms(asked.per, names.money(asked.amount), names.tiers(asked.tiers)),
            length_minutes=terms.length,
            group_size=_LARGEST_GROUP,
            is_split=asked.split,
            step_minutes=terms.step,
            minimum_minutes=terms.minimum_minutes or asked.minimum_minutes,
            minimum_amount=names.perhaps(least),
        )
    )


def _set_pay(office: Office, names: Names, name: str, asked: PayAsked) -> None:
    tutor_id = names.tutors[name]
    plain = names.pay(asked, asked.amount)
    office.pay_rates.set_pay(pay_request(plain, PayLevel.TUTOR, tutor_id))
    for offering, amount in asked.rates.items():
        offering_id = known(names.offerings, offering, f"tutors.{name}.pay.rates")
        terms = names.pay(asked, amount)
        level = PayLevel.TUTOR_OFFERING
        office.pay_rates.set_pay(pay_request(terms, level, tutor_id, offering_id))


def _add_household(
    office: Office, names: Names, name: str, terms: HouseholdTerms
) -> None:
    payers = terms.payers or (PayerTerms(name),)
    model = BillingModel.ARREARS if terms.model is None else terms.model.kind
    _keep_household(office, names, AddHousehold(name, model=model), payers)
    for student in terms.students:
        if student in names.students:
            raise CaseError(name, f"“{student}” belongs to another household")
        request = AddStudent(names.households[name], student)
        names.students[student] = office.households.add_student(request)


def _keep_household(
    office: Office, names: Names, request: AddHousehold, payers: Sequence[PayerTerms]
) -> None:
    name = request.name
    added = office.households.add_household(
        replace(request, payers=tuple(_payer(names, payer) for payer in payers))
    )
    names.households[name] = added.household_id
    for payer, payer_id in zip(payers, added.payer_ids, strict=True):
        names.payers[name, payer.id] = payer_id


def _payer(names: Names, terms: PayerTerms) -> NewPayer:
    percent = terms.percent
    if percent is None and terms.amount is None:
        percent = Decimal(100)
    return NewPayer(
        terms.id,
        ADDRESS,
        EMAIL.format(name=terms.id),
        percent=percent,
        amount=names.perhaps(terms.amount),
    )


def _add_flat_fee(office: Office, names: Names, name: str, story: Story) -> None:
    """Agree a monthly amount, if it is one, taxed as the first offering is."""
    where = f"households.{name}.model"
    terms = story.households[name].model
    if terms is None or terms.kind is not BillingModel.FLAT_FEE:
        return
    if terms.amount is None or terms.from_ is None:
        raise CaseError(where, "a flat fee has an amount and a first day")
    office.flat_fees.add_flat_fee(
        AddFlatFee(
            names.households[name],
            names.money(terms.amount),
            terms.from_,
            names.taxes[next(iter(story.offerings.values())).tax],
            until_on=terms.to,
            included=terms.included,
        )
    )


def _add_contract(office: Office, names: Names, name: str, story: Story) -> None:
    terms = story.contracts[name]
    where = f"contracts.{name}.students"
    funder = AddHousehold(name, kind=HouseholdKind.FUNDER)
    _keep_household(office, names, funder, (PayerTerms(name),))
    names.contracts[name] = office.contracts.add_contract(
        AddContract(
            name,
            names.households[name],
            terms.basis,
            names.money(terms.rate),
            tiers=names.tiers(terms.tiers),
            pool_minutes=terms.pool_minutes,
            beyond=terms.beyond,
            students={
                known(names.students, student, where): minutes
                for student, minutes in terms.students.items()
            },
        )
    )


def _add_package(office: Office, names: Names, name: str, story: Story) -> None:
    """Let a package be sold, taxed as the first of the offerings that it covers."""
    terms = story.packages[name]
    where = f"packages.{name}.offerings"
    covered = terms.offerings or tuple(story.offerings)[:1]
    tax = story.offerings[covered[0]].tax if covered[0] in story.offerings else EXEMPT
    names.packages[name] = office.packages.add_package(
        AddPackage(
            name,
            terms.minutes,
            names.money(terms.price),
            names.taxes[tax],
            offering_ids=tuple(
                known(names.offerings, offering, where) for offering in terms.offerings
            ),
            owner=terms.owner,
            expires_days=terms.expires_days,
        )
    )
