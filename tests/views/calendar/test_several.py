"""Several sessions are chosen by mouse and keys, and everything acts on all of them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from app.models.values.schedule import CancelledBy, CloseOutState
from app.services.closing.requests import CancelSession
from app.services.scheduling.requests import BookSession
from app.views.calendar.abilities import Ability
from app.views.calendar.questions import CancelQuestion, OverrideQuestion
from tests.fakes import FakeClock
from tests.views.calendar.conftest import MONDAY, SATURDAY, Desk, book

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
TEN = datetime.combine(SATURDAY, time(10))
HOUR = timedelta(hours=1)
Ids = tuple[int, int, int]


@pytest.fixture
def three(desk: Desk) -> Ids:
    """Three sessions in a row on Saturday morning, of one tutor."""
    return (
        book(desk, TEN, student=1),
        book(desk, TEN + HOUR, student=2),
        book(desk, TEN + 2 * HOUR, student=3),
    )


def choose(desk: Desk, ids: Ids) -> None:
    desk.click(ids[0])
    desk.click(ids[2], SHIFT)
    assert set(desk.page.canvas.selected) == set(ids)


def chosen(desk: Desk) -> list[int]:
    return sorted(desk.page.canvas.selected)


def is_asked(desk: Desk) -> bool:
    return desk.page.deeds.bulk.question is not None


def starts(desk: Desk, ids: Ids) -> list[str]:
    return [f"{desk.start(one):%a %H:%M}" for one in ids]


def command(desk: Desk, name: str) -> bool:
    """Say whether a command can be used."""
    actions = desk.page.commands()["session"]
    return next(one for one in actions if one.objectName() == name).isEnabled()


def test_control_adds_and_takes_away(desk: Desk, three: Ids) -> None:
    desk.click(three[0])
    desk.click(three[1], CTRL)
    assert chosen(desk) == [three[0], three[1]]
    desk.click(three[0], CTRL)
    assert chosen(desk) == [three[1]]


def test_shift_chooses_all_between(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    assert desk.page.side.several.isVisible()
    assert not desk.page.panel.isVisible()


def test_a_click_chooses_only_one_again(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    desk.click(three[1])
    assert desk.page.canvas.selected == (three[1],)
    assert desk.page.panel.isVisible()
    assert not desk.page.side.several.isVisible()


def test_a_band_chooses_what_it_touches_and_escape_takes_it_back(
    desk: Desk, three: Ids
) -> None:
    desk.page.canvas.scroll_to(8 * 60)
    column = desk.page.canvas.scene.heads.index(
        next(one for one in desk.page.canvas.scene.heads if one.day == SATURDAY)
    )
    start, end = desk.spot(column, 9 * 60 + 30), desk.spot(column, 11 * 60 + 30)
    desk.hands.drag(desk.grid, start, end, SHIFT)
    assert desk.page.canvas.selected == three[:2]
    desk.hands.drag(desk.grid, start, desk.spot(column, 13 * 60), SHIFT, drop=False)
    assert set(desk.page.canvas.selected) == set(three)
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.canvas.selected == three[:2]
    QTest.mouseRelease(desk.grid, Qt.MouseButton.LeftButton, pos=end)


def test_control_a_chooses_everything_shown(desk: Desk, three: Ids) -> None:
    desk.press(Qt.Key.Key_A, CTRL)
    shown = {one.block.session_id for one in desk.page.canvas.scene.placed}
    assert set(three) < shown
    assert set(desk.page.canvas.selected) == shown
    cancel = CancelSession(three[0], CancelledBy.OFFICE)
    desk.window.tools.office.cancellations.cancel(cancel)
    desk.settle()
    desk.press(Qt.Key.Key_A, CTRL)
    assert set(desk.page.canvas.selected) == shown - {three[0]}


def test_a_drag_moves_all_of_them_and_undo_puts_all_back(
    desk: Desk, three: Ids
) -> None:
    choose(desk, three)
    before = starts(desk, three)
    desk.drag(three[1], minutes=60, columns=-1)
    assert starts(desk, three) == ["Fri 11:00", "Fri 12:00", "Fri 13:00"]
    assert "3 sessions moved" in desk.toast.accessibleName()
    desk.settle()
    desk.undo()
    assert starts(desk, three) == before


def test_keys_move_all_of_them(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    desk.press(Qt.Key.Key_Up, CTRL)
    desk.press(Qt.Key.Key_Left, CTRL)
    assert starts(desk, three)[0] == "Sat 10:00"
    desk.press(Qt.Key.Key_Return)
    assert starts(desk, three) == ["Fri 09:45", "Fri 10:45", "Fri 11:45"]


def test_a_clash_of_one_asks_for_a_reason_or_leaves_all(desk: Desk, three: Ids) -> None:
    book(desk, TEN + 4 * HOUR, student=4)
    choose(desk, three)
    start = desk.middle(three[0])
    way = QPointF(0, desk.page.canvas.grid().hour * 2).toPoint()
    desk.hands.drag(desk.grid, start, start + way, drop=False)
    verdict = desk.page.canvas.verdict
    assert verdict is not None
    assert verdict.tone == "err"
    QTest.mouseRelease(desk.grid, Qt.MouseButton.LeftButton, pos=start + way)
    assert isinstance(desk.page.deeds.bulk.question, OverrideQuestion)
    desk.press(Qt.Key.Key_Escape)
    assert starts(desk, three) == ["Sat 10:00", "Sat 11:00", "Sat 12:00"]
    desk.hands.drag(desk.grid, start, start + way)
    question = desk.page.deeds.bulk.question
    assert isinstance(question, OverrideQuestion)
    QTest.keyClicks(question.reason, "Both rooms are ours")
    desk.press(Qt.Key.Key_Return)
    assert starts(desk, three) == ["Sat 12:00", "Sat 13:00", "Sat 14:00"]


def test_they_do_not_clash_with_each_other(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    start = desk.middle(three[0])
    way = QPointF(0, desk.page.canvas.grid().hour).toPoint()
    desk.hands.drag(desk.grid, start, start + way, drop=False)
    verdict = desk.page.canvas.verdict
    assert verdict is not None
    assert verdict.tone != "err"
    QTest.mouseRelease(desk.grid, Qt.MouseButton.LeftButton, pos=start + way)
    assert starts(desk, three) == ["Sat 11:00", "Sat 12:00", "Sat 13:00"]


def test_two_keys_cancel_all_of_them_in_one_step(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    desk.press(Qt.Key.Key_Delete)
    question = desk.page.deeds.bulk.question
    assert isinstance(question, CancelQuestion)
    assert "3 sessions" in question.title.text()
    desk.press(Qt.Key.Key_Return)
    assert all(desk.card(one).status.is_cancelled for one in three)
    desk.undo()
    assert not any(desk.card(one).status.is_cancelled for one in three)


def test_another_tutor_and_room_for_all(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    panel = desk.page.side.several
    panel.tutor.choose(2)
    panel.tutor.activated.emit(panel.tutor.currentIndex())
    assert {desk.card(one).tutors[0][1] for one in three} == {"Ben Teacher"}
    desk.settle()
    panel.place.setCurrentIndex(0)
    panel.place.activated.emit(0)
    rooms = {desk.card(one).room_id for one in three}
    assert len(rooms) == 1
    assert None not in rooms
    desk.undo()
    assert {desk.card(one).room_id for one in three} == {None}


def test_copies_go_to_the_cursor_and_a_week_later(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    desk.press(Qt.Key.Key_D, CTRL)
    desk.settle()
    office = desk.window.tools.office
    planned = [one for one in desk.page.reading.period.cards if one.offering_id]  # type: ignore[union-attr]
    local = desk.window.tools.formats.local
    later = [
        one
        for one in planned
        if local(one.starts_at).date() == SATURDAY + 7 * timedelta(days=1)
    ]
    assert [local(one.starts_at).hour for one in later] == [10, 11, 12]
    choose(desk, three)
    desk.press(Qt.Key.Key_C, CTRL)
    desk.page.canvas.hands.cursor = (6, 14 * 60)
    desk.press(Qt.Key.Key_V, CTRL)
    desk.settle()
    sunday = [
        local(one.starts_at).hour
        for one in desk.page.reading.period.cards  # type: ignore[union-attr]
        if local(one.starts_at).date() == SATURDAY + timedelta(days=1)
    ]
    assert sunday == [14, 15, 16]
    desk.undo()
    assert office.journal.undoable()


def test_what_cannot_be_done_with_all_rests_and_says_why(
    desk: Desk, three: Ids
) -> None:
    assert not command(desk, Ability.CANCEL.value)
    choose(desk, three)
    assert command(desk, Ability.CANCEL.value)
    assert not command(desk, Ability.EDIT.value)
    assert not command(desk, Ability.CONFIRM.value)
    button = desk.page.side.several.buttons[Ability.CONFIRM]
    assert not button.isEnabled()
    assert "3 of 3" in button.toolTip()


def test_tentative_ones_are_confirmed_together(desk: Desk) -> None:
    reading = desk.page.reading
    assert reading is not None
    ids = []
    for number in (1, 2):
        request = BookSession(
            reading.offerings[0].offering_id,
            (reading.tutors[0].tutor_id,),
            (reading.students[number].student_id,),
            TEN + number * HOUR,
            60,
            is_tentative=True,
            accept_soft=True,
        )
        ids.append(desk.window.tools.office.bookings.book(request).session_id)
    desk.settle()
    desk.page.canvas.select(*ids)
    desk.page.side.several.buttons[Ability.CONFIRM].click()
    assert {desk.card(one).status.value for one in ids} == {"planned"}


def test_past_ones_are_closed_out_as_planned_together(
    desk: Desk, clock: FakeClock
) -> None:
    clock.set(2026, 3, 9, 20)
    desk.settle()
    here = [
        one.block.session_id
        for one in desk.page.canvas.scene.placed
        if one.block.day == MONDAY
    ]
    assert len(here) == 3
    desk.page.canvas.select(*here)
    desk.press(Qt.Key.Key_X)
    assert {desk.card(one).close_out for one in here} != {CloseOutState.OPEN}
    assert "3 sessions closed out" in desk.toast.accessibleName()
    desk.undo()
    assert {desk.card(one).close_out for one in here} == {CloseOutState.OPEN}


def test_escape_closes_then_drops_then_lets_go_then_shows_everything(
    desk: Desk, three: Ids
) -> None:
    canvas, page = desk.page.canvas, desk.page
    page.header.search.setText("Sam")
    page.relay()
    choose(desk, three)
    desk.press(Qt.Key.Key_Down, CTRL)
    page.deeds.cancel_session()
    canvas.setFocus()
    assert is_asked(desk)
    desk.press(Qt.Key.Key_Escape)
    assert not is_asked(desk)
    desk.press(Qt.Key.Key_Down, CTRL)
    desk.press(Qt.Key.Key_Escape)
    assert not canvas.hands.is_busy
    assert chosen(desk) == list(three)
    desk.press(Qt.Key.Key_Escape)
    assert chosen(desk) == []
    assert page.header.search.text() == "Sam"
    desk.press(Qt.Key.Key_Escape)
    assert not page.header.search.text()


def test_enter_leads_into_the_panel_of_several(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    desk.press(Qt.Key.Key_Return)
    assert desk.page.side.several.tutor.hasFocus()
    assert set(desk.page.canvas.selected) == set(three)


def test_the_others_are_seen_where_they_would_go(desk: Desk, three: Ids) -> None:
    choose(desk, three)
    start = desk.middle(three[0])
    desk.hands.drag(desk.grid, start, start + QPoint(0, 52), drop=False)
    ghost = desk.page.canvas.hands.ghost
    assert ghost is not None
    shown = desk.page.canvas._with_others(ghost)
    assert [one.session_id for one in shown] == list(three)
    assert [one.start - ghost.start for one in shown] == [0, 60, 120]
