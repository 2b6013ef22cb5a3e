"""Lets the charges of a session be what its close-out or cancellation says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from app.models.database import Transaction
from app.models.scheduling import Attendance
from app.models.values.billing import Reason
from app.services.charging.facts import SessionFacts
from app.services.charging.flat_fees import later_in_month, sharing_limits
from app.services.charging.loading import load_many
from app.services.charging.reconcile import reconcile_sessions
from app.services.charging.sessions import Cost, cost_of
from app.services.charging.uses import Taking, keep_uses
from app.services.desk import Desk
from app.services.session_parts import places_of

_PLACES = select(Attendance).where(
    Attendance.session_id.in_(bindparam("ids", expanding=True))
)


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


def settle(
    transaction: Transaction, desk: Desk, session_id: int, *, by_run: bool = False
) -> Settled:
    """Bring charges, package and contract uses and credits to what holds now.

    A planned session has nothing live, unless it was charged in advance. A place that
    cannot be priced (no rate, nobody who pays) stays without charge and without reason;
    `unpriced` lists it. Later sessions of a flat fee with a limited number of sessions
    are settled too, because this one may take or free one of the number. Doing it
    twice changes nothing.

    Args:
        transaction: the change that this is a step of.
        desk: where it happens.
        session_id: the session.
        by_run: an invoice run is about to bill it.

    Raises:
        MissingRecordError: There is no such session.
        MakeUpUsedError: A make-up credit that it no longer gives was used already.
    """
    return settle_many(transaction, desk, [session_id], by_run=by_run)[session_id]


def settle_many(
    transaction: Transaction,
    desk: Desk,
    session_ids: Sequence[int],
    *,
    by_run: bool = False,
) -> dict[int, Settled]:
    """Settle several sessions at once, which take nothing from each other's funds.

    Raises:
        MissingRecordError: One of the sessions is not there.
        MakeUpUsedError: A make-up credit that one no longer gives was used already.
    """
    settled = _settle(transaction, desk, session_ids, by_run=by_run)
    if not any(row.has_flat_fees for row in places_of(transaction, session_ids)):
        return settled
    for session_id in sharing_limits(transaction, session_ids):
        for later_id in later_in_month(transaction, session_id):
            _settle(transaction, desk, [later_id])
    return settled


def project_advance(transaction: Transaction, desk: Desk, session_id: int) -> Settled:
    """Charge a planned session's advance households as if it were held as planned.

    Places that a package, contract, credit or flat fee may cover wait for the
    close-out. Once the session is closed out this is the same as settling it.

    Raises:
        MissingRecordError: There is no such session.
    """
    how = _settle(transaction, desk, [session_id], ahead=True, by_run=True)
    return how[session_id]


def would_charge(facts: SessionFacts) -> Settled:
    """Tell what a session would cost, without writing anything."""
    return _told(cost_of(facts))


def _settle(
    transaction: Transaction,
    desk: Desk,
    session_ids: Sequence[int],
    *,
    ahead: bool = False,
    by_run: bool = False,
) -> dict[int, Settled]:
    transaction.flush()
    facts = load_many(transaction, session_ids)
    costs = {each: cost_of(one, ahead=ahead) for each, one in facts.items()}
    now = desk.at(transaction)
    takings = [
        Taking(each, facts[each].service_on, cost) for each, cost in costs.items()
    ]
    keep_uses(transaction, now, takings)
    drafts = {each: cost.drafts for each, cost in costs.items()}
    reconcile_sessions(transaction, now, drafts, by_run=by_run)
    _mark(transaction, costs)
    transaction.flush()
    return {each: _told(cost) for each, cost in costs.items()}


def _mark(transaction: Transaction, costs: Mapping[int, Cost]) -> None:
    """Write each student's reason; a charge made anew ends the former credit."""
    changed = {
        row.session_id
        for row in places_of(transaction, list(costs))
        if _reason(costs[row.session_id], row.student_id) != row.charge_reason
        or (row.is_credited and costs[row.session_id].is_anew(row.student_id))
    }
    if not changed:
        return
    for row in transaction.scalars(_PLACES, {"ids": sorted(changed)}):
        cost = costs[row.session_id]
        row.charge_reason = _reason(cost, row.student_id)
        if row.is_credited and cost.is_anew(row.student_id):
            row.is_credited = False


def _reason(cost: Cost, student_id: int) -> str:
    reason = cost.reasons.get(student_id)
    return "" if reason is None else reason.value


def _told(cost: Cost) -> Settled:
    return Settled(cost.charged, cost.reasons, cost.faults)
