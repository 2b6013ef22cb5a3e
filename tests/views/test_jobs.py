"""Whoever asked for work hears of its end, also when the program is at fault."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.models.values.errors import OfficeError
from app.views.jobs import BackgroundJobs, DeskShutError, ProgramFaultError


@pytest.fixture
def jobs() -> Iterator[BackgroundJobs]:
    made = BackgroundJobs()
    yield made
    made.close()


def test_a_fault_is_reported_and_told_to_whoever_waits(
    qtbot: QtBot, jobs: BackgroundJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[type[BaseException]] = []

    def take(kind: type[BaseException], *_rest: object) -> None:
        reported.append(kind)

    monkeypatch.setattr(sys, "excepthook", take)
    told: list[OfficeError] = []
    done: list[object] = []
    jobs.run(jobs, _fail, done=done.append, failed=told.append)
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=5000)
    assert reported == [ZeroDivisionError]
    assert [type(error) for error in told] == [ProgramFaultError]
    assert done == []


def test_a_shut_desk_does_nothing_that_waits_and_says_so(
    qtbot: QtBot, jobs: BackgroundJobs
) -> None:
    owner = QObject()
    told: list[OfficeError] = []
    done: list[object] = []
    worked: list[int] = []
    jobs.run(owner, jobs.shut_desk, done=done.append)
    jobs.run(owner, lambda: worked.append(1), done=done.append, failed=told.append)
    jobs.errand(owner, lambda: 2, done=done.append)
    qtbot.waitUntil(lambda: jobs.is_idle, timeout=5000)
    assert worked == []
    assert sorted(map(str, done)) == ["2", "None"]
    assert [type(error) for error in told] == [DeskShutError]


def _fail() -> float:
    return 1 / 0
