"""A session is booked in the small window, by mouse and keys, or by one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.people.requests import StudentRow
from app.views.calendar.booking import QuickBooking
from app.views.calendar.gestures import Ghost, Kind
from app.views.calendar.page import CalendarPage
from app.views.calendar.scene import Scene
from app.views.calendar.views import View
from app.views.tools import Link, Place, Tools
from app.views.widgets.feedback import Banner

MONDAY = date(2026, 3, 9)


@pytest.fixture
def page(qtbot: QtBot, tools: Tools) -> Iterator[CalendarPage]:
    made = CalendarPage(tools)
    qtbot.addWidget(made)
    made.resize(1236, 800)
    made.show()
    made.show_view(View.WEEK)
    made.go(MONDAY)
    yield made
    made.close()


def sessions(page: CalendarPage) -> int:
    """Count the sessions that the page has read."""
    assert page.reading is not None
    return len(page.reading.period.cards)


def plain_student(page: CalendarPage) -> StudentRow:
    """Choose a student whose name is letters only."""
    assert page.reading is not None
    plain = [
        one for one in page.reading.students if one.name.replace(" ", "").isalpha()
    ]
    return plain[0]


def shown(booking: QuickBooking) -> str:
    """Tell what the window complains of."""
    return "; ".join(one.accessibleName() for one in booking.findChildren(Banner))


def draw(page: CalendarPage) -> Ghost:
    """Draw a block on Sunday morning, when nobody is taught."""
    column = len(page.canvas.scene.heads) - 1
    ghost = Ghost(Kind.DRAW, 0, column, 8 * 60, 9 * 60, column)
    page.deeds.book_asked.emit(ghost)
    return ghost


def test_a_drawn_block_opens_the_window_with_its_time(page: CalendarPage) -> None:
    draw(page)
    booking = page.around.entering.booking
    assert booking is not None
    assert booking.isVisible()
    assert (booking.draft.start.hour, booking.draft.minutes) == (8, 60)


def test_a_student_is_enough_and_control_enter_books(page: CalendarPage) -> None:
    before = sessions(page)
    draw(page)
    booking = page.around.entering.booking
    assert booking is not None
    assert page.reading is not None
    booking.name_students([plain_student(page).name])
    QTest.keyClick(
        booking.student, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    assert page.around.entering.booking is None, shown(booking)
    page.refresh()
    assert sessions(page) == before + 1


def test_a_drawn_length_stays_and_a_guessed_one_gives_way(page: CalendarPage) -> None:
    student = plain_student(page)
    usual = page.tools.office.timetable.usual(student.student_id)
    assert usual is not None
    column = len(page.canvas.scene.heads) - 1
    end = 8 * 60 + usual.minutes + 45
    for ghost, expected in (
        (Ghost(Kind.DRAW, 0, column, 480, end, column), usual.minutes + 45),
        (Ghost(Kind.DRAW, 0, column, 480, end, column, is_guess=True), usual.minutes),
    ):
        page.deeds.book_asked.emit(ghost)
        booking = page.around.entering.booking
        assert booking is not None
        booking.name_students([student.name])
        assert booking.draft.student_ids == (student.student_id,)
        assert booking.draft.minutes == expected


def test_without_a_student_nothing_is_booked(page: CalendarPage) -> None:
    before = sessions(page)
    draw(page)
    booking = page.around.entering.booking
    assert booking is not None
    booking.book()
    page.refresh()
    assert sessions(page) == before
    assert booking.isVisible()


def test_a_line_is_understood_and_shown_before_it_is_booked(
    page: CalendarPage,
) -> None:
    assert page.reading is not None
    student = plain_student(page)
    page.deeds.quick_add()
    line = page.around.entering.line
    assert line is not None
    line.line.setText(f"{student.name} sun 8:30 90m")
    QTest.keyClick(line.line, Qt.Key.Key_Return)
    booking = page.around.entering.booking
    assert booking is not None
    draft = booking.draft
    assert draft.student_ids == (student.student_id,)
    assert (draft.start.hour, draft.start.minute, draft.minutes) == (8, 30, 90)


def test_another_page_may_ask_for_a_booking(page: CalendarPage) -> None:
    assert page.reading is not None
    student = page.reading.students[0]
    page.show_link(Link(Place.CALENDAR, "book", student.student_id))
    assert page.around.entering.booking is not None
    assert page.around.entering.booking.draft.student_ids == (student.student_id,)


def test_another_time_is_found_and_taken(page: CalendarPage) -> None:
    assert page.reading is not None
    now = page.tools.clock.now()
    card = next(one for one in page.reading.period.cards if one.starts_at > now)
    page.deeds.find_asked.emit(card)
    found = page.around.finding.list
    assert found is not None
    assert found.buttons
    wanted = found.times[0].span.start
    found.buttons[0].click()
    moved = page.tools.office.timetable.session(card.session_id).card
    assert moved.starts_at == wanted


def test_sessions_without_room_are_listed_and_chosen(page: CalendarPage) -> None:
    blocks = [one.block for one in page.canvas.scene.placed][:3]
    assert blocks
    menu = page.around.show_list(blocks, page.mapToGlobal(page.rect().center()))
    actions = menu.actions()
    assert [action.data() for action in actions] == [one.session_id for one in blocks]
    actions[-1].trigger()
    assert page.canvas.selected == (blocks[-1].session_id,)
    menu.close()


def test_two_clicks_before_anything_was_read_draw_nothing(page: CalendarPage) -> None:
    page.canvas.show_scene(Scene())
    assert not page.canvas.scene.heads
    viewport = page.canvas.viewport()
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(500, 400))
    assert page.canvas.hands.ghost is None
    assert page.around.entering.booking is None


def test_a_drawn_block_goes_with_its_column(page: CalendarPage) -> None:
    hands = page.canvas.hands
    last = len(page.canvas.scene.heads) - 1
    hands.cursor = (last, 8 * 60)
    hands.show(Ghost(Kind.DRAW, 0, last, 8 * 60, 9 * 60, last))
    page.canvas.show_scene(
        replace(page.canvas.scene, heads=page.canvas.scene.heads[:1])
    )
    assert hands.ghost is None
    assert hands.cursor == (0, 8 * 60)
