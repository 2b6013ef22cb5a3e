"""Words of the timetable: statuses, time spans and the office's wall clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

from app.models.values.errors import InputError
from app.text import _


class SessionStatus(StrEnum):
    """Where a session stands in its life."""

    TENTATIVE = "tentative"
    PLANNED = "planned"
    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_LATE = "cancelled_late"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    CANCELLED_BY_TUTOR = "cancelled_by_tutor"

    @property
    def is_cancelled(self) -> bool:
        """Say whether the session was called off and frees its slot."""
        return self.value.startswith("cancelled")

    @property
    def is_ahead(self) -> bool:
        """Say whether nothing has been decided about the session yet."""
        return self in {SessionStatus.TENTATIVE, SessionStatus.PLANNED}


class AttendanceState(StrEnum):
    """What became of one student's place in a session."""

    EXPECTED = "expected"
    PRESENT = "present"
    ABSENT = "absent"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_LATE = "cancelled_late"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    CANCELLED_BY_TUTOR = "cancelled_by_tutor"

    @property
    def is_cancelled(self) -> bool:
        """Say whether the student's place was called off."""
        return self.value.startswith("cancelled")


class CancelledBy(StrEnum):
    """On whose side a session was called off."""

    HOUSEHOLD = "household"
    OFFICE = "office"
    TUTOR = "tutor"


class CloseOutState(StrEnum):
    """How far a session's close-out has come."""

    OPEN = "open"
    CLOSED = "closed"
    REVIEWED = "reviewed"
    APPROVED = "approved"


class TutorPart(StrEnum):
    """In what part a tutor takes part in a session."""

    MAIN = "main"
    ADDITIONAL = "additional"
    SUBSTITUTE = "substitute"


class PlaceKind(StrEnum):
    """Where sessions can be held."""

    OFFICE = "office"
    SCHOOL = "school"
    HOME = "home"
    ONLINE = "online"


class EditScope(StrEnum):
    """Which sessions of a series an edit is meant for."""

    THIS = "this"
    LATER = "later"
    ALL = "all"


class EnrolmentState(StrEnum):
    """Where a student stands with a course."""

    WAITING = "waiting"
    BOOKED = "booked"
    LEFT = "left"


class PlacementState(StrEnum):
    """Where a placement stands."""

    OFFERED = "offered"
    ACTIVE = "active"
    ENDED = "ended"


class Unknown(StrEnum):
    """How unknown availability is treated."""

    ASK = "ask"
    ALWAYS = "always"
    NEVER = "never"


class ClockGapError(InputError):
    """A wall-clock time that the clock change leaves out."""

    def __init__(self, wall: datetime, zone: str) -> None:
        words = _(
            "{clock} on {day} does not exist in {zone}, because the clocks go forward "
            "then; choose a time before or after the change."
        )
        super().__init__(
            words.format(clock=f"{wall:%H:%M}", day=f"{wall:%d %b %Y}", zone=zone)
        )


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """A stretch of time, from an instant up to but not including another."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            msg = "a time span needs instants that know their time zone"
            raise ValueError(msg)
        if self.start > self.end:
            msg = "a time span cannot end before it starts"
            raise ValueError(msg)

    @property
    def minutes(self) -> int:
        """How many minutes really pass, whatever the clocks did meanwhile."""
        return int(self.end.timestamp() - self.start.timestamp()) // 60

    def overlaps(self, other: TimeSpan) -> bool:
        """Say whether the two have any time in common."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class WeekWindow:
    """A stretch of one weekday's wall clock; ``end`` of 1440 is midnight.

    Attributes:
        weekday: 0 is Monday.
        start: minutes after midnight.
        end: minutes after midnight, after ``start``.
    """

    weekday: int
    start: int
    end: int


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Turn an office wall-clock time into the UTC instant it names.

    Of the two instants that an autumn hour names, the first is taken.

    Raises:
        ClockGapError: The clock change of spring leaves this time out.
    """
    aware = wall.replace(tzinfo=zone, fold=0)
    utc = aware.astimezone(UTC)
    if utc.astimezone(zone).replace(tzinfo=None) != wall:
        raise ClockGapError(wall, zone.key)
    return utc


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Give the naive wall-clock time that an instant has in a zone."""
    return moment.astimezone(zone).replace(tzinfo=None)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Give the date that an instant falls on in a zone."""
    return moment.astimezone(zone).date()


@lru_cache(maxsize=4096)  # a calendar asks for the same days for each session
def day_span(day: date, zone: ZoneInfo) -> TimeSpan:
    """Give the instants a whole local day lasts, 23 to 25 hours."""
    start = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    return TimeSpan(start, end)
