"""Fees entered by hand, interest, discounts and contracts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.people import PayerShare
from app.models.values.billing import ChargeKind, ContractBasis, HouseholdKind
from app.models.values.entries import DatesError, EmptyError
from app.models.values.errors import InputError
from app.services.billing.contracts import Contracts
from app.services.billing.discounts import Discounts
from app.services.billing.errors import (
    CoveredOtherwiseError,
    DiscountTermsError,
    FeeKindError,
    NotAFunderError,
    NotOfHouseholdError,
    NotPositiveError,
)
from app.services.billing.fees import Fees, interest
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.billing.terms import (
    AddContract,
    AddDiscount,
    AddFee,
    ChargeInterest,
)
from app.services.documents import values
from tests.fakes import FakeClock
from tests.services.billing.books import DECEMBER, NOVEMBER, Books

ON = date(2026, 11, 20)


def add_fee(books: Books, **more: Any) -> tuple[int, ...]:  # noqa: ANN401
    """Charge 25.00 for registration to the family's payer."""
    plain = {
        "kind": ChargeKind.REGISTRATION,
        "amount": 2500,
        "on": ON,
        "reason": "Welcome",
        "tax_code_id": books.make.tax_code("0"),
        "request_key": books.key(),
        "payer_id": books.payer,
    }
    return Fees(books.desk).add_fee(AddFee(**{**plain, **more}))


def test_a_fee_is_billed_with_its_reason(books: Books) -> None:
    add_fee(books)
    [invoice] = books.run().document_ids
    [line] = books.lines(invoice)
    assert (line.kind, line.amount, line.text, line.note) == (
        ChargeKind.REGISTRATION,
        2500,
        "Registration",
        "Welcome",
    )


def test_a_fee_is_charged_once_by_its_key(books: Books) -> None:
    tax = books.make.tax_code("0")
    first = add_fee(books, request_key="click", tax_code_id=tax)
    assert add_fee(books, request_key="click", tax_code_id=tax) == first
    add_fee(books)
    assert books.waiting() == [2500, 2500]


def test_travel_goes_by_distance(books: Books) -> None:
    kind = ChargeKind.TRAVEL
    add_fee(books, kind=kind, amount=45, quantity=Decimal("12.5"))
    assert books.waiting() == [563]


def test_a_familys_fee_is_divided_by_its_shares(books: Books) -> None:
    second = books.make.payer(books.household, position=1)
    for payer, share in ((books.payer, "70"), (second, "30")):
        books.make.save(
            PayerShare(
                household_id=books.household, payer_id=payer, percent=Decimal(share)
            )
        )
    add_fee(books, payer_id=None, household_id=books.household)
    adjustment = ChargeKind.ADJUSTMENT
    add_fee(
        books,
        payer_id=None,
        household_id=books.household,
        kind=adjustment,
        amount=-100,
    )
    assert books.waiting() == [1750, 750, -70, -30]


def test_wrong_fees_are_refused(books: Books) -> None:
    for refusal, more in (
        (FeeKindError, {"kind": ChargeKind.SESSION}),
        (NotPositiveError, {"amount": 0}),
        (NotPositiveError, {"amount": -1}),
        (EmptyError, {"reason": ""}),
        (NotOfHouseholdError, {"student_id": books.make.student()}),
    ):
        with pytest.raises(refusal):
            add_fee(books, **more)
    Locks(books.desk).lock(LockPeriod(until=date(2026, 11, 21)))
    with pytest.raises(PeriodLockedError):
        add_fee(books)
    assert books.waiting() == []


def test_interest_is_charged_for_each_day_once(books: Books, clock: FakeClock) -> None:
    books.held(4)
    books.run()
    clock.set(2027, 3, 1)
    tax = books.make.tax_code("0")
    fees = Fees(books.desk)
    first = ChargeInterest(date(2027, 1, 13), Decimal(8), tax)
    [due] = fees.charge_interest(first)
    assert (due.days, due.amount) == (30, interest(4800, Decimal(8), 30))
    assert fees.charge_interest(first) == ()
    [rest] = fees.interest_due(ChargeInterest(date(2027, 2, 12), Decimal(8), tax))
    assert (rest.from_on, rest.days) == (date(2027, 1, 13), 30)
    nobody = ChargeInterest(date(2027, 2, 12), Decimal(8), tax, payer_ids=())
    assert fees.interest_due(nobody) == ()
    assert books.waiting() == [32]


@given(st.integers(0, 10**7), st.integers(0, 1000))
def test_interest_is_simple(amount: int, days: int) -> None:
    found = interest(amount, Decimal("7.3"), days)
    assert abs(found * 36500 * 10 - amount * 73 * days) <= 36500 * 5


def add_discount(books: Books, **more: Any) -> int:  # noqa: ANN401
    """Agree a discount of the family."""
    plain = {"household_id": books.household, "name": "Loyal"}
    return Discounts(books.desk).add_discount(AddDiscount(**{**plain, **more}))


def test_discounts_come_off_in_order(books: Books) -> None:
    add_discount(books, amount=100, name="One pound each")
    add_discount(books, percent=Decimal(10), name="Tenth")
    add_discount(books, amount=500, on_document=True, name="Five pounds")
    add_discount(books, percent=Decimal(50), on_document=True, name="Half")
    books.held(4)
    books.held(11)
    [invoice] = books.run().document_ids
    amounts = [line.amount for line in books.lines(invoice)]
    assert amounts == [4220, 4220, -(4220 + 500)]
    printed = books.ledger.document(invoice)
    assert isinstance(printed, values.Invoice)
    assert printed.subtotal == 8440
    assert [(entry.label, entry.amount) for entry in printed.discounts] == [
        ("Half", -4220),
        ("Five pounds", -500),
    ]
    assert (printed.total, books.document(invoice).net) == (3720, 3720)
    assert printed.groups[0].lines[0].note == "Tenth; One pound each"


def test_a_discount_fits_its_offering_and_days(books: Books) -> None:
    chess = books.make.offering("Chess", price=1000)
    number = add_discount(
        books, percent=Decimal(100), offering_id=chess, valid_from=date(2026, 11, 5)
    )
    Discounts(books.desk).end_discount(number, date(2026, 11, 12))
    [row] = Discounts(books.desk).discounts(books.household)
    assert (row.discount_id, row.valid_until) == (number, date(2026, 11, 12))
    for day in (4, 5, 12, 13):
        books.held(day, offering=chess)
    books.held(6)
    add_fee(books)
    [invoice] = books.run().document_ids
    assert [line.amount for line in books.lines(invoice)] == [
        1000,
        0,
        4800,
        0,
        1000,
        2500,
    ]


def test_everything_for_nothing_is_an_invoice_of_zero(books: Books) -> None:
    add_discount(books, percent=Decimal(100), on_document=True)
    books.held(4)
    [invoice] = books.run().document_ids
    assert books.document(invoice).total == 0
    assert (books.waiting(), books.open(invoice)) == ([], 0)


def test_discounts_need_terms(books: Books) -> None:
    for more in (
        {},
        {"percent": Decimal(5), "amount": 5},
        {"percent": Decimal(0)},
        {"amount": 0},
        {"amount": -5},
    ):
        with pytest.raises(DiscountTermsError):
            add_discount(books, **more)


def test_a_discount_of_no_number_is_refused(books: Books) -> None:
    with pytest.raises(InputError):
        add_discount(books, percent=Decimal("NaN"))


def test_a_funder_pays_what_its_contract_covers(books: Books) -> None:
    school = books.make.household("School", kind=HouseholdKind.FUNDER)
    payer = books.make.payer(school)
    contract = Contracts(books.desk).add_contract(
        AddContract(
            "Catch up",
            school,
            ContractBasis.SESSION_ONCE,
            5500,
            pool_minutes=90,
            tax_code_id=books.make.tax_code("0"),
            students={books.student: None},
        )
    )
    for day in (3, 10):
        books.held(day, contract_id=contract)
    done = books.run()
    totals = {
        books.document(each).payer_id: books.document(each).total
        for each in done.document_ids
    }
    assert totals == {payer: 8250, books.payer: 2400}
    [row] = Contracts(books.desk).contracts()
    assert (row.contract_id, row.used_minutes, row.is_archived) == (contract, 90, False)
    Contracts(books.desk).archive_contract(contract)
    assert Contracts(books.desk).contracts()[0].is_archived


def test_contracts_need_a_funder_and_one_measure(books: Books) -> None:
    school = books.make.household("School", kind=HouseholdKind.FUNDER)
    contracts = Contracts(books.desk)
    terms = ("Catch up", school, ContractBasis.STUDENT_TIME, 5500)
    with pytest.raises(NotAFunderError):
        contracts.add_contract(AddContract("X", books.household, *terms[2:]))
    with pytest.raises(CoveredOtherwiseError):
        contracts.add_contract(
            AddContract(*terms, pool_minutes=60, students={books.student: 60})
        )
    with pytest.raises(DatesError):
        contracts.add_contract(
            AddContract(*terms, valid_from=DECEMBER[0], valid_until=NOVEMBER[0])
        )
