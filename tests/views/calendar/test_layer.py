"""The standing picture is moved with the day, and stays the same picture."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.views import theme
from app.views.calendar.blocks import Choice
from app.views.calendar.canvas import TimeCanvas
from app.views.calendar.reading import read
from app.views.calendar.scenes import Asked, scene_of
from app.views.calendar.views import View
from app.views.tools import Tools


def shown(canvas: TimeCanvas) -> QImage:
    return canvas.viewport().grab().toImage()


@pytest.fixture
def canvas(tools: Tools, qtbot: QtBot) -> TimeCanvas:
    """A week of the small office, with the now-line in it."""
    now = tools.clock.now()
    day = tools.formats.local(now).date()
    reading = read(tools.office, tools.formats.zone, day, now)
    made = TimeCanvas(tools.formats)
    qtbot.addWidget(made)
    made.resize(900, 500)
    scene = scene_of(reading, Asked(View.WEEK, day, Choice(), now, 840), tools.formats)
    made.show_scene(scene, open_at=8 * 60)
    made.show()
    return made


@pytest.mark.parametrize("way", [52, -52, 7, -13, 200, -200, 460, -900])
def test_a_scrolled_day_looks_as_if_painted_anew(canvas: TimeCanvas, way: int) -> None:
    bar = canvas.verticalScrollBar()
    bar.setValue(300)
    before = shown(canvas)
    bar.setValue(300 + way)
    scrolled = shown(canvas)
    canvas.repaint_all()
    assert scrolled == shown(canvas)
    assert scrolled != before


def test_a_picture_of_a_session_follows_the_scheme(canvas: TimeCanvas) -> None:
    assert canvas.scene.placed
    light = shown(canvas)
    theme.current.scheme = theme.Scheme.DARK
    theme.current.changed.emit()
    dark = shown(canvas)
    theme.current.scheme = theme.Scheme.LIGHT
    theme.current.changed.emit()
    assert dark != light
    assert shown(canvas) == light
