"""Schedules: nothing hidden, cropped hours, as many pages as there are columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.documents.lanes import in_lanes, used_hours
from app.services.documents.locale import DASH
from app.services.documents.rendering import Job, render
from app.services.documents.style import MM
from app.services.documents.values import Schedule, Slot
from tests.services.documents.reading import pages, place, text
from tests.services.documents.samples import LETTERHEAD, every, week


def drawn(plan: Schedule, locale: str = "en-GB") -> bytes:
    return render(Job(plan, LETTERHEAD, locale, "DE"))


def slot(start: int, end: int, title: str = "Maya", column: int = 0) -> Slot:
    """Give a slot by its hours; 24 is midnight."""
    return Slot(column, time(start), time(end % 24), title, "Maths")


def test_shows_all_sessions() -> None:
    found = text(render(every()["week"]))
    for words in ("Maya", "Sam", "Nadia Saleh", "23:00", "3.00 h · 3 sessions"):
        assert words in found
    assert "Printed Tue 24 Nov 2026, 16:37" in found
    assert "Dashed: not yet confirmed" in found


slots = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 4)), min_size=1, max_size=20
)


@given(slots)
def test_slots_in_one_lane_never_overlap(found: list[tuple[int, int]]) -> None:
    listed = [slot(at, at + hours) for at, hours in found]
    placed = in_lanes(listed)
    assert sorted(map(id, (one.slot for one in placed))) == sorted(map(id, listed))
    for one in placed:
        assert one.lane < one.lanes
        for other in placed:
            if other is not one and other.lane == one.lane:
                assert other.end <= one.start or one.end <= other.start


@given(slots)
def test_no_more_lanes_than_sessions_at_once(found: list[tuple[int, int]]) -> None:
    placed = in_lanes([slot(at, at + hours) for at, hours in found])
    busiest = max(
        sum(one.start <= minute < one.end for one in placed)
        for minute in range(0, 1440, 60)
    )
    assert max(one.lane for one in placed) + 1 == busiest


@pytest.mark.parametrize(
    ("spans", "hours"),
    [
        ([], (9, 17)),
        ([(8, 18)], (8, 18)),
        ([(15, 16)], (15, 20)),
        ([(23, 24)], (19, 24)),
        ([(0, 1)], (0, 5)),
    ],
)
def test_hours_are_cropped_to_what_is_used(
    spans: list[tuple[int, int]], hours: tuple[int, int]
) -> None:
    assert used_hours([slot(start, end) for start, end in spans]) == hours


def test_a_short_day_is_not_stretched() -> None:
    content = drawn(replace(week(), slots=(slot(15, 16),)))
    first, second = (place(content, hour)[1] for hour in ("16:00", "17:00"))
    assert first - second <= 15.1 * MM


def test_what_ends_after_midnight_is_drawn_to_midnight() -> None:
    (one,) = in_lanes([Slot(0, time(23), time(0, 30), "Maya", "")])
    assert (one.start, one.end) == (23 * 60, 24 * 60)


def test_many_columns_are_shared_by_pages() -> None:
    columns = tuple((f"Tutor {number}", "") for number in range(40))
    found = tuple(slot(9, 10, f"Student {number}", number) for number in range(40))
    read = pages(drawn(replace(week(), columns=columns, slots=found)))
    assert len(read) == 4
    for number in range(40):
        assert sum(f"Tutor {number}\r" in page for page in read) == 1
        assert sum(f"Student {number}\r" in page for page in read) == 1


def test_america_names_full_hours_by_half_days() -> None:
    found = text(drawn(week(), "en-US")).replace("\xa0", " ")
    assert "4 pm" in found
    assert "11 pm" in found


def test_a_list_names_every_session_in_words() -> None:
    found = text(render(every()["agenda"]))
    for words in (
        f"15:00{DASH}16:00",
        "Sam Wright",
        "Maths · Room 2",
        "not yet confirmed",
    ):
        assert words in found


def test_nothing_planned_is_said() -> None:
    plan = replace(week(), slots=())
    assert "Mon" in text(drawn(plan))
    assert "No sessions." in text(drawn(replace(plan, as_list=True)))
