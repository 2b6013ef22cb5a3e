"""The proof of completeness: what waits, and why the rest is not charged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, or_, select

from app.models.billing import Charge
from app.models.database import Snapshot
from app.models.scheduling import Attendance, Session
from app.models.values.billing import ChargeKind, Reason
from app.models.values.schedule import SessionStatus, day_span
from app.services.billing.waiting import Waiting, load_waiting, until
from app.services.desk import Desk, zone

_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)


@dataclass(frozen=True, slots=True)
class WaitingCharge:
    """A charge on no document, minor units; below zero it takes something back.

    Attributes:
        is_live: it counts; else it only takes an earlier charge back.
        is_approved: False where it waits for an approval.
    """

    charge_id: int
    household_id: int
    payer_id: int
    session_id: int | None
    student_id: int | None
    student: str
    kind: ChargeKind
    service_on: date
    minutes: int | None
    amount: int
    reason: str
    is_live: bool
    is_approved: bool


@dataclass(frozen=True, slots=True)
class NotCharged:
    """A student's place in a session without a charge, and why.

    Attributes:
        reason: None is a gap: the session was decided, and nothing was charged.
    """

    session_id: int
    student_id: int
    starts_at: datetime
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Completeness:
    """A period's places in sessions: charged, and not charged for which reasons.

    Attributes:
        gaps: decided sessions with neither charge nor reason.
        reasons: how often each reason is given.
    """

    charged: int
    on_documents: int
    reasons: dict[Reason, int]
    gaps: tuple[NotCharged, ...]


class Proof:
    """Shows that everything that took place is billed, waits, or says why not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def waiting(self, until_on: date = date.max) -> tuple[WaitingCharge, ...]:
        """List the charges on no document, by student, date and time.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return tuple(
                _waiting(charge) for charge in load_waiting(snapshot, until(until_on))
            )

    def reasons(self, from_on: date, until_on: date) -> tuple[NotCharged, ...]:
        """List a period's places without a charge, by time, each with its reason.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return _not_charged(snapshot, from_on, until_on)

    def completeness(self, from_on: date, until_on: date) -> Completeness:
        """Count a period's places in decided sessions: charged, billed, and why not.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            missing = _not_charged(snapshot, from_on, until_on)
            given = [each.reason for each in missing if each.reason is not None]
            charged, billed = _charged(snapshot, from_on, until_on)
            return Completeness(
                charged=charged,
                on_documents=billed,
                reasons={each: given.count(each) for each in Reason if each in given},
                gaps=tuple(each for each in missing if each.reason is None),
            )


def _waiting(charge: Waiting) -> WaitingCharge:
    return WaitingCharge(
        charge_id=charge.charge_id,
        household_id=charge.household_id,
        payer_id=charge.payer_id,
        session_id=charge.session_id,
        student_id=charge.student_id,
        student=charge.student,
        kind=charge.kind,
        service_on=charge.service_on,
        minutes=charge.minutes,
        amount=charge.amount,
        reason=charge.reason,
        is_live=charge.reverses_id is None,
        is_approved=charge.is_approved,
    )


def _not_charged(
    snapshot: Snapshot, from_on: date, until_on: date
) -> tuple[NotCharged, ...]:
    where = zone(snapshot)
    is_charged = exists().where(
        Charge.session_id == Attendance.session_id,
        Charge.live_key.is_not(None),
        or_(Charge.student_id.is_(None), Charge.student_id == Attendance.student_id),
    )
    rows = snapshot.execute(
        select(
            Session.id,
            Attendance.student_id,
            Session.starts_at,
            Session.status,
            Attendance.charge_reason,
        )
        .join(Attendance, Attendance.session_id == Session.id)
        .where(
            Session.starts_at >= day_span(from_on, where).start,
            Session.starts_at < day_span(until_on, where).end,
            ~is_charged,
        )
        .order_by(Session.starts_at, Session.id, Attendance.position, Attendance.id)
    )
    found = []
    for session_id, student_id, starts_at, status, given in rows:
        reason = Reason(given) if given else None
        if reason is None and status in _AHEAD:
            reason = Reason.NOT_CLOSED
        found.append(NotCharged(session_id, student_id, starts_at, reason))
    return tuple(found)


def _charged(snapshot: Snapshot, from_on: date, until_on: date) -> tuple[int, int]:
    rows = snapshot.scalars(
        select(Charge.line_id).where(
            Charge.session_id.is_not(None),
            Charge.live_key.is_not(None),
            Charge.service_on >= from_on,
            Charge.service_on <= until_on,
        )
    ).all()
    return len(rows), sum(1 for line_id in rows if line_id is not None)
