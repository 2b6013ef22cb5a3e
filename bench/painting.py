"""Painting a day of many tutors, beside plain rectangles of the same sizes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.views import theme
from app.views.calendar.blocks import Choice
from app.views.calendar.canvas import TimeCanvas
from app.views.calendar.painting import rect_of
from app.views.calendar.reading import Reading, read
from app.views.calendar.scenes import Asked, scene_of
from app.views.calendar.views import View
from app.views.formats import Formats
from bench.places import Place
from bench.sizes import FIRST, WEEKS
from bench.timing import Measured, Work, compare

COUNTS = (300, 1_200)
_COLUMN, _HEIGHT = 120, 1_000  # px
_A_DAY = 8  # sessions of a tutor
_STEP = 60  # px of a turn of the wheel
_DAY = (FIRST + timedelta(weeks=WEEKS // 2)).date()


class Rectangles(QWidget):
    """The floor: the ground and a filled rectangle for each session."""

    def __init__(self, canvas: TimeCanvas) -> None:
        super().__init__()
        grid = canvas.grid()
        self._boxes = [
            (rect_of(one.box(grid)), theme.hue(one.block.hue).tint)
            for one in canvas.scene.placed
        ]
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.resize(canvas.viewport().size())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rectangles."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("surface"))
            for box, tint in self._boxes:
                painter.fillRect(box, tint)


def measure(place: Place, repetitions: int) -> list[Measured]:
    """Measure a full frame, a turn of the wheel and a step of a drag."""
    formats = Formats.of("en-GB", "UTC", "EUR")
    reading = read(place.office, ZoneInfo("UTC"), _DAY, place.clock.now())
    most = len(reading.tutors) * _A_DAY
    counts = [count for count in COUNTS if count <= most] or [most]
    return [
        found
        for count in counts
        for found in _measured(reading, formats, count, repetitions)
    ]


def _measured(
    reading: Reading, formats: Formats, count: int, repetitions: int
) -> list[Measured]:
    canvas = _canvas(reading, formats, count)
    floor = Rectangles(canvas)
    _show(floor)
    told = f"of {len(canvas.scene.placed)} sessions"

    def frame() -> None:
        """Paint everything anew."""
        canvas.repaint_all()
        canvas.viewport().repaint()

    found = [
        compare(
            f"full frame {told}",
            "as many rectangles",
            floor.repaint,
            frame,
            goal=3.0,
            repetitions=repetitions,
        ),
        _scrolled(canvas, told, frame, repetitions),
        _dragged(canvas, told, frame, repetitions),
    ]
    for widget in (canvas, floor):
        widget.close()
        widget.deleteLater()
    return found


def _scrolled(canvas: TimeCanvas, told: str, frame: Work, repetitions: int) -> Measured:
    """Measure a turn of the wheel."""
    bar = canvas.verticalScrollBar()
    ways = cycle((_STEP, -_STEP))

    def scroll() -> None:
        """Turn the wheel once."""
        bar.setValue(bar.value() + next(ways))
        canvas.viewport().repaint()

    return compare(
        f"a turn of the wheel over a day {told}",
        "its full frame",
        frame,
        scroll,
        goal=0.6,
        repetitions=repetitions,
    )


def _dragged(canvas: TimeCanvas, told: str, frame: Work, repetitions: int) -> Measured:
    """Measure a step of a session that hangs at the pointer."""
    one = canvas.scene.placed[0]
    box = one.box(canvas.grid())
    here = QPoint(round(box.x + box.width / 2), round(box.y + box.height / 2))
    view = canvas.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=here)
    steps = cycle(here + QPoint(20, way) for way in (40, 90, 140, 90))

    def drag() -> None:
        """Move the pointer once."""
        QTest.mouseMove(view, next(steps))
        view.repaint()

    drag()
    try:
        return compare(
            f"a step of a drag over a day {told}",
            "its full frame",
            frame,
            drag,
            goal=0.25,
            repetitions=repetitions,
        )
    finally:
        canvas.hands.cancel()


def _canvas(reading: Reading, formats: Formats, count: int) -> TimeCanvas:
    """Show so many sessions side by side, all of them in sight."""
    tutors = reading.tutors[: count // _A_DAY]
    width = (len(tutors) + 1) * _COLUMN
    canvas = TimeCanvas(formats)
    canvas.resize(width, _HEIGHT)
    few = replace(reading, tutors=tutors)
    asked = Asked(View.TUTORS, _DAY, Choice(), reading.at, width)
    canvas.show_scene(scene_of(few, asked, formats), open_at=8 * 60)
    _show(canvas)
    return canvas


def _show(widget: QWidget) -> None:
    """Show a widget and wait until it really paints."""
    widget.show()
    QTest.qWaitForWindowExposed(widget)
