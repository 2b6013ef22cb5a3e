"""Eight desktops race for the same times of one tutor: exactly one wins each.

The check in the service and the guard in the database each hold alone. Without both of
them the same race books twice, which shows that it is a race.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from app.models.database import Database
from app.models.scheduling import Session, occupancy
from app.models.values.schedule import Unknown
from tests.factories import Make
from tests.processes import CONTEXT
from tests.races.bookers import Racer, Tally, line_up, race

DESKS = 8


def run(address: str, make: Make, slots: int, *, is_checked: bool) -> list[Tally]:
    """Let eight processes race, and give what each came to."""
    make.office(zone="UTC", unknown_availability=Unknown.ALWAYS)
    assert make.tutor("Anna") == 1
    assert make.offering("Maths") == 1
    racers = [
        Racer(address, number, make.student(), slots, is_checked)
        for number in range(DESKS)
    ]
    return _let_run(racers)


def _let_run(racers: list[Racer]) -> list[Tally]:
    barrier = CONTEXT.Barrier(DESKS)
    with CONTEXT.Pool(DESKS, line_up, (barrier,)) as pool:
        tallies = pool.map(race, racers, chunksize=1)
        pool.close()
        pool.join()
    return tallies


def double_bookings(database: Database) -> int:
    """Count the sessions that begin before the tutor's former one has ended."""
    with database.snapshot() as snapshot:
        spans = snapshot.execute(
            select(Session.starts_at, Session.ends_at).order_by(Session.starts_at)
        ).all()
    return sum(later[0] < former[1] for former, later in pairwise(spans))


def told(tallies: list[Tally]) -> Counter[str]:
    return sum((tally.told for tally in tallies), Counter[str]())


FEW = 10  # slots
many = pytest.param(200, marks=[pytest.mark.long, pytest.mark.timeout(600)])


@pytest.mark.parametrize("slots", [FEW, many])
def test_exactly_one_wins_and_the_others_get_the_clash_sentence(
    address: str, database: Database, make: Make, slots: int
) -> None:
    tallies = run(address, make, slots, is_checked=True)
    won = Counter(slot for tally in tallies for slot in tally.won)
    assert won == dict.fromkeys(range(slots), 1)
    assert double_bookings(database) == 0
    losers = told(tallies)
    assert losers["clash"] == losers["sentences"] == slots * (DESKS - 1)
    with database.snapshot() as snapshot:
        rows = snapshot.scalars(select(func.count()).select_from(occupancy)).one()
    assert rows == 2 * slots


@pytest.mark.parametrize("slots", [FEW, many])
def test_the_databases_guard_holds_alone(
    address: str, database: Database, make: Make, slots: int
) -> None:
    tallies = run(address, make, slots, is_checked=False)
    won = Counter(slot for tally in tallies for slot in tally.won)
    assert won == dict.fromkeys(range(slots), 1)
    assert double_bookings(database) == 0
    assert told(tallies)["taken"] == slots * (DESKS - 1)


def test_no_more_students_than_seats_get_into_a_shared_room(
    address: str, make: Make
) -> None:
    make.office(zone="UTC", unknown_availability=Unknown.ALWAYS)
    assert make.offering("Maths") == 1
    seats = 3
    room = make.room(seats=seats, is_single_use=False)
    racers = [
        Racer(
            *(address, number, make.student(), FEW),
            is_checked=True,
            tutor_id=make.tutor(),
            room_id=room,
        )
        for number in range(DESKS)
    ]
    tallies = _let_run(racers)
    won = Counter(slot for tally in tallies for slot in tally.won)
    assert won == dict.fromkeys(range(FEW), seats)
    losers = told(tallies)
    assert losers["clash"] == losers["sentences"] == FEW * (DESKS - seats)


def test_without_check_and_guard_the_same_race_books_twice(
    address: str, database: Database, make: Make
) -> None:
    with make.transaction() as transaction:
        connection = transaction.connection()
        if database.is_sqlite:
            connection.exec_driver_sql("DROP TRIGGER occupancy_insert")
        else:
            connection.exec_driver_sql(
                "ALTER TABLE occupancy DROP CONSTRAINT ex_occupancy_overlap"
            )
    tallies = run(address, make, FEW, is_checked=False)
    assert sum(len(tally.won) for tally in tallies) == FEW * DESKS
    assert double_bookings(database) == FEW * (DESKS - 1)
