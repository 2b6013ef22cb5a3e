"""Lets the charges of a session be what its close-out or cancellation says now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from app.models.database import Transaction
from app.models.scheduling import Attendance
from app.models.values.billing import Reason
from app.services.charging.facts import SessionFacts
from app.services.charging.flat_fees import later_in_month
from app.services.charging.loading import load_facts
from app.services.charging.reconcile import Origin, reconcile
from app.services.charging.sessions import Cost, cost_of
from app.services.charging.uses import keep_uses
from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Settled:
    """What a session costs now.

    Attributes:
        charged: the sum of its live charges, minor units.
        reasons: by student, why there is no charge.
        faults: by student, the sentence why the place cannot be priced yet.
    """

    charged: int
    reasons: Mapping[int, Reason]
    faults: Mapping[int, str] = field(default_factory=dict)


def settle(transaction: Transaction, desk: Desk, session_id: int) -> Settled:
    """Bring charges, package and contract uses and credits to what holds now.

    A planned session has nothing live, unless it was charged in advance. A place that
    cannot be priced (no rate, nobody who pays) stays without charge and without reason;
    `unpriced` lists it. Later sessions of a flat fee with a limited number of sessions
    are settled too, because this one may take or free one of the number. Doing it
    twice changes nothing.

    Raises:
        MissingRecordError: There is no such session.
        MakeUpUsedError: A make-up credit that it no longer gives was used already.
    """
    settled = _settle(transaction, desk, session_id)
    for later_id in later_in_month(transaction, session_id):
        _settle(transaction, desk, later_id)
    return settled


def project_advance(transaction: Transaction, desk: Desk, session_id: int) -> Settled:
    """Charge a planned session's advance households as if it were held as planned.

    Places that a package, contract, credit or flat fee may cover wait for the
    close-out. Once the session is closed out this is the same as settling it.

    Raises:
        MissingRecordError: There is no such session.
    """
    return _settle(transaction, desk, session_id, ahead=True)


def would_charge(facts: SessionFacts) -> Settled:
    """Tell what a session would cost, without writing anything."""
    return _told(cost_of(facts))


def _settle(
    transaction: Transaction, desk: Desk, session_id: int, *, ahead: bool = False
) -> Settled:
    transaction.flush()
    facts = load_facts(transaction, session_id)
    cost = cost_of(facts, ahead=ahead)
    now = desk.now()
    keep_uses(transaction, now, session_id, facts.service_on, cost)
    reconcile(transaction, now, Origin(session_id), cost.drafts)
    _mark(transaction, session_id, cost)
    transaction.flush()
    return _told(cost)


def _mark(transaction: Transaction, session_id: int, cost: Cost) -> None:
    """Write each student's reason; a charge made anew ends the former credit."""
    rows = transaction.scalars(
        select(Attendance).where(Attendance.session_id == session_id)
    )
    for row in rows:
        reason = cost.reasons.get(row.student_id)
        row.charge_reason = "" if reason is None else reason.value
        if row.is_credited and cost.is_anew(row.student_id):
            row.is_credited = False


def _told(cost: Cost) -> Settled:
    return Settled(cost.charged, cost.reasons, cost.faults)
