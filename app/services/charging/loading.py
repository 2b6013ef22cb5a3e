"""Reads all that decides what a session costs, by columns and in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, or_, select

from app.models.billing import Charge
from app.models.catalog import Offering, Price, TaxCode
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.people import Household, Student
from app.models.scheduling import (
    Attendance,
    Enrolment,
    Placement,
    Series,
    Session,
    SessionTutor,
)
from app.models.values.billing import BillingModel, ChargeKind
from app.models.values.policies import LateCancel, MakeUp, MissedUsesPackage, NoShow
from app.models.values.schedule import (
    CloseOutState,
    EnrolmentState,
    TimeSpan,
    local_date,
)
from app.services.charging.credited import credited_in_session
from app.services.charging.facts import (
    ChargeContent,
    HouseholdFacts,
    MissedRules,
    OfferingFacts,
    PriceFacts,
    SessionFacts,
    StudentFacts,
)
from app.services.charging.loading_funds import (
    Slot,
    load_contract,
    load_credits,
    load_flat_fees,
    load_lots,
)
from app.services.charging.loading_shares import load_shares
from app.services.desk import MissingRecordError, profile
from app.services.policies import Concern, rule_for
from app.text import _

Work = Snapshot | Transaction
_HEAD: tuple[Any, ...] = (
    Session.offering_id,
    Session.series_id,
    Session.placement_id,
    Session.contract_id,
    Session.starts_at,
    Session.ends_at,
    Session.status,
    Session.notice_minutes,
    Session.is_trial,
    Session.make_up_of_id,
    Offering.name,
    Offering.tax_code_id,
    TaxCode.rate,
    Offering.step_minutes,
    Offering.minimum_minutes,
    Offering.minimum_amount,
    Offering.is_split,
    Offering.trial_amount,
    Placement.model.label("placement_model"),
    Placement.contract_id.label("placement_contract_id"),
    Series.course_amount,
    Series.is_whole_price,
    CloseOut.money,
    CloseOut.state.label("close_out"),
)


def load_facts(work: Work, session_id: int) -> SessionFacts:
    """Read a session with all that decides what it costs.

    What this session itself took from lots, contracts and credits counts as not taken,
    so that it may be priced anew.

    Raises:
        MissingRecordError: There is no such session.
        NoProfileError: The office was not set up yet.
    """
    head = _head(work, session_id)
    office = profile(work)
    rows = _attendances(work, session_id)
    slot = _slot(session_id, head, rows, ZoneInfo(office.zone))
    tutors = _tutors(work, session_id)
    contract_id = head.contract_id or head.placement_contract_id
    contract = load_contract(work, slot, contract_id, head.tax_code_id)
    household_ids = slot.household_ids
    if contract is not None:
        household_ids.add(contract.household_id)
    concern = Concern(None, tutors[0] if tutors else None, head.offering_id)
    return SessionFacts(
        session_id=session_id,
        service_on=slot.service_on,
        planned_minutes=TimeSpan(head.starts_at, head.ends_at).minutes,
        status=head.status,
        offering=_offering(head),
        students=_students(work, slot, head, rows),
        households=_households(work, slot, household_ids, concern),
        prices=_prices(work, slot, household_ids),
        basis=office.prices,
        tutors=len(tutors),
        is_trial=head.is_trial,
        money=None if head.close_out is CloseOutState.OPEN else head.money,
        course_amount=None if head.is_whole_price else head.course_amount,
        contract=contract,
        lots=load_lots(work, slot),
        credited=_credited(work, session_id, rows),
    )


def _slot(
    session_id: int, head: Row[Any], rows: list[Row[Any]], zone: ZoneInfo
) -> Slot:
    return Slot(
        session_id=session_id,
        starts_at=head.starts_at,
        service_on=local_date(head.starts_at, zone),
        zone=zone,
        offering_id=head.offering_id,
        placement_id=head.placement_id,
        places=tuple((row.student_id, row.household_id) for row in rows),
    )


def _tutors(work: Work, session_id: int) -> Sequence[int]:
    return work.scalars(
        select(SessionTutor.tutor_id)
        .where(SessionTutor.session_id == session_id)
        .order_by(SessionTutor.position, SessionTutor.id)
    ).all()


def _head(work: Work, session_id: int) -> Row[Any]:
    query = (
        select(*_HEAD)
        .join(Offering, Offering.id == Session.offering_id)
        .join(TaxCode, TaxCode.id == Offering.tax_code_id)
        .outerjoin(Placement, Placement.id == Session.placement_id)
        .outerjoin(Series, Series.id == Session.series_id)
        .outerjoin(CloseOut, CloseOut.session_id == Session.id)
        .where(Session.id == session_id)
    )
    found: Row[Any] | None = work.execute(query).one_or_none()
    if found is None:
        raise MissingRecordError(_("session"))
    return found


def _offering(head: Row[Any]) -> OfferingFacts:
    return OfferingFacts(
        offering_id=head.offering_id,
        name=head.name,
        tax_code_id=head.tax_code_id,
        tax_rate=head.rate,
        step_minutes=head.step_minutes,
        minimum_minutes=head.minimum_minutes,
        minimum_amount=head.minimum_amount,
        is_split=head.is_split,
        trial_amount=head.trial_amount,
    )


def _attendances(work: Work, session_id: int) -> list[Row[Any]]:
    query = (
        select(
            Attendance.student_id,
            Attendance.state,
            Attendance.actual_minutes,
            Attendance.notice_minutes,
            Attendance.waived_reason,
            Attendance.is_credited,
            Student.household_id,
            Household.model,
        )
        .join(Student, Student.id == Attendance.student_id)
        .join(Household, Household.id == Student.household_id)
        .where(Attendance.session_id == session_id)
        .order_by(Attendance.position, Attendance.id)
    )
    return list(work.execute(query))


def _students(
    work: Work, slot: Slot, head: Row[Any], rows: list[Row[Any]]
) -> tuple[StudentFacts, ...]:
    fees = load_flat_fees(work, slot, head.placement_model)
    to_make_up = load_credits(work, slot, head.make_up_of_id)
    ahead = _charged_ahead(work, slot) if head.status.is_ahead else frozenset()
    is_whole = head.is_whole_price and head.course_amount is not None
    enrolled = _enrolled(work, head.series_id, slot.service_on) if is_whole else set()
    return tuple(
        StudentFacts(
            student_id=row.student_id,
            household_id=row.household_id,
            state=row.state,
            model=BillingModel(head.placement_model or row.model),
            actual_minutes=row.actual_minutes,
            notice_minutes=_first_known(row.notice_minutes, head.notice_minutes),
            is_waived=bool(row.waived_reason),
            is_enrolled=row.student_id in enrolled,
            was_charged_ahead=row.student_id in ahead,
            is_credited=row.is_credited,
            flat_fee=fees.get(row.student_id),
            credit=to_make_up.get(row.student_id),
        )
        for row in rows
    )


def _first_known(own: int | None, whole: int | None) -> int | None:
    return whole if own is None else own


def _charged_ahead(work: Work, slot: Slot) -> frozenset[int | None]:
    return frozenset(
        work.scalars(
            select(Charge.student_id).where(
                Charge.session_id == slot.session_id,
                Charge.kind == ChargeKind.SESSION,
                Charge.reverses_id.is_(None),
            )
        )
    )


def _enrolled(work: Work, series_id: int, on: date) -> set[int]:
    return set(
        work.scalars(
            select(Enrolment.student_id).where(
                Enrolment.series_id == series_id,
                Enrolment.state != EnrolmentState.WAITING,
                Enrolment.from_on <= on,
                or_(Enrolment.until_on.is_(None), Enrolment.until_on >= on),
            )
        )
    )


def _households(
    work: Work, slot: Slot, household_ids: set[int], concern: Concern
) -> dict[int, HouseholdFacts]:
    shares = load_shares(work, household_ids, slot.placement_id, slot.service_on)
    names = work.execute(
        select(Household.id, Household.name).where(Household.id.in_(household_ids))
    )
    return {
        household_id: HouseholdFacts(
            household_id,
            name,
            shares.get(household_id, ()),
            _rules(work, slot.service_on, concern, household_id),
        )
        for household_id, name in names.all()
    }


def _rules(work: Work, on: date, concern: Concern, household_id: int) -> MissedRules:
    about = Concern(household_id, concern.tutor_id, concern.offering_id)
    make_up = rule_for(work, MakeUp, on, about)
    return MissedRules(
        no_show=rule_for(work, NoShow, on, about).charge,
        late_cancel=rule_for(work, LateCancel, on, about).charge,
        gives_make_up=make_up.instead_of_charge,
        make_up_days=make_up.expires_days,
        uses_package=rule_for(work, MissedUsesPackage, on, about).yes,
    )


def _prices(work: Work, slot: Slot, household_ids: set[int]) -> tuple[PriceFacts, ...]:
    of_offering = and_(
        Price.offering_id == slot.offering_id,
        or_(Price.household_id.is_(None), Price.household_id.in_(household_ids)),
        Price.placement_id.is_(None),
        Price.session_id.is_(None),
    )
    wanted = [of_offering, Price.session_id == slot.session_id]
    if slot.placement_id is not None:
        wanted.append(Price.placement_id == slot.placement_id)
    rows = work.execute(
        select(
            Price.id,
            Price.level,
            Price.per,
            Price.amount,
            Price.tiers,
            Price.household_id,
            Price.valid_from,
        ).where(or_(*wanted))
    )
    return tuple(
        PriceFacts(
            price_id=row.id,
            level=row.level,
            per=row.per,
            amount=row.amount,
            tiers={int(size): amount for size, amount in row.tiers.items()},
            household_id=row.household_id,
            valid_from=row.valid_from,
        )
        for row in rows
    )


def _credited(
    work: Work, session_id: int, rows: list[Row[Any]]
) -> frozenset[ChargeContent]:
    flagged = {row.student_id for row in rows if row.is_credited}
    if not flagged:
        return frozenset()
    charges = work.scalars(
        select(Charge).where(Charge.session_id == session_id).order_by(Charge.id)
    ).all()
    own = [row for row in charges if row.student_id in {None, *flagged}]
    return credited_in_session(work, own)
