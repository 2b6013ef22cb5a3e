"""The office that the tests of undoing work in."""

from __future__ import annotations

import pytest

from app.models.database import Database
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.closing.world import World


@pytest.fixture
def world(database: Database, clock: FakeClock, make: Make) -> World:
    """An office with a tutor and two families, on both databases."""
    return World(database, clock, make)
