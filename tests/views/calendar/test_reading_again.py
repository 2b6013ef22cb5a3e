"""A timetable that could not be read is read again where that was asked meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject

from app.models.values.errors import OfficeError, UnavailableError
from tests.mischief.standing_in import TurnJobs
from tests.views.calendar.conftest import Desk

T = TypeVar("T")


class FirstRefused(TurnJobs):
    """Late answers; the first is that the office cannot be reached."""

    def __init__(self) -> None:
        super().__init__()
        self._is_reached = False

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Take a job in; the first comes to nothing."""
        is_reached, self._is_reached = self._is_reached, True

        def refused() -> T:
            if is_reached:
                return work()
            raise UnavailableError

        super().run(owner, refused, done=done, failed=failed, words=words)


def test_what_was_asked_during_a_failed_reading_is_read_after_it(desk: Desk) -> None:
    page, tools, jobs = desk.page, desk.page.tools, FirstRefused()
    page.tools = replace(tools, jobs=jobs)
    page.refresh()
    page.refresh()
    jobs.step()
    assert page.failure.isVisible()
    assert page.canvas.is_read_only
    while not jobs.is_idle:
        jobs.step()
    page.tools = tools
    assert not page.failure.isVisible()
    assert not page.canvas.is_read_only
