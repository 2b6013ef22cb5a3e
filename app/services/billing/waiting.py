"""Charges that lie on no document yet, with all that their lines will show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, select

from app.models.billing import Charge
from app.models.catalog import Offering, TaxCode
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.office import Policy
from app.models.people import Household, Payer, Student, Tutor
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.billing import ChargeKind
from app.models.values.policies import Approval
from app.models.values.schedule import CloseOutState
from app.services.billing.origins import replaced, thing_of, wholes
from app.services.billing.totals import TaxGroup
from app.services.policies import Concern, rule_for

ChargeRow = Row[*tuple[Any, ...]]
TutorRow = Row[int, int, str, datetime | None]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A charge on no document: live, or taking an earlier one back.

    Attributes:
        service_on: the day it is for, even where a lock lets it bear a later one.
        amount: minor units as stated, before any discount.
        starts_at: when the session began, as closed out if it was.
        attended: the student's actual minutes; None is as planned.
        planned: the session's planned minutes.
        whole: what the payers of the household share, of which this is a part; None
            where it is one payer's alone.
        replaces: number of the invoice whose line it stands in the place of.
        is_approved: False where the policy asks for an approval that is not there.
    """

    charge_id: int
    household_id: int
    payer_id: int
    session_id: int | None
    student_id: int | None
    student: str
    kind: ChargeKind
    source: str
    period: str
    service_on: date
    minutes: int | None
    rate: int | None
    rate_per: str
    amount: int
    reason: str
    reverses_id: int | None
    tax_name: str
    tax: TaxGroup
    offering_id: int | None
    offering: str
    starts_at: datetime | None
    attended: int | None
    planned: int | None
    tutors: tuple[str, ...] = ()
    is_approved: bool = True
    whole: int | None = None
    replaces: str = ""


_COLUMNS = (
    Charge.id,
    Charge.session_id,
    Charge.student_id,
    Charge.payer_id,
    Charge.kind,
    Charge.source,
    Charge.period,
    func.coalesce(Charge.original_on, Charge.service_on).label("service_on"),
    Charge.minutes,
    Charge.rate,
    Charge.rate_per,
    Charge.amount,
    Charge.reason,
    Charge.reverses_id,
    Charge.successor_of_id,
    Payer.household_id,
    TaxCode.name.label("tax_name"),
    TaxCode.rate.label("tax_rate"),
    TaxCode.category,
    TaxCode.reason.label("tax_reason"),
    Student.name.label("student"),
    Session.offering_id,
    Session.starts_at,
    Session.ends_at,
    Offering.name.label("offering"),
    Attendance.actual_minutes,
    CloseOut.state.label("close_out"),
)
_LIES_NOWHERE = and_(Charge.line_id.is_(None), Charge.replaced_at.is_(None))
_WAITING = (
    select(*_COLUMNS)
    .join(Payer, Payer.id == Charge.payer_id)
    .join(TaxCode, TaxCode.id == Charge.tax_code_id)
    .outerjoin(Student, Student.id == Charge.student_id)
    .outerjoin(Session, Session.id == Charge.session_id)
    .outerjoin(Offering, Offering.id == Session.offering_id)
    .outerjoin(
        Attendance,
        and_(
            Attendance.session_id == Charge.session_id,
            Attendance.student_id == Charge.student_id,
        ),
    )
    .outerjoin(CloseOut, CloseOut.session_id == Charge.session_id)
    .where(_LIES_NOWHERE)
)


def until(until_on: date, payer_ids: Iterable[int] | None = None) -> list[Any]:
    """Say which waiting charges are meant: those up to a day, of some payers."""
    conditions: list[Any] = [Charge.service_on <= until_on]
    if payer_ids is not None:
        conditions.append(Charge.payer_id.in_(list(payer_ids)))
    return conditions


def load_waiting(
    work: Snapshot | Transaction, conditions: Sequence[Any] = ()
) -> list[Waiting]:
    """Read charges on no document: by student, date and time."""
    rows = work.execute(_WAITING.where(*conditions)).all()
    tutors = _tutors(work, conditions)
    listed = [_waiting(row, tutors.get(row.session_id, [])) for row in rows]
    listed = _judged(work, listed, rows)
    listed = _with_origins(work, listed, rows)
    return sorted(listed, key=_place)


def _place(row: Waiting) -> tuple[bool, str, int, date, float, int]:
    start = row.starts_at.timestamp() if row.starts_at else 0.0
    name = row.student.casefold()
    nobody = row.student_id is None
    return nobody, name, row.student_id or 0, row.service_on, start, row.charge_id


def _tutors(
    work: Snapshot | Transaction, conditions: Sequence[Any]
) -> dict[int, list[TutorRow]]:
    sessions = select(Charge.session_id).where(_LIES_NOWHERE, *conditions)
    query = (
        select(
            SessionTutor.session_id,
            Tutor.id,
            Tutor.name,
            SessionTutor.actual_starts_at,
        )
        .join(Tutor, Tutor.id == SessionTutor.tutor_id)
        .where(SessionTutor.session_id.in_(sessions))
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    found: dict[int, list[TutorRow]] = defaultdict(list)
    for row in work.execute(query):
        found[row.session_id].append(row)
    return found


def _waiting(row: ChargeRow, tutors: Sequence[TutorRow]) -> Waiting:
    actual = tutors[0].actual_starts_at if tutors else None
    planned = None
    if row.starts_at is not None:
        planned = int((row.ends_at - row.starts_at).total_seconds()) // 60
    return Waiting(
        charge_id=row.id,
        household_id=row.household_id,
        payer_id=row.payer_id,
        session_id=row.session_id,
        student_id=row.student_id,
        student=row.student or "",
        kind=row.kind,
        source=row.source,
        period=row.period,
        service_on=row.service_on,
        minutes=row.minutes,
        rate=row.rate,
        rate_per=row.rate_per,
        amount=row.amount,
        reason=row.reason,
        reverses_id=row.reverses_id,
        tax_name=row.tax_name,
        tax=TaxGroup(row.tax_rate, row.category, row.tax_reason),
        offering_id=row.offering_id,
        offering=row.offering or "",
        starts_at=actual or row.starts_at,
        attended=row.actual_minutes,
        planned=planned,
        tutors=tuple(tutor.name for tutor in tutors),
    )


def _with_origins(
    work: Snapshot | Transaction, listed: Sequence[Waiting], rows: Sequence[ChargeRow]
) -> list[Waiting]:
    """Say of charges what their payers share, and what they stand in the place of."""
    follows = {row.id: row.successor_of_id for row in rows if row.successor_of_id}
    whole, former = wholes(work, listed), replaced(work, follows)
    return [
        replace(
            each,
            whole=whole.get(thing_of(each)),
            replaces=former.get(each.charge_id, ""),
        )
        for each in listed
    ]


def _judged(
    work: Snapshot | Transaction, listed: list[Waiting], rows: Sequence[ChargeRow]
) -> list[Waiting]:
    """Mark what waits for an approval; only offices with such a policy ask."""
    if work.scalar(select(Policy.id).where(Policy.kind == Approval.kind)) is None:
        return listed
    rules: dict[tuple[int, int | None, date], bool] = {}
    judged = []
    for charge, row in zip(listed, rows, strict=True):
        place = (charge.household_id, charge.offering_id, charge.service_on)
        if place not in rules:
            concern = Concern(
                household_id=charge.household_id, offering_id=charge.offering_id
            )
            rule = rule_for(work, Approval, charge.service_on, concern)
            rules[place] = rule.invoices
        waits = rules[place] and row.close_out not in {None, CloseOutState.APPROVED}
        judged.append(replace(charge, is_approved=not waits))
    return judged


@dataclass(frozen=True, slots=True)
class Receiver:
    """A payer and the household, as a document addresses them."""

    payer_id: int
    household_id: int
    household: str
    currency: str
    language: str
    channel: str
    name: str
    address: str
    email: str
    tax_number: str
    reference: str


def load_receivers(
    work: Snapshot | Transaction, payer_ids: Iterable[int]
) -> list[Receiver]:
    """Read payers in the order of issue: household's name, its id, as listed."""
    found = work.execute(
        select(Payer, Household)
        .join(Household, Household.id == Payer.household_id)
        .where(Payer.id.in_(list(payer_ids)))
    ).all()
    rows = sorted(
        found,
        key=lambda row: (row[1].name.casefold(), row[1].id, row[0].position, row[0].id),
    )
    return [_receiver(payer, household) for payer, household in rows]


def _receiver(payer: Payer, household: Household) -> Receiver:
    return Receiver(
        payer_id=payer.id,
        household_id=household.id,
        household=household.name,
        currency=household.currency,
        language=household.language,
        channel=household.channel,
        name=payer.name,
        address=payer.address,
        email=payer.email,
        tax_number=payer.tax_number,
        reference=payer.reference,
    )
