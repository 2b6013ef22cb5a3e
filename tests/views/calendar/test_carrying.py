"""A dragged session over the edges of its page, the arrows and the small month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.views.calendar.blocks import titles_of
from app.views.calendar.carrying import REST
from app.views.calendar.views import View
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
TEN = datetime.combine(SATURDAY, time(10))
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)


@pytest.fixture
def single(desk: Desk) -> int:
    """A session of its own on Saturday."""
    return book(desk, TEN)


def take(desk: Desk, session_id: int) -> None:
    """Take a session up and carry it a little."""
    at = desk.middle(session_id)
    QTest.mousePress(desk.grid, LEFT, NONE, at)
    QTest.mouseMove(desk.grid, at + QPoint(12, 12))
    assert is_carried(desk)


def is_carried(desk: Desk) -> bool:
    """Say whether something is on its way."""
    return desk.page.canvas.hands.ghost is not None


def carry(desk: Desk, widget: QWidget, point: QPoint) -> QPoint:
    """Carry what was taken up to a point of another widget."""
    there = desk.grid.mapFromGlobal(widget.mapToGlobal(point))
    QTest.mouseMove(desk.grid, there)
    return there


def wait_for(desk: Desk, day: date) -> None:
    """Wait until the page stands on a day."""

    def is_there() -> bool:
        return desk.page.day == day

    desk.qtbot.waitUntil(is_there, timeout=REST * 20)


def day_spot(desk: Desk, day: date) -> QPoint:
    """Find a day in the small month."""
    days = desk.page.left.month.days
    spots = (
        QPoint(x, y)
        for y in range(0, days.height(), 4)
        for x in range(0, days.width(), 4)
    )
    return next(one for one in spots if days.day_at(one) == day)


def test_a_rest_at_the_right_edge_turns_the_week(desk: Desk, single: int) -> None:
    take(desk, single)
    edge = QPoint(desk.grid.width() - 6, desk.spot(0, 11 * 60).y())
    QTest.mouseMove(desk.grid, edge)
    wait_for(desk, MONDAY + WEEK)
    ghost = desk.page.canvas.hands.ghost
    assert ghost is not None
    assert desk.page.canvas.hands.ghost_words(ghost).forms == titles_of(
        desk.card(single)
    )
    grid = desk.page.canvas.grid()
    middle = QPointF(grid.x(1) + 20, grid.y(11 * 60 + 30)).toPoint()
    QTest.mouseMove(desk.grid, middle)
    QTest.mouseRelease(desk.grid, LEFT, NONE, middle)
    assert desk.start(single).date() == MONDAY + WEEK + DAY


def test_a_rest_on_the_arrow_turns_back(desk: Desk, single: int) -> None:
    take(desk, single)
    arrow = desk.page.header.earlier
    carry(desk, arrow, arrow.rect().center())
    wait_for(desk, MONDAY - WEEK)
    assert is_carried(desk)
    QTest.keyClick(desk.page.canvas, Qt.Key.Key_Escape)
    assert not is_carried(desk)
    QTest.mouseRelease(desk.grid, LEFT, NONE, desk.grid.rect().center())
    assert desk.start(single) == TEN


def test_a_session_is_carried_into_another_month(desk: Desk) -> None:
    last = datetime.combine(date(2026, 3, 27), time(10))
    number = book(desk, last)
    desk.page.go(last.date())
    take(desk, number)
    arrow = desk.page.header.later
    carry(desk, arrow, arrow.rect().center())
    wait_for(desk, last.date() + 2 * WEEK)
    grid = desk.page.canvas.grid()
    point = QPointF(grid.x(1) + 20, grid.y(11 * 60)).toPoint()
    QTest.mouseMove(desk.grid, point)
    QTest.mouseRelease(desk.grid, LEFT, NONE, point)
    assert desk.start(number).date() == date(2026, 4, 7)


def test_a_page_turned_under_a_tutors_column_keeps_the_tutor(
    desk: Desk, single: int
) -> None:
    desk.page.go(SATURDAY)
    desk.page.show_view(View.TUTORS)
    before = desk.card(single).tutors
    take(desk, single)
    arrow = desk.page.header.later
    carry(desk, arrow, arrow.rect().center())
    wait_for(desk, SATURDAY + DAY)
    grid = desk.page.canvas.grid()
    point = QPointF(grid.x(0) + 20, grid.y(10 * 60 + 30)).toPoint()
    QTest.mouseMove(desk.grid, point)
    QTest.mouseRelease(desk.grid, LEFT, NONE, point)
    assert desk.start(single).date() == SATURDAY + DAY
    assert desk.card(single).tutors == before


def test_a_session_dropped_on_a_day_of_the_small_month_keeps_its_time(
    desk: Desk, single: int
) -> None:
    take(desk, single)
    days = desk.page.left.month.days
    wanted = SATURDAY - 4 * DAY
    there = carry(desk, days, day_spot(desk, wanted))
    assert [days.target] == [wanted]
    QTest.mouseRelease(desk.grid, LEFT, NONE, there)
    assert desk.start(single) == TEN - 4 * DAY
    assert days.target is None
    desk.settle()
    assert not is_carried(desk)
    desk.undo()
    assert desk.start(single) == TEN


def test_its_own_day_in_the_small_month_changes_nothing(
    desk: Desk, single: int
) -> None:
    take(desk, single)
    days = desk.page.left.month.days
    there = carry(desk, days, day_spot(desk, SATURDAY))
    QTest.mouseRelease(desk.grid, LEFT, NONE, there)
    assert desk.start(single) == TEN
    assert not is_carried(desk)


def test_a_pass_over_the_edge_turns_nothing(desk: Desk, single: int) -> None:
    take(desk, single)
    edge = QPoint(desk.grid.width() - 6, desk.spot(0, 11 * 60).y())
    QTest.mouseMove(desk.grid, edge)
    QTest.mouseMove(desk.grid, desk.spot(2, 11 * 60))
    desk.qtbot.wait(REST + 100)
    assert desk.page.day == MONDAY
    QTest.keyClick(desk.page.canvas, Qt.Key.Key_Escape)


@pytest.fixture
def pair(desk: Desk, single: int) -> tuple[int, int]:
    """Two sessions that are chosen, on Saturday and on the day before."""
    other = book(desk, TEN - DAY, student=1)
    desk.click(single)
    desk.click(other, Qt.KeyboardModifier.ControlModifier)
    assert set(desk.page.canvas.selected) == {single, other}
    return single, other


def test_all_that_are_chosen_go_along_to_a_day_of_the_small_month(
    desk: Desk, pair: tuple[int, int]
) -> None:
    single, other = pair
    take(desk, single)
    days = desk.page.left.month.days
    there = carry(desk, days, day_spot(desk, SATURDAY + 7 * DAY))
    QTest.mouseRelease(desk.grid, LEFT, NONE, there)
    assert desk.start(single) == TEN + WEEK
    assert desk.start(other) == TEN - DAY + WEEK
    desk.settle()
    assert not is_carried(desk)
    desk.undo()
    assert desk.start(single) == TEN
    assert desk.start(other) == TEN - DAY


def test_several_at_the_edge_stay_on_their_page_and_are_told_why(
    desk: Desk, pair: tuple[int, int]
) -> None:
    told: list[str] = []
    desk.page.deeds.noted.connect(told.append)
    take(desk, pair[0])
    edge = QPoint(desk.grid.width() - 6, desk.spot(0, 11 * 60).y())
    QTest.mouseMove(desk.grid, edge)
    desk.qtbot.waitUntil(lambda: bool(told), timeout=REST * 20)
    desk.qtbot.wait(REST + 100)
    assert len(told) == 1
    assert "small month" in told[0]
    assert desk.page.day == MONDAY
    assert set(desk.page.canvas.selected) == set(pair)
    QTest.keyClick(desk.page.canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.grid, LEFT, NONE, edge)
    assert desk.start(pair[0]) == TEN
    assert desk.start(pair[1]) == TEN - DAY
