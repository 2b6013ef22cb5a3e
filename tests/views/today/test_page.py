"""Today says what is on, what is wrong and what to do, and solves it in place."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.values.schedule import SessionStatus
from app.services.availability.records import Availabilities
from app.services.availability.requests import AddLeave, AddStudentAbsence
from app.services.closing.requests import (
    ClaimExpense,
    CloseSession,
    Outcome,
    SetHomework,
)
from app.services.people.tutors import Tutors
from app.services.tasks import AddTask, Tasks
from app.views.tools import Link, Place
from tests.fakes import FakeClock
from tests.services.closing.world import START, World
from tests.views.today.conftest import OpenPage

KEY = Qt.Key
HOUR = timedelta(hours=1)


def test_the_day_stands_in_order_with_one_thing_to_do_each(
    show: OpenPage, world: World
) -> None:
    over = world.session(START - 2 * HOUR)
    running = world.session(START - HOUR, students=[world.ben])
    following = world.session(START)
    seen = show()
    shown = [int(item.key) for item in seen.page.day_card.items]
    assert shown == [running, following]
    deeds = [item.deed.words for item in seen.page.day_card.items]
    assert deeds == ["Close out", "Contact"]
    seen.page.day_card.unfold()
    first = seen.page.day_card.items[0]
    assert (int(first.key), first.deed.words) == (over, "Close out")


def test_keys_walk_open_and_do(show: OpenPage, world: World) -> None:
    first, second = world.session(START), world.session(START + HOUR)
    seen = show()
    card = seen.page.day_card
    QTest.keyClick(card, KEY.Key_Return)
    QTest.keyClick(card, KEY.Key_Down)
    QTest.keyClick(card, KEY.Key_Return)
    calendar = Place.CALENDAR
    expected = [Link(calendar, "session", first), Link(calendar, "session", second)]
    assert seen.links == expected
    assert "17:00" in card.accessibleName()
    QTest.keyClick(card, KEY.Key_Right)
    assert seen.page.needs_card.hasFocus()
    QTest.keyClick(seen.page.needs_card, KEY.Key_Left)
    assert card.hasFocus()


def test_a_proposed_session_is_confirmed_in_place_and_can_be_undone(
    show: OpenPage, world: World
) -> None:
    session = world.session(START, status=SessionStatus.TENTATIVE)
    seen = show()
    assert seen.page.day_card.items[0].deed.words == "Confirm"
    QTest.keyClick(seen.page.day_card, KEY.Key_Space)
    assert world.status(session) is SessionStatus.PLANNED
    assert seen.words[-1].can_undo
    assert seen.page.day_card.items[0].deed.words == "Contact"


def test_what_needs_the_office_stands_worst_first(show: OpenPage, world: World) -> None:
    away = world.make.tutor("Bob", rate=2000)
    world.session(START)
    world.session(START + 2 * HOUR, tutors=[away], students=[world.ben])
    world.session(START - 24 * HOUR)
    times = Availabilities(world.desk())
    wall = datetime(2026, 3, 3, 17)  # noqa: DTZ001  wall clock
    times.add_leave(AddLeave(away, wall, wall + 3 * HOUR))
    day = date(2026, 3, 3)
    times.add_student_absence(AddStudentAbsence(world.maya, day, day))
    seen = show()
    kinds = [key.split(":")[0] for key in seen.needs]
    assert kinds == ["clash", "away", "close_outs"]
    pills = [item.deed.words for item in seen.page.day_card.items]
    assert pills == ["Resolve", "Substitute"]


def test_who_stayed_away_last_time_is_to_be_settled(
    show: OpenPage, world: World
) -> None:
    former = world.session(START - timedelta(days=8))
    world.close_outs().close(CloseSession(former, Outcome.NO_SHOW))
    session = world.session(START - timedelta(days=1))
    seen = show()
    assert seen.needs == [f"settle:{session}", "close_outs"]
    deed = seen.page.needs_card.items[0].deed
    assert deed.link == Link(Place.CLOSE_OUT, "session", session)


def test_claims_that_wait_lead_to_their_decision(show: OpenPage, world: World) -> None:
    session = world.session(START - 24 * HOUR)
    claim = ClaimExpense(world.anna, "Atlas", 60_00)
    tutor = world.tutor_desk().actor
    world.close_outs(tutor).close(CloseSession(session, expenses=(claim,)))
    seen = show()
    assert seen.needs == ["claims"]
    seen.page.do(seen.page.needs_card.items[0].deed)
    assert seen.links == [Link(Place.PAYROLL, "claims")]


def test_numbers_lead_to_what_they_count(show: OpenPage, world: World) -> None:
    world.session(START - 24 * HOUR)
    world.session(START)
    seen = show()
    figures = seen.page.figures
    assert "To close out: 1" in figures.open.accessibleName()
    assert "Sessions today: 1" in figures.sessions.accessibleName()
    figures.open.click()
    figures.last.click()
    assert [link.place for link in seen.links] == [Place.CLOSE_OUT, Place.INVOICES]


def test_a_task_is_finished_in_place(show: OpenPage, world: World) -> None:
    Tasks(world.desk()).add_task(AddTask("Call Mrs Hoffmann", date(2026, 3, 2)))
    seen = show()
    card = seen.page.tasks_card
    card.setFocus()
    assert [item.spoken for item in card.items] == ["Call Mrs Hoffmann"]
    QTest.keyClick(card, KEY.Key_Space)
    assert seen.office.tasks.open_tasks() == ()
    assert card.items == []
    assert seen.words[-1].can_undo


def test_a_free_day_says_what_comes_next(show: OpenPage, world: World) -> None:
    world.session(START + timedelta(days=2))
    seen = show()
    assert seen.page.day_card.items == []
    assert "No sessions today. Next: Thu 5 Mar" in seen.page.day_card.quiet_words
    assert seen.needs == []


def test_reading_again_leaves_the_cursor_where_it_was(
    show: OpenPage, world: World, clock: FakeClock
) -> None:
    for place in range(3):
        world.session(START + place * HOUR)
    seen = show()
    card = seen.page.day_card
    QTest.keyClick(card, KEY.Key_Down)
    QTest.keyClick(card, KEY.Key_Down)
    before = card.current
    clock.advance(minutes=45)
    seen.page.refresh()
    assert card.hasFocus()
    assert before is not None
    assert card.current is not None
    assert card.current.key == before.key


def test_a_tutor_sees_the_own_day_with_what_the_last_one_left(
    show: OpenPage, world: World
) -> None:
    former = world.session(START - timedelta(days=7))
    world.close_outs().close(
        CloseSession(
            former, progress_note="Fractions", homework=(SetHomework(None, "Page 3"),)
        )
    )
    own = world.session(START)
    other = world.make.tutor("Bob")
    world.session(START, tutors=[other], students=[world.ben])
    world.session(START - timedelta(days=1))
    seen = show(world.anna)
    assert [int(item.key) for item in seen.page.day_card.items] == [own]
    assert seen.page.day is not None
    assert seen.page.day.notes[own] == ("Fractions", "Page 3")
    assert len(seen.page.close_outs_card.items) == 1
    assert not seen.page.needs_card.isVisible()
    assert "1.0" in seen.page.figures.last.accessibleName()


def test_a_card_that_cannot_be_read_fails_alone(show: OpenPage, world: World) -> None:
    world.session(START)
    seen = show()
    seen.page.needs_card.show_error("The office cannot be reached.")
    assert seen.page.needs_card.items == []
    assert len(seen.page.day_card.items) == 1
    seen.page.needs_card.retried.emit()
    assert seen.page.needs_card.quiet_words


def test_a_new_office_is_led_to_what_it_lacks(show: OpenPage, world: World) -> None:
    Tutors(world.desk()).archive_tutor(world.anna)
    seen = show()
    assert seen.needs == ["setup:tutors"]
    first = seen.page.needs_card.items[0]
    assert first.link == Link(Place.TUTORS)
