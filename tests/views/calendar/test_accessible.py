"""Who hears the screen finds every session: name, place, and where the keyboard is."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from shiboken6 import dump

from app.views.calendar.accessible import handle_of
from app.views.calendar.views import View
from tests.views.calendar.conftest import MONDAY, Desk

AHMED = 6


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """Behave as if a screen reader ran."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def grid_of(desk: Desk) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(desk.page.canvas)
    assert found is not None
    return found


def children(desk: Desk) -> list[QAccessibleInterface]:
    grid = grid_of(desk)
    found = [grid.child(n) for n in range(grid.childCount())]
    assert None not in found
    return found


def names(desk: Desk) -> list[str]:
    return [one.text(QAccessible.Text.Name) for one in children(desk)]


def test_every_session_is_a_child_with_a_whole_name(desk: Desk) -> None:
    assert len(names(desk)) == len(desk.page.canvas.scene.placed)
    assert (
        "Sam Ahmed, Maths, Mon 9 Mar 14:00 to 15:00, with Ann Teacher, planned"
        in names(desk)
    )
    assert {one.role() for one in children(desk)} == {QAccessible.Role.ListItem}


def test_a_child_lies_where_it_is_drawn(desk: Desk) -> None:
    desk.placed(AHMED)
    name = "Sam Ahmed"
    child = next(
        one
        for one in children(desk)
        if one.text(QAccessible.Text.Name).startswith(name)
    )
    middle = desk.grid.mapToGlobal(desk.middle(AHMED))
    rect: QRect = child.rect()
    assert rect.contains(middle)
    found = grid_of(desk).childAt(middle.x(), middle.y())
    assert found is not None
    assert found.text(QAccessible.Text.Name).startswith(name)
    parent = child.parent()
    assert parent is not None
    assert parent.text(QAccessible.Text.Name) == "Calendar"
    assert grid_of(desk).indexOfChild(child) == names(desk).index(
        child.text(QAccessible.Text.Name)
    )


def test_the_focus_follows_the_keyboard(desk: Desk) -> None:
    assert grid_of(desk).focusChild() is None
    desk.press(Qt.Key.Key_Tab)
    first = grid_of(desk).focusChild()
    assert first is not None
    assert first.text(QAccessible.Text.Name) == names(desk)[0]
    assert first.state().focused
    assert first.state().selected
    desk.press(Qt.Key.Key_Tab)
    second = grid_of(desk).focusChild()
    assert second is not None
    assert second.text(QAccessible.Text.Name) == names(desk)[1]
    assert not first.state().focused


def test_what_is_scrolled_out_is_said_to_be_out_of_sight(desk: Desk) -> None:
    desk.placed(AHMED)
    desk.page.canvas.select(AHMED)
    child = grid_of(desk).focusChild()
    assert child is not None
    assert not child.state().offscreen
    desk.page.canvas.scroll_to(0)
    assert child.state().offscreen


def test_sessions_come_and_go_without_leaving_anything_behind(desk: Desk) -> None:
    assert names(desk)
    for view in (View.DAY, View.TUTORS, View.WEEK):
        desk.page.show_view(view)
        desk.page.go(MONDAY)
        gc.collect()
        assert len(names(desk)) == len(desk.page.canvas.scene.placed)


def test_a_session_names_the_window_it_stands_in(desk: Desk) -> None:
    window = desk.page.window()
    for session in children(desk)[:2]:
        handle = session.window()
        assert handle is not None
        assert handle.winId() == window.winId()
        assert "\nparent" not in dump(handle)  # Python makes no one's part of it
    window.close()
    assert handle_of(desk.page.canvas) is None
