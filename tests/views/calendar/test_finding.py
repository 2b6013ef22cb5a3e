"""Free times that come late never land in the list of another session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from app.models.values.schedule import CancelledBy
from app.services.closing.requests import CancelSession
from app.views.calendar.finding import Finding
from tests.mischief.standing_in import TurnJobs
from tests.views.calendar.conftest import SATURDAY, Desk, book

TEN = datetime.combine(SATURDAY, time(10))


@pytest.fixture
def jobs(desk: Desk) -> Iterator[TurnJobs]:
    """Jobs of the calendar whose answers come when they are let."""
    late, tools = TurnJobs(), desk.page.tools
    desk.page.tools = replace(tools, jobs=late)
    yield late
    desk.page.tools = tools


def finish(jobs: TurnJobs) -> None:
    while not jobs.is_idle:
        jobs.step()


def begin(finding: Finding, desk: Desk, session_id: int) -> None:
    finding.find(desk.card(session_id))


def test_times_for_the_first_session_do_not_land_in_the_list_of_the_second(
    desk: Desk, jobs: TurnJobs
) -> None:
    first = book(desk, TEN, student=1)
    second = book(desk, TEN + timedelta(hours=3), student=2)
    finish(jobs)
    finding = desk.page.around.finding
    begin(finding, desk, first)
    begin(finding, desk, second)
    jobs.step()
    assert finding.list is not None
    assert not finding.list.buttons
    jobs.step()
    assert finding.list.buttons


def test_a_late_move_of_the_first_leaves_the_list_of_the_second_open(
    desk: Desk, jobs: TurnJobs
) -> None:
    first = book(desk, TEN, student=1)
    second = book(desk, TEN + timedelta(hours=3), student=2)
    finish(jobs)
    finding = desk.page.around.finding
    begin(finding, desk, first)
    jobs.step()
    assert finding.list is not None
    finding.list.buttons[0].click()
    begin(finding, desk, second)
    finish(jobs)
    assert desk.start(first) != TEN
    assert finding.list is not None
    assert finding.list.buttons


def test_a_refusal_of_the_first_leaves_the_list_of_the_second_open(
    desk: Desk, jobs: TurnJobs
) -> None:
    first = book(desk, TEN, student=1)
    second = book(desk, TEN + timedelta(hours=3), student=2)
    finish(jobs)
    finding = desk.page.around.finding
    begin(finding, desk, first)
    jobs.step()
    assert finding.list is not None
    finding.list.buttons[0].click()
    request = CancelSession(first, CancelledBy.OFFICE)
    desk.window.tools.office.cancellations.cancel(request)
    begin(finding, desk, second)
    finish(jobs)
    assert desk.start(first) == TEN
    assert finding.list is not None
    assert finding.list.buttons
