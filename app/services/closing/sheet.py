"""A session with everybody's part in it, laid out to be closed or cancelled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models.catalog import Offering
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.actors import Role
from app.models.values.schedule import TimeSpan, local_date, wall_clock
from app.services.closing.errors import NotYourSessionError, SessionNotOverError
from app.services.desk import Desk, fetch, zone

_ADMINISTRATORS = frozenset({Role.OWNER, Role.ADMINISTRATOR})


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
    session = fetch(work, Session, session_id, "session")
    tutors = work.scalars(
        select(SessionTutor)
        .where(SessionTutor.session_id == session_id)
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    places = tuple(
        work.scalars(
            select(Attendance)
            .where(Attendance.session_id == session_id)
            .order_by(Attendance.position, Attendance.id)
        )
    )
    households = work.execute(
        select(Student.id, Student.household_id).where(
            Student.id.in_([place.student_id for place in places])
        )
    )
    return Sheet(
        session=session,
        offering=fetch(work, Offering, session.offering_id, "offering"),
        tutors=tuple(tutors),
        places=places,
        households={row.id: row.household_id for row in households},
        close_out=close_out_of(work, session_id),
        service_on=local_date(session.starts_at, zone(work)),
    )


def close_out_of(work: Snapshot | Transaction, session_id: int) -> CloseOut | None:
    """Read the close-out of a session; an open session has none."""
    return work.scalars(
        select(CloseOut).where(CloseOut.session_id == session_id)
    ).one_or_none()


def require_own(desk: Desk, sheet: Sheet) -> None:
    """Refuse a tutor who does not hold the session; a substitute does.

    Raises:
        NotYourSessionError: It is another tutor's.
    """
    if not desk.actor.is_office and desk.actor.tutor_id not in sheet.tutor_ids:
        raise NotYourSessionError


def require_over(work: Snapshot | Transaction, desk: Desk, sheet: Sheet) -> None:
    """Refuse to close a session before its planned end, but for administrators.

    Raises:
        SessionNotOverError: It is not over yet.
    """
    if desk.now() < sheet.session.ends_at and desk.actor.role not in _ADMINISTRATORS:
        raise SessionNotOverError(wall_clock(sheet.session.ends_at, zone(work)))
