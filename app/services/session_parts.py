"""What charges and pay both ask of a session: its head, its people, what hangs on it.

A close-out settles charges and pay in one step, so each part is read once there and
again only when it has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, select

from app.models.agreements import (
    ContractUse,
    FlatFee,
    Lot,
    LotUse,
    MakeUpCredit,
    MakeUpUse,
)
from app.models.base import Model
from app.models.catalog import Offering, Place, TaxCode
from app.models.closing import (
    CloseOut,
    Expense,
    Homework,
    MileageClaim,
    Note,
    SkillTouch,
)
from app.models.database import Snapshot, Transaction
from app.models.payroll import MissingPayRate
from app.models.people import Household, Student
from app.models.scheduling import (
    Attendance,
    Placement,
    Series,
    Session,
    SessionTutor,
)
from app.services.desk import MissingRecordError
from app.text import _

Work = Snapshot | Transaction
Record = Row[*tuple[Any, ...]]
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_HEAD: tuple[Any, ...] = (
    Session.id,
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
    Offering.subject_id,
    Offering.from_level_id,
    Offering.to_level_id,
    Offering.pay_step_minutes,
    Offering.preparation_minutes,
    Placement.model.label("placement_model"),
    Placement.contract_id.label("placement_contract_id"),
    Series.course_amount,
    Series.is_whole_price,
    Place.kind.label("place_kind"),
    CloseOut.id.label("close_out_id"),
    CloseOut.money,
    CloseOut.state.label("close_out"),
)
_HEADS = (
    select(*_HEAD)
    .join(Offering, Offering.id == Session.offering_id)
    .join(TaxCode, TaxCode.id == Offering.tax_code_id)
    .outerjoin(Placement, Placement.id == Session.placement_id)
    .outerjoin(Series, Series.id == Session.series_id)
    .outerjoin(Place, Place.id == Session.place_id)
    .outerjoin(CloseOut, CloseOut.session_id == Session.id)
    .where(Session.id.in_(_IDS))
)
_PLACES = (
    select(
        Attendance.session_id,
        Attendance.student_id,
        Attendance.state,
        Attendance.actual_minutes,
        Attendance.notice_minutes,
        Attendance.charge_reason,
        Attendance.waived_reason,
        Attendance.is_credited,
        Student.household_id,
        Household.name.label("household"),
        Household.model,
        select(Lot.id)
        .where(Lot.household_id == Student.household_id)
        .exists()
        .label("has_lots"),
        select(FlatFee.id)
        .where(FlatFee.household_id == Student.household_id)
        .exists()
        .label("has_flat_fees"),
    )
    .join(Student, Student.id == Attendance.student_id)
    .join(Household, Household.id == Student.household_id)
    .where(Attendance.session_id.in_(_IDS))
    .order_by(Attendance.position, Attendance.id)
)
_TUTORS = (
    select(
        SessionTutor.session_id,
        SessionTutor.tutor_id,
        SessionTutor.actual_minutes,
        SessionTutor.pay_reason,
    )
    .where(SessionTutor.session_id.in_(_IDS))
    .order_by(SessionTutor.position, SessionTutor.id)
)
_HANGING = (
    Note,
    Homework,
    SkillTouch,
    Expense,
    MileageClaim,
    LotUse,
    ContractUse,
    MakeUpUse,
    MakeUpCredit,
    MissingPayRate,
)
_ANY = select(
    *(
        select(kind.id).where(kind.session_id.in_(_IDS)).exists().label(kind.__name__)
        for kind in _HANGING
    )
)


def heads_of(work: Work, session_ids: Sequence[int]) -> dict[int, Record]:
    """Read what sessions are, with their offerings and close-outs, by id.

    Raises:
        MissingRecordError: One of them is not there.
    """
    found = {row.id: row for row in work.rows_once(_HEADS, _asked(session_ids))}
    if not found.keys() >= set(session_ids):
        raise MissingRecordError(_("session"))
    return found


def places_of(work: Work, session_ids: Sequence[int]) -> Sequence[Record]:
    """Read the students' places in sessions, in listed order."""
    return work.rows_once(_PLACES, _asked(session_ids))


def tutors_of(work: Work, session_ids: Sequence[int]) -> Sequence[Record]:
    """Read the tutors' parts in sessions, in listed order."""
    return work.rows_once(_TUTORS, _asked(session_ids))


def has_any(work: Work, session_ids: Sequence[int], *kinds: type[Model]) -> bool:
    """Say whether something of some kinds hangs on sessions, whatever its state.

    All kinds are asked for at once, because most sessions have nothing of any.

    Args:
        work: where to look.
        session_ids: the sessions.
        kinds: what may hang on a session.
    """
    (found,) = work.rows_once(_ANY, _asked(session_ids))
    return any(getattr(found, kind.__name__) for kind in kinds)


def _asked(session_ids: Sequence[int]) -> dict[str, list[int]]:
    return {"ids": list(session_ids)}
