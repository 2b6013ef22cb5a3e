"""What nobody should type is refused in one clear sentence, or kept as it was typed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from app.bootstrap import open_office
from app.models.values.entries import (
    ControlCharacterError,
    EmptyError,
    TooLongError,
)
from app.models.values.errors import InputError
from app.models.values.schedule import ClockGapError
from app.services.office import Office
from app.services.people.requests import AddHousehold, AddStudent, NewPayer
from app.services.scheduling.errors import LengthError
from app.services.scheduling.requests import BookSession
from tests.fakes import FakeClock
from tests.kills.judging import rows

CLOCK = FakeClock(datetime(2026, 3, 4, 22, tzinfo=UTC))
NAMES = (
    '<b>Bob</b> & "Öz" <unknown>',
    '=HYPERLINK("http://127.0.0.1/x")',
    "Robert'); DROP TABLE student;--",
    "Łódź Ωμέγα Жуков",
    "x" * 200,
)


def entries(address: str) -> int:
    """Count the journal's entries."""
    return int(rows(address, "SELECT count(*) FROM journal")[0][0][0])


def refuse(address: str, error: type[InputError], request: object) -> str:
    """Ask for something that is refused, and give the sentence."""
    before = entries(address)
    office = open_office(address, clock=CLOCK)
    try:
        with pytest.raises(error) as told:
            ask(office, request)
    finally:
        office.close()
    assert entries(address) == before
    sentence = str(told.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def ask(office: Office, request: object) -> None:
    """Hand a request to the service it is for."""
    if isinstance(request, BookSession):
        office.bookings.book(request)
    elif isinstance(request, AddHousehold):
        office.households.add_household(request)
    else:
        assert isinstance(request, AddStudent)
        office.households.add_student(request)


def session(start: str, minutes: int) -> BookSession:
    """Ask for a session of the first tutor with the first student."""
    when = datetime.fromisoformat(start)
    return BookSession(1, (1,), (1,), when, minutes, accept_soft=True)


@pytest.mark.parametrize("minutes", [0, -60, 1441, 10**9])
def test_a_session_of_no_time_or_more_than_a_day_is_refused(
    month: str, minutes: int
) -> None:
    sentence = refuse(month, LengthError, session("2026-03-10T08:00", minutes))
    assert str(minutes) in sentence


def test_a_time_that_the_clock_change_leaves_out_is_refused(month: str) -> None:
    sentence = refuse(month, ClockGapError, session("2026-03-29T01:30", 60))
    assert "01:30 on 29 Mar 2026" in sentence
    assert "Europe/London" in sentence
    assert "before or after" in sentence


def test_a_time_that_comes_twice_is_taken_once(month_sqlite: str) -> None:
    office = open_office(month_sqlite, clock=CLOCK)
    office.bookings.book(session("2026-10-25T01:30", 60))
    office.close()
    starts = int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp())  # summer time
    query = "SELECT starts_at, ends_at FROM session ORDER BY id DESC LIMIT 1"
    assert (starts, starts + 60 * 60) in rows(month_sqlite, query)[0]


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("x" * 500, TooLongError),
        ("", EmptyError),
        ("   ", EmptyError),
        ("Kim\nBcc: evil@x.test", ControlCharacterError),
        ("Kim\0", ControlCharacterError),
    ],
)
def test_names_that_no_record_can_have_are_refused(
    month: str, name: str, error: type[InputError]
) -> None:
    refuse(month, error, AddStudent(1, name))
    refuse(month, error, AddHousehold(name))
    refuse(month, error, AddHousehold("Fine", payers=(NewPayer(name, "a", ""),)))


@pytest.mark.parametrize("name", NAMES)
def test_any_other_name_is_kept_printed_and_exported_as_it_was_typed(
    month: str, tmp_path: Path, name: str
) -> None:
    office = open_office(month, clock=CLOCK)
    added = office.households.add_household(
        AddHousehold(name, payers=(NewPayer(name, "1 High Street", ""),))
    )
    student = office.households.add_student(AddStudent(added.household_id, name))
    start = datetime.fromisoformat("2026-03-05T08:00")
    office.bookings.book(BookSession(1, (1,), (student,), start, 60, accept_soft=True))
    paper = office.printing.week(1, start.date())
    office.export.write(tmp_path)
    office.close()
    assert (student, name) in rows(month, "SELECT id, name FROM student")[0]
    with pypdfium2.PdfDocument(paper) as document:
        words = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert name[:4] in words
    assert name[:20].split(",", maxsplit=1)[0].replace('"', '""')[:8] in (
        tmp_path / "students.csv"
    ).read_text("utf-8-sig")
