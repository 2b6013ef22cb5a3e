"""An office keeps its own years, instants that are sure, and exact numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.models.values.entries import ControlCharacterError
from app.models.values.keepable import (
    CalendarError,
    NoNumberError,
    ZonedError,
    ZonelessError,
    check_day,
    check_moment,
    check_number,
    check_word,
)

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
WALL = NOON.replace(tzinfo=None)


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(2200, 1, 1)])
def test_a_day_outside_of_the_offices_years_is_refused(day: date) -> None:
    with pytest.raises(CalendarError, match="outside the years 1900 to 2199") as told:
        check_day(day)
    assert day.isoformat() in str(told.value)


@pytest.mark.parametrize("day", [date(1900, 1, 1), NOON.date(), date(2199, 12, 31)])
def test_a_day_of_these_years_is_taken(day: date) -> None:
    check_day(day)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ZonelessError, match="2026-03-10 12:00 does not say its time"):
        check_moment(WALL, on_wall=False)
    check_moment(NOON, on_wall=False)


def test_a_zone_on_the_wall_clock_is_refused() -> None:
    with pytest.raises(ZonedError, match=r"12:00\+00:00 names a time zone"):
        check_moment(NOON, on_wall=True)
    check_moment(WALL, on_wall=True)


@pytest.mark.parametrize("on_wall", [True, False])
@pytest.mark.parametrize("moment", [datetime.min, datetime.max])  # noqa: DTZ901
def test_the_ends_of_time_are_refused(moment: datetime, *, on_wall: bool) -> None:
    with pytest.raises(CalendarError):
        check_moment(moment if on_wall else moment.replace(tzinfo=UTC), on_wall=on_wall)


@pytest.mark.parametrize(
    "value",
    [
        *map(Decimal, ("NaN", "sNaN", "Infinity", "-Infinity")),
        *map(Decimal, ("1E+999999", "1E-999999", "1000000000000000.01")),
        Decimal("0." + "1" * 31),
        *(float("nan"), float("inf"), 0.1),
        *(10**15 + 1, -(10**15) - 1, 10**400),
    ],
)
def test_what_is_no_exact_number_is_refused_in_a_short_sentence(
    value: Decimal | float,
) -> None:
    with pytest.raises(NoNumberError, match="is not a number that can be") as told:
        check_number(value)
    assert len(str(told.value)) < 200


def test_a_number_too_long_to_be_written_is_refused() -> None:
    with pytest.raises(NoNumberError, match="10…"):
        check_number(10**5000)


@pytest.mark.parametrize(
    "value", [0, -1, 10**15, True, Decimal("-0.0001"), Decimal("1E+15"), Decimal(0)]
)
def test_a_number_of_an_offices_size_is_taken(value: Decimal | int) -> None:
    check_number(value)


@pytest.mark.parametrize("text", ["ab\0", "ab\ud800"])
def test_a_word_that_cannot_be_written_is_refused(text: str) -> None:
    with pytest.raises(ControlCharacterError, match="position 3"):
        check_word(text)
    check_word("öΩ🙂\n")
