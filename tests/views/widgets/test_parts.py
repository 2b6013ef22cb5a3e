"""The parts of pages have names, hold their place, and follow looks and text size."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views import style, theme
from app.views.sizing import fix_height, fix_width, least_height
from app.views.theme import Scheme
from app.views.widgets.buttons import Button, Chip, IconButton, Segmented
from app.views.widgets.cards import Card, StatTile
from app.views.widgets.labels import (
    Avatar,
    ElideLabel,
    HueCheck,
    LoadBar,
    Pill,
    Rule,
    SectionLabel,
    fact,
)
from app.views.widgets.panels import HeaderBar, Inspector, Panel

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
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in its looks, put back afterwards."""
    style.dress(qapp, Scheme.LIGHT)
    yield qapp
    style.dress(qapp, Scheme.LIGHT)


def parts() -> list[QWidget]:
    return [
        Button("Send", "send"),
        Button("Issue", kind="primary"),
        IconButton("settings", "Settings", "Ctrl+,"),
        Chip("Overdue", 4),
        Segmented(["Day", "Week"], "Week"),
        Pill("Paid", "ok", "check"),
        Avatar("AB", "plum"),
        HueCheck("Anna Berg", "blue"),
        LoadBar(22, 20),
        SectionLabel("Tutors"),
        StatTile("Billed", "£1.00", "more", "ok", "receipt"),
        HeaderBar("Invoices", "November"),
        Inspector("Invoice", "2026-0398"),
        Rule(vertical=True),
        fact("Hours", "1.5 h"),
    ]


@pytest.mark.parametrize("scheme", list(Scheme))
def test_every_part_is_painted_in_every_scheme(
    qtbot: QtBot, dressed: QApplication, scheme: Scheme
) -> None:
    style.dress(dressed, scheme)
    for part in parts():
        qtbot.addWidget(part)
        assert not part.grab().isNull()


def test_icons_alone_have_a_name_and_tell_their_key(qtbot: QtBot) -> None:
    button = IconButton("settings", "Settings", "Ctrl+,")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Settings"
    assert button.toolTip() == "Settings  Ctrl+,"


def test_a_chip_shows_its_count(qtbot: QtBot) -> None:
    chip = Chip("Overdue", 4)
    qtbot.addWidget(chip)
    chip.set_count(5)
    assert chip.text() == "Overdue 5"


def test_one_of_the_views_holds(qtbot: QtBot) -> None:
    switch, ear = Segmented(["Day", "Week"], "Week"), Ear()
    qtbot.addWidget(switch)
    switch.chosen.connect(ear.hear)
    day = switch._group.buttons()[0]
    QTest.mouseClick(day, LEFT)
    assert ear.heard == ["Day"]
    switch.choose("Week")
    assert switch.current == "Week"
    assert ear.heard == ["Day"]


def test_a_hue_s_box_is_ticked_anywhere_on_it(qtbot: QtBot) -> None:
    box = HueCheck("Anna Berg", "blue")
    qtbot.addWidget(box)
    box.resize(200, 28)
    QTest.mouseClick(box, LEFT, pos=QPoint(190, 14))
    assert not box.isChecked()


def test_parts_that_change_say_so(qtbot: QtBot) -> None:
    pill, tile, bar = Pill("Draft"), StatTile("Due", "£1.00"), LoadBar(1, 2)
    for widget in (pill, tile, bar):
        qtbot.addWidget(widget)
    pill.show_word("Paid", "ok")
    tile.show_value("£2.00", "less", "err")
    bar.show_load(3, 4)
    assert pill.accessibleName() == "Paid"
    assert tile.accessibleName() == "Due: £2.00 less"
    assert bar.accessibleName() == "3 of 4 hours"


def test_a_long_title_gives_way_and_says_itself(qtbot: QtBot) -> None:
    title = ElideLabel("Students & families of the whole office", "view")
    qtbot.addWidget(title)
    assert title.minimumSizeHint().width() < title.sizeHint().width()
    assert title.toolTip() == "Students & families of the whole office"


def test_a_card_has_a_way_onward(qtbot: QtBot) -> None:
    card, ear = Card("Overdue", "Show all"), Ear()
    qtbot.addWidget(card)
    assert card.action is not None
    card.action.clicked.connect(ear.ring)
    QTest.mouseClick(card.action, LEFT)
    assert ear.heard == ["ring"]
    assert Card("Plain").action is None


def test_an_inspector_is_emptied_renamed_and_closed(qtbot: QtBot) -> None:
    panel, ear = Inspector("Invoice", "1"), Ear()
    qtbot.addWidget(panel)
    panel.closed.connect(ear.ring)
    panel.body.addWidget(fact("Total", "£1.00"))
    panel.clear_body()
    assert panel.body.count() == 0
    panel.set_title("Credit note", "2")
    assert panel.accessibleName() == "Credit note: 2"
    close = panel.findChild(IconButton)
    assert close is not None
    QTest.mouseClick(close, LEFT)
    assert ear.heard == ["ring"]


def test_a_header_takes_its_parts_in_order(qtbot: QtBot) -> None:
    header = HeaderBar("Invoices")
    qtbot.addWidget(header)
    chip = Chip("All")
    header.add_left(chip)
    search = header.add_search("Filter invoices")
    header.add_switch(["List", "Board"], "List")
    primary = header.add_primary("Invoice run…", "")
    header.set_title("Invoices", "November 2026")
    header.resize(1000, 56)
    assert not header.grab().isNull()
    assert chip.x() < search.x() < primary.x()


def test_sizes_follow_the_text(qtbot: QtBot, dressed: QApplication) -> None:
    panel, strip = Panel("left", 200), QWidget()
    for widget in (panel, strip):
        qtbot.addWidget(widget)
    fix_height(strip, 40)
    least_height(panel, 100)
    style.dress(dressed, Scheme.LIGHT, 1.5)
    assert panel.width() == 300
    assert strip.height() == 60
    assert panel.minimumHeight() == 150
    fix_width(strip, 10)
    assert strip.width() == 15
    assert theme.current.scheme is Scheme.LIGHT
