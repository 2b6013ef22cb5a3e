"""Draws every page into PNG files, for the papers and for looking at."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.views.jobs import BackgroundJobs
from app.views.shell.main_window import MainWindow
from app.views.tools import Place

SETTLE = 120  # milliseconds between two looks whether a page is ready
RESTS = 3  # looks without a job, so that what was shown last is laid out


class Grabber(QObject):
    """Goes through the pages and their states, one after the other.

    Signals:
        finished: Every picture is drawn.
    """

    finished = Signal()

    def __init__(self, window: MainWindow, jobs: BackgroundJobs, folder: Path) -> None:
        super().__init__(window)
        self._window, self._jobs, self._folder = window, jobs, folder
        self._states: deque[tuple[str, object]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(SETTLE)
        self._timer.timeout.connect(self._step)
        self._name = ""
        self._rested = 0  # looks since the last job ended

    def start(self) -> None:
        """Begin with the first page."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for place in self._window.places:
            self._states.append((place.value.replace("_", "-"), place))
        self._timer.start()

    def _step(self) -> None:
        self._rested = self._rested + 1 if self._jobs.is_idle else 0
        if self._rested < RESTS:
            return
        self._rested = 0
        if self._name:
            path = self._folder / f"{self._name}.png"
            self._window.grab().save(str(path))
            self._name = ""
        if not self._states:
            self._timer.stop()
            self.finished.emit()
            return
        self._name, state = self._states.popleft()
        if isinstance(state, Place):
            self._window.go_to(state.value)
