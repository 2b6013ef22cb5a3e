"""Pay lines, waiting claims and questions, as lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select

from app.models.closing import Expense, MileageClaim
from app.models.payroll import LineQuery, PayLine
from app.models.values.payroll import DistanceUnit
from app.services.desk import Desk
from app.services.payroll.requests import LineRow, QuestionRow
from app.services.payroll.rights import require_own

_COLUMNS: tuple[Any, ...] = (
    PayLine.id,
    PayLine.tutor_id,
    PayLine.session_id,
    PayLine.kind,
    PayLine.claim,
    PayLine.service_on,
    PayLine.minutes,
    PayLine.rate,
    PayLine.rate_per,
    PayLine.rate_source,
    PayLine.percent,
    PayLine.distance,
    PayLine.amount,
    PayLine.reason,
    PayLine.reverses_id.is_not(None).label("is_reversal"),
    PayLine.statement_id,
)


@dataclass(frozen=True, slots=True)
class LinesOf:
    """Which pay lines are asked for; None asks for all.

    Attributes:
        only_unpaid: those that lie on no statement yet.
    """

    tutor_id: int | None = None
    session_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    only_unpaid: bool = False


@dataclass(frozen=True, slots=True)
class WaitingExpense:
    """An expense that nobody has decided on, minor units of the office's currency."""

    expense_id: int
    tutor_id: int
    session_id: int | None
    what: str
    amount: int
    spent_on: date
    receipt_id: int | None


@dataclass(frozen=True, slots=True)
class WaitingMileage:
    """A way that nobody has decided on."""

    claim_id: int
    tutor_id: int
    session_id: int | None
    distance: Decimal
    unit: DistanceUnit
    travelled_on: date


class PayLines:
    """Lists what tutors have earned, line by line."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lines(self, asked: LinesOf) -> tuple[LineRow, ...]:
        """List pay lines by date; replaced ones are left out, reversals are not.

        Raises:
            OtherPayError: A tutor asked for more than the own lines.
        """
        require_own(self._desk, asked.tutor_id)
        statement = (
            select(*_COLUMNS)
            .where(*_conditions(asked))
            .order_by(PayLine.service_on, PayLine.id)
        )
        with self._desk.snapshot() as snapshot:
            return tuple(LineRow(*row) for row in snapshot.execute(statement))

    def waiting_expenses(self) -> tuple[WaitingExpense, ...]:
        """List the expenses that wait for a decision, oldest first.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        statement = (
            select(
                Expense.id,
                Expense.tutor_id,
                Expense.session_id,
                Expense.what,
                Expense.amount,
                Expense.spent_on,
                Expense.receipt_id,
            )
            .where(Expense.approved_amount.is_(None), Expense.withdrawn_at.is_(None))
            .order_by(Expense.spent_on, Expense.id)
        )
        with self._desk.snapshot() as snapshot:
            return tuple(WaitingExpense(*row) for row in snapshot.execute(statement))

    def waiting_mileage(self) -> tuple[WaitingMileage, ...]:
        """List the ways that wait for a decision, oldest first.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        statement = (
            select(
                MileageClaim.id,
                MileageClaim.tutor_id,
                MileageClaim.session_id,
                MileageClaim.claimed,
                MileageClaim.unit,
                MileageClaim.travelled_on,
            )
            .where(MileageClaim.approved.is_(None), MileageClaim.withdrawn_at.is_(None))
            .order_by(MileageClaim.travelled_on, MileageClaim.id)
        )
        with self._desk.snapshot() as snapshot:
            return tuple(WaitingMileage(*row) for row in snapshot.execute(statement))

    def questions(
        self, tutor_id: int | None = None, *, only_open: bool = True
    ) -> tuple[QuestionRow, ...]:
        """List questions about pay lines, oldest first.

        Raises:
            OtherPayError: A tutor asked for more than the own questions.
        """
        require_own(self._desk, tutor_id)
        statement = (
            select(
                LineQuery.id,
                LineQuery.pay_line_id,
                PayLine.tutor_id,
                LineQuery.asked_by,
                LineQuery.asked_at,
                LineQuery.question,
                LineQuery.answer,
                LineQuery.answered_at,
            )
            .join(PayLine, PayLine.id == LineQuery.pay_line_id)
            .order_by(LineQuery.asked_at, LineQuery.id)
        )
        if tutor_id is not None:
            statement = statement.where(PayLine.tutor_id == tutor_id)
        if only_open:
            statement = statement.where(LineQuery.answered_at.is_(None))
        with self._desk.snapshot() as snapshot:
            return tuple(QuestionRow(*row) for row in snapshot.execute(statement))


def _conditions(asked: LinesOf) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [PayLine.replaced_at.is_(None)]
    if asked.tutor_id is not None:
        found.append(PayLine.tutor_id == asked.tutor_id)
    if asked.session_id is not None:
        found.append(PayLine.session_id == asked.session_id)
    if asked.from_on is not None:
        found.append(PayLine.service_on >= asked.from_on)
    if asked.until_on is not None:
        found.append(PayLine.service_on <= asked.until_on)
    if asked.only_unpaid:
        found.append(PayLine.statement_id.is_(None))
    return found
