"""What is on the screen beside the main window: the first window, a crash report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

import app
from app.text import _
from app.views.errors import CrashReports
from app.views.shell.curtain import Curtain
from app.views.shell.main_window import MainWindow
from app.views.shell.welcome import Welcome
from app.views.tools import Place, Word


class Apart(QObject):
    """Opens, for those who draw it, what comes up only now and then."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._opened: list[QWidget] = []
        self._reports = CrashReports(self)

    def listed(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """List what there is; an act without a name leads to the next one."""
        yield "", self._go_to_calendar
        yield "toast-undo", self._say
        yield "crash-report", self._crash
        yield "welcome", self._welcome
        yield "curtain", self._cover

    def leave(self) -> None:
        """Let go of the windows that were opened."""
        for window in self._opened:
            window.close()
            window.deleteLater()
        self._opened.clear()

    def _go_to_calendar(self) -> None:
        self._window.go_to(Place.CALENDAR.value)

    def _say(self) -> None:
        """Show a word with a way back; no step was taken, so nothing is undone."""
        sentence = _("Session moved to another time.")
        self._window.toasts.say(sentence, _("Undo"), Word(sentence))

    def _crash(self) -> None:
        self._reports.caught.emit(f"Chalkbook {app.__version__}")

    def _welcome(self) -> None:
        welcome = Welcome()
        self._opened.append(welcome)
        welcome.open()

    def _cover(self) -> None:
        curtain = Curtain(self._window.tools.state)
        self._opened.append(curtain)
        curtain.resize(self._window.size())
        curtain.show()
