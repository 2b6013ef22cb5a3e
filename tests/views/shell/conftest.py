"""The main window on a small office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.views.appearance import Appearance
from app.views.shell.main_window import MainWindow
from app.views.tools import Tools

OWNER = Actor("Olga", Role.OWNER)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tools: Tools) -> Iterator[MainWindow]:
    """The main window on a small office, as its owner sees it."""
    appearance = Appearance(qapp, tools.state)
    made = MainWindow(tools, OWNER, "Chalk & Co", appearance)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
