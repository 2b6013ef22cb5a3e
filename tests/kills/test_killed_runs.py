"""An invoice run and a pay run that are killed anywhere lose and double nothing.

Every kill is a real SIGKILL of a real process. What is left is judged by plain SQL, and
the next run must finish the work as if nothing had happened.
"""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass, field
from itertools import count
from random import Random

import pytest

from tests.kills.judging import Books, books, faults
from tests.kills.victims import (
    AFTER_COMMIT,
    BEFORE_COMMIT,
    WRITE,
    Order,
    count_writes,
    ended,
    start,
)
from tests.month import FEBRUARY
from tests.once import Fresh

KILLED = -signal.SIGKILL


@dataclass(slots=True)
class Killing:
    """Starts one verb again and again, and kills it.

    Attributes:
        wanted: what an office looks like when nobody disturbs the run.
        seconds: how long that takes.
        writes: how many statements of it change the database.
        seen: how many documents and statements there were at each kill.
    """

    verb: str
    fresh: Fresh
    wanted: Books = field(init=False)
    seconds: float = field(init=False)
    writes: int = field(init=False)
    seen: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writes = count_writes(self.order(self.fresh()))
        office = self.fresh()
        began = time.monotonic()
        self.finish(office)
        self.seconds = time.monotonic() - began
        self.wanted = books(office)

    def order(self, office: str, **more: object) -> Order:
        return Order((self.verb, *FEBRUARY, "--office", office), **more)  # type: ignore[arg-type]

    def finish(self, office: str) -> None:
        assert ended(start(self.order(office))) == 0

    def kill_after(self, office: str, seconds: float) -> bool:
        """Kill a run after some time; False if it had ended before."""
        process = start(self.order(office))
        process.join(seconds)
        process.kill()
        return ended(process) == KILLED

    def kill_at_write(self, office: str, number: int) -> bool:
        """Kill a run at one of its statements; False if it needed fewer."""
        order = self.order(office, dies_at=WRITE, number=number)
        return ended(start(order)) == KILLED

    def judge(self, office: str) -> None:
        """Look at what a killed run has left."""
        assert not faults(office)
        found = books(office)
        self.seen.append(len(found.documents) + len(found.statements))

    def complete(self, office: str) -> None:
        """Let the next run finish, and compare with an undisturbed one."""
        self.finish(office)
        assert not faults(office)
        assert books(office) == self.wanted

    def check(self, office: str) -> None:
        """Have the program look too."""
        assert ended(start(Order(("check", "--office", office)))) == 0

    @property
    def half_way(self) -> int:
        """Count the kills that found some of the work done, and some not."""
        most = len(self.wanted.documents) + len(self.wanted.statements)
        return sum(0 < seen < most for seen in self.seen)


many = pytest.param(100, marks=[pytest.mark.long, pytest.mark.timeout(1800)])


few = pytest.param(15, marks=[pytest.mark.timeout(400)])


@pytest.mark.parametrize("kills", [few, many])
@pytest.mark.parametrize("verb", ["bill", "pay"])
def test_a_run_that_is_killed_at_any_moment_is_finished_by_the_next(
    fresh: Fresh, verb: str, kills: int
) -> None:
    killing = Killing(verb, fresh)
    random = Random(f"{verb} {kills}")  # noqa: S311  any moments will do
    while len(killing.seen) < kills:
        office = fresh()
        killing.kill_at_write(office, random.randint(1, killing.writes))
        killing.judge(office)
        for _again in range(2):
            if not killing.kill_after(office, random.uniform(0, killing.seconds)):
                break
            killing.judge(office)
        killing.complete(office)
        killing.check(office)
    assert killing.half_way >= max(1, kills // 10)


every_one = [pytest.mark.long, pytest.mark.timeout(1800)]


@pytest.mark.parametrize("side", [BEFORE_COMMIT, AFTER_COMMIT])
@pytest.mark.parametrize(
    ("verb", "every"),
    [
        ("bill", 10),
        ("pay", 3),
        pytest.param("bill", 1, marks=every_one),
        pytest.param("pay", 1, marks=every_one),
    ],
)
def test_a_run_can_be_killed_on_either_side_of_every_commit(
    fresh: Fresh, verb: str, side: str, every: int
) -> None:
    killing = Killing(verb, fresh)
    for number in count(1, every):
        office = fresh()
        order = killing.order(office, dies_at=side, number=number)
        if ended(start(order)) != KILLED:
            break
        killing.judge(office)
        killing.complete(office)
    assert killing.half_way


def test_without_transactions_the_same_kills_leave_faults(fresh: Fresh) -> None:
    killing = Killing("bill", fresh)
    found: list[str] = []
    for number in range(20, 80, 6):
        office = fresh()
        order = killing.order(office, dies_at=WRITE, number=number, is_careless=True)
        assert ended(start(order)) == KILLED
        found += faults(office)
        if found:
            return
    pytest.fail("nothing was noticed")
