"""Journeys of booking, moving and cancelling in the calendar."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytest_bdd import parsers, scenarios, then, when

from app.models.values.schedule import SessionStatus
from app.services.scheduling.cards import SessionCard
from tests.journeys import books, calendar_hands
from tests.journeys.desk import CTRL, Desk

scenarios("features/calendar.feature")


def column(day: str) -> int:
    """Give the column of a day in a week."""
    return books.DAYS.index(day)


def minute(clock: str) -> int:
    """Read a time of day."""
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@when(parsers.parse("draws a block on {day} from {start} to {end}"))
def _(desk: Desk, day: str, start: str, end: str) -> None:
    calendar_hands.draw(desk, column(day), minute(start), minute(end))
    desk.sees("New session")


@when(parsers.parse('names the student "{name}"'))
def _(desk: Desk, name: str) -> None:
    desk.type(name)
    desk.key(Qt.Key.Key_Return)
    desk.rest()


@when("finishes with Ctrl and Enter")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return, CTRL)
    desk.rest()


@when(parsers.parse('types the line "{line}"'))
def _(desk: Desk, line: str) -> None:
    desk.key(Qt.Key.Key_Q)
    desk.type(line)
    desk.key(Qt.Key.Key_Return)
    desk.rest()


@when(parsers.parse("sets the time from {clock}"))
def _(desk: Desk, clock: str) -> None:
    desk.write_into(desk.find(QLineEdit, "From"), clock)
    desk.rest()


@when(parsers.parse("drags {name} to {day} at {clock}"))
def _(desk: Desk, name: str, day: str, clock: str) -> None:
    calendar_hands.carry(desk, name, column(day), minute(clock))
    desk.rest()


@when(parsers.parse("answers with {digit:d}"))
def _(desk: Desk, digit: int) -> None:
    desk.sees("Only this session")
    desk.type(str(digit))
    desk.key(Qt.Key.Key_Return)
    desk.rest()


@when(parsers.parse('gives the reason "{reason}"'))
def _(desk: Desk, reason: str) -> None:
    desk.type(reason)
    desk.key(Qt.Key.Key_Return)
    desk.gone()


@when(parsers.parse("clicks on {name}"))
def _(desk: Desk, name: str) -> None:
    calendar_hands.choose(desk, name)


@when("presses Delete")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Delete)
    desk.sees("Cancel the session")


@then(parsers.parse("the calendar shows {name} on {day} at {clock}"))
def _(desk: Desk, name: str, day: str, clock: str) -> None:
    desk.until(lambda: desk.window.here.place.value == "calendar", "the calendar")
    canvas = calendar_hands.canvas_of(desk)

    def is_there() -> bool:
        return any(
            name in one.block.titles[0]
            and (one.column, one.block.start) == (column(day), minute(clock))
            for one in canvas.scene.placed
        )

    desk.until(is_there, f"{name} on {day} at {clock}")


@then(
    parsers.re(
        r"(?P<name>[\w ]+) has (?P<count>\d+) sessions? on (?P<day>\w+)s "
        r"at (?P<clock>[\d:]+) with (?P<tutor>[\w ]+)"
    ),
    target_fixture="session",
)
def _(
    desk: Desk, name: str, count: str, day: str, clock: str, tutor: str
) -> SessionCard | None:
    found = [
        card
        for card in books.sessions_of(desk.office, name)
        if books.at(card, day, clock) and tutor == card.tutors[0][1]
    ]
    assert len(found) == int(count)
    return found[0] if found else None


@then(parsers.parse("that session lasts {minutes:d} minutes"))
def _(session: SessionCard, minutes: int) -> None:
    length = session.ends_at - session.starts_at
    assert length.total_seconds() == minutes * 60


@then(parsers.parse('the reason "{reason}" is on record'))
def _(desk: Desk, reason: str) -> None:
    card = books.this_week(desk.office, "Sam Gruber", "Thursday", "14:00")
    assert card.is_overridden
    detail = desk.office.timetable.session(card.session_id)
    assert detail.override_reason == reason


@then(
    parsers.re(
        r"(?P<name>[\w ]+) is (?P<state>planned|cancelled late|cancelled in time) "
        r"on (?P<day>\w+) at (?P<clock>[\d:]+)"
    ),
    target_fixture="session",
)
def _(desk: Desk, name: str, state: str, day: str, clock: str) -> SessionCard:
    wanted = SessionStatus(state.replace(" ", "_"))
    desk.until(
        lambda: books.this_week(desk.office, name, day, clock).status is wanted,
        f"{name} {state}",
    )
    return books.this_week(desk.office, name, day, clock)


@then("nothing is charged for it")
def _(desk: Desk, session: SessionCard) -> None:
    assert books.charged(desk.office, session.session_id) == 0


@then(parsers.parse("{amount:f} is charged for it"))
def _(desk: Desk, session: SessionCard, amount: float) -> None:
    found = books.charged(desk.office, session.session_id) / 100
    assert found == pytest.approx(amount)
