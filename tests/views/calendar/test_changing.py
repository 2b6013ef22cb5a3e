"""Sessions are moved, lengthened and called off by mouse and keys, and put back."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from app.models.values.schedule import SessionStatus
from app.views.calendar.questions import (
    CancelQuestion,
    OverrideQuestion,
    ScopeQuestion,
)
from app.views.calendar.views import View
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEN = datetime.combine(SATURDAY, time(10))
REASON = "Both agreed"
AHMED, FOX = 6, 46  # two sessions of one tutor on Monday, both of a series


@pytest.fixture
def single(desk: Desk) -> int:
    """A session of its own, on Saturday at ten."""
    return book(desk, TEN)


def clock_of(desk: Desk, session_id: int) -> str:
    return f"{desk.start(session_id):%a %H:%M}"


def starts_of_series(desk: Desk, session_id: int) -> dict[int, datetime]:
    """Read when each session of a series starts."""
    dates = desk.window.tools.office.timetable.series_dates(session_id)
    local = desk.window.tools.formats.local
    return {
        one.session_id: local(one.starts_at).replace(tzinfo=None)
        for one in dates
        if one.session_id is not None
    }


def test_a_drag_moves_a_session_and_undo_puts_it_back(desk: Desk, single: int) -> None:
    desk.drag(single, minutes=90, columns=-1)
    assert clock_of(desk, single) == "Fri 11:30"
    assert desk.page.deeds.mover.question is None
    assert "moved" in desk.toast.accessibleName()
    assert "11:30" in desk.toast.accessibleName()
    desk.settle()
    assert desk.page.canvas.hands.ghost is None
    desk.undo()
    assert desk.start(single) == TEN


def test_the_toast_takes_a_move_back(desk: Desk, single: int) -> None:
    desk.drag(single, minutes=60)
    desk.window.steps.read()
    assert desk.toast.button is not None
    desk.toast.button.click()
    assert desk.start(single) == TEN


@pytest.mark.parametrize(
    ("key", "goes"),
    [(Qt.Key.Key_1, "only"), (Qt.Key.Key_2, "later"), (Qt.Key.Key_3, "all")],
)
def test_a_session_of_a_series_asks_once_which_are_meant(
    desk: Desk, key: Qt.Key, goes: str
) -> None:
    before = starts_of_series(desk, AHMED)
    desk.drag(AHMED, minutes=-120)
    question = desk.page.deeds.mover.question
    assert isinstance(question, ScopeQuestion)
    assert desk.start(AHMED) == before[AHMED]
    desk.press(key)
    desk.press(Qt.Key.Key_Return)
    after = starts_of_series(desk, AHMED)
    moved = {one for one in before if after[one] != before[one]}
    later = {one for one, start in before.items() if start >= before[AHMED]}
    fixed = {one for one in before if desk.card(one).status is SessionStatus.HELD}
    wanted = {"only": {AHMED}, "later": later, "all": set(before) - fixed}[goes]
    assert moved == wanted
    assert {before[one] - after[one] for one in moved} == {timedelta(hours=2)}
    desk.undo()
    assert starts_of_series(desk, AHMED) == before


def test_moving_one_of_a_series_is_one_drag_and_one_key(desk: Desk) -> None:
    before = starts_of_series(desk, AHMED)
    desk.drag(AHMED, minutes=-120)
    desk.press(Qt.Key.Key_Return)
    assert (desk.hands.drags, desk.hands.keys, desk.hands.clicks) == (1, 1, 0)
    after = starts_of_series(desk, AHMED)
    assert [one for one in before if after[one] != before[one]] == [AHMED]


def test_moving_one_of_a_series_by_keys_is_four_keys(desk: Desk) -> None:
    desk.page.canvas.select(AHMED)
    before = desk.start(AHMED)
    desk.press(Qt.Key.Key_Up, CTRL)
    desk.press(Qt.Key.Key_Up, CTRL)
    assert desk.start(AHMED) == before
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Return)
    assert (desk.hands.keys, desk.hands.clicks) == (4, 0)
    assert before - desk.start(AHMED) == timedelta(minutes=30)


def test_escape_in_the_question_leaves_all_as_it_was(desk: Desk) -> None:
    before = starts_of_series(desk, AHMED)
    desk.drag(AHMED, minutes=-120)
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.deeds.mover.question is None
    assert desk.page.canvas.hands.ghost is None
    assert starts_of_series(desk, AHMED) == before


def test_a_clash_is_told_while_dragging_and_refused_with_its_sentence(
    desk: Desk, single: int
) -> None:
    other = book(desk, TEN + timedelta(hours=3), student=1)
    start = desk.middle(single)
    way = QPointF(0, desk.page.canvas.grid().hour * 3).toPoint()
    desk.hands.drag(desk.grid, start, start + way, drop=False)
    verdict = desk.page.canvas.verdict
    assert verdict is not None
    assert verdict.tone == "err"
    assert desk.card(other).students[0].name in verdict.sentence
    assert "Next free" in verdict.way_out
    QTest.mouseRelease(desk.grid, Qt.MouseButton.LeftButton, pos=start + way)
    question = desk.page.deeds.mover.question
    assert isinstance(question, OverrideQuestion)
    desk.press(Qt.Key.Key_Escape)
    assert desk.start(single) == TEN
    assert desk.page.canvas.hands.ghost is None


def test_a_reason_overrides_a_clash_and_is_kept(desk: Desk, single: int) -> None:
    book(desk, TEN + timedelta(hours=3), student=1)
    desk.drag(single, minutes=180)
    question = desk.page.deeds.mover.question
    assert isinstance(question, OverrideQuestion)
    QTest.keyClicks(question.reason, REASON)
    desk.press(Qt.Key.Key_Return)
    assert clock_of(desk, single) == "Sat 13:00"
    detail = desk.window.tools.office.timetable.session(single)
    assert detail.override_reason == REASON
    desk.undo()
    assert desk.start(single) == TEN


def test_the_lower_edge_makes_a_session_longer(desk: Desk, single: int) -> None:
    box = desk.placed(single).box(desk.page.canvas.grid())
    edge = QPointF(box.x + box.width / 2, box.bottom - 2).toPoint()
    way = QPointF(0, desk.page.canvas.grid().hour / 2).toPoint()
    desk.hands.drag(desk.grid, edge, edge + way)
    card = desk.card(single)
    assert card.ends_at - card.starts_at == timedelta(minutes=90)
    assert "90 minutes" in desk.toast.accessibleName()
    desk.undo()
    card = desk.card(single)
    assert card.ends_at - card.starts_at == timedelta(minutes=60)


def test_keys_move_and_lengthen_provisionally_until_enter(
    desk: Desk, single: int
) -> None:
    desk.click(single)
    desk.press(Qt.Key.Key_Down, CTRL)
    desk.press(Qt.Key.Key_Left, CTRL)
    assert desk.start(single) == TEN
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.canvas.hands.ghost is None
    desk.press(Qt.Key.Key_Down, CTRL)
    desk.press(Qt.Key.Key_Down, CTRL | SHIFT)
    desk.press(Qt.Key.Key_Return)
    card = desk.card(single)
    assert clock_of(desk, single) == "Sat 10:15"
    assert card.ends_at - card.starts_at == timedelta(minutes=75)
    desk.settle()
    desk.undo()
    assert desk.start(single) == TEN


def test_delete_and_enter_cancel_a_session_and_undo_brings_it_back(
    desk: Desk, single: int
) -> None:
    desk.click(single)
    desk.press(Qt.Key.Key_Delete)
    assert isinstance(desk.page.deeds.mover.question, CancelQuestion)
    desk.press(Qt.Key.Key_Return)
    assert desk.hands.keys == 2
    assert desk.card(single).status.is_cancelled
    assert "cancelled" in desk.toast.accessibleName()
    desk.undo()
    assert desk.card(single).status is SessionStatus.PLANNED


def test_another_tutors_column_changes_the_tutor(desk: Desk) -> None:
    desk.page.go(MONDAY)
    desk.page.show_view(View.TUTORS)
    desk.drag(FOX, columns=2)
    desk.press(Qt.Key.Key_Return)
    assert [name for _id, name in desk.card(FOX).tutors] == ["Cem Teacher"]
    desk.undo()
    assert [name for _id, name in desk.card(FOX).tutors] == ["Ann Teacher"]


def test_control_copies_while_dragging(desk: Desk, single: int) -> None:
    start = desk.middle(single)
    way = QPointF(0, desk.page.canvas.grid().hour * 2).toPoint()
    desk.hands.drag(desk.grid, start, start + way, CTRL)
    desk.settle()
    assert desk.start(single) == TEN
    assert desk.page.reading is not None
    here = [
        card
        for card in desk.page.reading.period.cards
        if desk.window.tools.formats.local(card.starts_at).date() == SATURDAY
    ]
    assert len(here) == 2
