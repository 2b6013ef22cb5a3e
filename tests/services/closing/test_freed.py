"""What a correction frees in a package does not reach later sessions by itself."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.people import Student
from app.services.billing.packages import Packages
from app.services.billing.terms import AddPackage, BuyPackage
from app.services.closing.requests import CloseSession
from tests.services.closing.world import START, World


def sell_an_hour(world: World, expires_days: int | None = None) -> None:
    """Sell a package of an hour to Maya's family."""
    packages = Packages(world.desk())
    tax = world.make.tax_code("0")
    hour = packages.add_package(
        AddPackage("One hour", 60, 4000, tax, expires_days=expires_days)
    )
    with world.database.snapshot() as snapshot:
        family = snapshot.get_one(Student, world.maya).household_id
    packages.buy(BuyPackage(hour, family, date(2026, 3, 1), world.maya))


def test_the_preview_says_that_a_later_session_stays_charged(world: World) -> None:
    sell_an_hour(world)
    first, second = world.session(), world.session(START + timedelta(days=1))
    world.clock.set(2026, 3, 20, 9)
    world.session(START + timedelta(days=2), students=[world.ben])
    close_outs = world.close_outs()
    for session in (first, second):
        close_outs.close(CloseSession(session))
    assert (world.charges(first), world.charges(second)) == ([], [4800])
    shorter = CloseSession(first, minutes=30, is_correction=True)
    assert close_outs.preview(CloseSession(first, minutes=60)).stays == ()
    [sentence] = close_outs.preview(shorter).stays
    assert "“One hour” does not reach the session of 04 Mar 2026" in sentence
    tutors = world.close_outs(world.tutor_desk().actor)
    assert tutors.preview(shorter).stays == ()
    close_outs.close(shorter)
    assert world.charges(second) == [4800]
    close_outs.close(CloseSession(second, minutes=60))
    assert world.charges(second) == [2400]


def test_sessions_that_the_package_never_covers_are_left_out(world: World) -> None:
    sell_an_hour(world, expires_days=3)
    first, late = world.session(), world.session(START + timedelta(days=7))
    world.clock.set(2026, 3, 20, 9)
    close_outs = world.close_outs()
    for session in (first, late):
        close_outs.close(CloseSession(session))
    shorter = CloseSession(first, minutes=30, is_correction=True)
    assert close_outs.preview(shorter).stays == ()


def test_an_earlier_session_is_not_told_to_be_closed_again(world: World) -> None:
    sell_an_hour(world)
    first, second = world.session(), world.session(START + timedelta(days=1))
    world.clock.set(2026, 3, 20, 9)
    close_outs = world.close_outs()
    for session in (second, first):
        close_outs.close(CloseSession(session))
    assert (world.charges(first), world.charges(second)) == ([4800], [])
    shorter = CloseSession(second, minutes=30, is_correction=True)
    assert close_outs.preview(shorter).stays == ()
