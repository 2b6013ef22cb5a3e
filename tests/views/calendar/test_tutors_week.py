"""The tutors by week: load at the row's head, chips, and moving between tutors."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.services.availability.requests import AddLeave
from app.views.calendar.scene import Placed
from app.views.calendar.views import View
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
TEN = datetime.combine(SATURDAY, time(10))
DAY = timedelta(days=1)


@pytest.fixture
def single(desk: Desk) -> int:
    """A session of the first tutor on Saturday, in the window that shows tutors."""
    number = book(desk, TEN)
    desk.page.show_view(View.TUTORS_WEEK)
    return number


def drawn(desk: Desk, session_id: int) -> Placed:
    found = desk.page.canvas.scene.find(session_id)
    assert found is not None
    return found


def to_cell(desk: Desk, session_id: int, cell: int) -> None:
    """Drag a session into a cell."""
    box = desk.page.canvas.grid().cell(cell)  # type: ignore[attr-defined]
    middle = QPointF(box.x + box.width / 2, box.y + box.height / 2)
    desk.hands.drag(desk.grid, desk.middle(session_id), middle.toPoint())


def tutors_of(desk: Desk, session_id: int) -> list[int]:
    return [tutor_id for tutor_id, _name in desk.card(session_id).tutors]


def test_the_key_is_its_own(desk: Desk) -> None:
    desk.page.show_view(View.DAY)
    shown = []
    for keys in (SHIFT, NONE):
        desk.press(Qt.Key.Key_S, keys)
        shown.append(desk.page.view)
    assert shown == [View.TUTORS_WEEK, View.TUTORS]


def test_every_tutor_has_a_row_and_every_day_a_column(desk: Desk, single: int) -> None:
    scene, reading = desk.page.canvas.scene, desk.page.reading
    assert scene.table is not None
    assert reading is not None
    assert [row.title for row in scene.table.rows] == [
        one.name for one in reading.tutors
    ]
    head = scene.heads[drawn(desk, single).column]
    assert (head.day, head.tutor_id) == (SATURDAY, reading.tutors[0].tutor_id)


def test_the_head_of_a_row_says_the_load(desk: Desk, single: int) -> None:
    scene = desk.page.canvas.scene
    assert scene.table is not None
    columns = len(scene.table.columns)
    for number, row in enumerate(scene.table.rows):
        here = [one for one in scene.placed if one.column // columns == number]
        minutes = sum(one.block.end - one.block.start for one in here)
        assert row.lines == max((one.slot.lane + 1 for one in here), default=0)
        if here:
            assert desk.window.tools.formats.hours(minutes) in row.note
    assert drawn(desk, single).column // columns == 0


def test_a_drag_to_another_tutor_and_day_changes_both(desk: Desk, single: int) -> None:
    scene, reading = desk.page.canvas.scene, desk.page.reading
    assert scene.table is not None
    assert reading is not None
    columns = len(scene.table.columns)
    to_cell(desk, single, drawn(desk, single).column + columns - 1)
    assert desk.start(single) == TEN - DAY
    assert tutors_of(desk, single) == [reading.tutors[1].tutor_id]


def test_the_ghost_says_who_would_teach(desk: Desk, single: int) -> None:
    desk.page.canvas.select(single)
    desk.press(Qt.Key.Key_Down, CTRL)
    ghost = desk.page.canvas.hands.ghost
    assert ghost is not None
    other = desk.page.canvas.scene.heads[ghost.column].title
    words = desk.page.canvas.hands.ghost_words(ghost)
    assert any(other in form for form in words.forms)
    desk.press(Qt.Key.Key_Return)
    reading = desk.page.reading
    assert reading is not None
    assert tutors_of(desk, single) == [reading.tutors[1].tutor_id]
    assert desk.start(single) == TEN


def test_a_hidden_tutor_has_no_row(desk: Desk) -> None:
    desk.page.show_view(View.TUTORS_WEEK)
    reading = desk.page.reading
    assert reading is not None
    first = reading.tutors[0].tutor_id
    desk.page.left._tutors[first].setChecked(False)
    shown = {head.tutor_id for head in desk.page.canvas.scene.heads}
    assert first not in shown
    assert len(shown) == len(reading.tutors) - 1


def test_leave_is_named_in_its_cell(desk: Desk) -> None:
    reading = desk.page.reading
    assert reading is not None
    tutor_id = reading.tutors[0].tutor_id
    start = datetime.combine(MONDAY, time())
    ask = AddLeave(tutor_id, start, start + DAY, "Ski")
    desk.window.tools.office.availability.add_leave(ask)
    desk.page.refresh()
    desk.page.show_view(View.TUTORS_WEEK)
    head = desk.page.canvas.scene.heads[0]
    assert (head.day, head.tutor_id, head.note) == (MONDAY, tutor_id, "Ski")
    assert head.away


def test_the_head_of_a_day_leads_to_the_tutors_of_the_day(
    desk: Desk, single: int
) -> None:
    scene = desk.page.canvas.scene
    assert scene.table is not None
    column = drawn(desk, single).column % len(scene.table.columns)
    box = desk.page.canvas.grid().cell(column)  # type: ignore[attr-defined]
    at = QPointF(box.x + 20, 12).toPoint()
    QTest.mouseClick(desk.grid, Qt.MouseButton.LeftButton, NONE, at)
    assert (desk.page.view, desk.page.day) == (View.TUTORS, SATURDAY)


def test_going_back_to_the_week_opens_it_where_sessions_are(
    desk: Desk, single: int
) -> None:
    desk.page.show_view(View.WEEK)
    grid = desk.page.canvas.grid()
    box = drawn(desk, single).box(grid)
    assert grid.top <= box.y < grid.height
