"""Every page leads to the box that finds everything, and has one primary button."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.views.shell.main_window import MainWindow
from app.views.tools import Place
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.opener import BOX, ICON_ONLY, Opener
from app.views.widgets.panels import HeaderBar


def openers(window: MainWindow) -> list[Opener]:
    return [one for one in window.page.findChildren(Opener) if one.isVisible()]


def test_every_page_has_one_box_that_opens_the_palette(window: MainWindow) -> None:
    for place in window.places:
        window.go_to(place.value)
        found = openers(window)
        assert len(found) == 1, place
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        assert window.palette_box.isVisible()
        QTest.keyClick(window.palette_box.box, Qt.Key.Key_Escape)


def test_the_box_becomes_an_icon_where_room_is_scarce(qtbot: QtBot) -> None:
    header = HeaderBar("Pupils")
    qtbot.addWidget(header)
    header.add_search("Filter pupils")
    header.add_primary("New pupil")
    opener = header.opener
    assert opener.isHidden()
    header.offer_search(header.update)
    header.resize(1100, 56)
    header.show()
    widths = []
    for width in (1100, 480, 1100):
        header.resize(width, 56)
        widths.append(opener.width())
    assert widths == [scaled(BOX), scaled(ICON_ONLY), scaled(BOX)]
    assert opener.toolTip() == "Search or do anything  Ctrl+K"


def test_a_page_has_one_primary_button(window: MainWindow) -> None:
    counts = {}
    for place in window.places:
        window.go_to(place.value)
        found = [
            one.text()
            for one in window.page.findChildren(Button)
            if one.property("kind") == "primary" and one.isVisible()
        ]
        assert len(found) <= 1, (place, found)
        counts[place] = len(found)
    assert counts[Place.TASKS] == counts[Place.INVOICES] == 1
