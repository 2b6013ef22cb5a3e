"""A scripted day in the main window: how long it ever stands still, what it keeps."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.views.calendar.page import CalendarPage
from app.views.calendar.views import View
from app.views.jobs import BackgroundJobs
from app.views.shell.main_window import MainWindow
from app.views.tools import Place
from bench.timing import Measured

BUDGET = 50.0  # milliseconds that the windows' thread may stand still
CHANGES, WARM = 200, 60  # of pages
_PATIENCE = 20_000  # milliseconds that a page may take to be ready


def measure(
    window: MainWindow,
    jobs: BackgroundJobs,
    application: QApplication,
    changes: int = CHANGES,
) -> list[Measured]:
    """Live through a day, and then change pages so many times."""
    life = _Life(window, jobs, application)
    for _again in range(2):  # once so that every page is made
        life.longest = 0.0
        for act in life.day():
            life.do(act)
    longest = life.longest
    stands = "longest standstill of the window in a scripted day"
    budget = f"a budget of {BUDGET:.0f} ms"
    found = [Measured(stands, budget, BUDGET, longest, longest / BUDGET, 1.0, 1)]
    life.change_pages(min(WARM, changes))
    before = _memory()
    life.change_pages(changes)
    after = _memory()
    if before:
        holds = f"MB of memory after {changes} changes of page"
        grown = after / before
        found.append(Measured(holds, "those before", before, after, grown, 1.02, 1))
    return found


class _Life:
    """Does one thing after the other, and watches how long the window stands still."""

    def __init__(
        self, window: MainWindow, jobs: BackgroundJobs, application: QApplication
    ) -> None:
        self._window, self._jobs, self._application = window, jobs, application
        self.longest = 0.0

    def do(self, act: Callable[[], object]) -> None:
        """Do something, and let everything happen that follows from it."""
        self._timed(act)
        patience = QElapsedTimer()
        patience.start()
        rests = 0
        while rests < 5 and patience.elapsed() < _PATIENCE:  # noqa: PLR2004  until all is quiet
            self._timed(self._turn)
            rests = rests + 1 if self._jobs.is_idle else 0

    def day(self) -> Iterator[Callable[[], object]]:
        """Give what somebody does in a day."""
        window = self._window
        for place in window.places:
            yield partial(window.go_to, place.value)
        yield partial(window.go_to, Place.CALENDAR.value)
        page = window.page
        if isinstance(page, CalendarPage):
            yield from self._in_calendar(page)
        yield partial(window.open_palette, "stu")
        yield partial(self._press, Qt.Key.Key_Escape)
        yield partial(window.go_to, Place.STUDENTS.value)
        yield window.find_in_page
        for letter in "student 12":
            yield partial(self._type, letter)
        yield window.refresh

    def _in_calendar(self, page: CalendarPage) -> Iterator[Callable[[], object]]:
        for view in (View.DAY, View.WEEK, View.TUTORS, View.AGENDA, View.WEEK):
            yield partial(page.show_view, view)
        for _week in range(6):
            yield partial(page.turn, 1)
        yield partial(page.turn, -3)
        bar = page.canvas.verticalScrollBar()
        for step in range(10):
            yield partial(bar.setValue, step * 40)
        shown = page.canvas.scene.placed[:5]
        for one in shown:
            yield partial(page.canvas.select, one.block.session_id)

    def change_pages(self, count: int) -> None:
        """Go from page to page."""
        places = self._window.places
        for number in range(count):
            place = places[number % len(places)]
            self.do(partial(self._window.go_to, place.value))

    def _type(self, letters: str) -> None:
        if (widget := self._window.focusWidget()) is not None:
            QTest.keyClicks(widget, letters)

    def _press(self, key: Qt.Key) -> None:
        if (widget := self._window.focusWidget()) is not None:
            QTest.keyClick(widget, key)

    def _turn(self) -> None:
        self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)

    def _timed(self, act: Callable[[], object]) -> None:
        start = perf_counter()
        act()
        self.longest = max(self.longest, (perf_counter() - start) * 1000)


def _memory() -> float:
    """Say how much memory the program holds now, in MB; 0 where that is not told."""
    pages = Path("/proc/self/statm")
    if not pages.is_file():
        return 0.0
    return int(pages.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
