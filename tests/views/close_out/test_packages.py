"""The close-out page says what packages pay, and what they no longer reach."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.people import Student
from app.services.billing.packages import Packages
from app.services.billing.terms import AddPackage, BuyPackage
from app.services.closing.requests import CloseSession
from tests.services.closing.world import START, World
from tests.views.close_out.conftest import OpenPage


def test_what_a_package_pays_is_shown_with_what_is_left(
    show: OpenPage, world: World
) -> None:
    packages, code = Packages(world.desk()), world.make.tax_code("0")
    package = packages.add_package(AddPackage("Ten hours", 600, 40000, code))
    with world.database.snapshot() as snapshot:
        household = snapshot.get_one(Student, world.maya).household_id
    packages.buy(BuyPackage(package, household, date(2026, 3, 1), world.maya))
    world.session()
    seen = show()
    shown = seen.page.parts.money.words()
    assert any("10.00\N{NO-BREAK SPACE}h" in word for word in shown)
    assert any("9.00\N{NO-BREAK SPACE}h" in word for word in shown)


def test_a_later_session_that_stays_charged_is_named(
    show: OpenPage, world: World
) -> None:
    packages, code = Packages(world.desk()), world.make.tax_code("0")
    package = packages.add_package(AddPackage("One hour", 60, 4000, code))
    with world.database.snapshot() as snapshot:
        household = snapshot.get_one(Student, world.maya).household_id
    packages.buy(BuyPackage(package, household, date(2026, 3, 1), world.maya))
    first, second = world.session(), world.session(START + timedelta(hours=1))
    for session in (first, second):
        world.close_outs().close(CloseSession(session))
    seen = show()
    seen.page.one.open(first)
    money = seen.page.parts.money
    assert not any("does not reach" in word for word in money.words())
    effect = world.close_outs().preview(CloseSession(first, minutes=30))
    form = seen.page.parts.form
    assert form.opened is not None
    money.show_effect(form.opened, form.draft, effect)
    assert any("does not reach" in word for word in money.words())
