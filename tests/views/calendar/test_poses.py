"""What is drawn of the calendar in passing is what hands would bring about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from app.models.values.schedule import CancelledBy
from app.services.closing.requests import CancelSession
from app.views.calendar.questions import ScopeQuestion
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

TEN = datetime.combine(SATURDAY, time(10))


def bring(desk: Desk, wanted: str) -> None:
    """Go through the poses until one is reached."""
    for name, act in desk.page.poses():
        act()
        if name == wanted:
            return
    pytest.fail(f"no {wanted}")


def leave(desk: Desk) -> None:
    """Let go, as the last pose does."""
    acts: list[Callable[[], object]] = [act for _name, act in desk.page.poses()]
    acts[-1]()


def starts(desk: Desk) -> dict[int, datetime]:
    """Give when each session of the shown week starts."""
    placed = desk.page.canvas.scene.placed
    return {one.block.session_id: desk.start(one.block.session_id) for one in placed}


def test_the_drag_runs_into_another_session(desk: Desk) -> None:
    before = starts(desk)
    bring(desk, "drag-clash")
    canvas = desk.page.canvas
    ghost, verdict = canvas.hands.ghost, canvas.verdict
    assert ghost is not None
    card = desk.card(ghost.session_id)
    assert card.series_id is not None
    assert verdict is not None
    assert card.tutors[0][1] in verdict.sentence
    leave(desk)
    assert canvas.hands.ghost is None
    assert starts(desk) == before


def test_the_question_is_asked_and_nothing_moves(desk: Desk) -> None:
    before = starts(desk)
    bring(desk, "which-of-series")
    question = desk.page.deeds.mover.question
    assert isinstance(question, ScopeQuestion)
    assert question.isVisible()
    question.dismiss()
    assert starts(desk) == before


def test_the_card_is_of_a_session_to_come(desk: Desk) -> None:
    bring(desk, "card")
    hovering = desk.page.around.hovering
    assert desk.card(hovering.session_id).status.is_ahead
    assert hovering.card.isVisible()
    leave(desk)
    assert hovering.card.isHidden()


def test_booking_has_a_student_and_goes_away(desk: Desk) -> None:
    bring(desk, "booking")
    booking = desk.page.around.entering.booking
    assert booking is not None
    assert len(booking.draft.student_ids) == 1
    leave(desk)
    assert desk.page.around.entering.booking is None


def test_the_tray_is_closed_again(desk: Desk) -> None:
    missed = book(desk, TEN)
    request = CancelSession(missed, CancelledBy.OFFICE)
    desk.window.tools.office.cancellations.cancel(request)
    desk.page.refresh()
    bring(desk, "waiting")
    tray = desk.page.placing.tray
    assert tray.isVisible()
    for _name, act in desk.page.poses():
        act()
    assert tray.isHidden()


def test_of_a_week_without_sessions_nothing_is_dragged(desk: Desk) -> None:
    desk.page.go(MONDAY + timedelta(weeks=20))
    names = {name for name, _act in desk.page.poses()}
    assert "booking" in names
    assert "drag-clash" not in names
