"""What only the eye sees is said: where a session is held, clashes, what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtTest import QTest

from app.views.calendar.views import View
from app.views.speech import speech
from tests.views.calendar.conftest import SATURDAY, Desk, book

CTRL = Qt.KeyboardModifier.ControlModifier
TEN = datetime.combine(SATURDAY, time(10))


class Listener(QObject):
    """Keeps what was said, and whether it interrupts."""

    def __init__(self) -> None:
        super().__init__()
        self.polite: list[str] = []
        self.urgent: list[str] = []

    def hear(self, words: str, is_urgent: bool) -> None:  # noqa: FBT001  a signal's
        """Remember what was said."""
        (self.urgent if is_urgent else self.polite).append(words)


@pytest.fixture
def heard(desk: Desk) -> Iterator[Listener]:
    assert desk.page.canvas.scene.heads
    listener = Listener()
    speech.said.connect(listener.hear)
    yield listener
    speech.said.disconnect(listener.hear)


def test_a_move_by_keys_says_where_the_session_would_be(
    desk: Desk, heard: Listener
) -> None:
    number = book(desk, TEN)
    desk.page.canvas.select(number)
    desk.press(Qt.Key.Key_Down, CTRL)
    assert heard.polite[-1] == "Sat 14 Mar 10:15 to 11:15"
    desk.press(Qt.Key.Key_Return)
    assert "moved to" in heard.polite[-1]
    assert not heard.urgent


def test_a_clash_interrupts_and_names_the_other_side(
    desk: Desk, heard: Listener
) -> None:
    number = book(desk, TEN)
    book(desk, TEN + timedelta(minutes=75), student=1)
    desk.page.canvas.select(number)
    desk.press(Qt.Key.Key_Down, CTRL)
    desk.press(Qt.Key.Key_Down, CTRL)
    assert heard.urgent[-1].startswith("Sat 14 Mar 10:30 to 11:30. Conflict: ")
    assert "Sam Ahmed" in heard.urgent[-1]


def test_a_drag_says_a_clash_once_and_no_places_on_the_way(
    desk: Desk, heard: Listener
) -> None:
    number = book(desk, TEN)
    book(desk, TEN + timedelta(hours=2), student=1)
    start = desk.middle(number)
    way = QPointF(0, desk.page.canvas.grid().hour * 2).toPoint()
    desk.hands.drag(desk.grid, start, start + way, drop=False)
    assert heard.urgent
    assert heard.urgent[-1].startswith("Conflict: ")
    assert not heard.polite
    desk.press(Qt.Key.Key_Escape)
    QTest.mouseRelease(desk.grid, Qt.MouseButton.LeftButton, pos=start)


def test_a_refusal_is_said(desk: Desk, heard: Listener) -> None:
    desk.page.deeds.paste_session()
    assert heard.urgent == ["Copy a session first, then choose a free time."]


def test_the_cursor_says_its_time_and_a_column_its_tutor(
    desk: Desk, heard: Listener
) -> None:
    desk.page.canvas.hands.cursor = (5, 9 * 60)
    desk.press(Qt.Key.Key_Down)
    assert heard.polite[-1] == "Sat 14 Mar 09:30"
    number = book(desk, TEN)
    desk.page.go(SATURDAY)
    desk.page.show_view(View.TUTORS)
    desk.page.canvas.select(number)
    desk.press(Qt.Key.Key_Right, CTRL)
    assert heard.polite[-1] == "Sat 14 Mar 10:00 to 11:00, Ben Teacher"
