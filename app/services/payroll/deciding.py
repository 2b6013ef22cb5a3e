"""The office's decision on what tutors claim: expenses and ways, one or several."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from app.models.closing import Expense, MileageClaim
from app.models.database import Transaction
from app.models.values.entries import decimal
from app.models.values.payroll import FARTHEST_WAY, LARGEST_CLAIM
from app.services.desk import Desk, fetch
from app.services.payroll.errors import ClaimWithdrawnError, PayEntryError
from app.services.payroll.paying import settle
from app.text import _


@dataclass(frozen=True, slots=True)
class DecideExpense:
    """A decision on an expense, minor units; None is as claimed, 0 pays nothing."""

    expense_id: int
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class DecideMileage:
    """A decision on a way; None is as claimed, 0 pays nothing."""

    claim_id: int
    distance: Decimal | None = None


Decision: TypeAlias = DecideExpense | DecideMileage


def decide(transaction: Transaction, desk: Desk, decision: Decision) -> None:
    """Keep a decision on a claim, and settle the pay of its session.

    What it pays for a day of a locked period bears a day of the open one.

    Raises:
        PayEntryError: The amount is below zero, or larger than any claim.
        NumberError: The distance is below zero, or farther than any way.
        ClaimWithdrawnError: A correction took the claim back.
    """
    if isinstance(decision, DecideExpense):
        _decide_expense(transaction, desk, decision)
    else:
        _decide_mileage(transaction, desk, decision)


def _decide_expense(
    transaction: Transaction, desk: Desk, decision: DecideExpense
) -> None:
    amount = decision.amount
    if amount is not None and not 0 <= amount <= LARGEST_CLAIM:
        fault = _("an approved amount is neither below zero nor beyond any claim")
        raise PayEntryError(fault)
    expense = fetch(transaction, Expense, decision.expense_id, _("expense"))
    if expense.withdrawn_at is not None:
        raise ClaimWithdrawnError
    expense.approved_amount = expense.amount if amount is None else amount
    if expense.session_id is not None:
        settle(transaction, desk, expense.session_id)


def _decide_mileage(
    transaction: Transaction, desk: Desk, decision: DecideMileage
) -> None:
    distance = decision.distance
    if distance is not None:
        distance = decimal(distance, _("distance"), 0, FARTHEST_WAY)
    claim = fetch(transaction, MileageClaim, decision.claim_id, _("mileage claim"))
    if claim.withdrawn_at is not None:
        raise ClaimWithdrawnError
    claim.approved = claim.claimed if distance is None else distance
    if claim.session_id is not None:
        settle(transaction, desk, claim.session_id)
