"""What keeps people from being archived: planned sessions and open money."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from sqlalchemy import func, select

from app.models.billing import Charge
from app.models.closing import CloseOut
from app.models.database import Transaction
from app.models.payroll import PayLine
from app.models.people import PayerShare
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.money import plain_amount
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.billing.accounts import balances
from app.services.people.errors import (
    AlreadyArchivedError,
    OpenBalanceError,
    StillPlannedError,
    StillSharesError,
)

_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)


class Archivable(Protocol):
    """A record that can be archived."""

    archived_at: datetime | None
    name: str


def require_in_use(record: Archivable) -> None:
    """Refuse to archive twice.

    Raises:
        AlreadyArchivedError: It is archived.
    """
    if record.archived_at is not None:
        raise AlreadyArchivedError(record.name)


def require_no_sessions_of_students(
    transaction: Transaction, student_ids: Collection[int], name: str
) -> None:
    """Refuse while these students are expected in sessions.

    Raises:
        StillPlannedError: They are.
    """
    query = (
        select(func.count(func.distinct(Session.id)))
        .join(Attendance, Attendance.session_id == Session.id)
        .where(
            Attendance.student_id.in_(student_ids),
            Attendance.state == AttendanceState.EXPECTED,
            Session.status.in_(_AHEAD),
        )
    )
    sessions = transaction.scalar(query) or 0
    if sessions:
        raise StillPlannedError(name, sessions)


def require_no_sessions_of_tutor(
    transaction: Transaction, tutor_id: int, name: str
) -> None:
    """Refuse while a tutor has sessions ahead or to close out.

    Raises:
        StillPlannedError: There are some.
    """
    query = (
        select(func.count(Session.id))
        .join(SessionTutor, SessionTutor.session_id == Session.id)
        .outerjoin(CloseOut, CloseOut.session_id == Session.id)
        .where(
            SessionTutor.tutor_id == tutor_id,
            Session.status.in_(_AHEAD),
            CloseOut.id.is_(None),
        )
    )
    sessions = transaction.scalar(query) or 0
    if sessions:
        raise StillPlannedError(name, sessions)


def require_settled(
    transaction: Transaction, payer_ids: Collection[int], name: str, currency: str
) -> None:
    """Refuse while payers owe something, have credit, or charges not yet billed.

    Raises:
        OpenBalanceError: They do.
    """
    owed = balances(transaction)
    waiting: dict[int, int] = {
        payer_id: int(amount)
        for payer_id, amount in transaction.execute(
            select(Charge.payer_id, func.sum(Charge.amount))
            .where(
                Charge.payer_id.in_(payer_ids),
                Charge.line_id.is_(None),
                Charge.replaced_at.is_(None),
            )
            .group_by(Charge.payer_id)
        )
    }
    for payer_id in payer_ids:
        amounts = owed.get(payer_id, 0), waiting.get(payer_id, 0)
        for amount in amounts:
            if amount:
                raise OpenBalanceError(
                    name, f"{plain_amount(amount, currency)} {currency}"
                )


def require_paid(
    transaction: Transaction, tutor_id: int, name: str, currency: str
) -> None:
    """Refuse while a tutor has pay that is on no pay statement.

    Raises:
        OpenBalanceError: There is some.
    """
    amount = transaction.scalar(
        select(func.sum(PayLine.amount)).where(
            PayLine.tutor_id == tutor_id,
            PayLine.statement_id.is_(None),
            PayLine.replaced_at.is_(None),
        )
    )
    if amount:
        raise OpenBalanceError(
            name, f"{plain_amount(int(amount), currency)} {currency}"
        )


def require_no_share(transaction: Transaction, payer_id: int, name: str) -> None:
    """Refuse while a payer takes a share that goes on.

    Raises:
        StillSharesError: The payer does.
    """
    query = select(PayerShare.id).where(
        PayerShare.payer_id == payer_id, PayerShare.valid_until.is_(None)
    )
    if transaction.scalars(query).first() is not None:
        raise StillSharesError(name)
