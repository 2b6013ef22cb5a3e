"""What the tests of billing share."""

from __future__ import annotations

import pytest

from app.models.database import Database
from app.models.values.actors import COMMAND_LINE
from app.services.desk import Desk
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.billing.books import Books


@pytest.fixture
def books(database: Database, clock: FakeClock, make: Make) -> Books:
    """An office whose sessions are held and billed in one line each."""
    clock.set(2026, 11, 30, 18)
    books = Books.begin(make, Desk(database, clock, COMMAND_LINE))
    assert isinstance(books, Books)
    return books
