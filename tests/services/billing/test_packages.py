"""Packages: selling, using, giving back, expiring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.agreements import Discount, Lot
from app.models.billing import Charge
from app.models.people import PayerShare
from app.models.values.billing import ChargeKind, DocumentKind, LotOwner, LotUnit
from app.models.values.entries import NumberError
from app.services.billing.errors import (
    NothingLeftError,
    NotOfHouseholdError,
    NotPositiveError,
    OtherRequestError,
    OwnerMissingError,
)
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.billing.packages import Packages, rest_value
from app.services.billing.terms import AddPackage, BuyPackage, RefundRest
from app.services.documents import values
from app.services.records import ArchivedError
from tests.fakes import FakeClock
from tests.services.billing.books import DECEMBER, Books

SALE = date(2026, 11, 1)


def ten_hours(books: Books, **more: Any) -> int:  # noqa: ANN401
    """Offer a package of ten hours at 450.00."""
    plain = {"name": "Ten hours", "units": 600, "price": 45000}
    tax = books.make.tax_code("0")
    request = AddPackage(**{**plain, "tax_code_id": tax, **more})
    return Packages(books.desk).add_package(request)


def buy(books: Books, package: int, **more: Any) -> int:  # noqa: ANN401
    """Sell a package to the family's student, and give the lot."""
    student = more.pop("student_id", books.student)
    request = BuyPackage(
        package,
        books.household,
        SALE,
        student_id=student,
        **more,
    )
    return Packages(books.desk).buy(request).lot_id


def test_a_package_is_billed_and_its_sessions_are_not(books: Books) -> None:
    buy(books, ten_hours(books))
    session = books.held(10, minutes=75)
    [invoice] = books.run().document_ids
    [line] = books.lines(invoice)
    assert (line.kind, line.amount, line.text) == (
        ChargeKind.PACKAGE,
        45000,
        "Package: Ten hours",
    )
    assert books.reasons(session) == ["package"]
    [lot] = Packages(books.desk).lots(books.household)
    assert (lot.used, lot.left) == (75, 525)
    printed = books.ledger.document(invoice)
    assert isinstance(printed, values.Invoice)
    assert printed.packages == (values.Package("Ten hours", 600, 75, 525, None),)


def test_invoices_show_packages_until_they_are_finished(books: Books) -> None:
    buy(books, ten_hours(books, units=60))
    second = buy(books, ten_hours(books))
    books.run()
    books.held(10, minutes=90)
    shown = []
    for month in (12, 1, 2):
        year = 2026 + (month < 12)
        books.make.save(
            Charge(
                payer_id=books.payer,
                kind=ChargeKind.MATERIALS,
                service_on=date(year, month, 1),
                tax_code_id=books.make.tax_code("0"),
                amount=100,
                made_at=books.desk.now(),
                live_key=f"book {month}",
            )
        )
        period = (date(year, month, 1), date(year, month, 28))
        [invoice] = books.run(period).document_ids
        printed = books.ledger.document(invoice)
        assert isinstance(printed, values.Invoice)
        shown.append([each.left for each in printed.packages])
        if month == 1:
            rest = RefundRest(second, date(2027, 1, 28), "Moving away")
            Packages(books.desk).refund_rest(rest)
            books.run((period[0], date(2027, 1, 31)), date(2027, 1, 31))
    assert shown == [[570], [570], []]


def test_the_price_is_divided_by_the_shares(books: Books) -> None:
    second = books.make.payer(books.household, position=1)
    for payer in (books.payer, second):
        books.make.save(
            PayerShare(
                household_id=books.household, payer_id=payer, percent=Decimal(50)
            )
        )
    buy(books, ten_hours(books, price=12501))
    assert sorted(books.waiting()) == [6250, 6251]
    only = buy(books, ten_hours(books, price=300), payer_id=second)
    [row] = [row for row in books.rows(Charge) if row.source == f"lot:{only}"]
    assert (row.payer_id, row.amount) == (second, 300)


def test_the_same_sale_is_made_once(books: Books) -> None:
    package = ten_hours(books)
    lot = buy(books, package, request_key="click")
    assert buy(books, package, request_key="click") == lot
    with pytest.raises(OtherRequestError):
        buy(books, package, request_key="click", payer_id=books.payer)
    assert books.waiting() == [45000]


def test_a_rest_is_given_back_less_the_value_used(books: Books) -> None:
    lot = buy(books, ten_hours(books))
    books.held(10, minutes=200)
    [invoice] = books.run().document_ids
    packages = Packages(books.desk)
    refund = RefundRest(lot, date(2026, 12, 1), "Moving away")
    given = packages.refund_rest(refund)
    assert (given.units, given.amount) == (400, 30000)
    [note] = books.run(DECEMBER).document_ids
    document = books.document(note)
    assert (document.kind, document.total) == (DocumentKind.CREDIT_NOTE, 30000)
    assert (document.original_id, books.open(invoice)) == (invoice, 15000)
    with pytest.raises(NothingLeftError):
        packages.refund_rest(refund)
    [row] = packages.lots(books.household, with_ended=True)
    assert (row.used, row.refunded, row.left) == (200, 400, 0)


def test_what_was_sold_at_a_discount_is_given_back_so(books: Books) -> None:
    books.make.save(
        Discount(household_id=books.household, name="Loyal", percent=Decimal(10))
    )
    lot = buy(books, ten_hours(books))
    [invoice] = books.run().document_ids
    assert books.document(invoice).total == 40500
    refund = RefundRest(lot, date(2026, 12, 1), "Moving away")
    assert Packages(books.desk).refund_rest(refund).amount == 40500
    books.run(DECEMBER)
    assert books.owes() == 0


@pytest.mark.parametrize("is_billed", [True, False])
@pytest.mark.parametrize("on_document", [True, False])
@pytest.mark.parametrize(
    "off", [{"percent": Decimal("7.5")}, {"amount": 333}], ids=["percent", "amount"]
)
def test_a_refund_has_its_discount_off_billed_or_not(
    books: Books, off: dict[str, Any], *, is_billed: bool, on_document: bool
) -> None:
    books.make.save(
        Discount(
            household_id=books.household, name="Loyal", on_document=on_document, **off
        )
    )
    lot = buy(books, ten_hours(books))
    books.held(10, minutes=200)
    if is_billed:
        books.run()
    refund = RefundRest(lot, date(2026, 11, 30), "Moving away")
    asked = 45000 - (333 if "amount" in off else 3375)
    assert Packages(books.desk).refund_rest(refund).amount == round(asked * 2 / 3)
    books.run()
    assert books.owes() == asked - round(asked * 2 / 3)


def test_a_package_expires_once(books: Books, clock: FakeClock) -> None:
    buy(books, ten_hours(books, expires_days=29))
    packages = Packages(books.desk)
    assert packages.expire_due() == 0
    clock.set(2026, 12, 1, 12)
    assert (packages.expire_due(), packages.expire_due()) == (1, 0)
    [lot] = books.rows(Lot)
    assert (lot.expires_on, lot.forfeited) == (date(2026, 11, 30), 600)


def test_what_is_left_can_carry_over(books: Books, clock: FakeClock) -> None:
    first = buy(books, ten_hours(books, expires_days=29, carries_over=True))
    books.held(10, minutes=150)
    books.run()
    clock.set(2026, 12, 1, 12)
    packages = Packages(books.desk)
    assert (packages.expire_due(), packages.expire_due()) == (1, 0)
    [lot] = packages.lots(books.household)
    assert (lot.granted, lot.bought_on) == (450, date(2026, 12, 1))
    rows = books.rows(Lot)
    assert (rows[1].carried_from_id, rows[1].price) == (first, 33750)
    given = packages.refund_rest(RefundRest(lot.lot_id, date(2026, 12, 2), "Moving"))
    assert given.amount == 33750
    books.run(DECEMBER)
    assert books.owes() == 45000 - 33750


def test_what_carries_over_and_runs_out_again_meanwhile_expires_at_once(
    books: Books, clock: FakeClock
) -> None:
    buy(books, ten_hours(books, expires_days=5, carries_over=True))
    clock.set(2026, 12, 1, 12)
    packages = Packages(books.desk)
    assert (packages.expire_due(), packages.expire_due()) == (5, 0)
    [lot] = packages.lots(books.household)
    assert (lot.bought_on, lot.expires_on) == (date(2026, 12, 1), date(2026, 12, 6))


def test_a_package_cannot_expire_before_it_is_bought(books: Books) -> None:
    with pytest.raises(NumberError):
        ten_hours(books, expires_days=-1)


def test_a_credited_package_is_gone(books: Books) -> None:
    buy(books, ten_hours(books))
    [invoice] = books.run().document_ids
    books.credit(invoice)
    assert Packages(books.desk).lots(books.household) == ()
    assert books.owes() == 0
    session = books.held(20)
    assert books.charges(session) == [4800]


def test_wrong_sales_are_refused(books: Books) -> None:
    package = ten_hours(books)
    with pytest.raises(OwnerMissingError):
        buy(books, package, student_id=None)
    with pytest.raises(NotOfHouseholdError):
        buy(books, package, student_id=books.make.student())
    stranger = books.make.payer(books.make.household())
    with pytest.raises(NotOfHouseholdError):
        buy(books, package, payer_id=stranger)
    with pytest.raises(NotPositiveError):
        ten_hours(books, units=0)
    Locks(books.desk).lock(LockPeriod(until=date(2026, 11, 2)))
    with pytest.raises(PeriodLockedError):
        buy(books, package)
    Locks(books.desk).unlock()
    Packages(books.desk).archive_package(package)
    with pytest.raises(ArchivedError):
        buy(books, package)
    assert books.waiting() == []


def test_a_household_shares_its_own_packages(books: Books) -> None:
    package = ten_hours(books, owner=LotOwner.HOUSEHOLD, unit=LotUnit.SESSIONS, units=5)
    buy(books, package)
    erik = books.make.student("Erik", books.household)
    session = books.held(10, students=[erik])
    assert books.reasons(session) == ["package"]
    [lot] = Packages(books.desk).lots()
    assert (lot.student_id, lot.left) == (None, 4)


@given(st.integers(0, 10**6), st.integers(1, 10**4), st.data())
def test_the_value_of_a_rest_lies_within_the_price(
    price: int, granted: int, data: st.DataObject
) -> None:
    used = data.draw(st.integers(0, granted))
    rest = rest_value(price, used, granted)
    assert 0 <= rest <= price
    assert rest_value(price, 0, granted) == price
    assert rest_value(price, granted, granted) == 0
