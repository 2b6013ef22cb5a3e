"""Missed sessions wait in the tray until they are placed again, by hand or by key."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.models.values.schedule import CancelledBy
from app.services.closing.requests import CancelSession
from app.views.calendar.questions import OverrideQuestion
from app.views.calendar.tray import Tray
from tests.views.calendar.conftest import SATURDAY, Desk, book

TEN = datetime.combine(SATURDAY, time(10))
SUNDAY = 6  # its column
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def missed(desk: Desk) -> int:
    """A session that the office called off."""
    number = book(desk, TEN, student=1)
    request = CancelSession(number, CancelledBy.OFFICE)
    desk.window.tools.office.cancellations.cancel(request)
    desk.settle()
    return number


def tray(desk: Desk) -> Tray:
    return desk.page.placing.tray


def placed_again(desk: Desk, missed: int) -> list[datetime]:
    """Read when sessions start that make up for a missed one."""
    desk.settle()
    reading = desk.page.reading
    assert reading is not None
    timetable = desk.window.tools.office.timetable
    return [
        desk.start(card.session_id)
        for card in reading.period.cards
        if timetable.session(card.session_id).make_up_of_id == missed
    ]


def hangs(desk: Desk) -> bool:
    """Say whether a session hangs at the pointer."""
    return desk.page.canvas.hands.ghost is not None


def carry(desk: Desk, to: QPoint, *, drop: bool = True) -> None:
    """Take the first session of the tray to a point of the grid."""
    rows = tray(desk).list.viewport()
    start = tray(desk).list.visualItemRect(tray(desk).list.item(0)).center()
    end = rows.mapFromGlobal(desk.grid.mapToGlobal(to))
    desk.hands.drag(rows, start, end, drop=drop)


def test_the_header_counts_what_waits_and_a_key_opens_the_tray(
    desk: Desk, missed: int
) -> None:
    assert desk.page.placing.button.isVisible()
    assert desk.page.placing.button.text() == "1"
    desk.press(Qt.Key.Key_P)
    assert tray(desk).isVisible()
    assert tray(desk).list.hasFocus()
    assert [one.card.session_id for one in tray(desk).waiting] == [missed]
    assert "Sam Ahmed" in tray(desk).list.item(0).text()
    assert "cancelled by the office" in tray(desk).list.item(0).text()


def test_a_narrow_window_leaves_the_header_to_its_title(
    desk: Desk, missed: int
) -> None:
    assert missed
    desk.window.resize(1024, 640)
    desk.qtbot.waitUntil(desk.page.placing.button.isHidden)
    desk.press(Qt.Key.Key_P)
    assert tray(desk).isVisible()


def test_a_drag_into_the_grid_books_it_there_and_undo_lets_it_wait(
    desk: Desk, missed: int
) -> None:
    desk.page.placing.toggle()
    desk.page.canvas.scroll_to(8 * 60)
    carry(desk, desk.spot(SUNDAY, 11 * 60 + 30))
    wanted = datetime.combine(SATURDAY + timedelta(days=1), time(11, 30))
    assert placed_again(desk, missed) == [wanted]
    assert "placed again" in desk.toast.accessibleName()
    assert not tray(desk).waiting
    assert not desk.page.placing.button.isVisible()
    desk.undo()
    assert [one.card.session_id for one in tray(desk).waiting] == [missed]


def test_the_ghost_says_whose_session_it_is_and_what_it_runs_into(
    desk: Desk, missed: int
) -> None:
    assert missed
    book(desk, TEN + timedelta(days=1), student=2)
    desk.page.placing.toggle()
    desk.page.canvas.scroll_to(8 * 60)
    carry(desk, desk.spot(SUNDAY, 10 * 60 + 30), drop=False)
    hands, verdict = desk.page.canvas.hands, desk.page.canvas.verdict
    assert hands.ghost is not None
    assert hands.ghost_words(hands.ghost).forms == ("Sam Ahmed",)
    assert verdict is not None
    assert verdict.tone == "err"
    end = desk.grid.mapToGlobal(desk.spot(SUNDAY, 10 * 60 + 30))
    rows = tray(desk).list.viewport()
    QTest.mouseRelease(rows, LEFT, pos=rows.mapFromGlobal(end))
    assert isinstance(desk.page.deeds.mover.question, OverrideQuestion)
    desk.press(Qt.Key.Key_Escape)
    assert placed_again(desk, missed) == []
    assert desk.page.canvas.hands.ghost is None


def test_escape_and_letting_go_elsewhere_leave_it_in_the_tray(
    desk: Desk, missed: int
) -> None:
    desk.page.placing.toggle()
    desk.page.canvas.scroll_to(8 * 60)
    carry(desk, desk.spot(SUNDAY, 12 * 60), drop=False)
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.canvas.hands.ghost is None
    carry(desk, QPoint(5, 5))
    assert placed_again(desk, missed) == []


def test_enter_finds_a_time_and_enter_takes_it(desk: Desk, missed: int) -> None:
    desk.press(Qt.Key.Key_P)
    desk.press(Qt.Key.Key_Return)
    found = desk.page.around.finding.list
    assert found is not None
    wanted = found.times[0].span.start
    found.buttons[0].click()
    local = desk.window.tools.formats.local(wanted).replace(tzinfo=None)
    assert placed_again(desk, missed) == [local]


def call_off(desk: Desk, start: datetime, student: int) -> int:
    """Call a session off that was booked a moment ago."""
    number = book(desk, start, student=student)
    request = CancelSession(number, CancelledBy.OFFICE)
    desk.window.tools.office.cancellations.cancel(request)
    return number


def test_a_list_read_anew_under_the_hand_does_not_change_who_is_carried(
    desk: Desk, missed: int
) -> None:
    desk.page.placing.toggle()
    desk.page.canvas.scroll_to(8 * 60)
    to = desk.spot(SUNDAY, 11 * 60 + 30)
    carry(desk, to, drop=False)
    earlier = call_off(desk, TEN - timedelta(days=1), 2)
    desk.settle()
    assert [one.card.session_id for one in tray(desk).waiting] == [earlier, missed]
    rows = tray(desk).list.viewport()
    there = rows.mapFromGlobal(desk.grid.mapToGlobal(to))
    QTest.mouseRelease(rows, LEFT, pos=there)
    wanted = datetime.combine(SATURDAY + timedelta(days=1), time(11, 30))
    assert placed_again(desk, missed) == [wanted]
    assert placed_again(desk, earlier) == []


def test_what_does_not_wait_any_more_is_taken_out_of_the_hand(
    desk: Desk, missed: int
) -> None:
    other = call_off(desk, TEN + timedelta(hours=2), 2)
    desk.settle()
    desk.page.placing.toggle()
    desk.page.canvas.scroll_to(8 * 60)
    to = desk.spot(SUNDAY, 11 * 60 + 30)
    carry(desk, to, drop=False)
    assert hangs(desk)
    desk.window.tools.office.cancellations.restore(missed)
    desk.settle()
    assert not hangs(desk)
    rows = tray(desk).list.viewport()
    there = rows.mapFromGlobal(desk.grid.mapToGlobal(to))
    QTest.mouseRelease(rows, LEFT, pos=there)
    assert placed_again(desk, missed) == []
    assert placed_again(desk, other) == []
    assert [one.card.session_id for one in tray(desk).waiting] == [other]
