"""What a random visitor meets: jobs that wait for their turn, and answers by chance."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.models.values.errors import OfficeError
from app.views.prompts import Question, WindowPrompts

T = TypeVar("T")
GIVEN_UP = 0.3  # share of the choices of a file that are given up
ASKED_IN_A_BOX = 0.7  # share of the questions that a box asks, as in the program


@dataclass(frozen=True, slots=True)
class _Job:
    owner: QObject
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[OfficeError], None] | None


class TurnJobs(QObject):
    """Keeps jobs until their turn, so that a slow desk can be played again.

    Signals:
        failed: A job whose asker does not care for refusals was refused.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[_Job] = deque()

    @property
    def is_idle(self) -> bool:
        """Say whether no job waits."""
        return not self._waiting

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Take a job in, behind those that wait."""
        assert isinstance(words, str)
        self._waiting.append(_Job(owner, work, done, failed))

    def errand(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Do the same with work that needs no database."""
        self.run(owner, work, done=done, failed=failed, words=words)

    def shut_desk(self) -> None:
        """Give up what waits."""
        self._waiting.clear()

    def step(self) -> None:
        """Do the job that waits longest, and bring its outcome as the program does."""
        job = self._waiting.popleft()
        try:
            result = job.work()
        except OfficeError as error:
            if isValid(job.owner):
                _deliver(job.failed or self.failed.emit, error)
        except Exception:  # noqa: BLE001  whatever it is, it is a crash to report
            sys.excepthook(*sys.exc_info())
        else:
            if isValid(job.owner):
                _deliver(job.done, result)


def _deliver(slot: Callable[[Any], object], outcome: object) -> None:
    try:
        slot(outcome)
    except Exception:  # noqa: BLE001  as Qt does with the slots of signals
        sys.excepthook(*sys.exc_info())


class ChancePrompts(WindowPrompts):
    """Answers by chance, and never opens a window of the system.

    Attributes:
        folder: where the files lie that are chosen and written.
    """

    def __init__(self, chance: Random, folder: Path) -> None:
        self._chance, self.folder = chance, folder
        self._files = made_files(folder)
        self._written = 0

    def ask(self, parent: QWidget, question: Question, yes: Callable[[], None]) -> None:
        """Ask in the program's own box, or agree or not at once."""
        if self._chance.random() < ASKED_IN_A_BOX:
            super().ask(parent, question, yes)
        elif self._chance.random() < 0.5:
            yes()

    def choose_file(
        self, parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], None]
    ) -> None:
        """Choose a file of any content, also one that is not there, or none."""
        assert parent is not None
        assert title
        assert kinds
        if not self._gives_up():
            chosen(self._chance.choice(self._files))

    def choose_folder(
        self, parent: QWidget, title: str, chosen: Callable[[Path], None]
    ) -> None:
        """Choose the folder, one that is not there, or none."""
        assert parent is not None
        assert title
        if not self._gives_up():
            chosen(self._chance.choice((self.folder, self.folder / "nowhere")))

    def name_file(
        self,
        parent: QWidget,
        title: str,
        proposed: str,
        kinds: str,
        chosen: Callable[[Path], None],
    ) -> None:
        """Name a new file, one that cannot be written, or none."""
        assert parent is not None
        assert title
        assert kinds
        if not self._gives_up():
            self._written += 1
            name = f"{self._written}{Path(proposed).suffix}"
            chosen(self._chance.choice((self.folder, self.folder / "nowhere")) / name)

    def choose_printer(
        self,
        parent: QWidget,
        title: str,
        printer: QPrinter,
        chosen: Callable[[], None],
    ) -> None:
        """Print into a file, or not at all."""
        assert parent is not None
        assert title
        if not self._gives_up():
            self._written += 1
            printer.setOutputFileName(str(self.folder / f"{self._written}.pdf"))
            chosen()

    def _gives_up(self) -> bool:
        return self._chance.random() < GIVEN_UP


def made_files(folder: Path) -> tuple[Path, ...]:
    """Write files of good and of senseless content, and name one that is missing."""
    folder.mkdir(exist_ok=True)
    contents = {
        "empty.csv": b"",
        "people.csv": b"Name,Email\nSam Fox,sam@example.org\nKim,=1+1\n",
        "noise.csv": bytes(range(256)),
        "days.ics": b"BEGIN:VCALENDAR\nVERSION:2.0\nEND:VCALENDAR\n",
        "logo.png": b"\x89PNG\r\n\x1a\n but no picture",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return (*(folder / name for name in contents), folder / "missing.csv")
