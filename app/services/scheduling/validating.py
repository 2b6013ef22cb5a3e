"""Refuses what cannot be a session, before anything is looked up or compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.agreements import Contract
from app.models.catalog import Place
from app.models.database import Snapshot, Transaction
from app.models.scheduling import Placement, Session
from app.models.values.schedule import instant
from app.services.desk import MissingRecordError
from app.services.records import ArchivedError, names_a_record, usable
from app.services.scheduling.errors import (
    LengthError,
    NoStudentError,
    NoTutorError,
    RoomElsewhereError,
    TwiceError,
    WallClockError,
    WholeMinuteError,
)
from app.services.scheduling.facts import Draft, Facts
from app.text import _

LONGEST = 24 * 60


def span_of(start: datetime, minutes: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Turn a wall-clock start and a length into instants; elapsed minutes count.

    Raises:
        LengthError: It lasts no time, or longer than a day.
        WallClockError: The start carries a zone of its own.
        WholeMinuteError: The start has seconds.
        ClockGapError: The clock change of spring leaves the start out.
    """
    check_length(minutes)
    check_wall(start)
    starts_at = instant(start, zone)
    return starts_at, starts_at + timedelta(minutes=minutes)


def check_length(minutes: int) -> None:
    """Refuse a length of no time or more than a day.

    Raises:
        LengthError: It is one.
    """
    if not 0 < minutes <= LONGEST:
        raise LengthError(minutes)


def check_wall(start: datetime) -> None:
    """Refuse a start that the office's wall clock does not show.

    Raises:
        WallClockError: It carries a zone of its own.
        WholeMinuteError: It has seconds.
    """
    if start.tzinfo is not None:
        raise WallClockError
    if start.second or start.microsecond:
        raise WholeMinuteError


def check_people(
    facts: Facts,
    tutor_ids: Sequence[int],
    student_ids: Sequence[int],
    *,
    may_be_empty: bool = False,
) -> None:
    """Refuse a session without people, with one twice, or with archived ones.

    Raises:
        NoTutorError: Nobody teaches.
        NoStudentError: Nobody is taught.
        TwiceError: Somebody is named twice.
        ArchivedError: Somebody's record is archived.
    """
    if not tutor_ids:
        raise NoTutorError
    if not student_ids and not may_be_empty:
        raise NoStudentError
    for row_id, times in Counter(tutor_ids).items():
        tutor = facts.tutors[row_id]
        if times > 1:
            raise TwiceError(tutor.name)
        _in_use("tutor", tutor.name, tutor.archived_at)
    for row_id, times in Counter(student_ids).items():
        student = facts.students[row_id]
        if times > 1:
            raise TwiceError(student.name)
        _in_use("student", student.name, student.archived_at)


def check_where(work: Snapshot | Transaction, facts: Facts, draft: Draft) -> None:
    """Refuse an archived offering, place or room, and a room that lies elsewhere.

    Raises:
        ArchivedError: The record is archived.
        MissingRecordError: There is no such place.
        RoomElsewhereError: The room is in another place.
    """
    offering = facts.offerings[draft.offering_id]
    _in_use("offering", offering.name, offering.archived_at)
    place = None
    if draft.place_id is not None:
        place = usable(work, Place, draft.place_id, "place")
    if draft.room_id is not None:
        room = facts.rooms.get(draft.room_id)
        if room is None:
            raise MissingRecordError(_("room"))
        _in_use("room", room.name, room.archived_at)
        if place is not None and place.id != room.place_id:
            raise RoomElsewhereError(room.name, place.name)


def check_agreements(
    work: Snapshot | Transaction,
    placement_id: int | None,
    contract_id: int | None,
    make_up_of_id: int | None = None,
) -> None:
    """Refuse a placement, contract or missed session that is not there.

    Raises:
        MissingRecordError: There is none.
        ArchivedError: It is archived.
    """
    names_a_record(work, Placement, placement_id, "placement")
    names_a_record(work, Contract, contract_id, "contract")
    names_a_record(work, Session, make_up_of_id, "session")


def _in_use(what: str, name: str, archived_at: datetime | None) -> None:
    if archived_at is not None:
        raise ArchivedError(what, name)
