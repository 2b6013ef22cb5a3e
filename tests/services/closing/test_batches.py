"""Sessions that share what pays for them are settled one after the other."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.agreements import Lot, Package
from app.models.people import Student
from app.models.values.billing import LotUnit
from app.services.closing.batches import batches
from app.services.closing.requests import CloseSession
from tests.services.closing.world import START, World


def sessions(world: World, count: int) -> list[int]:
    return [world.session(START - timedelta(days=day)) for day in range(count)]


def lot(world: World, minutes: int) -> None:
    code = world.make.tax_code("0")
    package = Package(name="Two", units=minutes, price=9000, tax_code_id=code)
    with world.database.snapshot() as snapshot:
        household = snapshot.get_one(Student, world.maya).household_id
    world.make.save(
        Lot(
            package_id=world.make.save(package),
            household_id=household,
            bought_on=date(2026, 1, 1),
            unit=LotUnit.MINUTES,
            granted=minutes,
            price=9000,
        )
    )


def sizes(world: World, ids: list[int]) -> list[int]:
    with world.desk().transaction("try") as transaction:
        found = batches(transaction, [CloseSession(each) for each in ids])
        return [len(batch) for batch in found]


def test_sessions_that_share_nothing_go_together(world: World) -> None:
    assert sizes(world, sessions(world, 3)) == [3]


def test_a_household_with_a_package_is_settled_session_by_session(
    world: World,
) -> None:
    ids = sessions(world, 3)
    lot(world, 120)
    assert sizes(world, ids) == [1, 1, 1]


def test_the_same_session_twice_is_closed_twice(world: World) -> None:
    (once,) = sessions(world, 1)
    assert sizes(world, [once, once]) == [1, 1]


def test_a_package_is_used_up_in_the_order_of_closing(world: World) -> None:
    ids = sessions(world, 3)
    lot(world, 120)
    done = world.close_outs().close_many([CloseSession(each) for each in ids])
    assert [each.charged for each in done.closed] == [0, 0, 4800]
