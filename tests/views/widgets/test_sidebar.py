"""The sidebar leads to pages and says what waits there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.views.widgets.sidebar import RAIL, WIDE, Badge, NavEntry, Sidebar


@pytest.fixture
def sidebar(qtbot: QtBot, _dressed: None) -> Sidebar:
    made = Sidebar(
        [
            [NavEntry("today", "Today", "sun", "Ctrl+1")],
            [NavEntry("bills", "Bills", "receipt")],
        ],
        [NavEntry("settings", "Settings", "settings")],
    )
    qtbot.addWidget(made)
    made.resize(WIDE, 600)
    made.show()
    return made


def test_a_click_names_the_page(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.chosen) as heard:
        QTest.mouseClick(sidebar.items["bills"], Qt.MouseButton.LeftButton)
    assert heard.args == ["bills"]


def test_what_waits_is_said_in_words(sidebar: Sidebar) -> None:
    sidebar.set_badges({"bills": Badge(4, "err", "4 invoices are overdue")})
    assert sidebar.items["bills"].accessibleName() == "Bills, 4 invoices are overdue"
    assert sidebar.items["today"].accessibleName() == "Today"
    sidebar.set_badges({"bills": Badge(0, "err", "0 invoices are overdue")})
    assert sidebar.items["bills"].badge is None


def test_the_arrows_go_through_the_lines(sidebar: Sidebar) -> None:
    sidebar.items["today"].setFocus()
    QTest.keyClick(sidebar.items["today"], Qt.Key.Key_Down)
    assert sidebar.items["bills"].hasFocus()
    QTest.keyClick(sidebar.items["bills"], Qt.Key.Key_Up)
    assert sidebar.items["today"].hasFocus()


def test_a_rail_shows_icons_only(sidebar: Sidebar) -> None:
    sidebar.set_badges({"bills": Badge(120, "warn", "120 wait")})
    sidebar.set_rail(is_rail=True)
    assert sidebar.width() == RAIL
    assert not sidebar.grab().isNull()
    assert "Bills" in sidebar.items["bills"].toolTip()
    sidebar.set_rail(is_rail=False)
    assert sidebar.width() == WIDE
