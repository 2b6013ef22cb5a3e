"""The format of series cases: how a series is made and edited."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypedDict

from app.models.values.schedule import EditScope, SessionStatus
from app.services.scheduling.requests import OnClash
from tests.golden.steps import Step

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which the office is closed."""

    from_: date
    to: date
    name: str = "Closed"


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """Where the office is and when it is closed."""

    zone: str = "Europe/Berlin"
    currency: str = "EUR"
    closures: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rhythm with its end: a day, or a number of the rule's dates."""

    every_weeks: int = 1
    days: tuple[Day, ...] = ()
    until: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSeries(Step):
    """A series is booked."""

    series: str
    tutor: str
    students: tuple[str, ...]
    start: datetime
    minutes: int
    repeat: Repeat
    room: str | None = None
    on_clash: OnClash = OnClash.REFUSE
    on_closure: OnClash = OnClash.SKIP


@dataclass(frozen=True, slots=True, kw_only=True)
class BookOne(Step):
    """A single session is booked."""

    tutor: str
    students: tuple[str, ...]
    start: datetime
    minutes: int
    room: str | None = None


class Fields(TypedDict, total=False):
    """What an edit sets; what is left out stays."""

    start: datetime
    minutes: int
    tutor: str
    room: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit(Step):
    """Sessions of a series are changed; ``at`` is where one of them is now."""

    series: str
    at: datetime
    scope: EditScope
    set: Fields
    include_changed: bool = False
    on_clash: OnClash = OnClash.REFUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSeries(Step):
    """The office calls sessions of a series off."""

    series: str
    at: datetime
    scope: EditScope


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Step):
    """A series gets more dates."""

    series: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOne(Step):
    """A session of a series is closed out as planned."""

    series: str
    at: datetime


STEPS: dict[str, type[Step]] = {
    "book_series": BookSeries,
    "book": BookOne,
    "edit": Edit,
    "cancel_series": CancelSeries,
    "extend": Extend,
    "close": CloseOne,
}


class Stands(TypedDict, total=False):
    """What must be true of a session that is not cancelled."""

    start: datetime
    minutes: int
    tutor: str
    room: str | None
    status: SessionStatus


class Expect(TypedDict, total=False):
    """What must come out."""

    sessions: tuple[Stands, ...]
    refused: bool


@dataclass(frozen=True, slots=True)
class SeriesStory:
    """A series case.

    Attributes:
        first_day: the earliest date named in set-up and steps.
    """

    title: str
    first_day: date
    steps: tuple[Step, ...]
    expect: Expect
    rules: tuple[str, ...] = ()
    note: str = ""
    now: datetime | date | None = None
    office: OfficeDays = field(default_factory=OfficeDays)
