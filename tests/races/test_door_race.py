"""Of several starts of the program at once exactly one opens the office's window."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest

from app.views.shell import single
from tests.processes import CONTEXT
from tests.races.doormen import come, line_up

STARTS, TURNS = 4, 3


def let_in(address: str) -> int:
    """Let several processes start at once, and count those who got in."""
    barrier = CONTEXT.Barrier(STARTS)
    with CONTEXT.Pool(STARTS, line_up, (barrier,)) as pool:
        return sum(pool.map(come, [address] * STARTS, chunksize=1))


@pytest.mark.parametrize("_turn", range(TURNS))
def test_one_of_several_starts_at_once_gets_in(_turn: int) -> None:
    assert let_in(f"door {uuid4()}") == 1


def test_the_key_of_a_program_that_was_killed_is_taken_over() -> None:
    name = f"chalkbook-{uuid4().hex[:24]}"
    process = CONTEXT.Process(target=_hold, args=(name,))
    process.start()
    process.join(60)
    assert process.exitcode == 0
    key = single._key_of(name)
    assert key.tryLock(0)
    key.unlock()


def _hold(name: str) -> None:
    """Take a key and end without giving it back."""
    key = single._key_of(name)
    os._exit(0 if key.tryLock(0) else 1)
