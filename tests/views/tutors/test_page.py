"""Tutors: hours painted and typed, leave, subjects, rates and papers."""

from __future__ import annotations

from datetime import date, time
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.models.values.payroll import PayLevel
from app.models.values.people import ExceptionKind
from app.models.values.schedule import WeekWindow
from app.services.availability.requests import SetWeek
from app.views.tools import Link, Place, Tools, Word
from app.views.tutors.dialogs import EditTutor, NewTutor
from app.views.tutors.documents import PaperDialog
from app.views.tutors.leave import ExtraDialog, LeaveDialog
from app.views.tutors.page import TutorsPage
from app.views.tutors.rates import RateDialog
from app.views.tutors.record import AVAILABILITY, PAPERS, RATES, SUBJECTS
from app.views.tutors.sessions import HitsDialog
from app.views.tutors.settling import SettleDialog
from tests.fakes import ScriptedPrompts
from tests.views.hands import Hands

Window = TypeVar("Window", bound=QDialog)
MONDAY = WeekWindow(0, 840, 1080)


def dialog(page: QWidget, kind: type[Window]) -> Window:
    """Give the window that is open now."""
    return next(each for each in page.findChildren(kind) if each.isVisible())


def tutor_id(page: TutorsPage) -> int:
    """Give the number of the tutor who is shown."""
    line = page.list.current_line()
    assert line is not None
    return line.row.tutor_id


def week(page: TutorsPage, tools: Tools) -> list[tuple[int, int, int, date | None]]:
    """Give the hours that are kept."""
    kept = tools.office.availability.week(tutor_id=tutor_id(page))
    return [(one.weekday, one.start, one.end, one.valid_from) for one in kept]


def test_the_list_tells_load_and_a_link_leads_to_a_tutor(page: TutorsPage) -> None:
    line = page.list.current_line()
    assert line is not None
    assert line.row.name == "Ann Teacher"
    assert line.booked > 0
    others = [one.row for one in page.list.rows.lines if one.row.name.startswith("Ben")]
    page.show_link(Link(Place.TUTORS, "tutor", others[0].tutor_id, "papers"))
    assert tutor_id(page) == others[0].tutor_id
    assert page.tabs.currentIndex() == PAPERS


def test_the_filter_finds_by_name_and_comes_back(page: TutorsPage) -> None:
    page.search.setText("cem")
    assert [one.row.name for one in page.list.rows.lines] == ["Cem Teacher"]
    page.search.clear()
    assert len(page.list.rows.lines) == 5


def test_hours_painted_by_drag_are_typed_too_and_kept_from_a_day(
    page: TutorsPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    grid, hands = page.availability.plan.grid, Hands()
    page.availability.valid_from.show_day(date(2026, 4, 1))
    low, high = (grid._box(WeekWindow(1, at, at + 30)) for at in (600, 750))
    first, last = low.center().toPoint(), high.center().toPoint()
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(grid, last + QPoint(2, 0))
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=last)
    (row,) = page.availability.rows.rows
    assert (row.start.clock, row.end.clock) == (time(10), time(13))
    hands.click(page.view.head.save)
    assert not prompts.asked
    assert week(page, tools) == [(1, 600, 780, date(2026, 4, 1))]
    assert page.availability.draft is None
    assert not page.view.head.save.isVisible()


def test_hours_typed_in_a_row_are_drawn(page: TutorsPage, tools: Tools) -> None:
    editor = page.availability.rows
    editor.add.click()
    (row,) = editor.rows
    row.start.selectAll()
    QTest.keyClicks(row.start, "8")
    row.end.selectAll()
    QTest.keyClicks(row.end, "20")
    assert page.availability.plan.grid.windows == (WeekWindow(0, 480, 1200),)
    page.view.head.save.click()
    assert week(page, tools) == [(0, 480, 1200, date(2026, 3, 4))]


def test_a_row_that_ends_too_early_is_not_kept(page: TutorsPage, tools: Tools) -> None:
    editor = page.availability.rows
    editor.add.click()
    editor.rows[0].end.selectAll()
    QTest.keyClicks(editor.rows[0].end, "8")
    page.view.head.save.click()
    assert page.availability.plan.complaint.isVisible()
    assert week(page, tools) == []


def test_sessions_outside_are_named_before_anything_is_kept(
    page: TutorsPage, tools: Tools, prompts: ScriptedPrompts, qtbot: QtBot
) -> None:
    availability = page.availability
    availability.plan.grid.stroke(1, 600, 720)
    assert availability.plan.banner.isVisible()
    assert "Sam Ahmed" in availability.plan.banner.accessibleName()
    prompts.agrees = False
    page.view.head.save.click()
    assert "Sam Ahmed" in prompts.asked[0].consequence
    assert week(page, tools) == []
    assert availability.plan.banner.button is not None
    availability.plan.banner.button.click()
    hits = dialog(page, HitsDialog)
    with qtbot.waitSignal(page.went) as went:
        hits.rows[0].show_button.click()
    assert went.args[0].place is Place.CALENDAR
    prompts.agrees = True
    page.view.head.save.click()
    assert len(week(page, tools)) == 1


def test_a_draft_outlives_a_look_at_another_tutor(page: TutorsPage) -> None:
    ann = tutor_id(page)
    page.availability.plan.grid.stroke(1, 600, 720)
    page.list.setCurrentIndex(page.list.rows.index(2))
    assert not page.availability.plan.grid.windows
    assert page.list.choose(ann)
    assert page.availability.plan.grid.windows == (WeekWindow(1, 600, 720),)
    page.view.head.discard.click()
    assert not page.availability.plan.grid.windows


def test_a_week_that_was_changed_meanwhile_is_not_overwritten(
    page: TutorsPage, tools: Tools
) -> None:
    page.availability.plan.grid.stroke(0, 0, 1440)
    other = SetWeek((MONDAY,), tutor_id=tutor_id(page))
    tools.office.availability.set_week(other)
    page.view.head.save.click()
    assert page.availability.plan.complaint.isVisible()
    assert week(page, tools) == [(0, 840, 1080, None)]


def test_leave_names_the_sessions_it_hits_and_is_taken_back(
    page: TutorsPage, qtbot: QtBot
) -> None:
    page.availability.exceptions.leave.click()
    form = dialog(page, LeaveDialog)
    form.first.show_day(date(2026, 3, 9))
    form.last.show_day(date(2026, 3, 9))
    form.verb_button.click()
    hits = dialog(page, SettleDialog)
    assert hits.rows
    with qtbot.waitSignal(page.went) as went:
        hits.rows[0].show_button.click()
    assert went.args[0].kind == "session"
    page.refresh()
    (line,) = page.availability.exceptions.lines
    assert line.row.kind is ExceptionKind.LEAVE
    line.back.click()
    page.refresh()
    assert not page.availability.exceptions.lines


def test_extra_time_keeps_a_session_inside(page: TutorsPage) -> None:
    page.availability.plan.grid.stroke(1, 600, 720)
    before = page.availability.plan.banner.accessibleName()
    page.availability.exceptions.ask_extra()
    form = dialog(page, ExtraDialog)
    form.day.show_day(date(2026, 3, 9))
    form.end.show_value(time(20))
    form.verb_button.click()
    page.refresh()
    assert page.availability.plan.banner.accessibleName() != before
    (shown,) = page.availability.plan.grid.specials
    assert shown.hours.weekday == 0
    assert not shown.is_leave


def test_what_is_taught_is_chosen_with_its_levels(
    page: TutorsPage, tools: Tools
) -> None:
    subject = tools.office.catalog.add_subject("Maths")
    level = tools.office.catalog.add_level("Year 11", 1)
    page.refresh()
    page.tabs.setCurrentIndex(SUBJECTS)
    (line,) = page.view.subjects.lines
    line.check.click()
    line.lowest.choose(level)
    page.view.subjects.save.click()
    (kept,) = tools.office.tutors.tutor(tutor_id(page)).teaches
    assert (kept.subject_id, kept.from_level_id) == (subject, level)
    page.refresh()
    assert not page.view.subjects.save.isEnabled()


def test_a_new_rate_holds_from_its_day(page: TutorsPage, tools: Tools) -> None:
    page.tabs.setCurrentIndex(RATES)
    page.view.rates.add.click()
    form = dialog(page, RateDialog)
    form.verb_button.click()
    assert form.isVisible()
    QTest.keyClicks(form.amount, "31.50")
    form.valid_from.show_day(date(2026, 4, 1))
    form.verb_button.click()
    rates = tools.office.pay_rates.rates(tutor_id(page))
    assert [(one.level, one.amount, one.valid_from) for one in rates] == [
        (PayLevel.TUTOR, 2700, None),
        (PayLevel.TUTOR, 3150, date(2026, 4, 1)),
    ]


def test_papers_are_added_and_archived(page: TutorsPage, tools: Tools) -> None:
    page.tabs.setCurrentIndex(PAPERS)
    page.view.papers.add.click()
    form = dialog(page, PaperDialog)
    form.expires.show_day(date(2026, 3, 20))
    form.verb_button.click()
    page.refresh()
    (row,) = page.view.papers.table.model.rows
    assert page.view.papers.table.select(row.document_id)
    line = page.list.current_line()
    assert line is not None
    assert line.papers == date(2026, 3, 20)
    page.view.papers.archive.click()
    assert tools.office.tutors.documents(tutor_id(page)) == ()


def test_a_tutor_is_added_and_changed(page: TutorsPage, tools: Tools) -> None:
    page.ask_tutor()
    form = dialog(page, NewTutor)
    form.verb_button.click()
    assert form.isVisible()
    QTest.keyClicks(form.name, "Zoe Teacher")
    QTest.keyClicks(form.limit, "22")
    form.verb_button.click()
    page.refresh()
    row = tools.office.tutors.tutor(tutor_id(page))
    assert (row.name, row.weekly_limit_minutes) == ("Zoe Teacher", 22 * 60)
    page.ask_change()
    change = dialog(page, EditTutor)
    QTest.keyClicks(change.phone, "123")
    change.verb_button.click()
    assert tools.office.tutors.tutor(row.tutor_id).phone == "123"


def test_a_refused_archiving_says_why(page: TutorsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.said) as said:
        page.put_away()
    word = said.args[0]
    assert isinstance(word, Word)
    assert not word.can_undo


def test_an_archived_tutor_is_found_by_a_link(page: TutorsPage) -> None:
    page.ask_tutor()
    form = dialog(page, NewTutor)
    QTest.keyClicks(form.name, "Old Teacher")
    form.verb_button.click()
    page.refresh()
    old = tutor_id(page)
    page.put_away()
    page.refresh()
    assert tutor_id(page) != old
    page.show_link(Link(Place.TUTORS, "tutor", old))
    page.refresh()
    assert tutor_id(page) == old


def test_every_field_and_button_has_a_name(page: TutorsPage) -> None:
    for number in range(page.tabs.count()):
        page.tabs.setCurrentIndex(number)
        page.availability.rows.add_row()
        nameless = [
            each
            for each in page.findChildren(QWidget)
            if each.isVisible()
            and each.focusPolicy() != Qt.FocusPolicy.NoFocus
            and type(each).__name__
            in {"Button", "IconButton", "ComboBox", "TimeEdit", "DateEdit", "WeekGrid"}
            and not (each.accessibleName() or getattr(each, "text", str)())
        ]
        assert not nameless
    assert page.tabs.count() == PAPERS + 1
    page.tabs.setCurrentIndex(AVAILABILITY)


@pytest.mark.parametrize("width", [820, 1236])
def test_nothing_is_cut_at_the_side(page: TutorsPage, width: int, qtbot: QtBot) -> None:
    page.resize(width, 590)
    qtbot.wait(1)
    area = page.view.parts.currentWidget()
    assert area is not None
    assert page.availability.width() <= area.width()
