"""What a tutor may ask of the office is a list; all else is refused at the door."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.models.values.errors import RightsError
from app.services.office import Office
from tests.fakes import FakeClock
from tests.services.asked import methods

CLOCK = FakeClock(datetime(2026, 3, 4, 22, tzinfo=UTC))
MAY = {  # each of these answers tutors about what is theirs, and is tested where it is
    "settings": "office",
    "policies": "history policy",
    "catalog": "levels offering offerings subjects tax_codes",
    "places": "places rooms ways",
    "days": "closures terms",
    "households": "household households student students",
    "tutors": "documents tutor tutors",
    "placements": "placement placements",
    "preferences": "preferences",
    "availability": "absences add_extra_time add_leave add_student_absence exceptions "
    "set_week take_absence_back take_back week",
    "bookings": "book check check_change move",
    "series": "book_series edit extend preview preview_edit",
    "courses": "courses enrolments",
    "free_times": "next_free",
    "timetable": "face period series_dates session sessions_in usual",
    "close_outs": "close close_many closed_out latest_notes mileage_proposals "
    "open_close_outs preview reopen report rules",
    "cancellations": "cancel",
    "locks": "first_open_day",
    "pay_rates": "mileage_rates rates",
    "pay_entries": "ask",
    "pay_lines": "lines questions",
    "pay_runs": "document statements",
    "pay_book": "explain_statement",
    "tasks": "add_task change_tasks finish_task finish_tasks open_tasks",
    "search": "find named note",
    "journal": "redo redoable steps undo undoable",
    "watching": "latest since",
    "backups": "usual_folder",
    "printing": "listing session_note statement week",
    "previews": "statement",
    "schedules": "agenda day week",
}


class Untouched:
    """An argument that nobody may look at before the rights were checked."""

    def __getattribute__(self, name: str) -> object:
        message = f"{name} was looked at before the rights"
        raise AssertionError(message)


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A new office, with a tutor at the desk."""
    address: Path = tmp_path_factory.mktemp("rights") / "office.chalk"
    office = open_office(str(address), clock=CLOCK, create=True)
    yield office.acting_as(Actor("Anna", Role.TUTOR, 1))
    office.close()


def call(method: Callable[..., Any]) -> None:
    """Call a method with arguments that must not be looked at."""
    parameters = inspect.signature(method).parameters.values()
    wanted = [each for each in parameters if each.default is each.empty]
    positional = [Untouched() for each in wanted if each.kind is not each.KEYWORD_ONLY]
    named = {e.name: Untouched() for e in wanted if e.kind is e.KEYWORD_ONLY}
    told = method(*positional, **named)
    if hasattr(told, "__enter__"):
        with told:
            pass


def test_all_that_is_not_left_to_tutors_is_refused_before_anything_else(
    tutor: Office,
) -> None:
    let_in = {}
    for name, method in methods(tutor).items():
        if name.partition(".")[2] in MAY.get(name.partition(".")[0], "").split():
            continue
        try:
            call(method)
        except RightsError:
            continue
        except Exception as error:  # noqa: BLE001  whatever came first is told
            let_in[name] = f"{type(error).__name__}: {error}"
        else:
            let_in[name] = "nothing was refused"
    assert not let_in


def test_what_is_left_to_tutors_is_there(tutor: Office) -> None:
    listed = {f"{name}.{one}" for name, some in MAY.items() for one in some.split()}
    assert not listed - methods(tutor).keys()
