"""The main window at its calendar, and hands that drag and press in the grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import BookSession
from app.views.appearance import Appearance
from app.views.calendar.page import CalendarPage
from app.views.calendar.scene import Placed
from app.views.calendar.views import View
from app.views.shell.main_window import MainWindow
from app.views.tools import Place, Tools
from app.views.widgets.toasts import Toast
from tests.views.hands import Hands

MONDAY = date(2026, 3, 9)
SATURDAY = MONDAY + timedelta(days=5)
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Desk:
    """The window, its calendar, and the hands of a person in front of it."""

    window: MainWindow
    page: CalendarPage
    hands: Hands
    qtbot: QtBot

    @property
    def office(self) -> Tools:
        """What the window works with."""
        return self.window.tools

    @property
    def grid(self) -> QWidget:
        """What the mouse moves over."""
        return self.page.canvas.viewport()

    def placed(self, session_id: int) -> Placed:
        """Find a session as it is drawn, and scroll to it."""
        found = self.page.canvas.scene.find(session_id)
        assert found is not None
        self.page.canvas.scroll_into_view(found)
        return found

    def middle(self, session_id: int) -> QPoint:
        """Give the middle of a drawn session."""
        box = self.placed(session_id).box(self.page.canvas.grid())
        return QPointF(box.x + box.width / 2, box.y + box.height / 2).toPoint()

    def spot(self, column: int, minute: int) -> QPoint:
        """Give the point of a time in a column."""
        grid = self.page.canvas.grid()
        x = (grid.x(column) + grid.x(column + 1)) / 2
        return QPointF(x, grid.y(minute)).toPoint()

    def click(self, session_id: int, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press a session."""
        at = self.middle(session_id)
        QTest.mouseClick(self.grid, Qt.MouseButton.LeftButton, keys, at)
        self.hands.clicks += 1

    def drag(self, session_id: int, *, minutes: int = 0, columns: int = 0) -> None:
        """Drag a session by its middle."""
        start = self.middle(session_id)
        grid = self.page.canvas.grid()
        way = QPointF(grid.column_width * columns, grid.hour * minutes / 60)
        self.hands.drag(self.grid, start, start + way.toPoint())

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the cursor is."""
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key, modifiers)
        self.hands.keys += 1

    def card(self, session_id: int) -> SessionCard:
        """Read a session from the office."""
        return self.window.tools.office.timetable.session(session_id).card

    def start(self, session_id: int) -> datetime:
        """Read when a session starts, on the office's wall clock."""
        local = self.window.tools.formats.local(self.card(session_id).starts_at)
        return local.replace(tzinfo=None)

    def undo(self) -> None:
        """Take the last step back with the keyboard."""
        self.window.steps.read()
        QTest.keyClick(self.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    def settle(self) -> None:
        """Wait until the page shows what was committed."""
        self.page.refresh()

    @property
    def toast(self) -> Toast:
        """What the window tells in passing."""
        current = self.window.toasts.current
        assert current is not None
        return current


def book(
    desk: Desk, start: datetime, minutes: int = 60, student: int = 0, tutor: int = 0
) -> int:
    """Book a single session on the quiet, and show it."""
    reading = desk.page.reading
    assert reading is not None
    offering = next(one for one in reading.offerings if one.group_size == 1)
    request = BookSession(
        offering.offering_id,
        (reading.tutors[tutor].tutor_id,),
        (reading.students[student].student_id,),
        start,
        minutes,
        accept_soft=True,
    )
    number = desk.window.tools.office.bookings.book(request).session_id
    desk.page.refresh()
    return number


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tools: Tools) -> Iterator[Desk]:
    """The main window at the calendar's week of 9 March 2026."""
    appearance = Appearance(qapp, tools.state)
    window = MainWindow(tools, Actor("Olga", Role.OWNER), "Chalk & Co", appearance)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    window.go_to(Place.CALENDAR.value)
    page = window.page
    assert isinstance(page, CalendarPage)
    page.show_view(View.WEEK)
    page.go(MONDAY)
    window.activateWindow()
    page.canvas.setFocus()
    yield Desk(window, page, Hands(), qtbot)
    window.close()
