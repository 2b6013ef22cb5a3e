"""What the clash check knows of people, places, rooms and closed days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from app.models.catalog import Closure, Offering, Place, Room, Term
from app.models.database import Snapshot, Transaction
from app.models.people import Student, Tutor
from app.models.values.people import TravelMeans
from app.models.values.schedule import TimeSpan, Unknown, local_date
from app.services.availability.loading import (
    StudentTimes,
    TutorTimes,
    load_free,
    load_student_free,
)
from app.services.desk import MissingRecordError, profile
from app.services.places.travel import TravelTable


@dataclass(frozen=True, slots=True)
class Draft:
    """A session as it is planned to be, before it is written.

    Attributes:
        session_id: the session that is moved here; None for a new one.
    """

    starts_at: datetime
    ends_at: datetime
    offering_id: int
    tutor_ids: tuple[int, ...]
    student_ids: tuple[int, ...]
    place_id: int | None = None
    room_id: int | None = None
    placement_id: int | None = None
    session_id: int | None = None

    @property
    def start(self) -> int:
        """Give the start in minutes since 1970."""
        return int(self.starts_at.timestamp()) // 60

    @property
    def end(self) -> int:
        """Give the end in minutes since 1970."""
        return int(self.ends_at.timestamp()) // 60

    @property
    def minutes(self) -> int:
        """Give how long it lasts."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class OfferingFact:
    """An offering as booking needs it."""

    row_id: int
    name: str
    group_size: int
    before: int
    after: int
    notice_hours: int | None
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class TutorFact:
    """A tutor as booking needs it."""

    row_id: int
    name: str
    gap: int
    means: TravelMeans
    speed: int | None
    weekly_limit: int | None
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class StudentFact:
    """A student as booking needs it."""

    row_id: int
    name: str
    household_id: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoomFact:
    """A room as booking needs it, with its place's changing time."""

    row_id: int
    name: str
    place_id: int
    seats: int | None
    is_single_use: bool
    archived_at: datetime | None
    place: str
    changing: int


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days from one to another, both included, and what they are called."""

    first: date
    last: date
    name: str = ""

    def holds(self, day: date) -> bool:
        """Say whether a day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Facts:
    """Everything of the office that planned sessions are checked against."""

    work: Snapshot | Transaction
    zone: ZoneInfo
    now: datetime
    unknown: Unknown
    first_weekday: int
    offerings: Mapping[int, OfferingFact]
    tutors: Mapping[int, TutorFact]
    students: Mapping[int, StudentFact]
    rooms: Mapping[int, RoomFact]
    closures: Sequence[DayRange]
    terms: Sequence[DayRange]
    tutor_times: Mapping[int, TutorTimes]
    student_times: Mapping[int, StudentTimes]

    @cached_property
    def travel(self) -> TravelTable:
        """Read the ways between places, where somebody has to travel at all."""
        return TravelTable.load(self.work)

    def day(self, moment: datetime) -> date:
        """Give the office's date of an instant."""
        return local_date(moment, self.zone)


def load(work: Snapshot | Transaction, drafts: Sequence[Draft], now: datetime) -> Facts:
    """Read what drafts are checked against, in a fixed number of statements.

    Raises:
        MissingRecordError: A tutor, student, room or offering is not there.
    """
    office = profile(work)
    zone = ZoneInfo(office.zone)
    span = TimeSpan(
        min(draft.starts_at for draft in drafts), max(draft.ends_at for draft in drafts)
    )
    tutor_ids = {row_id for draft in drafts for row_id in draft.tutor_ids}
    student_ids = {row_id for draft in drafts for row_id in draft.student_ids}
    return Facts(
        work=work,
        zone=zone,
        now=now,
        unknown=office.unknown_availability,
        first_weekday=office.first_weekday,
        offerings=offerings(work, {draft.offering_id for draft in drafts}),
        tutors=tutors(work, tutor_ids),
        students=students(work, student_ids),
        rooms=rooms(work, {draft.room_id for draft in drafts if draft.room_id}),
        closures=_closures(work, zone, span),
        terms=_terms(work),
        tutor_times=load_free(work, tutor_ids, span),
        student_times=load_student_free(work, student_ids, span),
    )


def offerings(
    work: Snapshot | Transaction, ids: Collection[int]
) -> dict[int, OfferingFact]:
    """Read offerings by id."""
    statement = select(
        Offering.id,
        Offering.name,
        Offering.group_size,
        Offering.buffer_before,
        Offering.buffer_after,
        Offering.notice_hours,
        Offering.archived_at,
    ).where(Offering.id.in_(ids))
    found = {row[0]: OfferingFact(*row) for row in work.rows(statement)}
    return _all_of(found, ids, "offering")


def tutors(work: Snapshot | Transaction, ids: Collection[int]) -> dict[int, TutorFact]:
    """Read tutors by id."""
    statement = select(
        Tutor.id,
        Tutor.name,
        Tutor.gap_minutes,
        Tutor.means,
        Tutor.speed_kmh,
        Tutor.weekly_limit_minutes,
        Tutor.archived_at,
    ).where(Tutor.id.in_(ids))
    found = {row[0]: TutorFact(*row) for row in work.rows(statement)}
    return _all_of(found, ids, "tutor")


def students(
    work: Snapshot | Transaction, ids: Collection[int]
) -> dict[int, StudentFact]:
    """Read students by id."""
    statement = select(
        Student.id, Student.name, Student.household_id, Student.archived_at
    ).where(Student.id.in_(ids))
    found = {row[0]: StudentFact(*row) for row in work.rows(statement)}
    return _all_of(found, ids, "student")


def rooms(work: Snapshot | Transaction, ids: Collection[int]) -> dict[int, RoomFact]:
    """Read rooms by id."""
    if not ids:
        return {}
    return _all_of(_rooms(work, _ROOMS.where(Room.id.in_(ids))), ids, "room")


def rooms_of(work: Snapshot | Transaction, place_id: int | None) -> dict[int, RoomFact]:
    """Read the rooms in use of a place, or of all places."""
    statement = _ROOMS.where(Room.archived_at.is_(None))
    if place_id is not None:
        statement = statement.where(Room.place_id == place_id)
    return _rooms(work, statement)


_ROOMS = select(
    Room.id,
    Room.name,
    Room.place_id,
    Room.seats,
    Room.is_single_use,
    Room.archived_at,
    Place.name,
    Place.changing_minutes,
).join(Place, Place.id == Room.place_id)


def _rooms(
    work: Snapshot | Transaction,
    statement: Select[int, str, int, int | None, bool, datetime | None, str, int],
) -> dict[int, RoomFact]:
    return {row[0]: RoomFact(*row) for row in work.rows(statement)}


def _all_of(found: dict[int, Any], ids: Iterable[int], what: str) -> dict[int, Any]:
    for row_id in ids:
        if row_id not in found:
            raise MissingRecordError(what)
    return found


def _closures(
    work: Snapshot | Transaction, zone: ZoneInfo, span: TimeSpan
) -> list[DayRange]:
    statement = select(Closure.from_on, Closure.until_on, Closure.name).where(
        Closure.from_on <= local_date(span.end, zone),
        Closure.until_on >= local_date(span.start, zone),
        Closure.archived_at.is_(None),
    )
    return sorted(
        (DayRange(*row) for row in work.rows(statement)), key=lambda days: days.first
    )


def _terms(work: Snapshot | Transaction) -> list[DayRange]:
    statement = select(Term.from_on, Term.until_on, Term.name).where(
        Term.archived_at.is_(None)
    )
    return sorted(
        (DayRange(*row) for row in work.rows(statement)), key=lambda days: days.first
    )


def placed(draft: Draft, rooms_known: Mapping[int, RoomFact]) -> Draft:
    """Give the draft its room's place, where none was said."""
    if draft.place_id is not None or draft.room_id is None:
        return draft
    return replace(draft, place_id=rooms_known[draft.room_id].place_id)
