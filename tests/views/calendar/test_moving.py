"""Only the deed that was refused can be done all the same, and once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint

from app.models.values.schedule import CancelledBy, EditScope
from app.services.closing.requests import CancelSession
from app.services.scheduling.requests import EditSeries
from app.views.calendar.moving import Mover
from app.views.calendar.questions import OverrideQuestion
from app.views.tools import Word
from tests.mischief.standing_in import TurnJobs
from tests.views.calendar.conftest import SATURDAY, Desk, book

TEN = datetime.combine(SATURDAY, time(10))
HOUR = timedelta(hours=1)
AT = QPoint(24, 80)


class Told:
    """Keeps what a mover says."""

    def __init__(self, mover: Mover) -> None:
        self.said: list[str] = []
        self.noted: list[str] = []
        mover.said.connect(self._on_said)
        mover.noted.connect(self.noted.append)

    def _on_said(self, word: Word) -> None:
        self.said.append(word.sentence)


@pytest.fixture
def jobs() -> TurnJobs:
    """Jobs whose answers come when they are let."""
    return TurnJobs()


@pytest.fixture
def mover(desk: Desk, jobs: TurnJobs) -> Iterator[Mover]:
    """A mover over the calendar whose answers come late."""
    made = Mover(replace(desk.window.tools, jobs=jobs), desk.page.body())
    yield made
    made.deleteLater()


def moved(session_id: int, start: datetime) -> EditSeries:
    return EditSeries(session_id, EditScope.THIS, start=start)


def finish(jobs: TurnJobs) -> None:
    while not jobs.is_idle:
        jobs.step()


def test_a_refused_restore_does_not_offer_to_move_what_was_moved_before(
    desk: Desk, mover: Mover, jobs: TurnJobs
) -> None:
    first = book(desk, TEN, student=1)
    missed = book(desk, TEN + 3 * HOUR, student=2)
    request = CancelSession(missed, CancelledBy.OFFICE)
    desk.window.tools.office.cancellations.cancel(request)
    mover.change(desk.card(first), moved(first, TEN + 3 * HOUR), AT)
    finish(jobs)
    assert desk.start(first) == TEN + 3 * HOUR
    told = Told(mover)
    mover.put_back(desk.card(missed))
    finish(jobs)
    assert mover.question is None
    (noted,) = told.noted
    assert noted.startswith("Could not restore")
    assert desk.card(missed).status.is_cancelled


def test_a_late_refusal_of_the_former_deed_asks_nothing_about_the_next(
    desk: Desk, mover: Mover, jobs: TurnJobs
) -> None:
    first = book(desk, TEN, student=1)
    second = book(desk, TEN + HOUR, student=2)
    told = Told(mover)
    mover.change(desk.card(first), moved(first, TEN + HOUR), AT)
    mover.change(desk.card(second), moved(second, TEN + 4 * HOUR), AT)
    finish(jobs)
    assert mover.question is None
    assert len(told.noted) == len(told.said) == 1
    assert desk.start(first) == TEN
    assert desk.start(second) == TEN + 4 * HOUR


def test_going_on_all_the_same_moves_what_was_asked_about(
    desk: Desk, mover: Mover, jobs: TurnJobs
) -> None:
    first = book(desk, TEN, student=1)
    book(desk, TEN + HOUR, student=2)
    mover.change(desk.card(first), moved(first, TEN + HOUR), AT)
    finish(jobs)
    question = mover.question
    assert isinstance(question, OverrideQuestion)
    question.reason.setText("Both agreed")
    question.answer()
    finish(jobs)
    assert mover.question is None
    assert desk.start(first) == TEN + HOUR
