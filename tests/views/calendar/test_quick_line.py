"""A session in one typed line."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.views.calendar.drafting import Rhythm
from app.views.calendar.quick_line import Known, Line, parsed

TODAY = date(2026, 11, 24)  # a Tuesday
KNOWN = Known(
    {1: "Anna Berg", 2: "Jonas Klein"},
    {10: "Maths, one to one", 11: "Maths, small group", 12: "English, pair"},
    TODAY,
    ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)


def test_a_whole_line_is_understood() -> None:
    assert parsed("Maya Thu 16:30 90m maths with Anna weekly", KNOWN) == Line(
        "Maya", date(2026, 11, 26), time(16, 30), 90, Rhythm.WEEKLY, 1, 10
    )


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 24)),
        ("tomorrow", date(2026, 11, 25)),
        ("Tuesday", date(2026, 11, 24)),
        ("next tue", date(2026, 12, 1)),
        ("mon", date(2026, 11, 30)),
        ("on 3.12.", date(2026, 12, 3)),
        ("3/1", date(2027, 1, 3)),
        ("3.12.2027", date(2027, 12, 3)),
    ],
)
def test_days_are_understood(words: str, day: date) -> None:
    found = parsed(f"Maya {words} 16:00", KNOWN)
    assert (found.names, found.day) == ("Maya", day)


@pytest.mark.parametrize(
    ("words", "start", "minutes"),
    [
        ("16:30", time(16, 30), None),
        ("16", time(16), None),
        ("at 4pm", time(16), None),
        ("12 am", time(0), None),
        ("15-16:30", time(15), 90),
        ("15:00 to 16:00", time(15), 60),
        ("16:00 1.5h", time(16), 90),
        ("16:00 for 45 min", time(16), 45),
    ],
)
def test_times_and_lengths_are_understood(
    words: str, start: time, minutes: int | None
) -> None:
    found = parsed(f"Maya {words}", KNOWN)
    assert (found.names, found.start, found.minutes) == ("Maya", start, minutes)


def test_several_students_are_kept_apart() -> None:
    assert parsed("Maya + Ben Okafor wed 15", KNOWN).names == "Maya, Ben Okafor"
    assert parsed("Maya, Ben wed 15", KNOWN).names == "Maya, Ben"


def test_a_tutors_surname_is_enough() -> None:
    assert parsed("Maya with Klein 15:00", KNOWN).tutor_id == 2


def test_a_students_name_that_is_no_tutors_stays() -> None:
    found = parsed("Anna Meier thu 15", KNOWN)
    assert (found.names, found.tutor_id) == ("Anna Meier", None)


def test_every_two_weeks_is_not_every_week() -> None:
    assert parsed("Maya every 2 weeks 15:00", KNOWN).rhythm is Rhythm.FORTNIGHTLY


def test_a_whole_offering_goes_before_its_subject() -> None:
    assert parsed("Maya Maths, small group thu 15", KNOWN).offering_id == 11


def test_what_is_not_said_is_open() -> None:
    found = parsed("Maya", KNOWN)
    assert found == Line("Maya")
    assert found.starts(TODAY) is None


def test_nonsense_stays_with_the_names() -> None:
    assert parsed("Maya 99:99", KNOWN).start is None
