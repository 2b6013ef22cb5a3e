"""What the tests of charging share."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.models.values.actors import COMMAND_LINE
from app.services.desk import Desk
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.charging.story import Story


@pytest.fixture
def story(database: Database, clock: FakeClock, make: Make) -> Story:
    """An office whose sessions are closed out and called off in one line each."""
    return Story.begin(make, Desk(database, clock, COMMAND_LINE))
