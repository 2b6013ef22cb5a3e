"""The month: chips, what is counted, moving by hand and keys, and the way to a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.views.calendar.cells import MOST_LINES
from app.views.calendar.questions import OverrideQuestion
from app.views.calendar.scene import Placed
from app.views.calendar.views import View
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

CTRL = Qt.KeyboardModifier.ControlModifier
TEN = datetime.combine(SATURDAY, time(10))
DAY = timedelta(days=1)


@pytest.fixture
def single(desk: Desk) -> int:
    """A session of its own on a Saturday, in the window that shows the month."""
    number = book(desk, TEN)
    desk.page.show_view(View.MONTH)
    return number


def to_cell(desk: Desk, session_id: int, cell: int) -> None:
    """Drag a session into the middle of a cell."""
    box = desk.page.canvas.grid().cell(cell)  # type: ignore[attr-defined]
    middle = QPointF(box.x + box.width / 2, box.y + box.height / 2)
    desk.hands.drag(desk.grid, desk.middle(session_id), middle.toPoint())


def drawn(desk: Desk, session_id: int) -> Placed:
    found = desk.page.canvas.scene.find(session_id)
    assert found is not None
    return found


def test_every_day_of_the_month_is_a_cell(desk: Desk, single: int) -> None:
    scene = desk.page.canvas.scene
    assert scene.table is not None
    assert len(scene.heads) == len(scene.table.rows) * len(scene.table.columns)
    shown = {head.day for head in scene.heads if not head.is_faint}
    days = (MONDAY.replace(day=1) + DAY * number for number in range(31))
    assert shown == set(days)
    assert drawn(desk, single).block.titles[0]
    assert scene.heads[drawn(desk, single).column].day == SATURDAY


def test_the_keys_of_the_month_are_its_own(desk: Desk) -> None:
    alt = CTRL | Qt.KeyboardModifier.AltModifier
    for key, keys in ((Qt.Key.Key_M, None), (Qt.Key.Key_4, alt)):
        desk.page.show_view(View.DAY)
        desk.press(key, keys or Qt.KeyboardModifier.NoModifier)
        assert desk.page.view is View.MONTH


def test_a_drag_to_another_day_keeps_the_time(desk: Desk, single: int) -> None:
    cell = drawn(desk, single).column
    to_cell(desk, single, cell - 1)
    assert desk.start(single) == TEN - DAY
    desk.settle()
    assert desk.page.view is View.MONTH
    assert drawn(desk, single).column == cell - 1
    desk.undo()
    assert desk.start(single) == TEN


def test_a_drag_within_the_day_changes_nothing(desk: Desk, single: int) -> None:
    to_cell(desk, single, drawn(desk, single).column)
    assert desk.start(single) == TEN
    assert desk.page.canvas.hands.ghost is None


def test_a_drag_onto_a_clash_asks_for_a_reason(desk: Desk, single: int) -> None:
    book(desk, TEN - DAY, student=1)
    desk.page.refresh()
    to_cell(desk, single, drawn(desk, single).column - 1)
    assert isinstance(desk.page.deeds.mover.question, OverrideQuestion)
    assert desk.start(single) == TEN


def test_control_and_an_arrow_move_by_days_and_weeks(desk: Desk, single: int) -> None:
    desk.page.canvas.select(single)
    desk.press(Qt.Key.Key_Up, CTRL)
    assert desk.start(single) == TEN
    desk.press(Qt.Key.Key_Left, CTRL)
    desk.press(Qt.Key.Key_Return)
    assert desk.start(single) == TEN - 8 * DAY


def test_arrows_go_from_day_to_day(desk: Desk, single: int) -> None:
    canvas = desk.page.canvas
    canvas.select(single)
    cell = drawn(desk, single).column
    desk.press(Qt.Key.Key_Left)
    assert canvas.selected == ()
    assert canvas.hands.cursor is not None
    assert canvas.hands.cursor[0] == cell - 1
    desk.press(Qt.Key.Key_Up)
    assert canvas.scene.heads[canvas.hands.cursor[0]].day == SATURDAY - 8 * DAY
    for _ in range(40):
        desk.press(Qt.Key.Key_Left)
    assert canvas.hands.cursor[0] == 0


def test_enter_opens_a_session_and_books_in_an_empty_day(
    desk: Desk, single: int
) -> None:
    desk.page.canvas.select(single)
    desk.press(Qt.Key.Key_Return)
    assert desk.page.panel.isVisible()
    desk.page.canvas.setFocus()
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Return)
    booking = desk.page.around.entering.booking
    assert booking is not None
    assert booking.draft.start.date() == SATURDAY + DAY


def test_a_double_click_opens(desk: Desk, single: int) -> None:
    left = Qt.MouseButton.LeftButton
    at = desk.middle(single)
    QTest.mouseDClick(desk.grid, left, Qt.KeyboardModifier.NoModifier, at)
    assert desk.page.canvas.selected == (single,)
    assert desk.page.panel.isVisible()


def test_the_number_of_a_day_leads_to_the_day(desk: Desk, single: int) -> None:
    box = desk.page.canvas.grid().cell(drawn(desk, single).column)  # type: ignore[attr-defined]
    at = QPointF(box.x + 10, box.y + 10).toPoint()
    QTest.mouseClick(
        desk.grid, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at
    )
    assert (desk.page.view, desk.page.day) == (View.DAY, SATURDAY)


def test_what_has_no_line_is_counted_and_leads_to_the_day(desk: Desk) -> None:
    many = [book(desk, TEN + number * timedelta(hours=1)) for number in range(7)]
    desk.page.show_view(View.MONTH)
    scene = desk.page.canvas.scene
    [count] = [one for one in scene.counts if scene.heads[one.column].day == SATURDAY]
    lines = [one for one in scene.placed if one.column == count.column]
    assert len(lines) <= MOST_LINES
    assert len(lines) + len(count.blocks) == len(many)
    menu = desk.page.around.show_list(
        count.blocks, desk.grid.mapToGlobal(QPointF()).toPoint()
    )
    assert [one.data() for one in menu.actions()[:-2]] == many[len(lines) :]
    menu.actions()[-1].trigger()
    menu.close()
    assert (desk.page.view, desk.page.day) == (View.DAY, SATURDAY)


def test_turning_goes_by_months_and_the_title_says_which(desk: Desk) -> None:
    desk.page.show_view(View.MONTH)
    desk.press(Qt.Key.Key_PageDown)
    assert desk.page.day.month == MONDAY.month + 1
    days = {
        head.day.month for head in desk.page.canvas.scene.heads if not head.is_faint
    }
    assert days == {MONDAY.month + 1}
