"""Which pay lines a run takes, and which have to wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, and_, func, select

from app.models.database import Snapshot, Transaction
from app.models.payroll import PayLine
from app.models.scheduling import Session, SessionTutor
from app.models.values.payroll import PayKind
from app.models.values.schedule import TimeSpan
from app.services.payroll.requests import PayException, PayRunOf
from app.services.payroll.waiting import Part, waiting_parts

Work = Snapshot | Transaction


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """A pay line as a statement needs it; the id is 0 while it is not yet kept.

    Attributes:
        service_on: the day it is for, even where a lock lets the line bear a later one.
        starts_at, taught_minutes: when and how long the tutor really taught, where it
            is a session's line.
    """

    line_id: int
    tutor_id: int
    session_id: int | None
    kind: PayKind
    claim: str
    service_on: date
    minutes: int | None
    worked_minutes: int | None
    rate: int | None
    rate_per: str
    percent: Decimal | None
    amount: int
    reason: str
    is_reversal: bool
    starts_at: datetime | None = None
    taught_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The lines that can be paid by tutor, and why others wait."""

    lines: dict[int, list[ReadyLine]]
    waiting: tuple[PayException, ...] = ()


_LINE: tuple[Any, ...] = (
    PayLine.id,
    PayLine.tutor_id,
    PayLine.session_id,
    PayLine.kind,
    PayLine.claim,
    func.coalesce(PayLine.original_on, PayLine.service_on),
    PayLine.minutes,
    PayLine.worked_minutes,
    PayLine.rate,
    PayLine.rate_per,
    PayLine.percent,
    PayLine.amount,
    PayLine.reason,
    PayLine.reverses_id,
    Session.starts_at,
    Session.ends_at,
    SessionTutor.actual_starts_at,
    SessionTutor.actual_minutes,
)
_TIMES = 3  # the fields that come last are worked out
_NAMES = [each.name for each in fields(ReadyLine)][:-_TIMES]


def gather(work: Work, asked: PayRunOf) -> Gathered:
    """Read every line on no statement up to the period's end that may be paid now."""
    statement = _lines().where(
        PayLine.statement_id.is_(None),
        PayLine.replaced_at.is_(None),
        PayLine.service_on <= asked.until_on,
    )
    if asked.tutor_ids is not None:
        statement = statement.where(PayLine.tutor_id.in_(asked.tutor_ids))
    found = [_ready(row) for row in work.execute(statement)]
    parts: dict[Part, date] = {
        (line.session_id, line.tutor_id): line.service_on
        for line in found
        if line.session_id is not None
    }
    waiting = waiting_parts(work, parts)
    lines: dict[int, list[ReadyLine]] = {}
    for line in sorted(found, key=_order):
        if (line.session_id, line.tutor_id) not in waiting:
            lines.setdefault(line.tutor_id, []).append(line)
    return Gathered(lines, tuple(waiting.values()))


def locked_lines(
    work: Work, statement_ids: Iterable[int]
) -> dict[int, list[ReadyLine]]:
    """Read the lines of frozen statements, by tutor."""
    query = _lines().where(PayLine.statement_id.in_(list(statement_ids)))
    found = sorted((_ready(row) for row in work.execute(query)), key=_order)
    lines: dict[int, list[ReadyLine]] = {}
    for line in found:
        lines.setdefault(line.tutor_id, []).append(line)
    return lines


def _lines() -> Select[Any]:
    return (
        select(*_LINE)
        .outerjoin(Session, Session.id == PayLine.session_id)
        .outerjoin(
            SessionTutor,
            and_(
                SessionTutor.session_id == PayLine.session_id,
                SessionTutor.tutor_id == PayLine.tutor_id,
            ),
        )
    )


def _order(line: ReadyLine) -> tuple[date, float, int]:
    starts = line.starts_at.timestamp() if line.starts_at else 0.0
    return (line.service_on, starts, line.line_id)


def _ready(row: Row[Any]) -> ReadyLine:
    values: list[Any] = list(row)
    *plain, reverses_id, starts_at, ends_at, actual_at, actual = values
    planned = None if starts_at is None else TimeSpan(starts_at, ends_at).minutes
    named = dict(zip(_NAMES, plain, strict=True))
    return ReadyLine(
        **named,
        is_reversal=reverses_id is not None,
        starts_at=actual_at or starts_at,
        taught_minutes=planned if actual is None else actual,
    )


def ready_line(line: PayLine) -> ReadyLine:
    """Show a kept line that belongs to no session's times as a statement needs it."""
    named = {name: getattr(line, name) for name in _NAMES if name != "line_id"}
    named["service_on"] = line.original_on or line.service_on
    return ReadyLine(line.id, **named, is_reversal=line.reverses_id is not None)
