"""Journeys of closing out: one key, a whole week, groups, notes, packages."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytest_bdd import given, parsers, scenarios, then, when

from app.models.values.schedule import AttendanceState, EditScope, SessionStatus
from app.services.billing.terms import AddPackage, BuyPackage
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import EditSeries
from app.views.close_out.waiting import WaitingList
from tests.journeys import books
from tests.journeys.desk import CTRL, LEFT, NO_KEYS, Desk

scenarios("features/close_out.feature")

KEYS = {"N": Qt.Key.Key_N, **{str(n): Qt.Key(ord(str(n))) for n in range(1, 8)}}


def last_week(desk: Desk, name: str, day: str, clock: str) -> SessionCard:
    """Give the session of a student at a time in the week of 2 March."""
    [found] = [
        card
        for card in books.sessions_of(desk.office, name)
        if books.at(card, day, clock) and card.starts_at.isocalendar().week == 10
    ]
    return found


@given(
    parsers.parse("{tutor} helps in the session of {name} on {day} at {clock}"),
)
def _(desk: Desk, tutor: str, name: str, day: str, clock: str) -> None:
    card = last_week(desk, name, day, clock)
    helper = next(
        row.tutor_id for row in desk.office.tutors.tutors() if row.name == tutor
    )
    tutors = (card.tutors[0][0], helper)
    change = EditSeries(card.session_id, EditScope.THIS, tutor_ids=tutors)
    desk.office.series.edit(change)
    desk.rest()


@given(parsers.parse("{name} has a package of half an hour"))
def _(desk: Desk, name: str) -> None:
    row = next(one for one in desk.office.households.students() if one.name == name)
    tax = desk.office.catalog.tax_codes()[0].tax_code_id
    package = desk.office.packages.add_package(AddPackage("Half", 30, 2000, tax))
    bought = BuyPackage(package, row.household_id, date(2026, 3, 1), row.student_id)
    desk.office.packages.buy(bought)
    assert [one for one in desk.office.packages.lots() if one.package == "Half"]
    desk.rest()


@when(parsers.parse("presses the key {key}"))
def _(desk: Desk, key: str) -> None:
    desk.key(KEYS[key])
    desk.rest()


@when("chooses all sessions")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_A, CTRL)
    desk.sees("12 sessions chosen")


@when("finishes with Ctrl and Enter")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return, CTRL)
    desk.rest()


@when("presses Enter")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return)
    desk.rest()


@when(parsers.parse('types "{text}"'))
def _(desk: Desk, text: str) -> None:
    desk.type(text)


@when(parsers.parse('chooses the session of "{words}"'))
def _(desk: Desk, words: str) -> None:
    [rows] = desk.all(WaitingList)
    place = next(row for row, one in enumerate(rows.rows) if words in str(one))
    index = rows.model().index(place, 0)
    rows.scrollTo(index)
    spot = rows.visualRect(index).center()
    QTest.mouseClick(rows.viewport(), LEFT, NO_KEYS, spot)
    desk.rest()


@then(
    parsers.re(
        r"the session of (?P<name>[\w ]+) on (?P<day>\w+) at (?P<clock>[\d:]+) is "
        r"(?P<state>[\w ]+), (?P<charge>[\d.]+) charged and (?P<pay>[\d.]+) paid"
    ),
    target_fixture="session",
)
def _(
    desk: Desk, name: str, day: str, clock: str, state: str, charge: str, pay: str
) -> SessionCard:
    wanted = SessionStatus(state.replace(" ", "_"))
    desk.until(
        lambda: last_week(desk, name, day, clock).status is wanted, f"{name} {state}"
    )
    card = last_week(desk, name, day, clock)
    found = books.charged(desk.office, card.session_id)
    earned = books.paid(desk.office, card.session_id)
    assert (f"{found / 100:.2f}", f"{earned / 100:.2f}") == (charge, pay)
    return card


@then(parsers.parse("{count:d} sessions wait to be closed out"))
def _(desk: Desk, count: int) -> None:
    assert len(desk.office.close_outs.open_close_outs()) == count


@then(parsers.parse('the form shows "{text}" as "{name}"'))
def _(desk: Desk, text: str, name: str) -> None:
    field = desk.find(QLineEdit, name)
    desk.until(lambda: field.text() == text, f"{text} as {name}")


@then(
    parsers.parse("{away} is absent and {there} is present on {day} at {clock}"),
)
def _(desk: Desk, away: str, there: str, day: str, clock: str) -> None:
    card = last_week(desk, there, day, clock)
    states = {one.name: one.state for one in card.students}
    assert states[away] is AttendanceState.ABSENT
    assert states[there] is AttendanceState.PRESENT


@then(parsers.parse('its report holds the note "{note}" and the homework "{homework}"'))
def _(desk: Desk, session: SessionCard, note: str, homework: str) -> None:
    report = desk.office.close_outs.report(session.session_id)
    assert [one.text for one in report.notes] == [note]
    assert [one.text for one in report.homework] == [homework]


@then("nothing is left of the package")
def _(desk: Desk) -> None:
    assert not [one for one in desk.office.packages.lots() if one.package == "Half"]
