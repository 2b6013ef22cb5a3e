"""The agenda shows the sessions of the grid, and serves to do the same with them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.values.actors import Actor, Role
from app.views.calendar.page import CalendarPage
from app.views.calendar.views import View
from app.views.formats import DASH
from tests.views.calendar.conftest import MONDAY, Desk

HELD = date(2026, 2, 10)  # in the month that is closed out


def column(page: CalendarPage, key: str) -> list[str]:
    """Read a column as it stands."""
    (found,) = (one for one in page.agenda.model.columns if one.key == key)
    return [found.text(row) for row in page.agenda.model.rows]


@pytest.fixture
def agenda(desk: Desk) -> CalendarPage:
    page = desk.page
    page.go(HELD)
    page.show_view(View.AGENDA)
    return page


def test_it_lists_the_month_in_order_of_time(agenda: CalendarPage) -> None:
    rows = agenda.agenda.model.rows
    assert {row.day.month for row in rows} == {2}
    starts = [row.card.starts_at for row in rows]
    assert starts == sorted(starts)
    assert len(starts) > 1


def test_it_opens_at_the_day_that_is_looked_at(agenda: CalendarPage) -> None:
    current = agenda.agenda.current()
    assert current is not None
    assert current.day >= HELD
    earlier = [row for row in agenda.agenda.model.rows if row.day < current.day]
    assert not [row for row in earlier if row.day >= HELD]
    assert str(current.day.day) in agenda.agenda.day_head.text()


def test_the_current_session_is_the_one_that_commands_are_for(
    agenda: CalendarPage,
) -> None:
    rows = agenda.agenda.model.rows
    agenda.agenda.select(rows[1].session_id)
    assert agenda.canvas.selected == (rows[1].session_id,)
    QTest.keyClick(agenda.agenda.grid, Qt.Key.Key_Down)
    assert agenda.canvas.selected == (rows[2].session_id,)


def test_what_is_selected_in_the_grid_stays_selected(desk: Desk) -> None:
    page = desk.page
    page.go(MONDAY)
    page.show_view(View.WEEK)
    last = page.canvas.scene.placed[-1].block.session_id
    page.canvas.select(last)
    page.show_view(View.AGENDA)
    current = page.agenda.current()
    assert current is not None
    assert current.session_id == last


def test_it_leads_to_the_week(agenda: CalendarPage) -> None:
    row = agenda.agenda.model.rows[0]
    agenda.agenda.opened.emit(row)
    assert agenda.view is View.WEEK
    assert agenda.canvas.selected == (row.session_id,)


def test_it_names_what_is_charged(agenda: CalendarPage) -> None:
    assert agenda.reading is not None
    marks = agenda.reading.period.marks
    rows = agenda.agenda.model.rows
    formats = agenda.tools.formats
    wanted = [
        formats.amount(marks[row.session_id].charge, marks[row.session_id].currency)
        if marks[row.session_id].currency
        else DASH
        for row in rows
    ]
    assert column(agenda, "charge") == wanted
    assert any(marks[row.session_id].charge for row in rows)


def test_a_tutor_reads_no_charge(agenda: CalendarPage) -> None:
    assert agenda.reading is not None
    tutor_id = next(one.tutor_ids[0] for one in agenda.agenda.model.rows)
    actor = Actor("Anna", Role.TUTOR, tutor_id=tutor_id)
    office = agenda.tools.office.acting_as(actor)
    period = office.timetable.period(agenda.reading.period.span)
    assert period.cards
    assert {(one.charge, one.currency) for one in period.marks.values()} == {(0, "")}


def test_it_is_filtered_as_the_grid_is(agenda: CalendarPage) -> None:
    name = agenda.agenda.model.rows[0].card.students[0].name
    agenda.header.search.setText(name)
    agenda.relay()
    rows = agenda.agenda.model.rows
    assert rows
    assert all(name in row.spoken for row in rows)
