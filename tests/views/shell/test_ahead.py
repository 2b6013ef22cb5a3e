"""Pages are made ahead, one at a time, and only while nobody does anything."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.views.pages import PAGES
from app.views.shell import ahead
from app.views.shell.ahead import Ahead, read_pages
from app.views.shell.main_window import MainWindow


@pytest.fixture
def made(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Ahead:
    """What makes the pages of a window, not yet begun."""
    monkeypatch.setattr(ahead, "FIRST_AFTER", 0)
    monkeypatch.setattr(ahead, "QUIET", 20)
    return Ahead(window.tools, window, PAGES)


def test_every_page_is_made_in_time_and_none_is_shown(
    window: MainWindow, made: Ahead, qtbot: QtBot
) -> None:
    here, shown = window.here, window.stack.currentWidget()
    made.start()
    qtbot.waitUntil(lambda: made.is_done, timeout=60_000)
    assert set(window.pages) == set(window.places)
    assert (window.here, window.stack.currentWidget()) == (here, shown)


def test_a_page_made_ahead_is_the_one_that_is_shown(
    window: MainWindow, made: Ahead, qtbot: QtBot
) -> None:
    made.start()
    qtbot.waitUntil(lambda: made.is_done, timeout=60_000)
    pages = dict(window.pages)
    for place in window.places:
        window.go_to(place.value)
        assert window.page is pages[place]


def test_nothing_is_made_after_a_key_until_it_is_quiet_again(
    window: MainWindow, made: Ahead, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.start()
    qtbot.waitUntil(lambda: len(window.pages) > 1, timeout=60_000)
    monkeypatch.setattr(ahead, "QUIET", 3_600_000)
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, Qt.Key.Key_Shift)
    before = set(window.pages)
    made.go_on()
    assert set(window.pages) == before
    monkeypatch.setattr(ahead, "QUIET", 0)
    QTest.qSleep(5)  # more than no time has passed
    made.go_on()
    assert len(window.pages) == len(before) + 1


def test_nothing_is_made_under_an_open_menu(
    window: MainWindow, made: Ahead, qtbot: QtBot
) -> None:
    made.start()
    qtbot.waitUntil(lambda: len(window.pages) > 1, timeout=60_000)
    menu = QMenu(window)
    menu.addAction("Open")
    menu.popup(window.mapToGlobal(window.rect().center()))
    before = set(window.pages)
    qtbot.wait(100)
    assert set(window.pages) == before
    menu.close()
    qtbot.waitUntil(lambda: made.is_done, timeout=60_000)


def test_reading_gives_every_page_and_spares_the_modules() -> None:
    assert read_pages(PAGES) == len(PAGES)
    assert gc.get_freeze_count() > 0
