"""An office whose Tuesday can be looked at, by the office and by a tutor."""

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
from app.views.formats import Formats
from app.views.state import State
from app.views.today.page import TodayPage
from app.views.tools import Link, Tools, Word
from tests.factories import Make
from tests.fakes import FakeClock, InlineJobs, ScriptedPrompts
from tests.services.closing.world import OFFICE, World

OpenPage = Callable[..., "Seen"]


class Seen:
    """A page with what it said and where it led."""

    def __init__(self, page: TodayPage, office: Office) -> None:
        self.page, self.office = page, office
        self.words: list[Word] = []
        self.links: list[Link] = []
        page.said.connect(self.words.append)
        page.went.connect(self.links.append)

    @property
    def needs(self) -> list[str]:
        """The keys of what needs the office, in order."""
        return [item.key for item in self.page.needs_card.items]


@pytest.fixture
def clock() -> FakeClock:
    """A clock at Tuesday, 3 March 2026, 15:30 UTC, half an hour before a session."""
    clock = FakeClock()
    clock.set(2026, 3, 3, 15, 30)
    return clock


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
        page = TodayPage(tools)
        qtbot.addWidget(page)
        page.resize(1236, 840)
        page.show()
        page.activateWindow()
        page.day_card.setFocus()
        qtbot.waitUntil(page.day_card.hasFocus, timeout=2000)
        return Seen(page, office)

    yield open_page
    for office in offices:
        office.close()
