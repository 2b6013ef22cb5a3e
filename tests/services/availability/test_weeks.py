"""A week is set and read in order."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from app.models.people import Availability
from app.models.values.schedule import WeekWindow
from app.services.availability.requests import SetWeek, ValidWindow
from app.services.availability.weeks import rows_of, shown, write_week
from app.services.desk import Desk
from tests.factories import Make

days = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(st.integers(0, 6), days, days), max_size=6))
def test_is_shown_by_first_day_then_through_the_week(
    rows: list[tuple[int, date | None, date | None]],
) -> None:
    kept = [
        Availability(
            tutor_id=1,
            weekday=weekday,
            start_minute=600,
            end_minute=660,
            valid_from=first,
            valid_until=last,
        )
        for weekday, first, last in rows
    ]
    found = shown(kept)
    assert sorted(found, key=lambda one: one.valid_from or date.min) == list(found)
    assert shown(list(reversed(kept))) == found


def test_an_empty_week_ends_what_held(desk: Desk, make: Make) -> None:
    tutor = make.tutor()
    with desk.transaction("set") as transaction:
        write_week(transaction, SetWeek((WeekWindow(0, 600, 660),), tutor_id=tutor))
    with desk.transaction("end") as transaction:
        end = SetWeek((), tutor_id=tutor, valid_from=date(2026, 3, 9))
        write_week(transaction, end)
        assert shown(rows_of(transaction, tutor, None)) == (
            ValidWindow(0, 600, 660, None, date(2026, 3, 8)),
        )
