"""Pages hear of changes in tables that there are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.models.base import Model
from app.services.availability.requests import AddLeave
from app.views.calendar.page import CalendarPage
from app.views.pages import PAGES, PageEntry
from app.views.settings.entries import SECTIONS
from app.views.tools import Tools


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.kind.__name__)
def test_a_page_hears_of_tables_that_there_are(entry: PageEntry) -> None:
    assert entry.kind.tables <= set(Model.metadata.tables)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.place)
def test_an_entry_calls_a_page_what_it_calls_itself(entry: PageEntry) -> None:
    kind = entry.kind
    assert (entry.place, entry.title, entry.icon) == (kind.place, kind.title, kind.icon)


def test_a_section_of_the_settings_hears_of_tables_that_there_are(
    tools: Tools, qtbot: QtBot
) -> None:
    for entry in SECTIONS:
        section = entry.make(tools)
        qtbot.addWidget(section)
        named = frozenset(getattr(section, "tables", ()))
        assert named <= set(Model.metadata.tables), entry.key


def test_leave_is_read_into_the_calendar_at_once(tools: Tools, qtbot: QtBot) -> None:
    page = CalendarPage(tools)
    qtbot.addWidget(page)
    page.show()
    former = page.reading
    tutor = tools.office.tutors.tutors()[0].tutor_id
    start = tools.formats.local(tools.clock.now()).replace(tzinfo=None)
    request = AddLeave(tutor, start, start + timedelta(hours=3))
    tools.office.availability.add_leave(request)
    qtbot.waitUntil(lambda: page.reading is not former)
