"""Journeys of two desks on one office: seeing, racing, and never overwriting."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from pytest_bdd import given, parsers, scenarios, then, when

from tests.journeys import books, calendar_hands
from tests.journeys.conftest import OpenDesk
from tests.journeys.desk import CTRL, Desk
from tests.once import Fresh

scenarios("features/two_desks.feature")

Desks = Mapping[str, Desk]
FRIDAY, TUESDAY = 4, 1


def minute(clock: str) -> int:
    """Read a time of day."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@given(parsers.parse("two desks on an office in {database}"), target_fixture="desks")
def _(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    open_desk: OpenDesk,
    database: str,
) -> Desks:
    name = {"SQLite": "fresh_sqlite", "PostgreSQL": "fresh_postgres"}[database]
    fresh: Fresh = request.getfixturevalue(name)
    address, desks = fresh(), {}
    for person in ("Olga", "Paul"):
        monkeypatch.setenv("LOGNAME", person)
        desks[person] = open_desk(address)
    return desks


@when("both go to the calendar")
def _(desks: Desks) -> None:
    for desk in desks.values():
        desk.come_forward()
        desk.go("calendar")


@when(parsers.parse("{person} moves {name} to Friday at {clock}"))
def _(desks: Desks, person: str, name: str, clock: str) -> None:
    desk = desks[person]
    desk.come_forward()
    calendar_hands.carry(desk, name, FRIDAY, minute(clock))
    desk.sees("Only this session")
    desk.key(Qt.Key.Key_Return)
    desk.gone()


@when(parsers.parse("both open the form of {name}"))
def _(desks: Desks, name: str) -> None:
    for desk in desks.values():
        desk.come_forward()
        desk.go("students")
        desk.find_by_palette(name)
        desk.sees(name)
        desk.rest()
        desk.click("More")
        desk.pick("Edit student…")


@when(parsers.parse('{person} saves "{text}" as "{name}"'))
def _(desks: Desks, person: str, text: str, name: str) -> None:
    desk = desks[person]
    desk.write(name, text)
    desk.click("Save")
    desk.rest()


@when("both stand before issuing the invoices")
def _(desks: Desks) -> None:
    for desk in desks.values():
        desk.come_forward()
        desk.go("invoices")
        desk.click("Invoice run…")
        desk.click("Continue to review")
        desk.rest()
        desk.click("Continue to issue")
        desk.rest()
        desk.click("Issue 11 invoices…")
        desk.sees("INV-0001 … INV-0011")


@when("both issue them")
def _(desks: Desks) -> None:
    for desk in desks.values():
        desk.click("Issue 11 invoices")
    for desk in desks.values():
        desk.gone()


@when(
    parsers.parse(
        "both draw Tuesday from 10:00 to 11:00 with Ann Teacher, "
        "for {first} and {second}"
    )
)
def _(desks: Desks, first: str, second: str) -> None:
    for desk, name in zip(desks.values(), (first, second), strict=True):
        desk.come_forward()
        calendar_hands.draw(desk, TUESDAY, 10 * 60, 11 * 60)
        desk.sees("New session")
        desk.write("Student", name)
        desk.key(Qt.Key.Key_Return)
        desk.rest()
        desk.choose("Tutor", "Ann Teacher")
        desk.rest()


@when("both finish the booking")
def _(desks: Desks) -> None:
    for desk in desks.values():
        desk.click("Book")
        desk.rest()


@when(parsers.parse("{person} takes the last step back"))
def _(desks: Desks, person: str) -> None:
    desk = desks[person]
    desk.come_forward()
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.rest()


@then(parsers.parse("{person} sees {name} on Friday at {clock}"))
def _(desks: Desks, person: str, name: str, clock: str) -> None:
    desk = desks[person]
    canvas = calendar_hands.canvas_of(desk)

    def is_there() -> bool:
        return any(
            name in one.block.titles[0]
            and (one.column, one.block.start) == (FRIDAY, minute(clock))
            for one in canvas.scene.placed
        )

    desk.until(is_there, f"{name} at {clock}")


@then(parsers.parse('{person} is told "{words}"'))
def _(desks: Desks, person: str, words: str) -> None:
    desks[person].sees(words)


@then(parsers.parse('{name} is in "{year}"'))
def _(desks: Desks, name: str, year: str) -> None:
    office = desks["Olga"].office
    [row] = [one for one in office.households.students() if one.name == name]
    assert row.school_year == year


@then("every family is billed once, with numbers without a gap")
def _(desks: Desks) -> None:
    office = desks["Paul"].office
    numbers = sorted(row.number for row in office.ledger.documents())
    assert numbers == [f"INV-{number:04d}" for number in range(1, 12)]
    checked = office.checking.check()
    assert checked.is_ok, checked.findings


@then(parsers.parse("{tutor} has one session on Tuesday at 10:00"))
def _(desks: Desks, tutor: str) -> None:
    cards = desks["Olga"].office.timetable.sessions_in(books.YEAR)
    found = [
        card
        for card in cards
        if books.at(card, "Tuesday", "10:00") and card.tutors[0][1] == tutor
    ]
    assert len(found) == 1


def test_what_is_about_records_stays_with_its_office(
    open_desk: OpenDesk, fresh_sqlite: Fresh
) -> None:
    desk = open_desk(fresh_sqlite())
    remembered = desk.window.tools.state
    remembered.keep_texts("payroll/ticks", ["1", "2"])
    assert remembered.numbers("payroll/ticks") == (1, 2)
    remembered.enter("another office")
    assert remembered.numbers("payroll/ticks") == ()
