"""What pay needs to know about a session, read once into plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select

from app.models.catalog import Level
from app.models.closing import Expense, MileageClaim
from app.models.database import Snapshot, Transaction
from app.models.office import OfficeProfile
from app.models.values.billing import MoneyOutcome
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import (
    AttendanceState,
    PlaceKind,
    SessionStatus,
    TimeSpan,
    wall_clock,
)
from app.services.desk import profile
from app.services.session_parts import (
    Record,
    has_any,
    heads_of,
    places_of,
    tutors_of,
)

Fact = TypeVar("Fact")
_MILEAGE = (
    select(
        MileageClaim.session_id,
        MileageClaim.id,
        MileageClaim.tutor_id,
        MileageClaim.travelled_on,
        MileageClaim.unit,
        MileageClaim.approved,
        MileageClaim.from_place_id,
        MileageClaim.to_place_id,
    )
    .where(
        MileageClaim.session_id.in_(bindparam("ids", expanding=True)),
        MileageClaim.withdrawn_at.is_(None),
        MileageClaim.approved != Decimal(0),  # nor what nobody has decided on
    )
    .order_by(MileageClaim.id)
)
_EXPENSES = (
    select(
        Expense.session_id,
        Expense.id,
        Expense.tutor_id,
        Expense.what,
        Expense.amount,
        Expense.spent_on,
        Expense.approved_amount,
    )
    .where(
        Expense.session_id.in_(bindparam("ids", expanding=True)),
        Expense.withdrawn_at.is_(None),
    )
    .order_by(Expense.id)
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
    """A distance approved for a session; the id is 0 while it is not yet kept."""

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


@dataclass(frozen=True, slots=True)
class _Parts:
    """What belongs to several sessions, by session in listed order."""

    tutors: Mapping[int, list[TutorFacts]]
    students: Mapping[int, list[StudentFacts]]
    mileage: Mapping[int, list[MileageFacts]]
    expenses: Mapping[int, list[ExpenseFacts]]
    offerings: Mapping[int, OfferingFacts]


def load(work: Snapshot | Transaction, session_id: int) -> SessionFacts:
    """Read a session as pay sees it.

    Raises:
        MissingRecordError: There is no such session.
    """
    return load_many(work, [session_id])[session_id]


def load_many(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> dict[int, SessionFacts]:
    """Read several sessions as pay sees them.

    Raises:
        MissingRecordError: One of the sessions is not there.
    """
    asked = {"ids": list(session_ids)}
    heads = heads_of(work, session_ids)
    offerings = {row.offering_id: row for row in heads.values()}
    claimed = has_any(work, session_ids, MileageClaim)
    spent = has_any(work, session_ids, Expense)
    parts = _Parts(
        tutors=_tutors(work, session_ids),
        students=_students(work, session_ids),
        mileage=_grouped(work, _MILEAGE, asked, MileageFacts) if claimed else {},
        expenses=_grouped(work, _EXPENSES, asked, ExpenseFacts) if spent else {},
        offerings={each: _offering(work, row) for each, row in offerings.items()},
    )
    office = profile(work)
    return {each: _facts(heads[each], parts, office) for each in session_ids}


def _facts(row: Record, parts: _Parts, office: OfficeProfile) -> SessionFacts:
    return SessionFacts(
        session_id=row.id,
        offering=parts.offerings[row.offering_id],
        placement_id=row.placement_id,
        start=wall_clock(row.starts_at, ZoneInfo(office.zone)),
        minutes=TimeSpan(row.starts_at, row.ends_at).minutes,
        status=row.status,
        is_closed=row.close_out_id is not None,
        money=row.money,
        place_kind=row.place_kind,
        currency=office.currency,
        tutors=tuple(parts.tutors[row.id]),
        students=tuple(parts.students[row.id]),
        mileage=tuple(parts.mileage.get(row.id, ())),
        expenses=tuple(parts.expenses.get(row.id, ())),
    )


def _grouped(
    work: Snapshot | Transaction,
    query: Select[*tuple[Any, ...]],
    asked: Mapping[str, list[int]],
    make: Callable[..., Fact],
) -> Mapping[int, list[Fact]]:
    """Make rows into facts, by the session that each names first."""
    found: dict[int, list[Fact]] = defaultdict(list)
    for session_id, *values in work.rows(query, asked):
        found[session_id].append(make(*values))
    return found


def _tutors(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> Mapping[int, list[TutorFacts]]:
    found: dict[int, list[TutorFacts]] = defaultdict(list)
    for row in tutors_of(work, session_ids):
        found[row.session_id].append(TutorFacts(row.tutor_id, row.actual_minutes))
    return found


def _students(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> Mapping[int, list[StudentFacts]]:
    found: dict[int, list[StudentFacts]] = defaultdict(list)
    for row in places_of(work, session_ids):
        found[row.session_id].append(
            StudentFacts(
                row.student_id, row.household_id, row.state, row.actual_minutes
            )
        )
    return found


def _offering(work: Snapshot | Transaction, head: Record) -> OfferingFacts:
    return OfferingFacts(
        offering_id=head.offering_id,
        name=head.name,
        subject_id=head.subject_id,
        level_ids=_levels(work, head.from_level_id, head.to_level_id),
        pay_step=head.pay_step_minutes,
        preparation_minutes=head.preparation_minutes,
    )


def _levels(
    work: Snapshot | Transaction, from_level_id: int | None, to_level_id: int | None
) -> frozenset[int]:
    first = from_level_id or to_level_id
    last = to_level_id or from_level_id
    if first is None or last is None:
        return frozenset()
    positions = work.once(Level, _positions)
    return frozenset(
        level_id
        for level_id, position in positions.items()
        if positions[first] <= position <= positions[last]
    )


def _positions(work: Snapshot | Transaction) -> Mapping[int, int]:
    """Read the order of all levels."""
    rows = work.execute(select(Level.id, Level.position))
    return {level.id: level.position for level in rows}
