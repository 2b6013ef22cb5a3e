"""Reads all that decides what a session costs, by columns and in few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select

from app.models.billing import Charge
from app.models.database import Snapshot, Transaction
from app.models.office import OfficeProfile
from app.models.people import Household
from app.models.scheduling import (
    Enrolment,
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
    ContractFacts,
    HouseholdFacts,
    LotFacts,
    MissedRules,
    OfferingFacts,
    SessionFacts,
    StudentFacts,
)
from app.services.charging.loading_funds import (
    Fee,
    Slot,
    load_contract,
    load_credits,
    load_fees,
    load_flat_fees,
    load_lots_of_many,
)
from app.services.charging.loading_prices import PriceList, load_prices
from app.services.charging.loading_shares import ShareBook, load_share_book
from app.services.desk import profile
from app.services.policies import Concern, rule_for
from app.services.session_parts import (
    Record,
    heads_of,
    places_of,
    tutors_of,
)

Work = Snapshot | Transaction
_NAME = select(Household.name).where(Household.id == bindparam("household"))


@dataclass(frozen=True, slots=True)
class _Bare:
    """A session before what may pay for it is known.

    Attributes:
        tutors: main tutor first.
        households: of its students and of its contract.
    """

    head: Record
    slot: Slot
    rows: Sequence[Record]
    tutors: Sequence[int]
    contract: ContractFacts | None
    households: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What was read for several sessions at once."""

    office: OfficeProfile
    fees: Sequence[Fee]
    lots: Mapping[int, tuple[LotFacts, ...]]
    prices: PriceList
    names: Mapping[int, str]
    shares: ShareBook


def load_facts(work: Work, session_id: int) -> SessionFacts:
    """Read a session with all that decides what it costs.

    What this session itself took from lots, contracts and credits counts as not taken,
    so that it may be priced anew.

    Raises:
        MissingRecordError: There is no such session.
        NoProfileError: The office was not set up yet.
    """
    return load_many(work, [session_id])[session_id]


def load_many(work: Work, session_ids: Sequence[int]) -> dict[int, SessionFacts]:
    """Read several sessions with all that decides what each of them costs.

    Each is read as if it were the only one; see `load_facts`.

    Raises:
        MissingRecordError: One of the sessions is not there.
        NoProfileError: The office was not set up yet.
    """
    bare = _bare(work, session_ids)
    households = {one for each in bare for one in each.households}
    placements = {each.slot.placement_id for each in bare} - {None}
    slots = [each.slot for each in bare]
    own = {one for slot in slots for one in slot.household_ids}
    rows = [row for each in bare for row in each.rows]
    has_fees = any(row.has_flat_fees for row in rows)
    has_lots = any(row.has_lots for row in rows)
    terms = _Terms(
        office=profile(work),
        fees=load_fees(work, own) if has_fees else (),
        lots=load_lots_of_many(work, slots) if has_lots else {},
        prices=load_prices(work, slots, households),
        names=_names(work, bare),
        shares=load_share_book(work, households, [one for one in placements if one]),
    )
    return {each.slot.session_id: _facts(work, each, terms) for each in bare}


def _names(work: Work, bare: Sequence[_Bare]) -> dict[int, str]:
    found = {row.household_id: row.household for each in bare for row in each.rows}
    for other in {one for each in bare for one in each.households} - found.keys():
        ((found[other],),) = work.rows(_NAME, {"household": other})
    return found


def _bare(work: Work, session_ids: Sequence[int]) -> list[_Bare]:
    heads = heads_of(work, session_ids)
    zone = ZoneInfo(profile(work).zone)
    places: dict[int, list[Record]] = defaultdict(list)
    for row in places_of(work, session_ids):
        places[row.session_id].append(row)
    tutors: dict[int, list[int]] = defaultdict(list)
    for row in tutors_of(work, session_ids):
        tutors[row.session_id].append(row.tutor_id)
    return [
        _one_bare(work, heads[each], places[each], tutors[each], zone)
        for each in dict.fromkeys(session_ids)
    ]


def _one_bare(
    work: Work,
    head: Record,
    rows: Sequence[Record],
    tutors: Sequence[int],
    zone: ZoneInfo,
) -> _Bare:
    slot = _slot(head, rows, zone)
    contract_id = head.contract_id or head.placement_contract_id
    contract = load_contract(work, slot, contract_id, head.tax_code_id)
    households = slot.household_ids
    if contract is not None:
        households.add(contract.household_id)
    return _Bare(head, slot, rows, tutors, contract, frozenset(households))


def _facts(work: Work, bare: _Bare, terms: _Terms) -> SessionFacts:
    head, slot = bare.head, bare.slot
    return SessionFacts(
        session_id=slot.session_id,
        service_on=slot.service_on,
        planned_minutes=TimeSpan(head.starts_at, head.ends_at).minutes,
        status=head.status,
        offering=_offering(head),
        students=_students(work, bare, terms.fees),
        households=_households(work, bare, terms),
        prices=terms.prices.of(slot, bare.households),
        basis=terms.office.prices,
        tutors=len(bare.tutors),
        is_trial=head.is_trial,
        money=None if head.close_out is CloseOutState.OPEN else head.money,
        course_amount=None if head.is_whole_price else head.course_amount,
        contract=bare.contract,
        lots=terms.lots.get(slot.session_id, ()),
        credited=_credited(work, slot.session_id, bare.rows),
    )


def _slot(head: Record, rows: Sequence[Record], zone: ZoneInfo) -> Slot:
    return Slot(
        session_id=head.id,
        starts_at=head.starts_at,
        service_on=local_date(head.starts_at, zone),
        zone=zone,
        offering_id=head.offering_id,
        placement_id=head.placement_id,
        places=tuple((row.student_id, row.household_id) for row in rows),
    )


def _offering(head: Record) -> OfferingFacts:
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


def _students(work: Work, bare: _Bare, fees: Sequence[Fee]) -> tuple[StudentFacts, ...]:
    head, slot = bare.head, bare.slot
    flat = load_flat_fees(work, slot, head.placement_model, fees)
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
            flat_fee=flat.get(row.student_id),
            credit=to_make_up.get(row.student_id),
        )
        for row in bare.rows
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


def _households(work: Work, bare: _Bare, terms: _Terms) -> dict[int, HouseholdFacts]:
    slot, tutors = bare.slot, bare.tutors
    concern = Concern(None, tutors[0] if tutors else None, slot.offering_id)
    wanted = sorted(bare.households)
    shares = terms.shares.on_day(wanted, slot.placement_id, slot.service_on)
    return {
        household_id: HouseholdFacts(
            household_id,
            terms.names[household_id],
            shares.get(household_id, ()),
            _rules(work, slot.service_on, concern, household_id),
        )
        for household_id in wanted
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


def _credited(
    work: Work, session_id: int, rows: Sequence[Record]
) -> frozenset[ChargeContent]:
    flagged = {row.student_id for row in rows if row.is_credited}
    if not flagged:
        return frozenset()
    charges = work.scalars(
        select(Charge).where(Charge.session_id == session_id).order_by(Charge.id)
    ).all()
    own = [row for row in charges if row.student_id in {None, *flagged}]
    return credited_in_session(work, own)
