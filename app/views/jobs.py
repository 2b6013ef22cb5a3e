"""Work off the windows' thread, and its outcome back on it.

There are two lanes. What touches the database goes to the desk, one worker, first come
first served; so nothing that a person did later can overtake what was done before.
What takes long without the database (drawing PDFs, writing files) is an errand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.models.values.errors import OfficeError, UnavailableError
from app.text import _

T = TypeVar("T")
ERRAND_WORKERS = 4


class ProgramFaultError(OfficeError):
    """The work met a fault of the program, which was reported."""

    def __init__(self) -> None:
        super().__init__(_("The program met a fault of its own; nothing was changed."))


class DeskShutError(UnavailableError):
    """The work came too late: the desk takes none any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This was not done, because a backup was put in the office's place; "
                "open Chalkbook again."
            )
        )


class Run(Protocol):
    """A way of having work done beside the windows."""

    def __call__(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run work; call ``done`` or ``failed`` unless the owner is gone.

        ``words`` say what is being done, for work that may take long.
        """


class Jobs(Protocol):
    """Runs work beside the windows and brings its outcome back to them."""

    @property
    def run(self) -> Run:
        """Run work at the desk, in turn."""

    @property
    def errand(self) -> Run:
        """Run work that needs no database, beside everything else."""

    def shut_desk(self) -> None:
        """Refuse what waits for the desk and what comes later; from any thread."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    owner: QObject
    future: Future[Any]
    done: Callable[[Any], None]
    failed: Callable[[OfficeError], None] | None
    words: str


class _Lane:
    """Hands work to some workers, and its outcome to the jobs."""

    def __init__(self, workers: int, name: str, jobs: BackgroundJobs) -> None:
        self.pool = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._jobs = jobs
        self._is_shut = False

    def __call__(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run work in turn with what was handed in before."""
        self._jobs.begin(words)
        future = self.pool.submit(self._unless_shut, work)
        outcome = _Outcome(owner, future, done, failed, words)
        future.add_done_callback(partial(self._jobs.end, outcome))

    def shut(self) -> None:
        """Refuse what waits and what comes later; what is under way goes on."""
        self._is_shut = True

    def _unless_shut(self, work: Callable[[], T]) -> T:
        if self._is_shut:
            raise DeskShutError
        return work()


class BackgroundJobs(QObject):
    """Runs jobs on threads of their own.

    Attributes:
        run: the one worker at the desk.
        errand: the workers beside it.

    Signals:
        failed: A job whose asker does not care for refusals was refused.
        busy: The words of the jobs that are under way are others now.
    """

    failed = Signal(object)
    busy = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = _Lane(1, "desk", self)
        self.errand = _Lane(ERRAND_WORKERS, "errand", self)
        self._words: list[str] = []
        self._under_way = 0
        self._finished.connect(self._deliver)

    @property
    def is_idle(self) -> bool:
        """Say whether nothing is under way."""
        return not self._under_way

    @property
    def words(self) -> tuple[str, ...]:
        """Say what is under way that was given words."""
        return tuple(self._words)

    def begin(self, words: str) -> None:
        """Count a job that begins."""
        self._under_way += 1
        if words:
            self._words.append(words)
            self.busy.emit(self.words)

    def end(self, outcome: _Outcome, _future: Future[Any]) -> None:
        """Bring an outcome to the thread of the windows; called by the workers."""
        self._finished.emit(outcome)

    def shut_desk(self) -> None:
        """Refuse what waits for the desk and what comes later; from any thread."""
        self.run.shut()

    def close(self) -> None:
        """Finish the jobs in hand and drop the rest."""
        for lane in (self.run, self.errand):
            lane.pool.shutdown(wait=True, cancel_futures=True)

    def _deliver(self, outcome: _Outcome) -> None:
        self._under_way -= 1
        if outcome.words:
            self._words.remove(outcome.words)
            self.busy.emit(self.words)
        if outcome.future.cancelled() or not isValid(outcome.owner):
            return
        error = outcome.future.exception()
        if error is None:
            outcome.done(outcome.future.result())
        elif not isinstance(error, OfficeError):
            sys.excepthook(type(error), error, error.__traceback__)
            if outcome.failed is not None:  # whoever waits must not wait for ever
                outcome.failed(ProgramFaultError())
        elif outcome.failed is not None:
            outcome.failed(error)
        else:
            self.failed.emit(error)
