"""Every case comes out as it says, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.models.base import Model
from app.models.database import Database
from app.models.values.errors import OfficeError
from app.services.checking.check import _CHECKS
from app.services.desk import Desk
from app.services.office import furnish
from tests.fakes import FakeClock
from tests.golden.comparing import differences, unmatched
from tests.golden.founding import found
from tests.golden.names import ADMINISTRATOR
from tests.golden.outcome import Outcome
from tests.golden.playing import Player
from tests.golden.reading import case_files, read_case
from tests.golden.series_playing import SeriesPlayer
from tests.golden.series_story import SeriesStory
from tests.golden.steps import Step
from tests.golden.story import Story
from tests.golden.timing import CaseClock

FILES = case_files()


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_case_comes_out_as_it_says(
    file: Path, database: Database, clock: FakeClock
) -> None:
    case = read_case(file)
    desk = Desk(database, clock, ADMINISTRATOR, "golden")
    if isinstance(case, SeriesStory):
        play_series(case, desk, clock)
    else:
        play_story(case, desk, clock)
    assert not wrong_in(database)


def play_story(told: Story, desk: Desk, clock: FakeClock) -> Outcome:
    """Play a money story and compare what came out."""
    office = furnish(desk)
    shown = CaseClock(clock, told.office.zone, told.first_day, told.now)
    names = found(office, told)
    player = Player(office, told, names, shown)
    is_refused = told.expect.get("refused", False)
    play(player.play, told.steps, desk.database, is_refused=is_refused)
    outcome = Outcome(office, desk, names)
    assert not differences(told, outcome)
    return outcome


def play_series(
    told: SeriesStory, desk: Desk, clock: FakeClock
) -> list[dict[str, Any]]:
    """Play a series case and compare the sessions that stand."""
    shown = CaseClock(clock, told.office.zone, told.first_day, told.now)
    player = SeriesPlayer(furnish(desk), told, shown)
    is_refused = told.expect.get("refused", False)
    play(player.play, told.steps, desk.database, is_refused=is_refused)
    sessions = player.sessions()
    compare_sessions(told, sessions)
    return sessions


def compare_sessions(told: SeriesStory, sessions: list[dict[str, Any]]) -> None:
    """Compare all sessions that stand, in the keys given."""
    wanted = told.expect.get("sessions")
    if wanted is not None:
        assert len(wanted) == len(sessions), sessions
        assert not unmatched(wanted, sessions, told.office.currency), sessions


def play(
    do: Callable[[Step], None],
    steps: Sequence[Step],
    database: Database,
    *,
    is_refused: bool,
) -> None:
    """Do all steps; a refused last one says why and changes nothing at all."""
    if not is_refused:
        for step in steps:
            do(step)
        return
    for step in steps[:-1]:
        do(step)
    before = everything(database)
    with pytest.raises(OfficeError) as refusal:
        do(steps[-1])
    assert str(refusal.value).endswith("."), "a refusal is one sentence"
    assert everything(database) == before


def wrong_in(database: Database) -> list[str]:
    """List what the program's own checks of timetable, books and seals find wrong."""
    with database.snapshot() as snapshot:
        found = [finding for check in _CHECKS for finding in check(snapshot)]
    return [finding.message for finding in found if finding.is_error]


def everything(database: Database) -> dict[str, list[Any]]:
    """Read all that is kept, the journal included."""
    with database.snapshot() as snapshot:
        return {
            table.name: sorted(map(repr, snapshot.execute(select(table)).all()))
            for table in Model.metadata.sorted_tables
        }
