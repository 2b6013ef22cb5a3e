"""The page of families acts on the family that is meant, read or not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.views.students.dialogs import NewStudent
from app.views.students.page import StudentsPage
from app.views.tools import Tools


@pytest.fixture
def page(tools: Tools, qtbot: QtBot) -> Iterator[StudentsPage]:
    made = StudentsPage(tools)
    qtbot.addWidget(made)
    made.resize(1236, 846)
    made.show()
    yield made
    made.close()


def added_family(page: StudentsPage, name: str) -> int:
    """Add a family in the window and give its number."""
    dialog = page.ask_family()
    dialog.name.setText(name)
    dialog.submit()
    assert not dialog.isVisible()
    families = page.tools.office.households.households()
    return next(one.household_id for one in families if one.name == name)


def test_a_new_student_belongs_to_the_family_just_added(page: StudentsPage) -> None:
    assert page.list.current_line() is not None
    family = added_family(page, "Quibble")
    page.new_student.trigger()
    dialog = page.findChildren(NewStudent)[-1]
    dialog.name.setText("Quentin Quibble")
    dialog.submit()
    students = page.tools.office.households.household(family).students
    assert [one.name for one in students] == ["Quentin Quibble"]


def test_nothing_is_archived_before_it_is_read(page: StudentsPage) -> None:
    added_family(page, "Quibble")
    said: list[object] = []
    page.said.connect(said.append)
    page.archive.trigger()
    assert said == []
    page.refresh()
    page.archive.trigger()
    assert len(said) == 1
    families = page.tools.office.households.households()
    assert "Quibble" not in {one.name for one in families}
