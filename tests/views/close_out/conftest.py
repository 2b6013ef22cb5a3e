"""An office with a tutor and families whose sessions wait for their close-out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from pytestqt.qtbot import QtBot

from app.bootstrap import database_url, open_office
from app.models.database import Database
from app.models.values.actors import Actor, Role
from app.services.office import Office
from app.views.changes import ChangeBus
from app.views.close_out.page import CloseOutPage
from app.views.formats import Formats
from app.views.state import State
from app.views.tools import Tools, Word
from tests.factories import Make
from tests.fakes import FakeClock, InlineJobs, ScriptedPrompts
from tests.services.closing.world import OFFICE, World

OpenPage = Callable[..., "Seen"]


class Seen:
    """A page with what it said."""

    def __init__(self, page: CloseOutPage, office: Office) -> None:
        self.page, self.office = page, office
        self.words: list[Word] = []
        page.said.connect(self.words.append)

    @property
    def open(self) -> list[int]:
        """The sessions that wait, by the office."""
        waiting = self.office.close_outs.open_close_outs()
        return [row.session_id for row in waiting]


@pytest.fixture
def world(sqlite_address: str, clock: FakeClock) -> Iterator[World]:
    """Anna teaches Maya and Ben; 48 an hour is charged, 27 an hour is paid."""
    database = Database(database_url(sqlite_address))
    with closing(database):
        yield World(database, clock, Make(database, clock))


@pytest.fixture
def show(
    _dressed: None,
    sqlite_address: str,
    clock: FakeClock,
    state: State,
    prompts: ScriptedPrompts,
    formats: Formats,
    qtbot: QtBot,
) -> Iterator[OpenPage]:
    """Shows the page to somebody, the office's administrator unless said."""
    offices: list[Office] = []

    def open_page(tutor: int | None = None) -> Seen:
        actor = Actor("Anna", Role.TUTOR, tutor) if tutor else OFFICE
        office = open_office(sqlite_address, clock=clock, actor=actor)
        offices.append(office)
        bus, jobs = ChangeBus(office), InlineJobs()
        tools = Tools(office, jobs, bus, prompts, formats, clock, state)
        page = CloseOutPage(tools)
        qtbot.addWidget(page)
        page.resize(1236, 840)
        page.show()
        page.activateWindow()
        if page.board.open:
            page.rows.setFocus()
            qtbot.waitUntil(page.rows.hasFocus, timeout=2000)
        return Seen(page, office)

    yield open_page
    for office in offices:
        office.close()
