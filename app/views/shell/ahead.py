"""Makes pages while nobody does anything, so that the first visit is quick."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.views.pages import PageEntry
from app.views.shell.main_window import MainWindow
from app.views.tools import Tools

FIRST_AFTER = 2000  # milliseconds after the start, when the first page stands
QUIET = 700  # milliseconds without keys and mouse before a page is made
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.TouchUpdate,
        QEvent.Type.Wheel,
    }
)


class Ahead(QObject):
    """Reads the modules of the pages beside the windows, then makes one at a time."""

    def __init__(
        self, tools: Tools, window: MainWindow, pages: Sequence[PageEntry]
    ) -> None:
        super().__init__(window)
        self._tools, self._window = tools, window
        self._pages = tuple(pages)
        self._left = deque(page.place for page in pages)
        self._since_input = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)

    def start(self) -> None:
        """Begin when the first page has had time to come up."""
        self._since_input.start()
        self._timer.start(FIRST_AFTER)

    @property
    def is_done(self) -> bool:
        """Say whether every page is made."""
        return not self._left

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when somebody last did something."""
        if event.type() in _INPUT:
            self._since_input.restart()
        return super().eventFilter(watched, event)

    def _read(self) -> None:
        work = partial(read_pages, self._pages)
        self._tools.jobs.errand(self, work, done=self._on_read)

    def _on_read(self, _count: int) -> None:
        self._listen()
        self._timer.timeout.disconnect(self._read)
        self._timer.timeout.connect(self.go_on)
        self._timer.start(QUIET)

    def go_on(self) -> None:
        """Make the next page if nobody is doing anything, and come back for more."""
        if (application := QApplication.instance()) is not None:
            application.removeEventFilter(self)  # making is thousands of events
        if self._left and self._is_quiet():
            self._window.make_page(self._left.popleft())
        if self._left:
            self._listen()
            self._timer.start(QUIET // 2)

    def _listen(self) -> None:
        if (application := QApplication.instance()) is not None:
            application.installEventFilter(self)

    def _is_quiet(self) -> bool:
        is_asked = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        is_held = bool(QApplication.mouseButtons().value)
        return not (is_asked or is_held) and self._since_input.hasExpired(QUIET)


def read_pages(pages: Sequence[PageEntry]) -> int:
    """Read the modules of pages, and say how many pages that are."""
    count = len({page.kind for page in pages})
    gc.freeze()  # modules stay; no later search for garbage need look through them
    return count
