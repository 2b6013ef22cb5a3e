"""A command at rest tells why, on every page."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.views.appearance import Appearance
from app.views.possible import allow
from app.views.shell.answers import reason_of
from app.views.shell.main_window import MainWindow
from app.views.tools import Tools

GENERIC = "Choose what it is about first"


@pytest.mark.usefixtures("qapp")
def test_the_reason_stands_in_menu_tooltip_and_palette() -> None:
    action = QAction("&Pay…")
    allow(action, "Choose an invoice first.")
    assert not action.isEnabled()
    assert action.statusTip() == action.toolTip() == "Choose an invoice first."
    assert reason_of(action) == "Choose an invoice first."
    allow(action)
    assert action.isEnabled()
    assert not action.statusTip()
    assert action.toolTip() == "Pay"


def test_every_command_at_rest_has_its_own_reason(
    qtbot: QtBot, qapp: QApplication, tools: Tools
) -> None:
    look = Appearance(qapp, tools.state)
    window = MainWindow(tools, Actor("Olga", Role.OWNER), "Chalk & Co", look)
    qtbot.addWidget(window)
    window.show()
    at_rest = 0
    for place in window.places:
        window.go_to(place.value)
        for action in window.menus.everything():
            if action.isVisible() and not action.isEnabled():
                at_rest += 1
                reason = reason_of(action)
                assert reason, action.text()
                assert reason != GENERIC, (place, action.text())
    assert at_rest > 2
    window.close()
