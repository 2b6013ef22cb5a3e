"""Draws every page, dialog and state into PNG files, for papers and for looking at."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.views.jobs import BackgroundJobs
from app.views.shell.main_window import MainWindow
from app.views.tables.view import DataTable
from app.views.tools import Place

SETTLE = 100  # milliseconds between two looks whether a page is ready
RESTS = 3  # looks without a job, so that what was shown last is laid out
SYSTEMS = {"QFileDialog", "QPrintDialog"}  # dialogs that are not ours
ASKS = "…"  # the end of a command that asks something before it does it


@dataclass(frozen=True, slots=True)
class Picture:
    """A state to be drawn.

    Attributes:
        name: of the file, without its ending.
        act: what brings the window there.
    """

    name: str
    act: Callable[[], object]


class Grabber(QObject):
    """Goes through the pages, their states and their dialogs, one after the other.

    Signals:
        finished: Every picture is drawn.
    """

    finished = Signal()

    def __init__(
        self,
        window: MainWindow,
        jobs: BackgroundJobs,
        folder: Path,
        settle: int = SETTLE,
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._folder = window, jobs, folder
        self._waiting: deque[Picture] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(settle)
        self._timer.timeout.connect(self._step)
        self._shown: Picture | None = None
        self._rested = 0  # looks since the last job ended

    def start(self) -> None:
        """Begin with the first page."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for place in self._window.places:
            go = partial(self._window.go_to, place.value)
            self._waiting.append(Picture("", go))
            self._waiting.append(Picture("", partial(self._enter, place)))
        self._waiting += self._frame()
        self._timer.start()

    def _frame(self) -> Iterator[Picture]:
        """List what the window shows over any page."""
        yield Picture("palette", self._window.open_palette)
        yield Picture("palette-found", partial(self._window.open_palette, "an"))
        yield Picture("palette-commands", partial(self._window.open_palette, ">"))
        yield Picture("", self._put_away)
        for action in self._window.commands.helps:
            yield Picture(f"help-{_slug(action.text())}", partial(_run, action))
            yield Picture("", self._put_away)

    def _step(self) -> None:
        self._rested = self._rested + 1 if self._jobs.is_idle else 0
        is_drawn = self._shown is None or self._shown.name
        if self._rested < (RESTS if is_drawn else 1):
            return
        self._rested = 0
        if self._shown is not None and self._shown.name:
            self._draw(self._shown.name)
        if not self._waiting:
            self._timer.stop()
            self.finished.emit()
            return
        self._shown = self._waiting.popleft()
        self._shown.act()

    def _enter(self, place: Place) -> None:
        """Line up what there is to see of a page that was just shown."""
        page = self._window.page
        word = place.value.replace("_", "-")
        states = [
            Picture(f"{word}-{name}" if name else word, act)
            for name, act in page.states()
        ]
        self._waiting.extendleft(reversed([*states, *self._asked(word)]))

    def _asked(self, word: str) -> Iterator[Picture]:
        """List the page's commands that ask something, each from the page as it is."""
        again = partial(self._window.go_to, self._window.page.place.value)
        for action in self._commands():
            yield Picture("", again)
            yield Picture("", self._choose_first)
            yield Picture(f"{word}-{_slug(action.text())}", partial(_run, action))
            yield Picture("", self._put_away)

    def _commands(self) -> list[QAction]:
        own = self._window.page.commands().values()
        return [one for menu in own for one in menu if one.text().endswith(ASKS)]

    def _choose_first(self) -> None:
        """Choose the first row of the page's list, so that commands have an object."""
        for table in self._window.page.findChildren(DataTable):
            rows = table.model.rows
            if table.isVisible() and rows and table.current() is None:
                table.select(table.model.key(rows[0]))

    def _draw(self, name: str) -> None:
        dialog = self._dialog()
        if dialog is not None and dialog.metaObject().className() in SYSTEMS:
            return
        seen = dialog if dialog is not None else self._window
        seen.grab().save(str(self._folder / f"{name}.png"))

    def _dialog(self) -> QDialog | None:
        top = QApplication.topLevelWidgets()
        found = [one for one in top if isinstance(one, QDialog) and one.isVisible()]
        return found[-1] if found else None

    def _put_away(self) -> None:
        """Close what was opened, as a person would."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.done(QDialog.DialogCode.Rejected)
            return
        here = QApplication.focusWidget()
        target: QWidget = here if here is not None else self._window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            none = Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(target, QKeyEvent(kind, Qt.Key.Key_Escape, none))


def _run(action: QAction) -> None:
    """Give a command, where it can be given now."""
    if action.isEnabled():
        action.trigger()


def _slug(text: str) -> str:
    """Make a command's words part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", text.replace("&", "").lower()).strip("-")
