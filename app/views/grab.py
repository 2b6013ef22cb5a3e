"""Draws every page, dialog and state into PNG files, for papers and for looking at."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.views.apart import Apart
from app.views.jobs import BackgroundJobs
from app.views.shell.main_window import MainWindow
from app.views.tables.view import DataTable
from app.views.tools import Place
from app.views.widgets.feedback import Popover

SETTLE = 60  # milliseconds between two looks whether a page is ready
RESTS = 3  # looks without a job, so that what was shown last is laid out
SYSTEMS = {"QFileDialog", "QPrintDialog"}  # dialogs that are not ours
KINDS = {Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet}
MOST_ROWS = 20  # of a list that are tried
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
        *,
        is_empty: bool = False,
    ) -> None:
        """Be ready to start; of an empty office only the pages themselves are drawn."""
        super().__init__(window)
        self._is_empty = is_empty
        self._apart = Apart(window)
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
            word = f"empty-{_word(place)}" if self._is_empty else ""
            self._waiting.append(Picture(word, go))
            if not self._is_empty:
                self._waiting.append(Picture("", partial(self._enter, place)))
        if not self._is_empty:
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
        for name, act in self._apart.listed():
            yield Picture(name, act)
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
            self._apart.leave()
            self.finished.emit()
            return
        self._shown = self._waiting.popleft()
        self._shown.act()

    def _enter(self, place: Place) -> None:
        """Line up what there is to see of a page that was just shown."""
        page = self._window.page
        word = _word(place)
        states = [
            Picture(f"{word}-{name}" if name else word, act)
            for name, act in page.states()
        ]
        every = [*states, *self._asked(word), *self._posed(word)]
        self._waiting.extendleft(reversed(every))

    def _asked(self, word: str) -> Iterator[Picture]:
        """List the page's commands that ask something, each from the page as it is."""
        again = partial(self._window.go_to, self._window.page.place.value)
        for action in self._commands():
            yield Picture("", again)
            yield Picture("", self._choose_first)
            yield Picture(f"{word}-{_slug(action.text())}", partial(_run, action))
            yield Picture("", self._put_away)

    def _posed(self, word: str) -> Iterator[Picture]:
        """List what the page shows only while something is under way."""
        yield Picture("", partial(self._window.go_to, self._window.page.place.value))
        for name, act in self._window.page.poses():
            yield Picture(f"{word}-{name}" if name else "", act)
            yield Picture("", self._put_away)

    def _commands(self) -> list[QAction]:
        own = self._window.page.commands().values()
        return [one for menu in own for one in menu if one.text().endswith(ASKS)]

    def _choose_first(self) -> None:
        """Choose the record that most commands can be given for."""
        self._window.page.choose_any()
        for table in self._window.page.findChildren(DataTable):
            if not table.isVisible():
                continue
            keys = [table.model.key(row) for row in table.model.rows[:MOST_ROWS]]
            best = max(keys, key=partial(self._use_of, table), default=None)
            if best is not None:
                table.select(best)

    def _use_of(self, table: DataTable[Any], key: int) -> int:
        table.select(key)
        return sum(action.isEnabled() for action in self._commands())

    def _draw(self, name: str) -> None:
        other = self._other()
        if other is not None and other.metaObject().className() in SYSTEMS:
            return
        seen = other if other is not None else self._window
        seen.grab().save(str(self._folder / f"{name}.png"))

    def _other(self) -> QWidget | None:
        """Find the window or dialog that was opened beside the main window."""
        found = [
            one
            for one in QApplication.topLevelWidgets()
            if one.isVisible()
            and one is not self._window
            and (one.windowType() in KINDS or isinstance(one, QDialog))
        ]
        return found[-1] if found else None

    def _put_away(self) -> None:
        """Close what was opened."""
        other = self._other()
        if isinstance(other, QDialog):
            other.done(QDialog.DialogCode.Rejected)
        elif other is not None:
            other.close()
        self._window.palette_box.hide()
        self._window.toasts.clear()
        for popover in self._window.findChildren(Popover):
            if popover.isVisible():
                popover.dismiss()


def _run(action: QAction) -> None:
    """Give a command, where it can be given now."""
    if action.isEnabled():
        action.trigger()


def _word(place: Place) -> str:
    """Make a page part of a file name."""
    return place.value.replace("_", "-")


def _slug(text: str) -> str:
    """Make a command's words part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", text.replace("&", "").lower()).strip("-")
