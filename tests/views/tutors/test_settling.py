"""Sessions in a tutor's leave are handed on, moved, cancelled or kept in one step."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.models.values.schedule import SessionStatus
from app.services.scheduling.errors import ClashError
from app.services.scheduling.requests import Substitute
from app.views.tools import Tools, Word
from app.views.tutors.leave import LeaveDialog
from app.views.tutors.page import TutorsPage
from app.views.tutors.settling import SettleDialog
from app.views.tutors.ways import CANCEL, KEEP
from tests.views.hands import Hands

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 13)


def opened(page: TutorsPage) -> SettleDialog:
    """Give the window that is open now."""
    return next(one for one in page.findChildren(SettleDialog) if one.isVisible())


@pytest.fixture
def settling(page: TutorsPage) -> SettleDialog:
    """Ann is away for a week; her sessions are listed."""
    page.availability.exceptions.leave.click()
    form = next(one for one in page.findChildren(LeaveDialog) if one.isVisible())
    form.first.show_day(MONDAY)
    form.last.show_day(FRIDAY)
    form.verb_button.click()
    return opened(page)


def a_way(settling: SettleDialog, at: int, start: str) -> str:
    """Choose the first way of a kind for a row, and give its name."""
    row = settling.rows[at]
    name = next(way.name for way in row.ways if way.name.startswith(start))
    row.choose(name)
    return name


def test_each_session_goes_its_way_and_the_list_says_which(
    page: TutorsPage, settling: SettleDialog, tools: Tools
) -> None:
    words: list[Word] = []
    page.said.connect(words.append)
    sessions = [row.card for row in settling.rows]
    assert len(sessions) >= 3
    assert {row.way.name for row in settling.rows} == {KEEP}
    a_way(settling, 0, "tutor:")
    a_way(settling, 1, "time:")
    a_way(settling, 2, CANCEL)
    assert "3" in settling.verb_button.text()
    Hands().click(settling.verb_button)
    details = [tools.office.timetable.session(one.session_id) for one in sessions]
    cards = [one.card for one in details]
    assert cards[0].tutors != sessions[0].tutors
    assert cards[1].starts_at != sessions[1].starts_at
    assert cards[2].status is SessionStatus.CANCELLED_BY_TUTOR
    assert cards[3:] == sessions[3:]
    assert cards[0].tutors[0][1] in settling.rows[0].became.text()
    assert all(row.became.isVisible() for row in settling.rows)
    assert "3" in words[-1].sentence
    settling.verb_button.click()
    assert not settling.isVisible()


def test_the_step_is_undone_once_the_leave_is_taken_back(
    page: TutorsPage, settling: SettleDialog, tools: Tools
) -> None:
    a_way(settling, 0, "tutor:")
    settling.verb_button.click()
    journal, card = tools.office.journal, settling.rows[0].card
    step = journal.undoable()[0].step
    with pytest.raises(ClashError, match="on leave"):
        journal.undo(step)
    page.refresh()
    (line,) = page.availability.exceptions.lines
    line.back.click()
    journal.undo(step)
    first = tools.office.timetable.session(card.session_id).card
    assert first.tutors == card.tutors


def test_the_best_substitute_is_chosen_for_all(settling: SettleDialog) -> None:
    Hands().click(settling.best)
    ways = [row.way for row in settling.rows]
    assert any(way.tutor_id for way in ways)
    for row in settling.rows:
        offered = [way.tutor_id for way in row.ways if way.tutor_id]
        assert bool(offered) == bool(row.way.tutor_id)


def test_a_refused_step_changes_nothing_and_says_why(
    settling: SettleDialog, tools: Tools
) -> None:
    a_way(settling, 0, "tutor:")
    a_way(settling, 1, CANCEL)
    request = settling.rows[0].way.request
    assert isinstance(request, Substitute)
    tools.office.bookings.substitute(request)
    settling.verb_button.click()
    assert settling.complaint.isVisible()
    assert settling.verb_button.isEnabled()
    second = tools.office.timetable.session(settling.rows[1].card.session_id)
    assert not second.card.status.is_cancelled


def test_what_was_kept_is_settled_later(
    page: TutorsPage, settling: SettleDialog, qtbot: QtBot
) -> None:
    settling.verb_button.click()
    assert not settling.isVisible()
    page.refresh()
    (line,) = page.availability.exceptions.lines
    assert not line.settle.isHidden()
    line.settle.click()
    again = opened(page)
    assert again is not settling
    with qtbot.waitSignal(page.went) as went:
        again.rows[0].show_button.click()
    assert went.args[0].id == again.rows[0].card.session_id
