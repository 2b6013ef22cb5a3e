"""What can be asked about when people can, and what is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.values.keepable import WallTime
from app.models.values.people import ExceptionKind
from app.models.values.schedule import WeekWindow
from app.services.concerned import SessionConcerned


@dataclass(frozen=True, slots=True, order=True)
class ValidWindow:
    """A window of somebody's week, with the days on which it holds.

    Attributes:
        valid_from: the first day; None is the beginning.
        valid_until: the last day; None is for ever.
    """

    weekday: int
    start: int
    end: int
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class SetWeek:
    """A request that a tutor's or student's week is this for a time.

    No windows means not available in that time. When nothing at all is kept any more,
    the availability is unknown again.

    Attributes:
        former: all windows as they were looked at; when they are others by now,
            nothing is set. None asks for no such guard.
    """

    windows: tuple[WeekWindow, ...]
    tutor_id: int | None = None
    student_id: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    former: tuple[ValidWindow, ...] | None = None


@dataclass(frozen=True, slots=True)
class AddLeave:
    """A request that a tutor is away; both ends on the office's wall clock."""

    tutor_id: int
    starts: WallTime
    ends: WallTime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddExtraTime:
    """A request that a tutor can besides the week; ends on the wall clock."""

    tutor_id: int
    starts: WallTime
    ends: WallTime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddStudentAbsence:
    """A request that a student is away; ``until_on`` is the last day."""

    student_id: int
    from_on: date
    until_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeaveAdded:
    """Leave that was entered, and the planned sessions it hits."""

    exception_id: int
    concerned: tuple[SessionConcerned, ...]


@dataclass(frozen=True, slots=True)
class AbsenceAdded:
    """An absence that was entered, and the planned sessions it hits."""

    absence_id: int
    concerned: tuple[SessionConcerned, ...]


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """Leave or extra time as lists show it; reasons of leave are the office's."""

    exception_id: int
    version: int
    tutor_id: int
    tutor: str
    kind: ExceptionKind
    starts_at: datetime
    ends_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """A student's absence as lists show it."""

    absence_id: int
    version: int
    student_id: int
    student: str
    from_on: date
    until_on: date
    reason: str
