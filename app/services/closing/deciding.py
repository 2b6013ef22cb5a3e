"""What the office decides about close-outs: reviewed where it asks, then approved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.values.policies import Approval
from app.models.values.schedule import CloseOutState, wall_clock
from app.services.closing.errors import (
    NotClosedError,
    NotReviewedError,
    ReviewNotAskedError,
)
from app.services.closing.settling import settle_money
from app.services.closing.sheet import Sheet, require_open_day, sheet_of, sheets_of
from app.services.desk import Desk, zone
from app.services.payroll.rule_sets import RuleSet
from app.services.policies import Concern

_AT_ONCE = 500  # sessions in one statement


@dataclass(frozen=True, slots=True)
class Asked:
    """What the office's policy asks for one close-out."""

    review: bool
    approval: bool

    def next_of(self, state: CloseOutState) -> CloseOutState | None:
        """Give the state that a close-out still has to reach, if one."""
        if state is CloseOutState.CLOSED and self.review:
            return CloseOutState.REVIEWED
        is_before = state in {CloseOutState.CLOSED, CloseOutState.REVIEWED}
        return CloseOutState.APPROVED if is_before and self.approval else None


def asked_of(rules: RuleSet[Approval], sheet: Sheet) -> Asked:
    """Tell what is asked for a session; where several families are in it, any asks."""
    households = {sheet.households[one.student_id] for one in sheet.places}
    concerned = product(_some(households), _some(sheet.tutor_ids))
    found = [
        rules.rule(sheet.service_on, Concern(household, tutor, sheet.offering.id))
        for household, tutor in concerned
    ]
    review = any(one.review for one in found)
    return Asked(review, review or any(one.holds_something for one in found))


def waits_for_of(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> dict[int, CloseOutState]:
    """Give the states that the office has still to give close-outs, by session."""
    rules = RuleSet.load(work, Approval)
    if rules.is_empty:
        return {}
    found: dict[int, CloseOutState] = {}
    for first in range(0, len(session_ids), _AT_ONCE):
        some = session_ids[first : first + _AT_ONCE]
        for session_id, sheet in sheets_of(work, some).items():
            if sheet.close_out is None:
                continue
            wanted = asked_of(rules, sheet).next_of(sheet.close_out.state)
            if wanted is not None:
                found[session_id] = wanted
    return found


def review(transaction: Transaction, desk: Desk, session_ids: Sequence[int]) -> None:
    """Say of close-outs that somebody has looked them through.

    Raises:
        NotClosedError: One of them has not been closed out.
        ReviewNotAskedError: The office's policy asks for no review of one of them.
        PeriodLockedError: One was closed out in a period that is locked now.
    """
    rules = RuleSet.load(transaction, Approval)
    for sheet, close_out in _closed(transaction, session_ids):
        if close_out.state is not CloseOutState.CLOSED:
            continue
        if not asked_of(rules, sheet).review:
            raise ReviewNotAskedError(_start_of(transaction, sheet))
        require_open_day(transaction, desk, sheet, is_told=True)
        close_out.state = CloseOutState.REVIEWED
        close_out.reviewed_by = desk.actor.name
        close_out.reviewed_at = transaction.at


def approve(transaction: Transaction, desk: Desk, session_ids: Sequence[int]) -> None:
    """Approve close-outs, so that what waits for approval goes on.

    Raises:
        NotClosedError: One of them has not been closed out.
        NotReviewedError: One of them is to be reviewed before.
        PeriodLockedError: One was closed out in a period that is locked now.
    """
    rules = RuleSet.load(transaction, Approval)
    for sheet, close_out in _closed(transaction, session_ids):
        if close_out.state is CloseOutState.APPROVED:
            continue
        is_new = close_out.state is CloseOutState.CLOSED
        if is_new and asked_of(rules, sheet).review:
            raise NotReviewedError(_start_of(transaction, sheet))
        require_open_day(transaction, desk, sheet, is_told=True)
        close_out.state = CloseOutState.APPROVED
        close_out.approved_by = desk.actor.name
        close_out.approved_at = transaction.at
        settle_money(transaction, desk, [sheet.session.id])


def take_back(close_out: CloseOut) -> None:
    """Let a close-out that says something else be reviewed and approved anew."""
    close_out.state = CloseOutState.CLOSED
    close_out.reviewed_by = close_out.approved_by = ""
    close_out.reviewed_at = close_out.approved_at = None


def _closed(
    transaction: Transaction, session_ids: Sequence[int]
) -> Iterable[tuple[Sheet, CloseOut]]:
    for session_id in session_ids:
        sheet = sheet_of(transaction, session_id)
        if sheet.close_out is None:
            raise NotClosedError(_start_of(transaction, sheet))
        yield sheet, sheet.close_out


def _start_of(transaction: Transaction, sheet: Sheet) -> datetime:
    return wall_clock(sheet.session.starts_at, zone(transaction))


def _some(ids: Collection[int]) -> Sequence[int | None]:
    """Give ids in order, or nobody's where there are none."""
    return sorted(ids) or [None]
