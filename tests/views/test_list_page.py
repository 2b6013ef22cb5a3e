"""Pages that are one list come back as they stood, and open with their view."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.services.tasks import AddTask
from app.views import icons
from app.views.journal.page import JournalPage
from app.views.list_page import ListPage
from app.views.tasks.page import TasksPage
from app.views.tools import Tools, Word


def opened(qtbot: QtBot, page: ListPage) -> Any:  # noqa: ANN401  one of several pages
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.refresh()
    return page


@pytest.fixture
def tasks(tools: Tools, qtbot: QtBot) -> TasksPage:
    """A page with a late task and one that is not."""
    today = tools.formats.local(tools.clock.now()).date()
    for what, days in (("Call the printer", -3), ("Order chalk", 5)):
        request = AddTask(what=what, due_on=today + timedelta(days=days))
        tools.office.tasks.add_task(request)
    made = opened(qtbot, TasksPage(tools))
    assert isinstance(made, TasksPage)
    return made


def whats(page: TasksPage) -> list[str]:
    return [line.row.what for line in page.table.model.rows]


def test_a_chip_and_a_word_filter_the_list_and_stand_again(
    tasks: TasksPage, tools: Tools, qtbot: QtBot
) -> None:
    tasks.chips.choose("late")
    assert "Call the printer" in whats(tasks)
    assert "Order chalk" not in whats(tasks)
    tasks.search.setText("printer")
    [line] = tasks.table.model.rows
    assert tasks.table.select(line.row.task_id)
    standing = tasks.standing()
    again = opened(qtbot, TasksPage(tools))
    again.stand(standing)
    assert whats(again) == ["Call the printer"]
    assert again.table.current() == line
    again.stand({})
    assert again.search.text() == ""
    assert "Order chalk" in whats(again)


def test_the_page_opens_with_its_default_view(
    tasks: TasksPage, tools: Tools, qtbot: QtBot
) -> None:
    said = list[object]()
    tasks.said.connect(said.append)
    tasks.table.columns.set_visible("source", visible=False)
    tasks.chips.choose("late")
    tasks.view.save("Late ones", is_default=True)
    tasks.chips.choose("")
    assert said == [Word("The view “Late ones” was saved.")]
    again = opened(qtbot, TasksPage(tools))
    assert again.view.text() == "Late ones"
    assert again.chips.current == "late"
    assert not again.table.columns.is_visible("source")
    assert whats(again) == ["Call the printer"]


def test_the_journal_counts_and_filters_what_changed(
    tasks: TasksPage, tools: Tools, qtbot: QtBot
) -> None:
    assert tasks.table.model.total
    page = opened(qtbot, JournalPage(tools))
    total = page.table.model.total
    page.chips.choose("sessions")
    assert 0 < len(page.table.model.rows) < total
    views, inspect = page.commands()["view"]
    assert views is page.views
    assert inspect.shortcut().toString() == "Ctrl+I"
    row = page.table.model.rows[0]
    page.table.select(page.table.model.key(row))
    assert page.inspector.isVisibleTo(page)
    inspect.trigger()
    assert not page.inspector.isVisibleTo(page)
    inspect.trigger()
    assert page.inspector.isVisibleTo(page)
    page.find_in_page()
    page.search.setText("nothing that was ever done")
    assert page.table.model.rows == []
    assert page.standing()["chip"] == "sessions"


def test_what_can_be_done_with_ticked_tasks_shows_its_own_icon(
    tasks: TasksPage, qtbot: QtBot
) -> None:
    tasks.show()
    qtbot.waitExposed(tasks)
    with qtbot.captureExceptions() as raised:
        tasks.table.grid.toggle_all()
        tasks.grab()
    assert raised == []
    assert tasks.bulk.isVisible()
    given = [icons.name_of(one) for one in (tasks.done, tasks.give, tasks.move_day)]
    assert given == ["check", "user", "calendar-clock"]
