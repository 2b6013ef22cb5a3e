"""What an office can keep at all: dates of its calendar, instants, and numbers.

A value outside of this is a slip of the keyboard or of a program. It is refused at
the door of every service, before any arithmetic of dates, zones or amounts.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from app.models.values.entries import ControlCharacterError
from app.models.values.errors import InputError
from app.text import _

FIRST_YEAR, LAST_YEAR = 1900, 2199
LARGEST_NUMBER = 10**15
_MOST_DIGITS = 30
_SHOWN = 40

WALL = "on the office's wall clock"
WallTime = Annotated[datetime, WALL]
"""A naive time on the office's wall clock; every other datetime is an instant."""


class CalendarError(InputError):
    """A day that no calendar of an office has."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _(
                "The date {day} lies outside the years {first} to {last} that an "
                "office keeps; correct the year."
            ).format(
                day=f"{day.year:04}-{day.month:02}-{day.day:02}",
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )


class ZonelessError(InputError):
    """An instant that does not say its time zone."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(
            _(
                "The time {moment} does not say its time zone, so nobody knows when "
                "it is; add the zone, such as +00:00."
            ).format(moment=f"{moment:%Y-%m-%d %H:%M}")
        )


class ZonedError(InputError):
    """A time on the office's wall clock that names a zone."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(
            _(
                "The time {moment} names a time zone where the office's own clock is "
                "meant; give it without one."
            ).format(moment=moment.isoformat(" ", "minutes"))
        )


class NoNumberError(InputError):
    """A number that is none, is without end, or is too large or fine to be kept."""

    def __init__(self, value: object) -> None:
        super().__init__(
            _(
                "“{value}” is not a number that can be kept; give an exact one of at "
                "most 15 digits before the point."
            ).format(value=_shown(value))
        )


def check_day(day: date) -> None:
    """Refuse a date outside of an office's calendar.

    Raises:
        CalendarError: It lies before 1900 or after 2199.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarError(day)


def check_moment(moment: datetime, *, on_wall: bool) -> None:
    """Refuse a time outside of the calendar, or whose clock is not known.

    Args:
        moment: the time.
        on_wall: whether it is on the office's wall clock, so without a zone.

    Raises:
        CalendarError: It lies before 1900 or after 2199.
        ZonedError: It names a zone on the wall clock.
        ZonelessError: It is an instant without a zone.
    """
    check_day(moment)
    if on_wall and moment.tzinfo is not None:
        raise ZonedError(moment)
    if not on_wall and moment.utcoffset() is None:
        raise ZonelessError(moment)


def check_number(value: Decimal | float) -> None:
    """Refuse what is no exact number of a size that can be kept.

    Raises:
        NoNumberError: It is not finite, not exact, or too large or fine.
    """
    if isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise NoNumberError(value)
        return
    if isinstance(value, float) or not value.is_finite():
        raise NoNumberError(value)
    _sign, digits, exponent = value.as_tuple()
    is_fine = isinstance(exponent, int) and exponent >= -_MOST_DIGITS
    if not is_fine or len(digits) > _MOST_DIGITS or value.adjusted() > _MOST_DIGITS:
        raise NoNumberError(value)
    if abs(value) > LARGEST_NUMBER:
        raise NoNumberError(value)


def check_word(text: str) -> None:
    """Refuse a word that no database can be asked for: with a null or half a letter.

    Raises:
        ControlCharacterError: It holds such a character.
    """
    for place, letter in enumerate(text, 1):
        if letter == "\0" or "\ud800" <= letter <= "\udfff":
            raise ControlCharacterError(_("text"), place)


def _shown(value: object) -> str:
    """Write a value for people, without printing a million digits."""
    if isinstance(value, int) and abs(value) > 10**_SHOWN:
        return "10…"
    return str(value)[:_SHOWN]
