"""The page of tutors, shown, in an office whose March is planned."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.views.tools import Link, Place, Tools
from app.views.tutors.page import TutorsPage


@pytest.fixture
def page(tools: Tools, qtbot: QtBot) -> Iterator[TutorsPage]:
    """The page in a window of its own, at the record of Ann."""
    made = TutorsPage(tools)
    qtbot.addWidget(made)
    made.resize(1236, 846)
    made.show()
    made.activateWindow()
    ann = next(one for one in tools.office.tutors.tutors() if one.name == "Ann Teacher")
    made.show_link(Link(Place.TUTORS, "tutor", ann.tutor_id))
    yield made
    made.close()
