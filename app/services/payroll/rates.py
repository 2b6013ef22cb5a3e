"""Which rate of pay holds: the first level that has one, its newest by date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, bindparam, or_, select

from app.models.database import Snapshot, Transaction
from app.models.payroll import PayRate
from app.models.values.payroll import PayKind, PayLevel
from app.models.values.terms import PayTerms

_STRONGEST_FIRST = {level: place for place, level in enumerate(PayLevel)}
_RATES = select(*PayRate.__table__.columns).where(
    or_(
        and_(
            PayRate.session_id.is_(None),
            or_(
                PayRate.tutor_id.is_(None),
                PayRate.tutor_id.in_(bindparam("tutors", expanding=True)),
            ),
        ),
        PayRate.session_id.in_(bindparam("sessions", expanding=True)),
    )
)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of pay and what it is agreed for; ids that are None fit everything."""

    rate_id: int
    level: PayLevel
    kind: PayKind
    terms: PayTerms
    session_id: int | None = None
    placement_id: int | None = None
    tutor_id: int | None = None
    offering_id: int | None = None
    subject_id: int | None = None
    level_id: int | None = None
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rate is looked for."""

    tutor_id: int
    on: date
    kind: PayKind = PayKind.SESSION
    session_id: int | None = None
    placement_id: int | None = None
    offering_id: int | None = None
    subject_id: int | None = None
    level_ids: frozenset[int] = field(default_factory=frozenset)


def find_rate(rates: Iterable[Rate], wanted: Wanted) -> Rate | None:
    """Find the rate of the strongest level, the most particular and newest there."""
    fitting = [rate for rate in rates if _fits(rate, wanted)]
    return min(fitting, key=_rank, default=None)


def _rank(rate: Rate) -> tuple[int, int, int, int]:
    particular = sum(one is not None for one in (rate.tutor_id, rate.level_id))
    valid_from = rate.valid_from or date.min
    return (
        _STRONGEST_FIRST[rate.level],
        -particular,
        -valid_from.toordinal(),
        -rate.rate_id,
    )


def _fits(rate: Rate, wanted: Wanted) -> bool:
    return (
        rate.kind is wanted.kind
        and (rate.valid_from is None or rate.valid_from <= wanted.on)
        and rate.tutor_id in {None, wanted.tutor_id}
        and rate.session_id in {None, wanted.session_id}
        and rate.placement_id in {None, wanted.placement_id}
        and rate.offering_id in {None, wanted.offering_id}
        and rate.subject_id in {None, wanted.subject_id}
        and (rate.level_id is None or rate.level_id in wanted.level_ids)
    )


def load_rates(
    work: Snapshot | Transaction,
    session_ids: Iterable[int],
    tutor_ids: Iterable[int],
) -> tuple[Rate, ...]:
    """Read every rate that may hold for some tutors, in some sessions or in any."""
    asked = {"sessions": list(session_ids), "tutors": list(tutor_ids)}
    return tuple(rate_of(row) for row in work.rows(_RATES, asked))


def rate_of(row: PayRate | Row[*tuple[Any, ...]]) -> Rate:
    """Turn a kept rate into a value."""
    return Rate(
        rate_id=row.id,
        level=row.level,
        kind=row.kind,
        terms=PayTerms(
            per=row.per,
            amount=row.amount,
            percent=row.percent,
            minimum=row.minimum,
            per_extra_student=row.per_extra_student,
            tiers={int(count): amount for count, amount in row.tiers.items()},
        ),
        session_id=row.session_id,
        placement_id=row.placement_id,
        tutor_id=row.tutor_id,
        offering_id=row.offering_id,
        subject_id=row.subject_id,
        level_id=row.level_id,
        valid_from=row.valid_from,
    )
