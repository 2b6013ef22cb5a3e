"""Icons, discs, boxes and words keep their proportions at a text size of 150 %."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from app.views import style
from app.views.icons import IconLabel
from app.views.tables.delegate import box_of
from app.views.theme import Scheme
from app.views.widgets.buttons import IconButton
from app.views.widgets.inputs import ComboBox
from app.views.widgets.labels import Avatar, HueCheck
from app.views.wizards.steps import Steps

LARGE = 1.5
LONG = "Sciences and other things that are taught at the weekend"


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in its looks, put back afterwards."""
    style.dress(qapp, Scheme.LIGHT)
    yield qapp
    style.dress(qapp, Scheme.LIGHT)


@pytest.mark.parametrize(
    ("make", "px"),
    [
        (lambda: IconLabel("info", 18), 18),
        (lambda: IconButton("x", "Close", "", 28), 28),
        (lambda: Avatar("AB", "plum", 32), 32),
    ],
)
def test_icons_and_discs_grow_with_the_text(
    qtbot: QtBot, dressed: QApplication, make: type[QWidget], px: int
) -> None:
    part = make()
    qtbot.addWidget(part)
    assert (part.width(), part.height()) == (px, px)
    style.dress(dressed, Scheme.LIGHT, LARGE)
    assert (part.width(), part.height()) == (px * LARGE, px * LARGE)


def test_check_boxes_grow_with_the_text(qtbot: QtBot, dressed: QApplication) -> None:
    check = HueCheck("", "blue")
    qtbot.addWidget(check)
    cell = QRectF(0, 0, 40, 54)
    small, width = box_of(cell), check.sizeHint().width()
    style.dress(dressed, Scheme.LIGHT, LARGE)
    large = box_of(cell)
    assert large.width() == small.width() * LARGE
    assert abs(large.center().y() - small.center().y()) <= 1
    assert check.sizeHint().width() == width + 8


def words_of(combo: ComboBox) -> str:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    return str(option.currentText)


def test_a_choice_that_is_cut_ends_with_an_ellipsis(
    qtbot: QtBot, dressed: QApplication
) -> None:
    combo = ComboBox(LONG)
    qtbot.addWidget(combo)
    combo.resize(160, 32)
    cut = words_of(combo)
    assert cut.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert LONG.startswith(cut[:-1].rstrip())
    combo.resize(combo.sizeHint())
    assert words_of(combo) == LONG
    assert combo.currentText() == LONG
    assert not combo.grab().isNull()
    style.dress(dressed, Scheme.LIGHT, LARGE)
    assert words_of(combo) != LONG


def test_narrow_steps_that_are_all_done_keep_the_last_word(qtbot: QtBot) -> None:
    steps = Steps(("Open", "Checked", "Paid"))
    qtbot.addWidget(steps)
    assert steps.toolTip() == "Open, Checked, Paid"
    steps.go_to(3)
    steps.resize(steps.minimumSizeHint())
    image = steps.grab().toImage()
    ground = image.pixelColor(image.width() - 1, 0)
    start = image.width() - round(image.devicePixelRatio() * 20)
    ink = [
        (x, y)
        for x in range(start, image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != ground
    ]
    assert ink
