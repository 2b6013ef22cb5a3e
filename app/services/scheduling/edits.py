"""What an edit of a series means for each of its sessions, on the wall clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.models.values.schedule import EditScope
from app.models.values.unchanged import UNCHANGED, Unchanged


class Field(StrEnum):
    """What of a session can be changed by hand."""

    START = "start"
    MINUTES = "minutes"
    TUTORS = "tutors"
    STUDENTS = "students"
    PLACE = "place"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Present:
    """A session as it stands.

    Attributes:
        start: naive, on the office's wall clock.
        slot: the series' own slot, likewise; None outside a series.
        by_hand: what was changed on this one alone.
    """

    session_id: int
    start: datetime
    slot: datetime | None
    minutes: int
    tutor_ids: tuple[int, ...]
    student_ids: tuple[int, ...]
    place_id: int | None
    room_id: int | None
    by_hand: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; None and UNCHANGED leave a field alone.

    Attributes:
        shift: by how much starts move on the wall clock.
        even_by_hand: also change what was changed by hand.
    """

    shift: timedelta | None = None
    minutes: int | None = None
    tutor_ids: tuple[int, ...] | None = None
    student_ids: tuple[int, ...] | None = None
    place_id: int | Unchanged | None = UNCHANGED
    room_id: int | Unchanged | None = UNCHANGED
    even_by_hand: bool = False

    @property
    def touches(self) -> frozenset[Field]:
        """Name the fields that the change is about."""
        given = {
            Field.START: self.shift,
            Field.MINUTES: self.minutes,
            Field.TUTORS: self.tutor_ids,
            Field.STUDENTS: self.student_ids,
        }
        touched = {field for field, value in given.items() if value is not None}
        if self.place_id is not UNCHANGED:
            touched.add(Field.PLACE)
        if self.room_id is not UNCHANGED:
            touched.add(Field.ROOM)
        return frozenset(touched)


def in_scope(
    sessions: Sequence[Present], at: Present, scope: EditScope
) -> list[Present]:
    """Choose the sessions that an edit is meant for.

    *Later* goes by the series' own slots, not by where sessions were moved to.
    """
    if scope is EditScope.ALL:
        return list(sessions)
    if scope is EditScope.THIS or at.slot is None:
        return [at]
    return [one for one in sessions if one.slot is not None and one.slot >= at.slot]


def changed(session: Present, change: Change, *, is_at_hand: bool) -> Present:
    """Give a session as the change makes it.

    What was changed by hand stays, unless the change says otherwise or the session is
    the very one that somebody has at hand.
    """
    kept = frozenset() if change.even_by_hand or is_at_hand else session.by_hand
    touched = change.touches - kept
    if Field.START in touched and change.shift is not None:
        session = replace(session, start=session.start + change.shift)
    if Field.MINUTES in touched and change.minutes is not None:
        session = replace(session, minutes=change.minutes)
    if Field.TUTORS in touched and change.tutor_ids is not None:
        session = replace(session, tutor_ids=change.tutor_ids)
    if Field.STUDENTS in touched and change.student_ids is not None:
        session = replace(session, student_ids=change.student_ids)
    if Field.PLACE in touched and not isinstance(change.place_id, Unchanged):
        session = replace(session, place_id=change.place_id)
    if Field.ROOM in touched and not isinstance(change.room_id, Unchanged):
        session = replace(session, room_id=change.room_id)
    return session


def differences(former: Present, new: Present) -> frozenset[Field]:
    """Name the fields in which two states of a session differ."""
    pairs = {
        Field.START: (former.start, new.start),
        Field.MINUTES: (former.minutes, new.minutes),
        Field.TUTORS: (former.tutor_ids, new.tutor_ids),
        Field.STUDENTS: (former.student_ids, new.student_ids),
        Field.PLACE: (former.place_id, new.place_id),
        Field.ROOM: (former.room_id, new.room_id),
    }
    return frozenset(field for field, (old, now) in pairs.items() if old != now)


def by_hand_after(
    former: Present, new: Present, change: Change, scope: EditScope, *, is_at_hand: bool
) -> frozenset[str]:
    """Name what differs from the series by hand once a change is made.

    Changing one session alone makes its changed fields hand-made. An edit of the
    series that reaches hand-made fields takes them back in, but for a start: it is
    shifted from where it was put.
    """
    if scope is EditScope.THIS:
        return former.by_hand | {field.value for field in differences(former, new)}
    if not (change.even_by_hand or is_at_hand):
        return former.by_hand
    return former.by_hand - {
        field.value for field in change.touches if field is not Field.START
    }
