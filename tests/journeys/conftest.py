"""An office on a Monday morning in March, its desks, and what every journey does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytest_bdd import given, parsers, then, when
from pytestqt.qtbot import QtBot

from tests.fakes import FakeClock
from tests.journeys.desk import CTRL, Desk
from tests.once import Fresh
from tests.views.conftest import _collector, _dressed, _tidy_windows  # noqa: F401

OpenDesk = Callable[[str], Desk]
MORNING = datetime(2026, 3, 9, 9, tzinfo=UTC)
PLACES = {
    "today": "today",
    "the calendar": "calendar",
    "the close-outs": "close_out",
    "the tasks": "tasks",
    "the families": "students",
    "the tutors": "tutors",
    "the invoices": "invoices",
    "the payroll": "payroll",
    "the journal": "journal",
    "the settings": "settings",
}


@pytest.fixture
def clock() -> FakeClock:
    """Monday, 9 March 2026, nine in the morning in London."""
    return FakeClock(MORNING)


@pytest.fixture
def open_desk(
    _dressed: None,  # noqa: F811
    clock: FakeClock,
    tmp_path: Path,
    qtbot: QtBot,
) -> Iterator[OpenDesk]:
    """Opens desks on an office, and closes them in the end."""
    desks: list[Desk] = []

    def open_one(address: str) -> Desk:
        remembered = tmp_path / f"windows-{len(desks)}.ini"
        desks.append(Desk(address, clock, remembered, qtbot))
        return desks[-1]

    yield open_one
    for desk in reversed(desks):
        desk.close()


@given("an office with a week to close out", target_fixture="desk")
def _(fresh_sqlite: Fresh, open_desk: OpenDesk) -> Desk:
    return open_desk(fresh_sqlite())


@when(parsers.parse("the manager goes to {place}"))
def _(desk: Desk, place: str) -> None:
    desk.go(PLACES[place])


@when(parsers.parse('presses "{name}"'))
def _(desk: Desk, name: str) -> None:
    desk.click(name)
    desk.rest()


@when(parsers.parse('confirms "{name}"'))
def _(desk: Desk, name: str) -> None:
    desk.click(name)
    desk.gone()


@when(parsers.parse('writes "{text}" as "{name}"'))
def _(desk: Desk, text: str, name: str) -> None:
    desk.write(name, text)


@when(parsers.parse('chooses "{word}" as "{name}"'))
def _(desk: Desk, word: str, name: str) -> None:
    desk.choose(name, word)
    desk.rest()


@when(parsers.parse('opens the part "{word}"'))
def _(desk: Desk, word: str) -> None:
    desk.tab(word)
    desk.rest()


@when(parsers.parse('picks "{words}" from "{name}"'))
def _(desk: Desk, words: str, name: str) -> None:
    desk.click(name)
    desk.pick(words)
    desk.rest()


@when(parsers.parse('chooses the row "{text}"'))
def _(desk: Desk, text: str) -> None:
    desk.row(text)
    desk.rest()


@when("takes the last step back")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Z, CTRL)
    desk.rest()


@when("does it again")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Y, CTRL)
    desk.rest()


@then(parsers.parse('the window shows "{text}"'))
def _(desk: Desk, text: str) -> None:
    desk.sees(text)


@then(parsers.parse('the window no longer shows "{text}"'))
def _(desk: Desk, text: str) -> None:
    desk.until(lambda: text not in desk.shown(), f"no “{text}” any more")


@then("the office's books are in order")
def _(desk: Desk) -> None:
    desk.rest()
    checked = desk.office.checking.check()
    assert checked.is_ok, checked.findings
