"""The desks at which the tests of services sit."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.models.values.actors import Actor, Role
from app.services.desk import Desk
from tests.factories import Make
from tests.fakes import FakeClock


@pytest.fixture
def desk(database: Database, clock: FakeClock, make: Make) -> Desk:
    """An owner's desk in an office in London that counts in pounds."""
    make.office()
    return Desk(database, clock, Actor("Olga", Role.OWNER), "front desk")


def tutor_desk(desk: Desk, tutor_id: int) -> Desk:
    """Give the desk with a tutor at it."""
    return desk.sat_at_by(Actor("Tina", Role.TUTOR, tutor_id))
