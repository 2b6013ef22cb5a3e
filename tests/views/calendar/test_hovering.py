"""The card of a session: after a rest of the pointer, and on Space."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.services.closing.requests import CloseSession, Outcome, StudentNote
from app.views.calendar.canvas import HOVER_AFTER
from app.views.widgets.feedback import MARGIN
from tests.fakes import FakeClock
from tests.mischief.standing_in import TurnJobs
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

TEN = datetime.combine(SATURDAY, time(10))


@pytest.fixture
def single(desk: Desk) -> int:
    """A session of its own on Saturday."""
    return book(desk, TEN)


def rest_on(desk: Desk, session_id: int) -> None:
    """Let the pointer rest on a session."""
    desk.qtbot.waitUntil(lambda: not desk.page._relay.isActive())
    at = desk.middle(session_id)
    QTest.mouseMove(desk.grid, at - QPoint(3, 0))
    QTest.mouseMove(desk.grid, at)
    card = desk.page.around.hovering.card
    desk.qtbot.waitUntil(card.isVisible, timeout=HOVER_AFTER * 20)


def test_a_rest_shows_who_when_where_and_how_far(desk: Desk, single: int) -> None:
    rest_on(desk, single)
    hovering, card = desk.page.around.hovering, desk.card(single)
    assert hovering.session_id == single
    words = hovering.card.words()
    for part in (card.students[0].name, card.tutors[0][1], card.offering):
        assert part in words
    assert "10:00" in words
    assert hovering.card.accessibleName()
    QTest.mouseMove(desk.grid, desk.spot(0, 3 * 60))
    assert hovering.card.isHidden()


def test_a_press_takes_the_card_away(desk: Desk, single: int) -> None:
    rest_on(desk, single)
    desk.click(single)
    assert desk.page.around.hovering.card.isHidden()


def test_space_shows_the_card_and_takes_it_away(desk: Desk, single: int) -> None:
    desk.page.canvas.select(single)
    desk.page.canvas.setFocus()
    card = desk.page.around.hovering.card
    desk.press(Qt.Key.Key_Space)
    assert card.isVisible()
    assert desk.page.canvas.selected == (single,)
    desk.press(Qt.Key.Key_Space)
    assert card.isHidden()


def test_escape_takes_the_card_first_and_the_selection_after(
    desk: Desk, single: int
) -> None:
    desk.page.canvas.select(single)
    desk.page.canvas.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.around.hovering.card.isHidden()
    kept = list(desk.page.canvas.selected)
    desk.press(Qt.Key.Key_Escape)
    assert [kept, list(desk.page.canvas.selected)] == [[single], []]


def test_another_key_is_answered_as_ever(desk: Desk, single: int) -> None:
    desk.page.canvas.select(single)
    desk.page.canvas.setFocus()
    desk.press(Qt.Key.Key_Space)
    desk.press(Qt.Key.Key_PageDown)
    assert desk.page.around.hovering.card.isHidden()
    assert desk.page.day > MONDAY


@pytest.mark.parametrize("day", [MONDAY, SATURDAY])
def test_the_card_stays_within_the_page_beside_its_session(
    desk: Desk, day: date
) -> None:
    number = book(desk, datetime.combine(day, time(9)), student=2, tutor=1)
    desk.page.canvas.select(number)
    desk.page.canvas.setFocus()
    desk.press(Qt.Key.Key_Space)
    card, body = desk.page.around.hovering.card, desk.page.body()
    inner = card.geometry().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    assert body.rect().contains(inner)
    middle = desk.grid.mapTo(body, desk.middle(number))
    assert not inner.contains(middle)


def test_the_last_note_for_the_family_is_read(
    desk: Desk, single: int, clock: FakeClock
) -> None:
    office = desk.window.tools.office
    clock.set(2026, 3, 14, 18)
    student = desk.card(single).students[0].student_id
    note = StudentNote(student, "Fractions are firm.")
    office.close_outs.close(CloseSession(single, Outcome.AS_PLANNED, notes=(note,)))
    desk.page.refresh()
    desk.page.canvas.select(single)
    desk.page.canvas.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert "Fractions are firm." in desk.page.around.hovering.card.words()


def test_space_three_times_before_the_answers_come_says_everything_once(
    desk: Desk, single: int, clock: FakeClock
) -> None:
    office, tools, jobs = desk.window.tools.office, desk.page.tools, TurnJobs()
    clock.set(2026, 3, 14, 18)
    student = desk.card(single).students[0].student_id
    note = StudentNote(student, "Fractions are firm.")
    office.close_outs.close(CloseSession(single, Outcome.AS_PLANNED, notes=(note,)))
    desk.page.refresh()
    desk.page.canvas.select(single)
    desk.page.canvas.setFocus()
    desk.page.tools = replace(tools, jobs=jobs)
    for _time in range(3):
        desk.press(Qt.Key.Key_Space)
    while not jobs.is_idle:
        jobs.step()
    desk.page.tools = tools
    card = desk.page.around.hovering.card
    assert card.isVisible()
    assert card.words().count("Fractions are firm.") == 1
