"""The panel lists the dates of a series, leads to them, and takes changes back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.values.schedule import CancelledBy, EditScope
from app.services.closing.requests import CancelSession
from app.services.scheduling.requests import EditSeries
from app.views.calendar.questions import OverrideQuestion
from app.views.calendar.series_list import SeriesList
from tests.views.calendar.conftest import Desk, book

AHMED, NEXT = 6, 7  # Monday's session and that of a week later
SLOT = datetime.fromisoformat("2026-03-09T14:00")


def listed(desk: Desk) -> SeriesList:
    found = desk.page.panel.series
    assert found is not None
    return found


def words(desk: Desk) -> list[str]:
    rows = listed(desk).list
    return [rows.item(n).text() for n in range(rows.count())]


def move(desk: Desk) -> None:
    """Put Monday's session to ten o'clock on the quiet."""
    start = datetime.fromisoformat("2026-03-09T10:00")
    request = EditSeries(AHMED, EditScope.THIS, start=start)
    desk.window.tools.office.series.edit(request)
    desk.settle()


def press_reset(desk: Desk) -> None:
    """Press the button once the panel is laid out."""

    def is_ready() -> bool:
        reset = listed(desk).reset
        return reset is not None and reset.isVisible()

    desk.qtbot.waitUntil(is_ready)
    reset = listed(desk).reset
    assert reset is not None
    desk.hands.click(reset)


def test_every_date_is_listed_and_the_special_ones_say_why(desk: Desk) -> None:
    cancel = CancelSession(NEXT, CancelledBy.OFFICE)
    desk.window.tools.office.cancellations.cancel(cancel)
    move(desk)
    desk.click(AHMED)
    dates = desk.window.tools.office.timetable.series_dates(AHMED)
    assert len(words(desk)) == len(dates)
    assert "Mon 9 Mar 10:00  moved from Mon 9 Mar 14:00" in words(desk)
    assert "Mon 16 Mar 14:00  cancelled" in words(desk)
    current = listed(desk).list.currentItem()
    assert current is not None
    assert current.text().startswith("Mon 9 Mar")


def test_a_date_leads_to_its_session(desk: Desk) -> None:
    desk.click(AHMED)
    rows = listed(desk).list
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    QTest.keyClick(rows, Qt.Key.Key_Return)
    assert desk.page.day.isoformat() == "2026-03-16"
    assert desk.page.canvas.selected == (NEXT,)


def test_reset_puts_a_moved_session_back_into_its_slot(desk: Desk) -> None:
    desk.click(AHMED)
    assert listed(desk).reset is None
    move(desk)
    press_reset(desk)
    assert desk.start(AHMED) == SLOT
    desk.undo()
    assert desk.start(AHMED) != SLOT


def test_a_taken_slot_asks_for_a_reason(desk: Desk) -> None:
    move(desk)
    book(desk, SLOT, student=2)
    desk.click(AHMED)
    press_reset(desk)
    question = desk.page.deeds.mover.question
    assert isinstance(question, OverrideQuestion)
    QTest.keyClicks(question.reason, "Both are short")
    desk.press(Qt.Key.Key_Return)
    assert desk.start(AHMED) == SLOT


def test_a_session_of_its_own_has_no_list(desk: Desk) -> None:
    number = book(desk, datetime.fromisoformat("2026-03-14T10:00"))
    desk.click(AHMED)
    assert words(desk)
    desk.click(number)
    assert desk.page.panel.series is None
