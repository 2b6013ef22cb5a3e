"""Starting the program, beside a bare window of the same toolkit.

Each measurement is a whole process, from its first instruction until it has painted
and gone again. Run as a module it is one of these processes.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.timing import Measured, compare

_ROOT = Path(__file__).parents[1]
_LOOK = 2  # milliseconds between two looks whether the week is there


def measure(address: str, repetitions: int) -> list[Measured]:
    """Measure the first paint and the painted week of an office in a file."""
    with TemporaryDirectory(prefix="chalkbook-bench-") as folder:
        settings = str(Path(folder, "settings.toml"))
        floor = partial(_process, "bare", address, settings)
        return [
            compare(
                told,
                "a bare window",
                floor,
                partial(_process, stage, address, settings),
                goal=goal,
                repetitions=repetitions,
            )
            for stage, told, goal in (
                ("frame", "start until the frame is painted", 1.4),
                ("week", "start until the week is painted", 3.0),
            )
        ]


def _process(stage: str, address: str, settings: str) -> None:
    """Run one start in a process of its own."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CHALKBOOK_SETTINGS": settings,
    }
    command = [sys.executable, "-m", "bench.starting", stage, address]
    subprocess.run(  # noqa: S603  the program is our own
        command, check=True, cwd=_ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def _bare(_address: str) -> None:
    from PySide6.QtCore import QTimer  # noqa: PLC0415  what is measured
    from PySide6.QtGui import QPaintEvent  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication, QMainWindow  # noqa: PLC0415

    class Window(QMainWindow):
        """Ends the process once it is painted."""

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, _end)

    application = QApplication([])
    window = Window()
    window.resize(1440, 900)
    window.show()
    application.exec()


def _frame(address: str) -> None:
    from app.opening import Opening  # noqa: PLC0415  what is measured

    Opening(address).come_up()
    _end()


def _week(address: str) -> None:
    from app.opening import Opening  # noqa: PLC0415  what is measured

    opening = Opening(address)
    opening.come_up()
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    from app.desktop import Desktop  # noqa: PLC0415
    from app.services.demo.clock import StoryClock  # noqa: PLC0415
    from app.views.calendar.page import CalendarPage  # noqa: PLC0415
    from app.views.tools import Place  # noqa: PLC0415
    from bench.places import NOW  # noqa: PLC0415

    desktop = Desktop(address, StoryClock(NOW), opening.state, opening.appearance)
    desktop.window.go_to(Place.CALENDAR.value)
    desktop.window.show()
    page = desktop.window.page

    def look() -> None:
        """End as soon as sessions are painted."""
        if isinstance(page, CalendarPage) and page.canvas.scene.placed:
            page.canvas.viewport().repaint()
            _end()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(_LOOK)
    opening.application.exec()


def _end() -> None:
    os._exit(0)


_STAGES: dict[str, Callable[[str], None]] = {
    "bare": _bare,
    "frame": _frame,
    "week": _week,
}

if __name__ == "__main__":
    _STAGES[sys.argv[1]](sys.argv[2])
