"""Stand-ins for what comes from outside the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from app.models.values.errors import OfficeError

if TYPE_CHECKING:  # tests without windows need no Qt
    from PySide6.QtCore import QObject
    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from app.views.prompts import Question

T = TypeVar("T")


class FakeClock:
    """A clock that stands still until it is set."""

    def __init__(self, time: datetime | None = None) -> None:
        self.time = time or datetime(2026, 3, 4, 22, tzinfo=UTC)

    def now(self) -> datetime:
        """Tell the time it was set to."""
        return self.time

    def set(
        self, year: int, month: int, day: int, hour: int = 0, minute: int = 0
    ) -> None:
        """Set it to an instant, in UTC."""
        self.time = datetime(year, month, day, hour, minute, tzinfo=UTC)

    def advance(self, **length: float) -> None:
        """Move it on, by ``days=``, ``hours=`` or ``minutes=``."""
        self.time += timedelta(**length)


class InlineJobs:
    """Runs every job on the spot, in the caller's thread."""

    def __init__(self) -> None:
        self.count = 0

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run work and hand over its outcome before returning."""
        assert owner is not None
        assert isinstance(words, str)
        self.count += 1
        try:
            result = work()
        except OfficeError as error:
            if failed is None:
                raise
            failed(error)
        else:
            done(result)

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
        """Go on: nothing ever waits here."""


class ScriptedPrompts:
    """Gives answers thought out beforehand, and keeps what was asked.

    Attributes:
        agrees: the answer to every question.
        path: the file or folder that is chosen; none for a choice that is given up.
        asked: the questions, in order.
        titles: of the windows in which something was chosen.
    """

    def __init__(self, *, agrees: bool = True, path: Path | None = None) -> None:
        self.agrees, self.path = agrees, path
        self.asked: list[Question] = []
        self.titles: list[str] = []
        self.proposed: list[str] = []

    def ask(self, parent: QWidget, question: Question, yes: Callable[[], None]) -> None:
        """Agree, or not."""
        assert parent is not None
        self.asked.append(question)
        if self.agrees:
            yes()

    def choose_file(
        self, parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], None]
    ) -> None:
        """Choose the file."""
        assert kinds
        self._choose(parent, title, chosen)

    def choose_folder(
        self, parent: QWidget, title: str, chosen: Callable[[Path], None]
    ) -> None:
        """Choose the folder."""
        self._choose(parent, title, chosen)

    def name_file(
        self,
        parent: QWidget,
        title: str,
        proposed: str,
        kinds: str,
        chosen: Callable[[Path], None],
    ) -> None:
        """Name the file."""
        assert kinds
        self.proposed.append(proposed)
        self._choose(parent, title, chosen)

    def choose_printer(
        self,
        parent: QWidget,
        title: str,
        printer: QPrinter,
        chosen: Callable[[], None],
    ) -> None:
        """Print into the file."""
        assert parent is not None
        self.titles.append(title)
        if self.path is not None:
            printer.setOutputFileName(str(self.path))
            chosen()

    def _choose(
        self, parent: QWidget, title: str, chosen: Callable[[Path], None]
    ) -> None:
        assert parent is not None
        self.titles.append(title)
        if self.path is not None:
            chosen(self.path)
