"""Which days may change, and the day that a correction of a locked one bears."""

from __future__ import annotations

from datetime import date

from app.services.open_days import OpenDays

FIRST, TODAY = date(2026, 4, 1), date(2026, 4, 2)
LOCKED = date(2026, 3, 3)


def test_what_is_locked_bears_today_and_keeps_its_own_day() -> None:
    days = OpenDays(FIRST, TODAY)
    assert days.is_locked(LOCKED)
    assert not days.is_locked(FIRST)
    assert days.days(LOCKED) == {"service_on": TODAY, "original_on": LOCKED}
    assert days.days(FIRST) == {"service_on": FIRST, "original_on": None}
    assert days.days(FIRST, LOCKED) == {"service_on": FIRST, "original_on": LOCKED}


def test_where_today_is_locked_the_first_open_day_is_borne() -> None:
    assert OpenDays(FIRST, LOCKED).dated(LOCKED) == FIRST
