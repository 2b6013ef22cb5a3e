"""What a run charges first: flat fees, advance payments, prices set meanwhile."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from sqlalchemy import Select, or_, select

from app.models.agreements import FlatFee
from app.models.database import Snapshot, Transaction
from app.models.people import Household, Payer, Student
from app.models.scheduling import Attendance, Placement, Session
from app.models.values.billing import BillingModel
from app.models.values.schedule import SessionStatus, day_span
from app.services.billing.flat_fee_months import bring_up_to
from app.services.billing.requests import InvoiceRunOf, RunException, Trouble
from app.services.charging.errors import UnpricedError
from app.services.charging.settling import project_advance
from app.services.charging.unpriced import price_anew, without_charge
from app.services.desk import Desk


@dataclass(slots=True)
class Ahead:
    """What of one household is charged by the run itself.

    Attributes:
        is_unpriced: closed sessions had no price; they may have one by now.
    """

    fee_ids: list[int] = field(default_factory=list)
    session_ids: list[int] = field(default_factory=list)
    is_unpriced: bool = False


def load_ahead(
    work: Snapshot | Transaction, of: InvoiceRunOf, zone: ZoneInfo
) -> Mapping[int, Ahead]:
    """Find the flat fees and the planned sessions that the run has to charge.

    For chosen payers it charges what their households owe ahead, and no others.
    """
    if of.payer_ids is not None:
        chosen = select(Payer.household_id).where(Payer.id.in_(of.payer_ids))
        of = replace(of, household_ids=tuple(work.scalars(chosen.distinct())))
    found: dict[int, Ahead] = defaultdict(Ahead)
    fees = (
        select(FlatFee.household_id, FlatFee.id)
        .where(FlatFee.from_on <= of.until_on)
        .order_by(FlatFee.id)
    )
    if of.household_ids is not None:
        fees = fees.where(FlatFee.household_id.in_(of.household_ids))
    for household_id, fee_id in work.rows(fees):
        found[household_id].fee_ids.append(fee_id)
    for household_id, session_id in work.rows(_sessions(of, zone)):
        found[household_id].session_ids.append(session_id)
    for household_id in sorted(
        without_charge(work, of.from_on, of.until_on, of.household_ids)
    ):
        found[household_id].is_unpriced = True
    return found


def _sessions(of: InvoiceRunOf, zone: ZoneInfo) -> Select[int, int]:
    query = (
        select(Student.household_id, Session.id)
        .join(Attendance, Attendance.session_id == Session.id)
        .join(Student, Student.id == Attendance.student_id)
        .join(Household, Household.id == Student.household_id)
        .outerjoin(Placement, Placement.id == Session.placement_id)
        .where(
            Session.status == SessionStatus.PLANNED,
            Session.starts_at >= day_span(of.from_on, zone).start,
            Session.starts_at < day_span(of.until_on, zone).end,
            or_(
                Placement.model == BillingModel.ADVANCE,
                Placement.model.is_(None) & (Household.model == BillingModel.ADVANCE),
            ),
        )
        .distinct()
        .order_by(Session.id)
    )
    if of.household_ids is not None:
        query = query.where(Student.household_id.in_(of.household_ids))
    return query


def project(
    transaction: Transaction,
    desk: Desk,
    household_id: int,
    ahead: Ahead,
    of: InvoiceRunOf,
) -> list[RunException]:
    """Charge what is due ahead for one household, and say what could not be."""
    if ahead.is_unpriced:
        price_anew(transaction, desk, of.from_on, of.until_on, [household_id])
    faults: list[str] = []
    for fee_id in ahead.fee_ids:
        try:
            bring_up_to(transaction, fee_id, of.until_on)
        except UnpricedError as error:
            faults.append(str(error))
    for session_id in ahead.session_ids:
        faults += project_advance(transaction, desk, session_id).faults.values()
    return [
        RunException(Trouble.NO_RATE, fault, household_id=household_id)
        for fault in dict.fromkeys(faults)
    ]
