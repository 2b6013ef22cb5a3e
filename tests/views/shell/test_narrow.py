"""In a narrow window, or with large text, parts of the window give way in time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.appearance import Appearance
from app.views.page import ONE_PANEL, Page
from app.views.shell.main_window import NARROW, MainWindow
from app.views.tools import Place, Tools
from app.views.typography import scaled
from app.views.widgets.panels import Inspector, Panel
from app.views.widgets.sidebar import RAIL, WIDE


@pytest.fixture
def looks(qapp: QApplication, tools: Tools) -> Iterator[Appearance]:
    """How the windows look, put back afterwards."""
    made = Appearance(qapp, tools.state)
    yield made
    made.set_text_size(1.0)


class TwoPanels(Page):
    """A page with a panel at either side."""

    place, title, icon = Place.CALENDAR, "Two panels", "calendar"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.filters, self.inspector = Panel("left", 224), Inspector("Session", "Maya")
        self.inspector.hide()
        self.set_left(self.filters)
        self.set_inspector(self.inspector)


def test_the_sidebar_is_a_rail_earlier_with_large_text(
    window: MainWindow, looks: Appearance
) -> None:
    assert looks.text_size == 1
    window.resize(NARROW + 100, 800)
    assert window.sidebar.width() == WIDE
    window.appearance.set_text_size(1.5)
    assert window.sidebar.width() == scaled(RAIL)
    window.resize(scaled(NARROW), 800)
    assert window.sidebar.width() == scaled(WIDE)


def test_the_left_panel_gives_way_to_the_inspector_where_it_is_narrow(
    qtbot: QtBot, tools: Tools
) -> None:
    page = TwoPanels(tools)
    qtbot.addWidget(page)
    page.resize(ONE_PANEL - 1, 600)
    page.show()
    qtbot.waitExposed(page)
    assert page.filters.isVisible()
    page.inspector.show()
    qtbot.waitUntil(page.filters.isHidden)
    page.resize(ONE_PANEL, 600)
    qtbot.waitUntil(page.filters.isVisible)
    page.resize(ONE_PANEL - 1, 600)
    qtbot.waitUntil(page.filters.isHidden)
    page.inspector.hide()
    qtbot.waitUntil(page.filters.isVisible)


def test_the_left_panel_gives_way_earlier_with_large_text(
    qtbot: QtBot, tools: Tools, looks: Appearance
) -> None:
    page = TwoPanels(tools)
    qtbot.addWidget(page)
    page.resize(ONE_PANEL + 100, 600)
    page.show()
    page.inspector.show()
    qtbot.waitExposed(page)
    assert page.filters.isVisible()
    looks.set_text_size(1.5)
    qtbot.waitUntil(page.filters.isHidden)
