"""The sum behind every amount of pay: which lines it is made of, and how."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from app.models.catalog import Offering
from app.models.database import Snapshot, Transaction
from app.models.payroll import LineQuery, PayLine
from app.models.people import Student
from app.models.scheduling import Attendance, Session
from app.models.values.money import time_amount
from app.models.values.payroll import PayKind, PayPer
from app.services.payroll.faces import kind_words
from app.services.payroll.gathering import ReadyLine
from app.services.payroll.sums import TIMED, Taken, sums, worked

TEACHING = frozenset({PayKind.SESSION, PayKind.NO_SHOW, PayKind.LATE_CANCEL})
_ALONE = frozenset({PayKind.ADJUSTMENT, PayKind.OTHER_WORK, PayKind.HOLIDAY})


class Mark(StrEnum):
    """Where a line does not simply belong to the period."""

    NONE = ""
    LATE = "late"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A pay line with what it is about; amounts in minor units.

    Attributes:
        line_id: 0 while it is not kept, as holiday pay before a run is approved.
        starts_at: when the session began; None without one.
        students: names, in the order of the session.
        minutes: the tutor's own, None where pay is not by time.
        question: what the tutor asks about it and nobody has answered.
        query_id: the question's number.
    """

    line_id: int
    session_id: int | None
    service_on: date
    starts_at: datetime | None
    students: str
    offering: str
    kind: PayKind
    minutes: int | None
    rate: int | None
    rate_per: str
    distance: Decimal | None
    amount: int
    reason: str
    mark: Mark
    question: str = ""
    query_id: int | None = None


@dataclass(frozen=True, slots=True)
class Earned:
    """An amount of a statement with the lines that it is the sum of, minor units.

    Attributes:
        minutes, rate: given where hours by rate come to the amount exactly.
    """

    kind: PayKind
    label: str
    mark: Mark
    amount: int
    lines: tuple[PaidLine, ...]
    minutes: int | None = None
    rate: int | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """What a tutor gets, amount by amount, minor units.

    Attributes:
        deductions: purpose and amount.
    """

    earned: tuple[Earned, ...]
    deductions: tuple[tuple[str, int], ...]
    minutes: int
    gross: int
    deducted: int
    net: int


def explain(
    work: Snapshot | Transaction,
    lines: Sequence[ReadyLine],
    taken: Iterable[Taken],
    from_on: date,
) -> Explained:
    """Group lines by kind and rate; corrections and late ones stand apart."""
    listed = list(taken)
    total = sums(lines, listed)
    facts = _load(work, lines)
    groups: dict[tuple[Any, ...], list[PaidLine]] = defaultdict(list)
    order, marks = list(PayKind), list(Mark)
    for line in lines:
        paid = _paid(line, facts, from_on)
        alone = len(groups) if line.kind in _ALONE else -1
        rate = line.rate if _is_hourly(line) else -1
        place = order.index(line.kind)
        groups[marks.index(paid.mark), place, -(rate or 0), alone].append(paid)
    return Explained(
        earned=tuple(_earned(groups[key]) for key in sorted(groups)),
        deductions=tuple((each.purpose, each.amount) for each in listed),
        minutes=total.minutes,
        gross=total.gross,
        deducted=total.deducted,
        net=total.net,
    )


def mark_of(line: ReadyLine, from_on: date) -> Mark:
    """Say whether a line corrects something, or comes late."""
    if line.is_reversal:
        return Mark.CORRECTION
    return Mark.LATE if line.service_on < from_on else Mark.NONE


def _is_hourly(line: ReadyLine) -> bool:
    """Say whether hours by rate are the whole explanation."""
    if line.rate is None or line.minutes is None or line.rate_per != PayPer.HOUR.value:
        return False
    return time_amount(line.rate, line.minutes) == line.amount


def _earned(lines: Sequence[PaidLine]) -> Earned:
    first = lines[0]
    amount = sum(line.amount for line in lines)
    minutes = sum(line.minutes or 0 for line in lines)
    is_sum = (
        first.rate is not None
        and first.rate_per == PayPer.HOUR.value
        and all(line.minutes is not None for line in lines)
        and time_amount(first.rate, minutes) == amount
    )
    return Earned(
        kind=first.kind,
        label=kind_words(first.kind),
        mark=first.mark,
        amount=amount,
        lines=tuple(lines),
        minutes=minutes if is_sum else None,
        rate=first.rate if is_sum else None,
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    students: Mapping[int, str]
    offerings: Mapping[int, str]
    distances: Mapping[int, Decimal | None]
    questions: Mapping[int, tuple[int, str]]


def _paid(line: ReadyLine, facts: _Facts, from_on: date) -> PaidLine:
    session_id = line.session_id or 0
    query_id, question = facts.questions.get(line.line_id, (None, ""))
    return PaidLine(
        line_id=line.line_id,
        session_id=line.session_id,
        service_on=line.service_on,
        starts_at=line.starts_at,
        students=facts.students.get(session_id, ""),
        offering=facts.offerings.get(session_id, ""),
        kind=line.kind,
        minutes=worked(line) if line.kind in TIMED else None,
        rate=line.rate,
        rate_per=line.rate_per,
        distance=facts.distances.get(line.line_id),
        amount=line.amount,
        reason=line.reason,
        mark=mark_of(line, from_on),
        question=question,
        query_id=query_id,
    )


def _load(work: Snapshot | Transaction, lines: Sequence[ReadyLine]) -> _Facts:
    sessions = {line.session_id for line in lines if line.session_id}
    ids = [line.line_id for line in lines if line.line_id]
    names: dict[int, list[str]] = defaultdict(list)
    for session_id, name in work.execute(
        select(Attendance.session_id, Student.name)
        .join(Student, Student.id == Attendance.student_id)
        .where(Attendance.session_id.in_(sessions))
        .order_by(Attendance.position, Attendance.id)
    ):
        names[session_id].append(name)
    offerings = work.execute(
        select(Session.id, Offering.name)
        .join(Offering, Offering.id == Session.offering_id)
        .where(Session.id.in_(sessions))
    )
    distances = work.execute(
        select(PayLine.id, PayLine.distance).where(
            PayLine.id.in_(ids), PayLine.distance.is_not(None)
        )
    )
    questions = work.execute(
        select(LineQuery.pay_line_id, LineQuery.id, LineQuery.question).where(
            LineQuery.pay_line_id.in_(ids), LineQuery.answered_at.is_(None)
        )
    )
    return _Facts(
        {session_id: ", ".join(each) for session_id, each in names.items()},
        dict(offerings.all()),
        dict(distances.all()),
        {line_id: (query_id, text) for line_id, query_id, text in questions},
    )
