"""Four processes bill, or pay, the same month at once: each number is given once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.kills.judging import books, faults
from tests.kills.victims import Order, ended, start
from tests.month import FEBRUARY
from tests.once import Fresh
from tests.processes import CONTEXT

DESKS = 4


def race(office: str, verb: str, *, is_careless: bool = False) -> list[int]:
    """Let four processes do the same at once, and give their exit codes."""
    order = Order((verb, *FEBRUARY, "--office", office), is_careless=is_careless)
    barrier = CONTEXT.Barrier(DESKS)
    desks = [start(order, barrier) for _number in range(DESKS)]
    return [ended(desk, 120) for desk in desks]


def receivers(rows: Sequence[tuple[str, str, int]]) -> list[tuple[str, int]]:
    """Give who got how much, in whatever order."""
    return sorted((name, total) for _number, name, total in rows)


@pytest.mark.parametrize("verb", ["bill", "pay"])
@pytest.mark.parametrize(
    "times", [1, pytest.param(25, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_four_desks_at_once_give_each_number_once(
    fresh: Fresh, verb: str, times: int
) -> None:
    alone = fresh()
    assert ended(start(Order((verb, *FEBRUARY, "--office", alone)))) == 0
    wanted = books(alone)
    for _time in range(times):
        office = fresh()
        assert race(office, verb) == [0] * DESKS
        assert not faults(office)
        found = books(office)
        assert receivers(found.documents) == receivers(wanted.documents)
        assert receivers(found.statements) == receivers(wanted.statements)
        assert found.charges_waiting == wanted.charges_waiting
        assert found.lines_waiting == wanted.lines_waiting
        assert ended(start(Order(("check", "--office", office)))) == 0


def test_without_transactions_the_same_race_goes_wrong(fresh: Fresh) -> None:
    alone = fresh()
    order = Order(("bill", *FEBRUARY, "--office", alone), is_careless=True)
    assert ended(start(order)) == 0
    assert not faults(alone)
    for _time in range(5):
        office = fresh()
        race(office, "bill", is_careless=True)
        if faults(office):
            return
    pytest.fail("nobody noticed")
