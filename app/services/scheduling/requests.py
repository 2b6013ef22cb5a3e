"""What can be asked of the timetable, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.models.values.keepable import WallTime
from app.models.values.occupancy import ResourceKind
from app.models.values.schedule import EditScope, EnrolmentState, TimeSpan, WeekWindow
from app.models.values.terms import PayTerms, PriceTerms
from app.models.values.unchanged import UNCHANGED, Unchanged


class ClashKind(StrEnum):
    """What a planned time can run into."""

    TUTOR = "tutor"
    STUDENT = "student"
    ROOM = "room"
    TOO_CLOSE = "too_close"
    TUTOR_LEAVE = "tutor_leave"
    STUDENT_LEAVE = "student_leave"
    CLOSED = "closed"
    CAPACITY = "capacity"
    OUTSIDE_AVAILABILITY = "outside_availability"
    AVAILABILITY_UNKNOWN = "availability_unknown"
    WEEKLY_LIMIT = "weekly_limit"
    SHORT_NOTICE = "short_notice"
    PACKAGE_USED_UP = "package_used_up"
    HOUSEHOLD_OVERDUE = "household_overdue"
    HOLIDAY = "holiday"

    @property
    def is_hard(self) -> bool:
        """Say whether it stops a booking unless an administrator gives a reason."""
        return self in _HARD


_HARD = frozenset(
    {
        ClashKind.TUTOR,
        ClashKind.STUDENT,
        ClashKind.ROOM,
        ClashKind.TOO_CLOSE,
        ClashKind.TUTOR_LEAVE,
        ClashKind.STUDENT_LEAVE,
        ClashKind.CLOSED,
        ClashKind.CAPACITY,
    }
)


class OnClash(StrEnum):
    """What becomes of the dates of a series that clash."""

    REFUSE = "refuse"
    SKIP = "skip"
    FORCE = "force"


@dataclass(frozen=True, slots=True)
class Clash:
    """One thing a planned time runs into.

    Attributes:
        sentence: names the other side.
        session_id: the other session, where there is one.
        resource: whose time it is, where it is somebody's.
        way_out: what could be done instead.
        starts_at: the planned start that clashes.
    """

    kind: ClashKind
    is_hard: bool
    sentence: str
    session_id: int | None
    resource: tuple[ResourceKind, int] | None
    way_out: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class BookSession:
    """A request to book one session.

    Attributes:
        start: naive, on the office's wall clock.
        accept_soft: book in spite of soft clashes.
        override_reason: why an administrator books in spite of hard clashes.
    """

    offering_id: int
    tutor_ids: tuple[int, ...]
    student_ids: tuple[int, ...]
    start: WallTime
    minutes: int
    place_id: int | None = None
    room_id: int | None = None
    placement_id: int | None = None
    contract_id: int | None = None
    is_tentative: bool = False
    is_trial: bool = False
    make_up_of_id: int | None = None
    accept_soft: bool = False
    override_reason: str = ""
    price: PriceTerms | None = None
    pay: PayTerms | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A session that was booked, and the soft clashes that were accepted."""

    session_id: int
    soft: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveSession:
    """A request to move one session; ``start`` is on the office's wall clock."""

    session_id: int
    start: WallTime
    minutes: int | None = None
    room_id: int | Unchanged | None = UNCHANGED
    place_id: int | Unchanged | None = UNCHANGED
    accept_soft: bool = False
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class Substitute:
    """A request that another tutor holds a session in place of one of its own."""

    session_id: int
    tutor_id: int
    for_tutor_id: int
    accept_soft: bool = False
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class CourseTerms:
    """What makes a series a course that students enrol in.

    Attributes:
        amount: minor units per student, for the whole course or one session.
    """

    name: str
    seats: int
    amount: int | None = None
    is_whole_price: bool = False


@dataclass(frozen=True, slots=True)
class BookSeries:
    """A request to book a weekly series; exactly one end is given.

    Attributes:
        start: the first slot, naive, on the office's wall clock.
        weekdays: 0 is Monday; empty is the start's own day.
        count: dates of the rule, those on closures included.
        until_package_used: as many dates as the students' packages still cover.
        by_date: what to do with single dates of the rule: skip, force, or hold the
            session at another wall-clock time.
    """

    offering_id: int
    tutor_ids: tuple[int, ...]
    student_ids: tuple[int, ...]
    start: WallTime
    minutes: int
    every_weeks: int = 1
    weekdays: tuple[int, ...] = ()
    until_on: date | None = None
    count: int | None = None
    term_id: int | None = None
    until_package_used: bool = False
    place_id: int | None = None
    room_id: int | None = None
    on_clash: OnClash = OnClash.REFUSE
    on_closure: OnClash = OnClash.SKIP
    by_date: Mapping[date, OnClash | WallTime] = field(default_factory=dict)
    placement_id: int | None = None
    contract_id: int | None = None
    accept_soft: bool = False
    override_reason: str = ""
    is_tentative: bool = False
    course: CourseTerms | None = None


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One date of a series before it is booked.

    Attributes:
        slot_on: the date of the rule.
        start: naive wall-clock start, where it is moved to by choice.
        problem: why this start is no time at all, such as a clock change.
    """

    slot_on: date
    start: datetime
    clashes: tuple[Clash, ...] = ()
    on_closure: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A date of a series that has no session, and why."""

    slot_on: date
    why: str


@dataclass(frozen=True, slots=True)
class SeriesBooked:
    """A series with the sessions that were made and the dates left out."""

    series_id: int
    session_ids: tuple[int, ...]
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class EditSeries:
    """A request to change one session of a series, it and later ones, or all.

    What is None or UNCHANGED stays as it is.

    Attributes:
        session_id: the session at hand; ``start`` is where this one goes, and the
            others shift by as many days and minutes on the wall clock.
        include_changed: also change fields that were changed by hand.
    """

    session_id: int
    scope: EditScope
    start: WallTime | None = None
    minutes: int | None = None
    tutor_ids: tuple[int, ...] | None = None
    student_ids: tuple[int, ...] | None = None
    room_id: int | Unchanged | None = UNCHANGED
    place_id: int | Unchanged | None = UNCHANGED
    include_changed: bool = False
    on_clash: OnClash = OnClash.REFUSE
    accept_soft: bool = False
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class Untouched:
    """A session that an edit left as it was, and why."""

    session_id: int
    why: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit changed and what it left alone."""

    changed_ids: tuple[int, ...]
    untouched: tuple[Untouched, ...] = ()
    soft: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class EditPreview:
    """What an edit would do.

    Attributes:
        changes: sessions it would change.
        keeps: sessions that may not change any more.
        clashes: sessions that would run into something, and stay.
    """

    changes: int
    keeps: int
    clashes: int


@dataclass(frozen=True, slots=True)
class CancelSeries:
    """A request that the office calls off sessions of a series."""

    session_id: int
    scope: EditScope


@dataclass(frozen=True, slots=True)
class ExtendSeries:
    """A request to add dates to a series, by its latest form, up to a day."""

    series_id: int
    until_on: date
    on_clash: OnClash = OnClash.REFUSE
    accept_soft: bool = False
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class Enrol:
    """A request for a place in a course from a day on."""

    series_id: int
    student_id: int
    from_on: date
    accept_soft: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A student's place in a course; ``place_in_line`` is 0 with a seat."""

    enrolment_id: int
    state: EnrolmentState
    place_in_line: int = 0


@dataclass(frozen=True, slots=True)
class LeaveCourse:
    """A request to end an enrolment; ``until_on`` is the last day taken part."""

    enrolment_id: int
    until_on: date


@dataclass(frozen=True, slots=True)
class FindFree:
    """A question for free times.

    Attributes:
        from_at: the first instant that may be offered.
        room_id: a room that must be free; with ``any_room`` any of the place.
        weekdays: 0 is Monday; empty is every day.
        windows: stretches of the week's wall clock; empty is any time.
        days: how far to look ahead.
        without: a session whose own time does not count, because it would move.
    """

    tutor_ids: tuple[int, ...]
    student_ids: tuple[int, ...]
    minutes: int
    offering_id: int
    from_at: datetime
    place_id: int | None = None
    room_id: int | None = None
    any_room: bool = False
    weekdays: tuple[int, ...] = ()
    windows: tuple[WeekWindow, ...] = ()
    days: int = 28
    limit: int = 20
    without: int | None = None


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be booked, and the room it can be booked in."""

    span: TimeSpan
    room_id: int | None = None
