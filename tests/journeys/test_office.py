"""Journeys of the office itself: tasks, closures, backups, policies, a first start."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytest_bdd import given, parsers, scenarios, then, when
from pytestqt.qtbot import QtBot

from app.bootstrap import is_founded
from app.desktop import _Answer, _founded
from app.models.values.schedule import CancelledBy, SessionStatus
from app.services.closing.requests import CancelSession
from app.views.shell.welcome import Welcome
from tests.journeys import books
from tests.journeys.conftest import MORNING, OpenDesk
from tests.journeys.desk import LEFT, Desk

scenarios("features/office.feature")


@given("an empty folder", target_fixture="address")
def _(tmp_path: Path) -> str:
    address = str(tmp_path / "new" / "office.chalkbook")
    Path(address).parent.mkdir()
    assert not is_founded(address)
    return address


@when("presses Enter")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return)
    desk.rest()


@when(
    parsers.parse('the owner names the office "{name}" and begins'),
    target_fixture="desk",
)
def _(address: str, name: str, qtbot: QtBot, open_desk: OpenDesk) -> Desk:
    answer, welcome = _Answer(), Welcome()
    qtbot.addWidget(welcome)
    welcome.wished.connect(answer.take)
    welcome.open()
    qtbot.waitExposed(welcome)
    QTest.keyClicks(welcome.name, name)
    welcome.currency.selectAll()
    QTest.keyClicks(welcome.currency, "GBP")
    QTest.mouseClick(welcome.begin_button, LEFT)
    assert answer.wish is not None
    return open_desk(_founded(address, answer.wish))


@then(parsers.parse('the task "{what}" is open'))
def _(desk: Desk, what: str) -> None:
    desk.table(what)
    assert [row.what for row in desk.office.tasks.open_tasks()] == [what]


@then("no task is open")
def _(desk: Desk) -> None:
    assert not desk.office.tasks.open_tasks()


@then(parsers.parse("the office is closed on {day}"))
def _(desk: Desk, day: str) -> None:
    desk.table("Spring day")
    [closure] = desk.office.days.closures()
    assert closure.from_on == closure.until_on == date.fromisoformat(day)


@then("a backup lies beside the office and can be restored")
def _(desk: Desk) -> None:
    desk.sees("1 file")
    backups = desk.office.backups
    [file] = backups.usual_folder().glob("*.chalkbook")
    contents = backups.look_into(file)
    assert contents.students == len(desk.office.households.students())


@then("a session that is cancelled 5 hours before is not charged")
def _(desk: Desk) -> None:
    card = books.this_week(desk.office, "Sam Ahmed", "Monday", "14:00")
    assert card.starts_at - MORNING == timedelta(hours=5)
    request = CancelSession(card.session_id, CancelledBy.HOUSEHOLD)
    desk.office.cancellations.cancel(request)
    [now] = [
        one
        for one in books.sessions_of(desk.office, "Sam Ahmed")
        if one.session_id == card.session_id
    ]
    assert now.status is SessionStatus.CANCELLED_IN_TIME
    assert books.charged(desk.office, card.session_id) == 0


@then(parsers.parse('the desk of "{name}" opens, with nothing to do'))
def _(desk: Desk, name: str) -> None:
    assert name in desk.window.windowTitle()
    assert desk.office.settings.office().name == name
    assert not desk.office.close_outs.open_close_outs()
    desk.sees("Today")
