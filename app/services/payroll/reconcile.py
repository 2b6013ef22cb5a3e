"""Brings a session's pay lines to what they should be, without editing any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.models.database import Transaction
from app.models.payroll import PayLine
from app.models.values.payroll import PayKind
from app.services.open_days import OpenDays, open_days
from app.services.payroll.rules import Draft
from app.text import _

SESSION_MADE = (
    PayKind.SESSION,
    PayKind.NO_SHOW,
    PayKind.LATE_CANCEL,
    PayKind.PREPARATION,
    PayKind.TRAVEL_TIME,
    PayKind.MILEAGE,
    PayKind.EXPENSE,
)
_OUTCOMES = frozenset({PayKind.SESSION, PayKind.NO_SHOW, PayKind.LATE_CANCEL})
_CONTENT = (
    "tutor_id",
    "kind",
    "claim",
    "service_on",
    "minutes",
    "worked_minutes",
    "rate",
    "rate_per",
    "percent",
    "distance",
    "distance_rate",
    "amount",
)
_DRAFTED = tuple(field.name for field in fields(Draft))
_MEASURES = ("minutes", "worked_minutes", "distance", "amount")
_LIVE = (
    select(PayLine)
    .where(
        PayLine.session_id.in_(bindparam("ids", expanding=True)),
        PayLine.live_key.is_not(None),
        PayLine.kind.in_(SESSION_MADE),
    )
    .order_by(PayLine.id)
)


@dataclass(frozen=True, slots=True)
class Step:
    """When lines are brought to what they should be, and which days are open."""

    now: datetime
    open: OpenDays


def reconcile(
    transaction: Transaction, drafts: Mapping[int, Iterable[Draft]], now: datetime
) -> None:
    """Replace, reverse and add lines until each session's live ones are its drafts.

    What already stands stays. A line on no statement is marked replaced; a line on
    one, or of a locked day, gets a reversal. What is added for a locked day bears one
    of the open period. Doing it again changes nothing.

    Args:
        transaction: the change that this is a step of.
        drafts: what ought to stand now, by session.
        now: when it happens, in UTC.
    """
    live: dict[int | None, list[PayLine]] = defaultdict(list)
    for line in transaction.scalars(_LIVE, {"ids": list(drafts)}):
        live[line.session_id].append(line)
    rows: list[dict[str, Any]] = []
    step = Step(now, open_days(transaction))
    for session_id, wanted in drafts.items():
        rows += _brought(session_id, live[session_id], wanted, step)
    transaction.flush()  # frees the live keys before their successors take them
    transaction.insert_all(PayLine, rows)


def _brought(
    session_id: int, live: Iterable[PayLine], drafts: Iterable[Draft], step: Step
) -> list[dict[str, Any]]:
    """End what no longer holds of one session, and give the rows that come instead."""
    wanted = {_key(session_id, draft): draft for draft in drafts}
    old: dict[tuple[int, str, str], PayLine] = {}
    for line in live:
        draft = wanted.get(line.live_key or "")
        if draft is not None and is_same(line, draft):
            del wanted[line.live_key or ""]
        else:
            old[_slot(line)] = line
    reversals = [row for line in old.values() for row in take_back(line, step)]
    rows = [
        {
            **{name: getattr(draft, name) for name in _DRAFTED},
            **step.open.days(draft.service_on),
            "session_id": session_id,
            "live_key": key,
            "made_at": step.now,
            "successor_of_id": getattr(old.get(_slot(draft)), "id", None),
        }
        for key, draft in wanted.items()
    ]
    return [*reversals, *rows]


def is_same(line: PayLine, draft: Draft) -> bool:
    """Say whether a line already says what the draft says."""
    own = line.original_on or line.service_on
    return own == draft.service_on and all(
        getattr(line, name) == getattr(draft, name)
        for name in _CONTENT
        if name != "service_on"
    )


def take_back(line: PayLine, step: Step) -> list[dict[str, Any]]:
    """End a line: mark it replaced, or give the reversal that a locked one needs."""
    line.live_key = None
    if line.statement_id is None and not step.open.is_locked(line.service_on):
        line.replaced_at = step.now
        return []
    days = step.open.days(line.service_on, line.original_on)
    return [{**reversal_of(line, step.now), **days}]


def reversal_of(line: PayLine, now: datetime) -> dict[str, Any]:
    """Make the row that takes a locked line back."""
    row = copy_of(line, now)
    for name in _MEASURES:
        row[name] = None if row[name] is None else -row[name]
    return {**row, "reason": _("takes back an earlier line"), "reverses_id": line.id}


def copy_of(line: PayLine, now: datetime) -> dict[str, Any]:
    """Make a row with the same content as a line."""
    kept = (*_CONTENT, "original_on", "session_id", "rate_source", "reason")
    return {**{name: getattr(line, name) for name in kept}, "made_at": now}


def _key(session_id: int, draft: Draft) -> str:
    return f"s{session_id}/t{draft.tutor_id}/{draft.kind.value}/{draft.claim}"


def _slot(line: PayLine | Draft) -> tuple[int, str, str]:
    """Name what a line is for, whatever the outcome calls it."""
    kind = "outcome" if line.kind in _OUTCOMES else line.kind.value
    return (line.tutor_id, kind, line.claim)
