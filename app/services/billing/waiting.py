"""Charges that lie on no document yet, with all that their lines will show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, select

from app.models.billing import Charge
from app.models.catalog import Offering, TaxCode
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.people import Household, Payer, Student, Tutor
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.billing import ChargeKind
from app.models.values.policies import Approval
from app.models.values.schedule import CloseOutState
from app.services.billing.origins import replaced, thing_of, wholes
from app.services.billing.totals import TaxGroup
from app.services.policies import Concern, is_any_set, rule_for

ChargeRow = Row[*tuple[Any, ...]]
TutorRow = tuple[str, datetime | None]  # name, actual start


class Waiting(NamedTuple):  # a month has many, and these are made fastest
    """A charge on no document: live, or taking an earlier one back.

    Attributes:
        service_on: the day it is for, even where a lock lets it bear a later one.
        amount: minor units as stated, before any discount.
        attended: the student's actual minutes; None is as planned.
        starts_at: when the session began, as closed out if it was.
        planned: the session's planned minutes.
        is_approved: False where the policy asks for an approval that is not there.
        whole: what the payers of the household share, of which this is a part; None
            where it is one payer's alone.
        replaces: number of the invoice whose line it stands in the place of.
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
    offering_id: int | None
    offering: str
    attended: int | None
    tax: TaxGroup
    starts_at: datetime | None
    planned: int | None
    tutors: tuple[str, ...] = ()
    is_approved: bool = True
    whole: int | None = None
    replaces: str = ""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is known of waiting charges besides their own rows."""

    tutors: Mapping[int, Sequence[TutorRow]]
    wholes: Mapping[object, int]
    replaced: Mapping[int, str]
    held: frozenset[int]


_AS_IT_IS = (  # in the order of the fields
    Charge.id,
    Payer.household_id,
    Charge.payer_id,
    Charge.session_id,
    Charge.student_id,
    func.coalesce(Student.name, "").label("student"),
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
    TaxCode.name.label("tax_name"),
    Session.offering_id,
    func.coalesce(Offering.name, "").label("offering"),
    Attendance.actual_minutes,
)
_COLUMNS: tuple[Any, ...] = (
    *_AS_IT_IS,
    Charge.successor_of_id,
    TaxCode.rate.label("tax_rate"),
    TaxCode.category,
    TaxCode.reason.label("tax_reason"),
    Session.starts_at,
    Session.ends_at,
    CloseOut.state.label("close_out"),
)
_UP_TO = (Charge.service_on <= bindparam("until_on"),)
_OF_PAYERS = (*_UP_TO, Charge.payer_id.in_(bindparam("payers", expanding=True)))
_THESE = (Charge.id.in_(bindparam("charges", expanding=True)),)
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
_TUTORS = (
    select(
        SessionTutor.session_id,
        Tutor.name,
        SessionTutor.actual_starts_at,
    )
    .join(Tutor, Tutor.id == SessionTutor.tutor_id)
    .order_by(SessionTutor.position, SessionTutor.id)
)


@dataclass(frozen=True, slots=True)
class Which:
    """Which of the waiting charges are meant; the conditions are asked with values."""

    conditions: tuple[ColumnElement[bool], ...]
    values: Mapping[str, Any]


def until(until_on: date, payer_ids: Iterable[int] | None = None) -> Which:
    """Mean the charges up to a day, of some payers."""
    if payer_ids is None:
        return Which(_UP_TO, {"until_on": until_on})
    return Which(_OF_PAYERS, {"until_on": until_on, "payers": list(payer_ids)})


def these(charge_ids: Iterable[int]) -> Which:
    """Mean some charges."""
    return Which(_THESE, {"charges": list(charge_ids)})


def load_waiting(work: Snapshot | Transaction, which: Which) -> list[Waiting]:
    """Read charges on no document: by student, date and time."""
    charges, tutors = _queries(which.conditions)
    rows = work.rows(charges, which.values)
    follows = {row.id: row.successor_of_id for row in rows if row.successor_of_id}
    beside = _Beside(
        _tutors(work.rows(tutors, which.values)),
        wholes(work, rows),
        replaced(work, follows),
        _held(work, rows),
    )
    taxes: dict[tuple[Any, ...], TaxGroup] = {}
    return sorted((_waiting(row, beside, taxes) for row in rows), key=_place)


def _place(row: Waiting) -> tuple[bool, str, int, date, float, int]:
    start = row.starts_at.timestamp() if row.starts_at else 0.0
    name = row.student.casefold()
    nobody = row.student_id is None
    return nobody, name, row.student_id or 0, row.service_on, start, row.charge_id


@cache
def _queries(
    conditions: tuple[ColumnElement[bool], ...],
) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """Make what reads the charges, and what reads the tutors of their sessions."""
    sessions = (
        select(Charge.session_id)
        .join(Payer, Payer.id == Charge.payer_id)  # leads to an index past old charges
        .where(_LIES_NOWHERE, *conditions)
    )
    tutors = _TUTORS.where(SessionTutor.session_id.in_(sessions))
    return _WAITING.where(*conditions), tutors


def _tutors(rows: Sequence[ChargeRow]) -> Mapping[int, Sequence[TutorRow]]:
    found: dict[int, list[TutorRow]] = defaultdict(list)
    for session_id, name, starts_at in rows:
        found[session_id].append((name, starts_at))
    return found


def _waiting(
    row: ChargeRow, beside: _Beside, taxes: dict[tuple[Any, ...], TaxGroup]
) -> Waiting:
    """Make a row into a charge; charges that are taxed alike share their tax."""
    taxed, (starts_at, ends_at) = row[-6:-3], row[-3:-1]
    if taxed not in taxes:
        taxes[taxed] = TaxGroup(*taxed)
    tutors = beside.tutors.get(row.session_id, ())
    planned = None
    if starts_at is not None:
        planned = int((ends_at - starts_at).total_seconds()) // 60
        starts_at = (tutors[0][1] if tutors else None) or starts_at
    values: list[Any] = [
        *row[: len(_AS_IT_IS)],
        taxes[taxed],
        starts_at,
        planned,
        tuple([name for name, _start in tutors]),
        row[0] not in beside.held,
        beside.wholes.get(thing_of(row)) if beside.wholes else None,
        beside.replaced.get(row[0], ""),
    ]
    return Waiting(*values)


def _held(work: Snapshot | Transaction, rows: Sequence[ChargeRow]) -> frozenset[int]:
    """Name what waits for an approval; only offices with such a policy ask."""
    if not is_any_set(work, Approval):
        return frozenset()
    rules: dict[tuple[int, int | None, date], bool] = {}
    held: set[int] = set()
    for row in rows:
        place = (row.household_id, row.offering_id, row.service_on)
        if place not in rules:
            concern = Concern(
                household_id=row.household_id, offering_id=row.offering_id
            )
            rules[place] = rule_for(work, Approval, row.service_on, concern).invoices
        if rules[place] and row.close_out not in {None, CloseOutState.APPROVED}:
            held.add(row.id)
    return frozenset(held)


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


_RECEIVER: tuple[Any, ...] = (  # in the order of the fields, and its place
    Payer.id,
    Payer.household_id,
    Household.name.label("household"),
    Household.currency,
    Household.language,
    Household.channel,
    Payer.name,
    Payer.address,
    Payer.email,
    Payer.tax_number,
    Payer.reference,
    Payer.position,
)
_RECEIVERS = (
    select(*_RECEIVER)
    .join(Household, Household.id == Payer.household_id)
    .where(Payer.id.in_(bindparam("ids", expanding=True)))
)


def load_receivers(
    work: Snapshot | Transaction, payer_ids: Iterable[int]
) -> list[Receiver]:
    """Read payers in the order of issue: household's name, its id, as listed."""
    rows = sorted(
        work.rows(_RECEIVERS, {"ids": list(payer_ids)}),
        key=lambda row: (row.household.casefold(), row[1], row.position, row[0]),
    )
    return [Receiver(*row[:-1]) for row in rows]
