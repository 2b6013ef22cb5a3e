"""Whoever presses everything at random harms neither the window nor the books."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from app.views.jobs import BackgroundJobs
from app.views.state import State
from tests.fakes import FakeClock
from tests.mischief.seat import Seat
from tests.mischief.standing_in import ChancePrompts, TurnJobs
from tests.mischief.visitor import Visitor
from tests.mischief.watch import Watch
from tests.views.conftest import (  # noqa: F401
    _collector,
    _dressed,
    _tidy_windows,
    state,
)

pytestmark = pytest.mark.qt_no_exception_capture

Play = Callable[[int, int, TurnJobs | BackgroundJobs], None]


@pytest.fixture
def play(
    _dressed: None,  # noqa: F811
    month_sqlite: str,
    clock: FakeClock,
    state: State,  # noqa: F811
    tmp_path: Path,
) -> Play:
    """Lets a visitor play at a desk of the small office, and checks its books."""

    def play_once(seed: int, deeds: int, jobs: TurnJobs | BackgroundJobs) -> None:
        chance = Random(seed)  # noqa: S311  it keeps no secret
        prompts = ChancePrompts(chance, tmp_path / "files")
        with Watch() as watch:
            seat = Seat(month_sqlite, clock, state, prompts, jobs)
            try:
                visitor = Visitor(seat, chance, watch, tmp_path / "deeds.txt")
                visitor.play(deeds)
                checked = seat.check()
            finally:
                seat.close()
        assert checked.is_ok, checked.findings
        assert not watch.faults, watch.faults[0]

    return play_once


@pytest.mark.parametrize("seed", [1, 2])
def test_a_restless_visitor_harms_nothing(play: Play, seed: int) -> None:
    play(seed, 500, TurnJobs())


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(101, 106))
def test_a_visitor_who_stays_harms_nothing(play: Play, seed: int) -> None:
    play(seed, 4000, BackgroundJobs())
