"""Watches a run of many steps on its own thread, and shows it in the window."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from time import monotonic

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from app.text import _
from app.views.formats import DASH
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.laying import across, down

TOLD_FROM = 2.0  # seconds after which a rest can be guessed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: ``done`` of ``count``, and whose turn it is."""

    done: int
    count: int
    name: str


class RunWatch(QObject):
    """Hears from a run on whatever thread it is, and may stop it.

    Signals:
        moved: The run has come further; carries a Progress.
    """

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def stop(self) -> None:
        """Let what is under way be the last."""
        self._stop.set()

    def goes_on(self, done: int, count: int, name: str) -> bool:
        """Tell the window how far the run is, and the run whether it goes on."""
        self.moved.emit(Progress(done, count, name))
        return not self._stop.is_set()


class ProgressCard(QWidget):
    """A bar with its words and Stop.

    Signals:
        stopped: The person wants the run to stop.
        moved: It shows that the run has come further; carries a Progress.
    """

    stopped = Signal()
    moved = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._began = 0.0
        self._title = label(title, "panel")
        self._words = label(_("Getting ready…"), "body", "text2", tabular=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(title)
        self.stop = Button(_("Stop"))
        self.stop.clicked.connect(self._on_stop)
        self.setLayout(
            down(
                self._title,
                self._bar,
                across(self._words, 0, self.stop),
                spacing=12,
                margins=(24, 24, 24, 24),
            )
        )

    def begin(self) -> None:
        """Start at nothing."""
        self._began = monotonic()
        self._bar.setRange(0, 0)
        self._words.setText(_("Getting ready…"))
        self.stop.setEnabled(True)
        self.stop.setText(_("Stop"))

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is."""
        self._bar.setRange(0, progress.count)
        self._bar.setValue(progress.done)
        words = _("{done} of {count} {dash} {name}").format(
            done=progress.done + 1,
            count=progress.count,
            dash=DASH,
            name=progress.name,
        )
        self._words.setText(words + self._rest(progress))
        self.moved.emit(progress)

    def _rest(self, progress: Progress) -> str:
        spent = monotonic() - self._began
        if spent < TOLD_FROM or not progress.done:
            return ""
        left = spent / progress.done * (progress.count - progress.done)
        return " · " + _("about {seconds} s left").format(seconds=max(1, round(left)))

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)
        self.stop.setText(_("Stopping…"))
        self.stopped.emit()
