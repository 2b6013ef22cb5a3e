"""Banners, empty states, bulk bars, popovers and toasts tell and get out of the way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.views.widgets.feedback import Banner, BulkBar, EmptyState, Popover
from app.views.widgets.toasts import LONG, QUEUE, SHORT, ToastQueue

LEFT = Qt.MouseButton.LeftButton


class Ear:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def hear(self, what: object) -> None:
        self.heard.append(what)

    def ring(self) -> None:
        self.heard.append("ring")


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """A window to show things over."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 500)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def sentence(queue: ToastQueue) -> str:
    return queue.current.accessibleName() if queue.current else ""


def test_the_focus_returns_to_where_it_was_before_a_popover(window: QWidget) -> None:
    first, second = QLineEdit(window), QLineEdit(window)
    for field in (first, second):
        field.show()
    window.activateWindow()
    first.setFocus()
    popover, inner = Popover("New session"), QLineEdit()
    popover.rows.addWidget(inner)
    popover.place(window, 10, 10)
    inner.setFocus()
    popover.dismiss()
    assert QApplication.focusWidget() is first


def test_toasts_come_one_after_the_other(window: QWidget) -> None:
    queue = ToastQueue(window)
    for number in range(QUEUE + 3):
        queue.say(f"Saved {number}")
    shown = []
    while queue.current is not None:
        shown.append(sentence(queue))
        queue.current.leave()
    # the oldest in wait gave way
    assert shown == ["Saved 0", "Saved 3", "Saved 4", "Saved 5"]


def test_a_toast_goes_by_itself_and_later_when_something_can_be_done(
    window: QWidget,
) -> None:
    queue = ToastQueue(window)
    queue.say("Saved")
    assert queue.current is not None
    assert queue.current._timer.interval() == SHORT
    queue.current._timer.timeout.emit()
    assert sentence(queue) == ""
    queue.say("Cancelled a session", "Undo")
    assert queue.current is not None
    assert queue.current._timer.interval() == LONG


def test_its_button_says_what_it_was_about(window: QWidget) -> None:
    queue, ear = ToastQueue(window), Ear()
    queue.acted.connect(ear.hear)
    queue.say("Cancelled a session", "Undo", ("session", 7))
    assert queue.current is not None
    assert queue.current.button is not None
    QTest.mouseClick(queue.current.button, LEFT)
    assert ear.heard == [("session", 7)]
    assert queue.current is None


def test_a_toast_waits_while_the_pointer_is_on_it(window: QWidget) -> None:
    queue = ToastQueue(window)
    queue.say("Saved")
    toast = queue.current
    assert toast is not None
    spot = QPointF(20, 20)
    QApplication.sendEvent(toast, QEnterEvent(spot, spot, spot))
    assert toast.is_waiting
    QTest.mouseClick(toast.close_button, LEFT)
    assert queue.current is None


def test_the_focus_can_go_to_a_toast(window: QWidget) -> None:
    queue = ToastQueue(window)
    assert not queue.focus()
    queue.say("Saved", "Undo")
    window.activateWindow()
    assert queue.focus()
    assert queue.current is not None
    assert queue.current.button is window.focusWidget()


def test_a_toast_stands_in_the_middle_of_what_it_is_over(window: QWidget) -> None:
    queue = ToastQueue(window)
    queue.say("Saved")
    toast = queue.current
    assert toast is not None
    window.resize(600, 400)
    QApplication.sendPostedEvents()
    assert abs(toast.geometry().center().x() - 300) <= 1
    queue.clear()
    assert queue.current is None


def test_a_banner_has_one_button_and_can_be_dismissed(qtbot: QtBot) -> None:
    banner, ear = Banner("3 wait", "warn", "Close out", closable=True), Ear()
    qtbot.addWidget(banner)
    banner.dismissed.connect(ear.ring)
    assert banner.button is not None
    banner.say("2 wait")
    assert banner.accessibleName() == "2 wait"
    banner.dismissed.emit()
    assert ear.heard == ["ring"]


def test_the_bulk_bar_keeps_its_height(qtbot: QtBot) -> None:
    bar, ear = BulkBar([("send", "Send")]), Ear()
    qtbot.addWidget(bar)
    bar.cleared.connect(ear.ring)
    before = bar.height()
    chips = QLabel("chips")
    bar.set_resting(chips)
    assert bar._stack.currentWidget() is chips
    bar.show_selection("3 selected")
    assert bar._stack.currentWidget() is bar._bar
    assert bar.height() == before
    bar.show_selection("")
    assert bar._stack.currentWidget() is chips
    assert [button.text() for button in bar.buttons] == ["Send"]


def test_an_empty_state_says_why_and_offers_a_way(qtbot: QtBot) -> None:
    state = EmptyState("inbox", "No bookings", "None came.", "Add")
    qtbot.addWidget(state)
    assert state.focusProxy() is state.primary
    assert state.second.isHidden()
    assert not state.primary.isHidden()


def test_escape_closes_a_popover(window: QWidget) -> None:
    popover, ear = Popover("New session"), Ear()
    popover.closed.connect(ear.ring)
    popover.place(window, 5000, 5000)
    assert window.rect().contains(popover.geometry().center())
    QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert ear.heard == ["ring"]
    assert not popover.isVisible()


def test_a_small_window_grows_with_words_that_wrap(qtbot: QtBot) -> None:
    board = QWidget()
    qtbot.addWidget(board)
    board.resize(800, 600)
    board.show()
    popover = Popover("Find a time")
    popover.place(board, 10, 10)
    words = QLabel("Nobody is free together in the next fourteen days. " * 4)
    words.setWordWrap(True)
    popover.rows.addWidget(words)
    popover.adjustSize()

    def is_whole() -> bool:
        return words.height() >= words.heightForWidth(words.width())

    qtbot.waitUntil(is_whole)
    assert popover.title.height() >= popover.title.sizeHint().height()


def test_a_popover_that_grows_stays_over_what_it_lies_on(
    qtbot: QtBot, window: QWidget
) -> None:
    popover = Popover("New session")
    popover.place(window, 700, 480)
    assert popover.geometry().bottom() < window.height()
    before = popover.height()
    popover.rows.addWidget(Banner("Anna already teaches Maya.", "err"))
    qtbot.waitUntil(lambda: popover.height() > before)
    assert popover.geometry().bottom() < window.height()
    assert popover.geometry().right() < window.width()
