"""Writes what an edit makes of sessions, and gives their series its latest form."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.database import Transaction
from app.models.scheduling import (
    Attendance,
    Series,
    SeriesException,
    Session,
    SessionTutor,
)
from app.models.values.schedule import (
    TutorPart,
    wall_clock,
)
from app.models.values.unchanged import Unchanged
from app.services.desk import Desk
from app.services.scheduling import occupancy
from app.services.scheduling.edits import Change, Field, by_hand_after, differences
from app.services.scheduling.expansion import (
    WeeklyRule,
    at_minute,
    minute_of,
    slot_instant,
)
from app.services.scheduling.requests import EditSeries
from app.services.scheduling.targets import Passed, Target
from app.services.scheduling.writing import late_minutes


def apply_targets(
    transaction: Transaction,
    desk: Desk,
    passed: Passed,
    sessions: Mapping[int, Session],
    change: Change,
    request: EditSeries,
) -> None:
    """Give sessions their new forms, all old times going before the first new one."""
    for target in passed.targets:
        session = sessions[target.former.session_id]
        moved = differences(target.former, target.new)
        if session.series_id is not None:
            session.changed_fields = sorted(
                by_hand_after(
                    target.former,
                    target.new,
                    change,
                    request.scope,
                    is_at_hand=session.id == request.session_id,
                )
            )
        session.starts_at, session.ends_at = (
            target.draft.starts_at,
            target.draft.ends_at,
        )
        session.place_id, session.room_id = target.new.place_id, target.new.room_id
        session.override_reason = passed.reasons[session.id]
        if moved & {Field.START, Field.MINUTES}:
            session.entered_late_minutes = late_minutes(
                session.ends_at, desk.at(transaction)
            )
        _set_people(transaction, target, moved)
    occupancy.sync(transaction, [one.former.session_id for one in passed.targets])


def _set_people(
    transaction: Transaction, target: Target, moved: Collection[Field]
) -> None:
    if Field.TUTORS in moved:
        set_tutors(transaction, target.former.session_id, target.new.tutor_ids)
    if Field.STUDENTS in moved:
        set_students(transaction, target.former.session_id, target.new.student_ids)


def set_tutors(
    transaction: Transaction, session_id: int, tutor_ids: Sequence[int]
) -> None:
    """Let exactly these tutors hold a session; who stays keeps the part."""
    parts = {
        part.tutor_id: part
        for part in transaction.scalars(
            select(SessionTutor).where(SessionTutor.session_id == session_id)
        )
    }
    for tutor_id in parts.keys() - set(tutor_ids):
        transaction.delete(parts[tutor_id])
    for position, tutor_id in enumerate(tutor_ids):
        if tutor_id in parts:
            parts[tutor_id].position = position
        else:
            transaction.add(
                SessionTutor(
                    session_id=session_id,
                    tutor_id=tutor_id,
                    position=position,
                    part=TutorPart.ADDITIONAL if position else TutorPart.MAIN,
                )
            )


def set_students(
    transaction: Transaction, session_id: int, student_ids: Sequence[int]
) -> None:
    """Let exactly these students be expected; who cancelled stays on record."""
    places = {
        place.student_id: place
        for place in transaction.scalars(
            select(Attendance).where(Attendance.session_id == session_id)
        )
    }
    for student_id, place in places.items():
        if student_id not in student_ids and not place.state.is_cancelled:
            transaction.delete(place)
    for position, student_id in enumerate(student_ids):
        known = places.get(student_id)
        if known is None:
            transaction.add(
                Attendance(
                    session_id=session_id, student_id=student_id, position=position
                )
            )
        else:
            known.position = position


def follow(
    transaction: Transaction,
    at: Session,
    change: Change,
    sessions: Sequence[Session],
    here: ZoneInfo,
) -> None:
    """Give a series its latest form, by which it is extended, and move its slots."""
    series = transaction.get(Series, at.series_id)
    if series is None:
        return
    if change.minutes is not None:
        series.minutes = change.minutes
    if change.tutor_ids is not None:
        series.tutor_ids = list(change.tutor_ids)
    if change.student_ids is not None:
        series.student_ids = list(change.student_ids)
    if not isinstance(change.place_id, Unchanged):
        series.place_id = change.place_id
    if not isinstance(change.room_id, Unchanged):
        series.room_id = change.room_id
    if change.shift:
        _shift_series(series, change.shift)
        _shift_slots(transaction, at, change.shift, sessions, here)


def _shift_series(series: Series, shift: timedelta) -> None:
    rule = WeeklyRule(series.from_on, tuple(series.weekdays), series.every_weeks)
    first = at_minute(series.from_on, series.start_minute) + shift
    moved = rule.shifted((first.date() - series.from_on).days)
    series.from_on, series.weekdays = moved.from_on, list(moved.weekdays)
    series.start_minute = minute_of(first)


def _shift_slots(
    transaction: Transaction,
    at: Session,
    shift: timedelta,
    sessions: Sequence[Session],
    here: ZoneInfo,
) -> None:
    first = min((one.slot_at for one in sessions if one.slot_at), default=at.slot_at)
    exceptions = transaction.scalars(
        select(SeriesException).where(
            SeriesException.series_id == at.series_id, SeriesException.slot_at >= first
        )
    )
    for thing in (*sessions, *exceptions):
        if thing.slot_at is not None:
            wall = wall_clock(thing.slot_at, here) + shift
            thing.slot_at = slot_instant(wall, here)
