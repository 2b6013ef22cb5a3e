"""Reads what else may pay for a session: lots, a contract, a flat fee, a credit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, bindparam, func, or_, select

from app.models.agreements import (
    Contract,
    ContractStudent,
    ContractUse,
    FlatFee,
    Lot,
    LotUse,
    MakeUpCredit,
    MakeUpUse,
)
from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import Attendance, Session
from app.models.values.billing import BillingModel, Reason
from app.models.values.schedule import day_span
from app.services.charging.facts import (
    ContractFacts,
    CreditFacts,
    FlatFeeFacts,
    LotFacts,
)
from app.services.charging.paid_lots import paid_lots

Work = Snapshot | Transaction
Fee = Row[*tuple[Any, ...]]
_LOT: tuple[Any, ...] = (
    Lot.id,
    Lot.household_id,
    Lot.student_id,
    Lot.unit,
    Lot.expires_on,
    Lot.offering_ids,
    Lot.usable_when_paid,
    Lot.bought_on,
    (Lot.granted - Lot.forfeited - Lot.refunded).label("units"),
)
_LOTS = select(*_LOT).where(
    Lot.household_id.in_(bindparam("households", expanding=True))
)
_FEES = select(
    FlatFee.id,
    FlatFee.household_id,
    FlatFee.placement_id,
    FlatFee.student_id,
    FlatFee.from_on,
    FlatFee.until_on,
    FlatFee.included,
).where(FlatFee.household_id.in_(bindparam("households", expanding=True)))


@dataclass(frozen=True, slots=True)
class Slot:
    """Which session is asked for: when, what, and whose places (student, household)."""

    session_id: int
    starts_at: datetime
    service_on: date
    zone: ZoneInfo
    offering_id: int
    placement_id: int | None
    places: tuple[tuple[int, int], ...]

    @property
    def student_ids(self) -> set[int]:
        """Give the students."""
        return {student_id for student_id, _household in self.places}

    @property
    def household_ids(self) -> set[int]:
        """Give the students' households."""
        return {household_id for _student, household_id in self.places}


def load_lots(work: Work, slot: Slot) -> tuple[LotFacts, ...]:
    """Read the lots that can be used for one session."""
    return load_lots_of_many(work, [slot])[slot.session_id]


def load_lots_of_many(
    work: Work, slots: Sequence[Slot]
) -> Mapping[int, tuple[LotFacts, ...]]:
    """Read the lots that can be used: bought, not expired, with units left.

    One that may be used only when paid counts once its charges lie on paid invoices.

    Returns:
        By session.
    """
    households = {one for slot in slots for one in slot.household_ids}
    rows = work.rows(_LOTS, {"households": sorted(households)})
    fitting = {
        slot.session_id: [row for row in rows if _is_fitting(row, slot)]
        for slot in slots
    }
    lots = {row.id: row for some in fitting.values() for row in some}
    used = _used(work, list(lots))
    paid = paid_lots(work, [row.id for row in lots.values() if row.usable_when_paid])
    return {
        slot.session_id: tuple(
            LotFacts(
                row.id, row.household_id, row.student_id, row.unit, left, row.expires_on
            )
            for row in fitting[slot.session_id]
            if (left := row.units - _others(used, row.id, slot.session_id)) > 0
            and (row.id in paid or not row.usable_when_paid)
        )
        for slot in slots
    }


def _is_fitting(row: Row[Any], slot: Slot) -> bool:
    return (
        row.household_id in slot.household_ids
        and row.bought_on <= slot.service_on
        and (row.expires_on is None or row.expires_on >= slot.service_on)
        and (not row.offering_ids or slot.offering_id in row.offering_ids)
    )


def _used(work: Work, lot_ids: list[int]) -> dict[int, dict[int, int]]:
    """Add up the units that sessions took, by lot and session."""
    used: dict[int, dict[int, int]] = defaultdict(dict)
    if lot_ids:
        rows = work.rows(
            select(LotUse.lot_id, LotUse.session_id, func.sum(LotUse.units))
            .where(LotUse.lot_id.in_(lot_ids), LotUse.returned_at.is_(None))
            .group_by(LotUse.lot_id, LotUse.session_id)
        )
        for lot_id, session_id, units in rows:
            used[lot_id][session_id] = int(units)
    return used


def _others(used: Mapping[int, Mapping[int, int]], lot_id: int, session_id: int) -> int:
    of_lot = used.get(lot_id, {})
    return sum(of_lot.values()) - of_lot.get(session_id, 0)


def load_contract(
    work: Work, slot: Slot, contract_id: int | None, tax_code_id: int
) -> ContractFacts | None:
    """Read the session's contract with what other sessions leave of its minutes."""
    if contract_id is None:
        return None
    contract = work.get_one(Contract, contract_id)
    taken = _taken(work, slot, contract_id)
    students = {
        row.student_id: None
        if row.minutes is None
        else row.minutes - taken.get(row.student_id, 0)
        for row in work.rows(
            select(ContractStudent.student_id, ContractStudent.minutes).where(
                ContractStudent.contract_id == contract_id
            )
        )
    }
    own = {one for one, minutes in students.items() if minutes is not None}
    from_pool = sum(minutes for one, minutes in taken.items() if one not in own)
    pool = contract.pool_minutes
    starts, ends = contract.valid_from or date.min, contract.valid_until or date.max
    return ContractFacts(
        contract_id=contract_id,
        household_id=contract.household_id,
        basis=contract.basis,
        rate=contract.rate,
        tiers={int(size): rate for size, rate in contract.tiers.items()},
        beyond=contract.beyond,
        tax_code_id=contract.tax_code_id or tax_code_id,
        students=students,
        pool_left=None if pool is None else pool - from_pool,
        is_valid=starts <= slot.service_on <= ends,
    )


def _taken(work: Work, slot: Slot, contract_id: int) -> dict[int | None, int]:
    rows = work.rows(
        select(ContractUse.student_id, func.sum(ContractUse.minutes))
        .where(
            ContractUse.contract_id == contract_id,
            ContractUse.returned_at.is_(None),
            ContractUse.session_id != slot.session_id,
        )
        .group_by(ContractUse.student_id)
    )
    return {student_id: int(minutes) for student_id, minutes in rows}


def load_credits(
    work: Work, slot: Slot, make_up_of_id: int | None
) -> Mapping[int, CreditFacts]:
    """Read the make-up credits of the missed session, by student.

    Not withdrawn, not expired on the service date, not used by another session.
    """
    if make_up_of_id is None:
        return {}
    used = select(MakeUpUse.credit_id).where(
        MakeUpUse.returned_at.is_(None), MakeUpUse.session_id != slot.session_id
    )
    rows = work.rows(
        select(MakeUpCredit.id, MakeUpCredit.student_id, MakeUpCredit.minutes).where(
            MakeUpCredit.session_id == make_up_of_id,
            MakeUpCredit.withdrawn_at.is_(None),
            or_(
                MakeUpCredit.expires_on.is_(None),
                MakeUpCredit.expires_on >= slot.service_on,
            ),
            MakeUpCredit.id.not_in(used),
        )
    )
    return {row.student_id: CreditFacts(row.id, row.minutes) for row in rows}


def load_flat_fees(
    work: Work, slot: Slot, placement_model: BillingModel | None, fees: Sequence[Fee]
) -> Mapping[int, FlatFeeFacts]:
    """Read the flat fee that each student's place falls under.

    The placement's fee wins over the household's, which does not hold for a placement
    that is billed in another way. Of several the one that began last.

    Args:
        work: where to count the sessions that a fee covered.
        slot: the session.
        placement_model: how its placement is billed, if it says so.
        fees: every flat fee of its households.
    """
    fees = [fee for fee in fees if _holds(fee, slot)]
    if placement_model not in {None, BillingModel.FLAT_FEE}:
        fees = [fee for fee in fees if fee.placement_id is not None]
    found: dict[int, FlatFeeFacts] = {}
    for student_id, household_id in slot.places:
        fitting = [
            fee
            for fee in fees
            if fee.household_id == household_id and fee.student_id in {None, student_id}
        ]
        if fitting:
            fee = max(fitting, key=_strength)
            used = 0 if fee.included is None else _covered_before(work, slot, fee)
            found[student_id] = FlatFeeFacts(fee.included, used)
    return found


def load_fees(work: Work, household_ids: Iterable[int]) -> Sequence[Fee]:
    """Read every flat fee of some households."""
    return work.rows(_FEES, {"households": sorted(set(household_ids))})


def _holds(fee: Fee, slot: Slot) -> bool:
    return (
        fee.placement_id in {None, slot.placement_id}
        and fee.from_on <= slot.service_on
        and (fee.until_on is None or fee.until_on >= slot.service_on)
    )


def _strength(fee: Fee) -> tuple[bool, bool, date, int]:
    is_placements = fee.placement_id is not None
    return (is_placements, fee.student_id is not None, fee.from_on, fee.id)


def _covered_before(work: Work, slot: Slot, fee: Fee) -> int:
    first = slot.service_on.replace(day=1)
    query = (
        select(func.count(Session.id.distinct()))
        .join(Attendance, Attendance.session_id == Session.id)
        .join(Student, Student.id == Attendance.student_id)
        .where(
            Student.household_id == fee.household_id,
            Attendance.charge_reason == Reason.FLAT_FEE.value,
            Session.starts_at >= day_span(first, slot.zone).start,
            or_(
                Session.starts_at < slot.starts_at,
                and_(Session.starts_at == slot.starts_at, Session.id < slot.session_id),
            ),
        )
    )
    if fee.placement_id is not None:
        query = query.where(Session.placement_id == fee.placement_id)
    if fee.student_id is not None:
        query = query.where(Attendance.student_id == fee.student_id)
    return work.scalars(query).one()
