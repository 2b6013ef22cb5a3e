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
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from app.models.values.errors import OfficeError

T = TypeVar("T")
ERRAND_WORKERS = 4


class Jobs(Protocol):
    """Runs work and hands its outcome to the object that asked for it."""

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run work at the desk; call ``done`` or ``failed`` unless the owner is gone.

        ``words`` say what is being done, for work that may take long.
        """

    def errand(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run work that needs no database, beside everything else."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    owner: QObject
    future: Future[Any]
    done: Callable[[Any], None]
    failed: Callable[[OfficeError], None] | None
    words: str


class BackgroundJobs(QObject):
    """Runs jobs on threads of their own.

    Signals:
        failed: A job whose asker does not care for refusals was refused.
        busy: The words of the jobs that are under way are others now.
    """

    failed = Signal(object)
    busy = Signal(object)
    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._errands = ThreadPoolExecutor(ERRAND_WORKERS, thread_name_prefix="errand")
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

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run work at the desk, in turn."""
        self._start(self._desk, owner, work, done, failed, words)

    def errand(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Run work that needs no database, beside everything else."""
        self._start(self._errands, owner, work, done, failed, words)

    def close(self) -> None:
        """Finish the jobs in hand and drop the rest."""
        self._desk.shutdown(wait=True, cancel_futures=True)
        self._errands.shutdown(wait=True, cancel_futures=True)

    def _start(
        self,
        lane: ThreadPoolExecutor,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None,
        words: str,
    ) -> None:
        self._under_way += 1
        if words:
            self._words.append(words)
            self.busy.emit(self.words)
        future = lane.submit(work)
        outcome = _Outcome(owner, future, done, failed, words)
        future.add_done_callback(lambda _: self._finished.emit(outcome))

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
        elif outcome.failed is not None:
            outcome.failed(error)
        else:
            self.failed.emit(error)
