"""Neighbours of planned times, found in one statement, against looking at all rows."""

from __future__ import annotations

import random

from sqlalchemy import insert

from app.models.scheduling import occupancy, occupancy_override
from app.models.values.occupancy import MINUTE_BITS
from app.services.scheduling.neighbours import Probe, Row, around, held_in
from tests.services.scheduling.conftest import Scene, statements_of, wall

BASE = 29_000_000
RESOURCES = 6


def filled(scene: Scene, chance: random.Random) -> dict[int, list[Row]]:
    """Lay rows that do not overlap on some resources, under two sessions' ids."""
    first = scene.book(wall("2020-01-01T10:00")).session_id
    second = scene.book(wall("2020-01-01T12:00")).session_id
    rows: dict[int, list[Row]] = {}
    for number in range(RESOURCES):
        start, taken = BASE, []
        for _ in range(40):
            start += chance.randrange(0, 90)
            end = start + chance.randrange(15, 120)
            taken.append(Row(start, end, chance.choice((first, second))))
            start = end
        rows[number * 7 + 1000] = taken
    with scene.make.transaction() as transaction:
        transaction.execute(
            insert(occupancy),
            [
                {
                    "starts": number << MINUTE_BITS | row.start,
                    "ends": number << MINUTE_BITS | row.end,
                    "session_id": row.session_id,
                }
                for number, taken in rows.items()
                for row in taken
            ],
        )
    return rows


def test_the_row_before_and_the_row_after_are_found(scene: Scene) -> None:
    chance = random.Random(20261124)  # noqa: S311  the same each time
    rows = filled(scene, chance)
    one = next(iter(rows.values()))[0].session_id
    probes = [
        Probe(chance.choice([*rows, 3, 999_999]), start, start + 60)
        for start in (BASE + chance.randrange(-300, 5200) for _ in range(300))
    ]
    for without in ((), (one,)):
        with (
            scene.desk.snapshot() as snapshot,
            statements_of(scene.desk.database) as said,
        ):
            found = around(snapshot, probes, without)
        assert len([text for text in said if "VALUES" in text]) == 1
        for probe, near in zip(probes, found, strict=True):
            known = [
                row
                for row in rows.get(probe.resource, ())
                if row.session_id not in without
            ]
            wanted = [row for row in known if row.start < probe.end][-1:]
            wanted += [row for row in known if row.start >= probe.end][:1]
            assert near == wanted


def test_overridden_rows_near_by_are_found_too(scene: Scene) -> None:
    session = scene.book(wall("2020-01-01T10:00")).session_id
    base = 4001 << MINUTE_BITS
    with scene.make.transaction() as transaction:
        transaction.execute(
            insert(occupancy_override),
            [
                {
                    "starts": base | BASE + shift,
                    "ends": base | BASE + shift + 600,
                    "session_id": session,
                }
                for shift in (-5000, -500, -30, 30)
            ],
        )
    with scene.desk.snapshot() as snapshot:
        found = around(snapshot, [Probe(4001, BASE, BASE + 60)])[0]
        assert around(snapshot, [Probe(4001, BASE, BASE + 60)], [session]) == [[]]
    assert sorted(row.start - BASE for row in found) == [-500, -30, 30]


def test_what_is_held_in_a_stretch_is_listed_in_order(scene: Scene) -> None:
    rows = filled(scene, random.Random(7))  # noqa: S311  the same each time
    number, taken = next(iter(rows.items()))
    start, end = taken[3].end, taken[9].start
    with scene.desk.snapshot() as snapshot:
        found = held_in(snapshot, [number, 4], start, end)
        assert held_in(snapshot, [], start, end) == {}
    assert found == {number: taken[4:9], 4: []}


def test_many_probes_are_asked_in_parts(scene: Scene) -> None:
    probes = [Probe(1, BASE + number, BASE + number + 1) for number in range(4500)]
    with scene.desk.snapshot() as snapshot:
        with statements_of(scene.desk.database) as said:
            assert around(snapshot, probes) == [[] for _ in probes]
        assert len([text for text in said if "VALUES" in text]) == 3
        assert around(snapshot, []) == []
