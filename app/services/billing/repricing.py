"""Repricing: sessions that waited are priced by today's rates, after a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.models.billing import Charge
from app.models.catalog import Offering
from app.models.database import Snapshot, Transaction
from app.models.people import Household, Payer, Student
from app.models.scheduling import Attendance, Session
from app.models.values import entries
from app.models.values.schedule import SessionStatus, day_span, local_date
from app.services.billing.trying import on_trial
from app.services.charging.settling import settle
from app.services.desk import Desk, zone
from app.services.open_days import first_open_day
from app.text import _

_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)


@dataclass(frozen=True, slots=True)
class RepriceOf:
    """Which closed sessions are priced anew: by service date and household."""

    from_on: date
    until_on: date
    household_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class PriceDifference:
    """A session that would cost something else, by payer; minor units.

    Attributes:
        is_billed: the former charge lies on a document, so the difference lands on
            the next one.
    """

    session_id: int
    starts_at: datetime
    offering: str
    household: str
    payer_id: int
    payer: str
    before: int
    after: int
    is_billed: bool


@dataclass(frozen=True, slots=True)
class _Priced:
    amount: int
    is_billed: bool


class Repricing:
    """Prices closed sessions by the rates that hold for their day by now."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, of: RepriceOf) -> tuple[PriceDifference, ...]:
        """List every difference that pricing anew would make; changes nothing.

        Raises:
            DatesError: The period ends before it begins.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        entries.in_order(of.from_on, of.until_on)
        found: list[PriceDifference] = []
        with on_trial(self._desk) as transaction:
            found += _reprice(transaction, self._desk, _sessions(transaction, of))
        return tuple(found)

    def apply(self, session_ids: Sequence[int]) -> tuple[PriceDifference, ...]:
        """Price the sessions that were chosen from the list anew.

        Sessions in a locked period stay as they are.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Reprice sessions")) as transaction:
            opened = _open(transaction, session_ids)
            return tuple(_reprice(transaction, self._desk, opened))


def _sessions(transaction: Transaction, of: RepriceOf) -> list[int]:
    where = zone(transaction)
    today = local_date(transaction.at, where)
    first = max(of.from_on, first_open_day(transaction, today))
    if first > of.until_on:
        return []
    query = (
        select(Session.id, Session.starts_at)
        .join(Attendance, Attendance.session_id == Session.id)
        .join(Student, Student.id == Attendance.student_id)
        .where(
            Session.starts_at >= day_span(first, where).start,
            Session.starts_at < day_span(of.until_on, where).end,
            Session.status.not_in(_AHEAD),
        )
        .distinct()
        .order_by(Session.starts_at, Session.id)
    )
    if of.household_ids is not None:
        query = query.where(Student.household_id.in_(of.household_ids))
    return [session_id for session_id, _starts in transaction.execute(query)]


def _open(transaction: Transaction, session_ids: Sequence[int]) -> list[int]:
    where = zone(transaction)
    first = first_open_day(transaction, local_date(transaction.at, where))
    rows = transaction.execute(
        select(Session.id, Session.starts_at)
        .where(Session.id.in_(session_ids), Session.status.not_in(_AHEAD))
        .order_by(Session.starts_at, Session.id)
    )
    return [row_id for row_id, starts in rows if local_date(starts, where) >= first]


def _reprice(
    transaction: Transaction, desk: Desk, session_ids: Sequence[int]
) -> list[PriceDifference]:
    found: list[PriceDifference] = []
    for session_id in session_ids:
        before = _live(transaction, session_id)
        settle(transaction, desk, session_id)
        after = _live(transaction, session_id)
        for payer_id in sorted(before.keys() | after.keys()):
            old = before.get(payer_id, _Priced(0, is_billed=False))
            new = after.get(payer_id, _Priced(0, is_billed=False))
            if old.amount != new.amount:
                found.append(_named(transaction, session_id, payer_id, old, new.amount))
    return found


def _live(work: Snapshot | Transaction, session_id: int) -> dict[int, _Priced]:
    amounts: dict[int, int] = defaultdict(int)
    billed: dict[int, bool] = defaultdict(bool)
    rows = work.execute(
        select(Charge.payer_id, Charge.amount, Charge.line_id).where(
            Charge.session_id == session_id, Charge.live_key.is_not(None)
        )
    )
    for payer_id, amount, line_id in rows:
        amounts[payer_id] += amount
        billed[payer_id] |= line_id is not None
    return {
        payer_id: _Priced(amount, billed[payer_id])
        for payer_id, amount in amounts.items()
    }


def _named(
    work: Snapshot | Transaction,
    session_id: int,
    payer_id: int,
    old: _Priced,
    after: int,
) -> PriceDifference:
    starts_at, offering = work.execute(
        select(Session.starts_at, Offering.name)
        .join(Offering, Offering.id == Session.offering_id)
        .where(Session.id == session_id)
    ).one()
    payer, household = work.execute(
        select(Payer.name, Household.name)
        .join(Household, Household.id == Payer.household_id)
        .where(Payer.id == payer_id)
    ).one()
    return PriceDifference(
        session_id=session_id,
        starts_at=starts_at,
        offering=offering,
        household=household,
        payer_id=payer_id,
        payer=payer,
        before=old.amount,
        after=after,
        is_billed=old.is_billed,
    )
