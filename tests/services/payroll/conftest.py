"""A small office that pays tutors."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.services.desk import Desk
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.payroll.scene import Scene, make_scene


@pytest.fixture
def desk(database: Database, clock: FakeClock) -> Desk:
    """The desk of the office's owner."""
    return Scene.desk_of(database, clock)


@pytest.fixture
def scene(database: Database, clock: FakeClock, make: Make) -> Scene:
    """An office with Anna, who gets 27.00 an hour for maths at 48.00."""
    return make_scene(database, clock, make)
