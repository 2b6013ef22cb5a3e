"""Which sessions' pay waits: for approval, or until the family has paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayLine
from app.models.people import Student
from app.models.scheduling import Attendance, Session
from app.models.values.policies import Approval, PayWhenPaid
from app.models.values.schedule import CloseOutState
from app.services.payroll.money_in import unpaid_sessions
from app.services.payroll.requests import PayException
from app.services.payroll.rule_sets import RuleSet
from app.services.policies import Concern
from app.text import _

Part = tuple[int | None, int]  # a session and one of its tutors


@dataclass(frozen=True, slots=True)
class _SessionFact:
    offering_id: int
    household_id: int | None
    waits_for_approval: bool


def waiting_parts(
    work: Snapshot | Transaction, parts: Mapping[Part, date]
) -> dict[Part, PayException]:
    """Find the parts whose pay waits by the office's rules, each with its sentence.

    Args:
        work: where to read.
        parts: sessions and tutors with their service dates.
    """
    approval, when_paid = RuleSet.load(work, Approval), RuleSet.load(work, PayWhenPaid)
    if approval.is_empty and when_paid.is_empty:
        return {}
    facts = _facts(work)
    found: dict[Part, PayException] = {}
    asks_money: dict[Part, date] = {}
    for part, on in parts.items():
        fact = facts[part[0]]
        concern = Concern(fact.household_id, part[1], fact.offering_id)
        if fact.waits_for_approval and approval.rule(on, concern).pay:
            sentence = _(
                "The session of {on:%d %b %Y} waits for the approval of its close-out."
            )
            found[part] = _exception("not_approved", part, sentence, on)
        elif when_paid.rule(on, concern).yes:
            asks_money[part] = on
    unpaid = unpaid_sessions(work, {part[0] for part in asks_money})
    for part, on in asks_money.items():
        if part[0] in unpaid:
            sentence = _(
                "The session of {on:%d %b %Y} waits until the family has paid for it."
            )
            found[part] = _exception("not_paid_for", part, sentence, on)
    return found


def _exception(kind: str, part: Part, sentence: str, on: date) -> PayException:
    return PayException(kind, part[1], part[0], sentence.format(on=on))


def _facts(work: Snapshot | Transaction) -> dict[int | None, _SessionFact]:
    owners: dict[int, set[int]] = {}
    rows = work.execute(
        select(Attendance.session_id, Student.household_id)
        .join(Student, Student.id == Attendance.student_id)
        .where(Attendance.session_id.in_(_sessions()))
    )
    for session_id, household_id in rows:
        owners.setdefault(session_id, set()).add(household_id)
    states = work.execute(
        select(Session.id, Session.offering_id, CloseOut.state)
        .outerjoin(CloseOut, CloseOut.session_id == Session.id)
        .where(Session.id.in_(_sessions()))
    )
    return {
        session_id: _SessionFact(
            offering_id,
            _only(owners.get(session_id, set())),
            state not in {None, CloseOutState.APPROVED},
        )
        for session_id, offering_id, state in states
    }


def _only(household_ids: set[int]) -> int | None:
    return min(household_ids) if len(household_ids) == 1 else None


def _sessions() -> Select[Any]:
    return select(PayLine.session_id).where(
        PayLine.statement_id.is_(None),
        PayLine.replaced_at.is_(None),
        PayLine.session_id.is_not(None),
    )
