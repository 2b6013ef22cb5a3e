"""What the books say about a booking: packages used up, families overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from app.models.agreements import Lot, LotUse, Package
from app.models.billing import Allocation, Charge, Document, NumberSeries, Payment
from app.models.values.billing import (
    BillingModel,
    ChargeKind,
    DocumentKind,
    LotUnit,
    PriceBasis,
    TaxRounding,
)
from app.models.values.people import Trust
from app.services.charging.paid_lots import lot_source
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import ClashError
from app.services.scheduling.money import LotLeft
from app.services.scheduling.requests import Clash, ClashKind
from tests.fakes import FakeClock
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")
WEEK = timedelta(days=7)


@pytest.fixture
def family(scene: Scene) -> int:
    """A household on packages whose child replaces Maya."""
    household = scene.make.household(model=BillingModel.PACKAGE)
    scene.make.payer(household)
    scene.maya = scene.make.student("Ida Berg", household)
    return household


def lot(scene: Scene, household: int, granted: int, **more: Any) -> int:  # noqa: ANN401
    package = scene.make.save(
        Package(name="Ten", units=600, price=1, tax_code_id=scene.make.tax_code())
    )
    plain: dict[str, Any] = {
        "package_id": package,
        "household_id": household,
        "price": 1,
    }
    plain |= {"bought_on": date(2026, 11, 1), "granted": granted}
    return scene.make.save(Lot(**{**plain, "unit": LotUnit.MINUTES, **more}))


def check(scene: Scene, start: datetime = AT, **more: Any) -> tuple[Clash, ...]:  # noqa: ANN401
    return Bookings(scene.desk).check(scene.request(start, **more))


def test_a_package_covers_what_is_left_after_planned_sessions(
    scene: Scene, family: int
) -> None:
    lot(scene, family, 120)
    scene.book(AT)
    assert check(scene, AT + WEEK) == ()
    scene.book(AT + WEEK)
    (clash,) = check(scene, AT + WEEK * 2)
    assert clash.kind is ClashKind.PACKAGE_USED_UP
    assert clash.sentence == (
        "Ida Berg's package does not cover Maths on Tue 8 Dec 2026."
    )


def test_uses_expiry_owner_and_offering_of_a_lot_count(
    scene: Scene, family: int
) -> None:
    other = scene.make.student("Ola", family)
    english = scene.make.offering("English")
    lot(scene, family, 600, student_id=other)
    lot(scene, family, 600, offering_ids=[english])
    lot(scene, family, 600, expires_on=date(2026, 11, 23))
    used = lot(scene, family, 60)
    held = scene.book(AT - WEEK, student_ids=(other,)).session_id
    scene.make.save(
        LotUse(
            lot_id=used,
            session_id=held,
            student_id=scene.maya,
            units=60,
            used_on=date(2026, 11, 17),
        )
    )
    assert [one.kind for one in check(scene)] == [ClashKind.PACKAGE_USED_UP]
    assert check(scene, offering_id=english) == ()
    assert check(scene, AT - timedelta(days=1)) == ()


def test_what_runs_out_first_is_used_first_as_when_it_is_charged(
    scene: Scene, family: int
) -> None:
    lot(scene, family, 60, bought_on=date(2026, 11, 1))
    lot(scene, family, 60, bought_on=date(2026, 11, 2), expires_on=date(2026, 11, 30))
    scene.book(AT)
    assert check(scene, AT + WEEK) == ()


def test_a_lot_covers_nothing_before_it_is_paid_or_bought(
    scene: Scene, family: int
) -> None:
    bought = lot(scene, family, 60, usable_when_paid=True)
    lot(scene, family, 60, bought_on=date(2026, 11, 25))
    assert check(scene) == ()
    charge = charge_of(scene, family, bought)
    assert [one.kind for one in check(scene)] == [ClashKind.PACKAGE_USED_UP]
    with scene.make.transaction() as transaction:
        transaction.get_one(Charge, charge).live_key = None
    assert check(scene) == ()


def charge_of(scene: Scene, household: int, bought: int) -> int:
    """Charge the purchase of a lot, which waits for its invoice."""
    return scene.make.save(
        Charge(
            payer_id=scene.make.payer(household),
            kind=ChargeKind.PACKAGE,
            source=lot_source(bought),
            live_key=f"{lot_source(bought)}:1",
            service_on=date(2026, 11, 1),
            amount=5000,
            tax_code_id=scene.make.tax_code(),
            made_at=datetime(2026, 11, 1, tzinfo=UTC),
        )
    )


def test_a_lot_of_sessions_counts_sessions() -> None:
    found = LotLeft(1, None, None, LotUnit.SESSIONS, (), 3)
    assert (found.units(90), found.covers(5, 1, 9), found.covers(5, 2, 9)) == (
        1,
        True,
        False,
    )


def invoice(scene: Scene, household: int, total: int) -> int:
    series = scene.make.save(NumberSeries(kind=DocumentKind.INVOICE))
    payer = scene.make.payer(household)
    return scene.make.save(
        Document(
            kind=DocumentKind.INVOICE,
            number_series_id=series,
            sequence=1,
            number="1",
            household_id=household,
            payer_id=payer,
            issued_on=date(2026, 10, 1),
            issued_at=datetime(2026, 10, 1, tzinfo=UTC),
            due_on=date(2026, 10, 15),
            currency="EUR",
            prices=PriceBasis.NET,
            tax_rounding=TaxRounding.DOCUMENT,
            net=total,
            tax=0,
            total=total,
            face={},
            chain="",
        )
    )


def test_an_overdue_family_is_asked_about(scene: Scene, clock: FakeClock) -> None:
    household = scene.make.household()
    student = scene.make.student("Late Larsen", household)
    document = invoice(scene, household, 5000)
    asked: dict[str, Any] = {"student_ids": (student,)}
    clock.set(2026, 10, 15, 12)
    assert check(scene, **asked) == ()
    clock.set(2026, 10, 16, 12)
    (clash,) = check(scene, **asked)
    assert clash.kind is ClashKind.HOUSEHOLD_OVERDUE
    assert clash.sentence == (
        "An invoice of Late Larsen's family has been overdue since Thu 15 Oct 2026."
    )
    payment = scene.make.save(
        Payment(
            payer_id=1,
            received_on=date(2026, 10, 16),
            amount=5000,
            currency="EUR",
            made_at=clock.now(),
            chain="",
        )
    )
    scene.make.save(
        Allocation(
            invoice_id=document, payment_id=payment, amount=5000, made_at=clock.now()
        )
    )
    assert check(scene, **asked) == ()


def test_a_tutor_is_told_to_ask_the_office_and_cannot_accept_it(
    scene: Scene, family: int
) -> None:
    placement = scene.make.placement(
        scene.anna, [scene.maya], scene.maths, who_books=Trust.TUTOR_BOOKS
    )
    bookings = Bookings(scene.as_tutor(scene.anna))
    request = scene.request(AT, placement_id=placement, accept_soft=True)
    (clash,) = bookings.check(request)
    assert clash.sentence == "The office has to agree before Ida Berg is booked."
    assert family
    with pytest.raises(ClashError, match="The office has to agree"):
        bookings.book(request)
