"""What pay needs to know about a session, read once into plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.catalog import Level, Offering, Place
from app.models.closing import CloseOut, Expense, MileageClaim
from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.billing import MoneyOutcome
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import (
    AttendanceState,
    PlaceKind,
    SessionStatus,
    TimeSpan,
    wall_clock,
)
from app.services.desk import MissingRecordError, profile
from app.text import _

_HEAD = (
    select(
        Session.id,
        Session.offering_id,
        Session.placement_id,
        Session.starts_at,
        Session.ends_at,
        Session.status,
        Place.kind.label("place_kind"),
        CloseOut.id.label("close_out_id"),
        CloseOut.money,
    )
    .outerjoin(Place, Place.id == Session.place_id)
    .outerjoin(CloseOut, CloseOut.session_id == Session.id)
)
_BOOKED = frozenset(
    {
        AttendanceState.EXPECTED,
        AttendanceState.PRESENT,
        AttendanceState.ABSENT,
        AttendanceState.CANCELLED_LATE,
    }
)


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """One student's place in a session; ``minutes`` are those attended, if known."""

    student_id: int
    household_id: int
    state: AttendanceState
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class TutorFacts:
    """One tutor's part in a session; ``minutes`` are the actual ones, if known."""

    tutor_id: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class MileageFacts:
    """A distance claimed for a session; the id is 0 while it is not yet kept."""

    claim_id: int
    tutor_id: int
    travelled_on: date
    unit: DistanceUnit
    distance: Decimal
    from_place_id: int | None = None
    to_place_id: int | None = None


@dataclass(frozen=True, slots=True)
class ExpenseFacts:
    """Money spent for a session, minor units; ``approved`` is None until decided."""

    expense_id: int
    tutor_id: int
    what: str
    amount: int
    spent_on: date
    approved: int | None = None


@dataclass(frozen=True, slots=True)
class OfferingFacts:
    """What pay needs of an offering.

    Attributes:
        level_ids: every level that the offering's range takes in.
        pay_step: paid minutes are rounded up to this step.
    """

    offering_id: int
    name: str
    subject_id: int | None = None
    level_ids: frozenset[int] = frozenset()
    pay_step: int = 1
    preparation_minutes: int = 0


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """A session as pay sees it.

    Attributes:
        start: the planned start on the office's wall clock; its date is the service
            date.
        minutes: the planned length.
        is_closed: somebody has closed the session out.
        money: another money effect than the policy's, from the close-out.
    """

    session_id: int
    offering: OfferingFacts
    placement_id: int | None
    start: datetime
    minutes: int
    status: SessionStatus
    is_closed: bool
    money: MoneyOutcome | None
    place_kind: PlaceKind | None
    currency: str
    tutors: tuple[TutorFacts, ...]
    students: tuple[StudentFacts, ...]
    mileage: tuple[MileageFacts, ...] = ()
    expenses: tuple[ExpenseFacts, ...] = ()

    @property
    def service_on(self) -> date:
        """Give the date that the session's money belongs to."""
        return self.start.date()

    @property
    def present(self) -> tuple[StudentFacts, ...]:
        """List the students who came."""
        return tuple(s for s in self.students if s.state is AttendanceState.PRESENT)

    @property
    def booked(self) -> tuple[StudentFacts, ...]:
        """List the students that planned pay counts.

        They are those not cancelled in time; where nobody is left, those who were
        called off together with the session, else everybody.
        """
        still = tuple(s for s in self.students if s.state in _BOOKED)
        last = tuple(s for s in self.students if s.state.value == self.status.value)
        return still or last or self.students

    @property
    def household_id(self) -> int | None:
        """Give the household of all students, where they share one."""
        households = {student.household_id for student in self.students}
        return households.pop() if len(households) == 1 else None


def load(work: Snapshot | Transaction, session_id: int) -> SessionFacts:
    """Read a session as pay sees it.

    Raises:
        MissingRecordError: There is no such session.
    """
    row = work.execute(_HEAD.where(Session.id == session_id)).one_or_none()
    if row is None:
        raise MissingRecordError(_("session"))
    office = profile(work)
    return SessionFacts(
        session_id=row.id,
        offering=_offering(work, row.offering_id),
        placement_id=row.placement_id,
        start=wall_clock(row.starts_at, ZoneInfo(office.zone)),
        minutes=TimeSpan(row.starts_at, row.ends_at).minutes,
        status=row.status,
        is_closed=row.close_out_id is not None,
        money=row.money,
        place_kind=row.place_kind,
        currency=office.currency,
        tutors=_tutors(work, session_id),
        students=_students(work, session_id),
        mileage=_mileage(work, session_id),
        expenses=_expenses(work, session_id),
    )


def _offering(work: Snapshot | Transaction, offering_id: int) -> OfferingFacts:
    row = work.execute(
        select(
            Offering.id,
            Offering.name,
            Offering.subject_id,
            Offering.from_level_id,
            Offering.to_level_id,
            Offering.pay_step_minutes,
            Offering.preparation_minutes,
        ).where(Offering.id == offering_id)
    ).one()
    return OfferingFacts(
        offering_id=row.id,
        name=row.name,
        subject_id=row.subject_id,
        level_ids=_levels(work, row.from_level_id, row.to_level_id),
        pay_step=row.pay_step_minutes,
        preparation_minutes=row.preparation_minutes,
    )


def _levels(
    work: Snapshot | Transaction, from_level_id: int | None, to_level_id: int | None
) -> frozenset[int]:
    first = from_level_id or to_level_id
    last = to_level_id or from_level_id
    if first is None or last is None:
        return frozenset()
    positions = {
        level.id: level.position
        for level in work.execute(select(Level.id, Level.position))
    }
    return frozenset(
        level_id
        for level_id, position in positions.items()
        if positions[first] <= position <= positions[last]
    )


def _tutors(work: Snapshot | Transaction, session_id: int) -> tuple[TutorFacts, ...]:
    rows = work.execute(
        select(SessionTutor.tutor_id, SessionTutor.actual_minutes)
        .where(SessionTutor.session_id == session_id)
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    return tuple(TutorFacts(row.tutor_id, row.actual_minutes) for row in rows)


def _students(
    work: Snapshot | Transaction, session_id: int
) -> tuple[StudentFacts, ...]:
    rows = work.execute(
        select(
            Attendance.student_id,
            Student.household_id,
            Attendance.state,
            Attendance.actual_minutes,
        )
        .join(Student, Student.id == Attendance.student_id)
        .where(Attendance.session_id == session_id)
        .order_by(Attendance.position, Attendance.id)
    )
    return tuple(
        StudentFacts(row.student_id, row.household_id, row.state, row.actual_minutes)
        for row in rows
    )


def _mileage(work: Snapshot | Transaction, session_id: int) -> tuple[MileageFacts, ...]:
    rows = work.execute(
        select(
            MileageClaim.id,
            MileageClaim.tutor_id,
            MileageClaim.travelled_on,
            MileageClaim.unit,
            MileageClaim.claimed,
            MileageClaim.from_place_id,
            MileageClaim.to_place_id,
        )
        .where(
            MileageClaim.session_id == session_id, MileageClaim.withdrawn_at.is_(None)
        )
        .order_by(MileageClaim.id)
    )
    return tuple(MileageFacts(*row) for row in rows)


def _expenses(
    work: Snapshot | Transaction, session_id: int
) -> tuple[ExpenseFacts, ...]:
    rows = work.execute(
        select(
            Expense.id,
            Expense.tutor_id,
            Expense.what,
            Expense.amount,
            Expense.spent_on,
            Expense.approved_amount,
        )
        .where(Expense.session_id == session_id, Expense.withdrawn_at.is_(None))
        .order_by(Expense.id)
    )
    return tuple(ExpenseFacts(*row) for row in rows)
