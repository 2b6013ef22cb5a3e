"""The close-out page closes sessions by one key, and loses no word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.models.values.schedule import AttendanceState, CancelledBy, SessionStatus
from app.services.closing.requests import CancelSession, CloseSession, Outcome
from app.views.tools import Link, Place
from tests.services.closing.world import START, World
from tests.views.close_out.conftest import OpenPage, Seen

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def three(world: World) -> list[int]:
    hour = timedelta(hours=1)
    return [world.session(START - place * hour) for place in (3, 2, 1)]


def test_one_key_closes_the_oldest_and_goes_on(show: OpenPage, world: World) -> None:
    first, second, third = three(world)
    seen = show()
    assert seen.page.rows.chosen() == [first]
    QTest.keyClick(seen.page.rows, KEY.Key_1)
    assert world.status(first) is SessionStatus.HELD
    assert seen.open == [second, third]
    assert seen.page.rows.chosen() == [second]
    assert seen.words[-1].can_undo
    assert "Maya" in seen.words[-1].sentence


def test_keys_one_after_another_clear_the_list(show: OpenPage, world: World) -> None:
    three(world)
    seen = show()
    for _time in range(3):
        QTest.keyClick(seen.page.rows, KEY.Key_1)
    assert seen.open == []
    assert seen.page.parts.centre.shows(seen.page.parts.cleared)


def test_the_last_one_leads_to_all_that_was_done(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    first, second, third = three(world)
    world.close_outs().close(CloseSession(third))
    seen = show()
    assert [row.session_id for row in seen.page.board.closed] == [third]
    QTest.keyClick(seen.page.rows, KEY.Key_1)
    assert seen.page.rows.chosen() == [second]
    QTest.keyClick(seen.page.rows, KEY.Key_1)
    assert seen.page.parts.centre.shows(seen.page.parts.cleared)
    qtbot.waitUntil(lambda: len(seen.page.board.closed) == 3, timeout=2000)
    assert {row.session_id for row in seen.page.board.closed} == {first, second, third}


def test_a_note_and_control_enter_save_both(show: OpenPage, world: World) -> None:
    first, second, _third = three(world)
    seen = show()
    QTest.keyClick(seen.page.rows, KEY.Key_N)
    note = seen.page.form.note.fields[0]
    assert note.hasFocus()
    QTest.keyClicks(note, "Fractions 1 and 2, nearly done")
    QTest.keyClick(note, KEY.Key_Return, CTRL)
    assert world.status(first) is SessionStatus.HELD
    [kept] = seen.office.close_outs.report(first).notes
    assert kept.text == "Did: Fractions 1 and 2, nearly done"
    assert seen.page.rows.chosen() == [second]


def test_all_are_chosen_marked_looked_at_and_closed(
    show: OpenPage, world: World
) -> None:
    """Twelve sessions take three keys; a group waits for who came."""
    hour = timedelta(hours=1)
    for place in range(12):
        world.session(START - place * hour)
    group = world.session(START - timedelta(days=1), students=[world.maya, world.ben])
    seen = show()
    QTest.keyClick(seen.page.rows, KEY.Key_A, CTRL)
    assert seen.page.parts.centre.shows(seen.page.parts.several)
    QTest.keyClick(seen.page.rows, KEY.Key_1)
    assert len(seen.open) == 13
    assert "576.00" in seen.page.parts.several.sums.text()
    QTest.keyClick(seen.page.rows, KEY.Key_Return, CTRL)
    assert seen.open == [group]
    assert "12" in seen.words[-1].sentence
    assert "who came?" in seen.page.notice.text
    assert len(seen.office.journal.undoable()) == 1


def test_a_late_cancellation_by_rule_takes_two_keys(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    first, second, _third = three(world)
    seen = show()
    QTest.keyClick(seen.page.rows, KEY.Key_4)
    assert first in seen.open
    qtbot.wait(250)
    shown = seen.page.parts.money.words()
    assert any("Cancelled less than 24 h before" in word for word in shown)
    assert "48.00" in shown
    QTest.keyClick(seen.page.rows, KEY.Key_Return)
    assert world.status(first) is SessionStatus.CANCELLED_LATE
    assert seen.page.rows.chosen() == [second]


@pytest.mark.parametrize(
    ("key", "status"),
    [
        (KEY.Key_3, SessionStatus.NO_SHOW),
        (KEY.Key_5, SessionStatus.CANCELLED_IN_TIME),
        (KEY.Key_6, SessionStatus.CANCELLED_BY_TUTOR),
        (KEY.Key_7, SessionStatus.CANCELLED_BY_OFFICE),
    ],
)
def test_every_outcome_has_its_key(
    show: OpenPage, world: World, key: Qt.Key, status: SessionStatus
) -> None:
    session = world.session()
    seen = show()
    QTest.keyClick(seen.page.rows, key)
    QTest.keyClick(seen.page.rows, KEY.Key_Return)
    assert world.status(session) is status


def test_other_times_go_to_charge_and_pay(show: OpenPage, world: World) -> None:
    session = world.session()
    seen = show()
    QTest.keyClick(seen.page.rows, KEY.Key_2)
    start = seen.page.form.times.start
    assert start.hasFocus()
    QTest.keyClicks(start, "1630")
    QTest.keyClick(start, KEY.Key_Return)
    assert world.charges(session) == [2400]
    assert world.pay(session) == [1350]


def test_digits_in_a_field_are_only_text(show: OpenPage, world: World) -> None:
    session = world.session()
    seen = show()
    homework = seen.page.form.extras.homework
    homework.setFocus()
    QTest.keyClicks(homework, "1 3 7 n")
    assert homework.text() == "1 3 7 n"
    assert seen.open == [session]


def test_students_of_a_group_are_marked_one_by_one(
    show: OpenPage, world: World
) -> None:
    session = world.session(students=[world.maya, world.ben])
    seen = show()
    ben = seen.page.form.attendance.students[1]
    next(
        b for b in ben.choice.findChildren(QPushButton) if b.text() == "Absent"
    ).click()
    QTest.keyClick(seen.page.rows, KEY.Key_Return)
    came, away = AttendanceState.PRESENT, AttendanceState.ABSENT
    assert world.states(session) == [came, away]


def test_a_student_and_the_tutor_have_lengths_of_their_own(
    show: OpenPage, world: World
) -> None:
    session = world.session()
    seen = show()
    minutes = seen.page.form.attendance.students[0].minutes
    minutes.setFocus()
    minutes.selectAll()
    QTest.keyClicks(minutes, "45")
    QTest.keyClick(minutes, KEY.Key_Return)
    assert world.charges(session) == [3600]
    assert world.pay(session) == [2700]


def test_a_draft_survives_the_window(show: OpenPage, world: World) -> None:
    first, second, _third = three(world)
    seen = show()
    seen.page.form.note.fields[1].setPlainText("Explains each step")
    seen.page.rows.choose(second)
    assert seen.page.book.drafts.keys() == {first}
    later = show()
    assert later.page.form.note.fields[1].toPlainText() == "Explains each step"


def test_what_is_refused_stays_with_its_words(show: OpenPage, world: World) -> None:
    session = world.session()
    seen = show()
    seen.page.form.note.fields[0].setPlainText("Fractions")
    by = CancelSession(session, CancelledBy.OFFICE)
    world.cancellations().cancel(by)  # at another desk
    QTest.keyClick(seen.page.rows, KEY.Key_1)
    assert "was cancelled" in seen.page.notice.text
    [line] = [row for row in seen.page.rows.rows if row.session_id == session]
    assert line.mark == "not saved"
    assert seen.page.book.drafts[session].prompts[0] == "Fractions"
    assert not seen.words


def test_a_tutor_sees_own_pay_and_no_charge(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    own = world.session()
    other = world.make.tutor("Bob", rate=2000)
    world.session(START - timedelta(hours=3), tutors=[other], students=[world.ben])
    seen = show(world.anna)
    assert seen.page.rows.chosen() == [own]
    assert len(seen.page.rows.rows) == 2
    qtbot.wait(200)
    shown = seen.page.parts.money.words()
    assert "27.00" in shown
    assert "48.00" not in shown
    assert not seen.page.parts.money.exception.isVisible()


def test_an_exception_needs_its_reason(show: OpenPage, world: World) -> None:
    session = world.session()
    seen = show()
    money = seen.page.parts.money
    QTest.keyClick(seen.page.rows, KEY.Key_4)
    money.exception.effect.setCurrentIndex(3)
    seen.page.save()
    assert session in seen.open
    assert "reason" in seen.page.notice.text
    seen.page.rows.choose(session)
    money.exception.reason.setText("First time")
    money.exception.reason.textEdited.emit("First time")
    seen.page.save()
    assert world.charges(session) == []
    assert world.pay(session) == [2700]
    assert seen.page.notice.text == ""


def test_a_closed_session_is_reopened_and_shown(show: OpenPage, world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, progress_note="Did: Fractions"))
    seen = show()
    assert seen.page.parts.centre.shows(seen.page.parts.cleared)
    seen.page.parts.cleared.reopened.emit(session)
    assert seen.open == [session]
    assert seen.page.rows.chosen() == [session]
    assert seen.page.form.note.fields[0].toPlainText() == "Fractions"


def test_a_closed_session_is_corrected_in_place(show: OpenPage, world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, Outcome.NO_SHOW))
    seen = show()
    seen.page.show_link(Link(Place.CLOSE_OUT, "session", session))
    assert seen.page.form.draft.outcome is Outcome.NO_SHOW
    QTest.keyClick(seen.page, KEY.Key_1)
    assert world.status(session) is SessionStatus.NO_SHOW
    QTest.keyClick(seen.page, KEY.Key_Return)
    assert world.status(session) is SessionStatus.HELD


def test_undoing_brings_a_session_back_to_the_list(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    first, *_others = three(world)
    seen = show()
    QTest.keyClick(seen.page.rows, KEY.Key_1)
    step = seen.office.journal.undoable()[0]
    seen.office.journal.undo(step.step)
    qtbot.waitUntil(lambda: has(seen, first), timeout=2000)


def has(seen: Seen, session: int) -> bool:
    return any(row.session_id == session for row in seen.page.rows.rows)


def test_who_did_not_come_last_time_is_left_out_by_name(
    show: OpenPage, world: World
) -> None:
    former = world.session(START - timedelta(days=7))
    world.close_outs().close(CloseSession(former, Outcome.NO_SHOW))
    session = world.session()
    other = world.session(START - timedelta(hours=2), students=[world.ben])
    seen = show()
    seen.page.rows.selectAll()
    seen.page.choose(Outcome.AS_PLANNED)
    seen.page.save()
    assert seen.open == [session]
    assert world.status(other) is SessionStatus.HELD
    assert "Maya did not come last time" in seen.page.notice.text


def test_nothing_of_tutors_is_offered_to_a_stranger(
    show: OpenPage, world: World
) -> None:
    world.session()
    bob = Actor("Bob", Role.TUTOR, world.make.tutor("Bob"))
    seen = show(bob.tutor_id)
    assert not seen.page.board.open
    assert seen.page.parts.centre.shows(seen.page.parts.cleared)


def test_everything_that_can_be_used_has_a_name(show: OpenPage, world: World) -> None:
    world.session(students=[world.maya, world.ben])
    seen = show()
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QListView)
    nameless = [
        widget
        for kind in kinds
        for widget in seen.page.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
    ]
    assert not nameless


class Windows(QObject):
    """Watches for windows of their own, which would take the focus away."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show
        if is_shown and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_no_part_flashes_up_in_a_window_of_its_own(
    show: OpenPage, world: World, qapp: QApplication
) -> None:
    world.session(students=[world.maya, world.ben])
    windows = Windows()
    qapp.installEventFilter(windows)
    page = show().page
    page.rows.selectAll()
    page.rows.choose(page.rows.rows[1].session_id)
    page.form.extras.add_expense()
    qapp.removeEventFilter(windows)
    assert windows.shown == ["CloseOutPage"]
    spot = qapp.focusWidget()
    assert spot is not None
    assert page.isAncestorOf(spot)


def test_what_is_typed_ahead_holds_when_the_session_arrives(
    show: OpenPage, world: World
) -> None:
    first, second, _third = three(world)
    seen = show()
    seen.page.one.forget()  # as while the next session is still being read
    seen.page.choose(Outcome.NO_SHOW)
    seen.page.one.open(first)
    assert seen.page.form.draft.outcome == "no_show"
    seen.page.rows.choose(second)
    assert seen.page.form.draft.outcome == "as_planned"
