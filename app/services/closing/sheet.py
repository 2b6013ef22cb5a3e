"""A session with everybody's part in it, laid out to be closed or cancelled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import BindParameter, bindparam, select

from app.models.catalog import Offering
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.actors import Role
from app.models.values.schedule import TimeSpan, local_date, wall_clock
from app.services.billing.locks import require_open
from app.services.closing.errors import (
    NotYourSessionError,
    SessionNotBegunError,
    SessionNotOverError,
)
from app.services.desk import Desk, MissingRecordError, zone
from app.services.rights import is_own
from app.text import _

_EARLY = timedelta(minutes=15)  # those who begin before the hour
_ADMINISTRATORS = frozenset({Role.OWNER, Role.ADMINISTRATOR})
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_SESSIONS = (
    select(Session, Offering, CloseOut)
    .join(Offering, Offering.id == Session.offering_id)
    .outerjoin(CloseOut, CloseOut.session_id == Session.id)
    .where(Session.id.in_(_IDS))
)
_TUTORS = (
    select(SessionTutor)
    .where(SessionTutor.session_id.in_(_IDS))
    .order_by(SessionTutor.position, SessionTutor.id)
)
_PLACES = (
    select(Attendance, Student.household_id)
    .join(Student, Student.id == Attendance.student_id)
    .where(Attendance.session_id.in_(_IDS))
    .order_by(Attendance.position, Attendance.id)
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A session as it stands, with its people in listed order.

    Attributes:
        tutors: the main tutor first.
        households: by student id.
        service_on: the planned start's date in the office's zone.
    """

    session: Session
    offering: Offering
    tutors: tuple[SessionTutor, ...]
    places: tuple[Attendance, ...]
    households: dict[int, int]
    close_out: CloseOut | None
    service_on: date

    @property
    def planned_minutes(self) -> int:
        """Give the planned length."""
        return TimeSpan(self.session.starts_at, self.session.ends_at).minutes

    @property
    def tutor_ids(self) -> frozenset[int]:
        """Name the tutors of the session."""
        return frozenset(part.tutor_id for part in self.tutors)

    @property
    def student_ids(self) -> frozenset[int]:
        """Name the students that were booked."""
        return frozenset(place.student_id for place in self.places)

    @property
    def occupied(self) -> tuple[bool, frozenset[int]]:
        """Tell whether the session takes its tutors' time, and whose students'."""
        return (
            not self.session.status.is_cancelled,
            frozenset(p.student_id for p in self.places if not p.state.is_cancelled),
        )


def sheet_of(work: Snapshot | Transaction, session_id: int) -> Sheet:
    """Lay a session out.

    Raises:
        MissingRecordError: There is no such session.
    """
    return sheets_of(work, [session_id])[session_id]


def sheets_of(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> dict[int, Sheet]:
    """Lay several sessions out, by id.

    Raises:
        MissingRecordError: One of them is not there.
    """
    asked = {"ids": list(session_ids)}
    heads = {row[0].id: row for row in work.execute(_SESSIONS, asked)}
    if not heads.keys() >= set(session_ids):
        raise MissingRecordError(_("session"))
    tutors: dict[int, list[SessionTutor]] = defaultdict(list)
    for part in work.scalars(_TUTORS, asked):
        tutors[part.session_id].append(part)
    places: dict[int, list[Attendance]] = defaultdict(list)
    households: dict[int, int] = {}
    for place, household_id in work.execute(_PLACES, asked):
        places[place.session_id].append(place)
        households[place.student_id] = household_id
    return {
        each: Sheet(
            session=session,
            offering=offering,
            tutors=tuple(tutors[each]),
            places=tuple(places[each]),
            households={p.student_id: households[p.student_id] for p in places[each]},
            close_out=close_out,
            service_on=local_date(session.starts_at, zone(work)),
        )
        for each in session_ids
        for session, offering, close_out in (heads[each],)
    }


def require_own(desk: Desk, sheet: Sheet) -> None:
    """Refuse a tutor who does not hold the session; a substitute does.

    Raises:
        NotYourSessionError: It is another tutor's.
    """
    if not is_own(desk.actor, *sheet.tutor_ids):
        raise NotYourSessionError


def require_open_day(
    transaction: Transaction,
    desk: Desk,
    sheet: Sheet,
    *,
    may_correct: bool = False,
    is_told: bool = False,
) -> None:
    """Refuse to change what a session of a locked period means in money.

    Args:
        transaction: the step it belongs to.
        desk: who does it.
        sheet: the session.
        may_correct: whether the office wants it corrected in the open period.
        is_told: whether only what a close-out told before is confirmed; then the day
            counts on which it was told, if that is later.

    Raises:
        PeriodLockedError: Its day lies in a locked period; a correction is the way.
    """
    day = sheet.service_on
    if is_told and sheet.close_out is not None:
        told_on = local_date(sheet.close_out.closed_at, zone(transaction))
        day = max(day, told_on)
    if not desk.actor.is_office:
        require_open(transaction, day, _("Ask the office to correct it."))
    elif not may_correct:
        way = _(
            "Close it out as a correction, whose money is dated in the open period, or "
            "have the lock moved."
        )
        require_open(transaction, day, way)


def require_begun(
    work: Snapshot | Transaction, desk: Desk, starts_at: datetime
) -> None:
    """Refuse to say how a session went that has not begun.

    Raises:
        SessionNotBegunError: It begins in more than a few minutes.
    """
    if desk.at(work) < starts_at - _EARLY:
        raise SessionNotBegunError(wall_clock(starts_at, zone(work)))


def require_over(work: Snapshot | Transaction, desk: Desk, sheet: Sheet) -> None:
    """Refuse to close a session before its planned end, but for administrators.

    Raises:
        SessionNotOverError: It is not over yet.
    """
    if desk.at(work) < sheet.session.ends_at and desk.actor.role not in _ADMINISTRATORS:
        raise SessionNotOverError(wall_clock(sheet.session.ends_at, zone(work)))
