"""Tries the office's rules out on a session that does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from app.models.catalog import Offering, Price
from app.models.database import Snapshot
from app.models.values.billing import PriceLevel
from app.models.values.keepable import WallTime
from app.models.values.money import percent_of
from app.models.values.policies import LateCancel, MakeUp, NoShow, OfficeCancel
from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    instant,
    local_date,
)
from app.services.charging.prices import Rate
from app.services.closing.notice import is_late, notice_minutes
from app.services.desk import Desk, fetch, zone
from app.services.policies import Concern, rule_for
from app.text import _


@dataclass(frozen=True, slots=True)
class TrySession:
    """A session to try the rules out on.

    Attributes:
        starts_at: on the office's wall clock.
        by: who calls it off; None where the family stays away.
        at: when it is called off, on the office's wall clock.
    """

    offering_id: int
    starts_at: WallTime
    minutes: int
    by: CancelledBy | None
    at: WallTime
    tutor_id: int | None = None
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """What the rules would make of it.

    Attributes:
        notice_minutes: between calling off and the start.
        notice_hours: the notice that is asked for.
        charge: percent of the price; with a make-up credit nothing is charged.
        pay: percent of the tutor's planned pay.
        price: of the whole session by the offering's own price, minor units; None
            where it has none.
        amount: what is charged of that price.
        make_up_days: how long a make-up credit would hold; None gives none.
    """

    state: AttendanceState
    notice_minutes: int
    notice_hours: Decimal
    charge: Decimal
    pay: Decimal
    price: int | None
    amount: int | None
    make_up_days: int | None


@dataclass(frozen=True, slots=True)
class _Terms:
    """What an outcome costs and pays, in percent."""

    charge: Decimal
    pay: Decimal
    make_up_days: int | None = None


_NOTHING = _Terms(Decimal(0), Decimal(0))


class Trials:
    """Says what would happen, without doing it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def try_out(self, request: TrySession) -> Tried:
        """Tell what the rules of its day make of a session called off or missed.

        Raises:
            OfficeOnlyError: A tutor asked.
            MissingRecordError: There is no such offering.
            ClockGapError: The clocks skip one of its times.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            offering = fetch(snapshot, Offering, request.offering_id, _("offering"))
            here = zone(snapshot)
            starts, at = instant(request.starts_at, here), instant(request.at, here)
            on = local_date(starts, here)
            concern = Concern(request.household_id, request.tutor_id, offering.id)
            limit = _limit(snapshot, offering, on, concern)
            state = _state(request.by, late=is_late(at, starts, limit))
            terms = _terms(snapshot, state, on, concern)
            price = _price(snapshot, offering, on, request.minutes)
            amount = None if price is None else percent_of(price, terms.charge)
        return Tried(
            state,
            notice_minutes(at, starts),
            limit,
            terms.charge,
            terms.pay,
            price,
            amount,
            terms.make_up_days,
        )


def _limit(
    snapshot: Snapshot, offering: Offering, on: date, concern: Concern
) -> Decimal:
    if offering.notice_hours is not None:
        return Decimal(offering.notice_hours)
    return rule_for(snapshot, LateCancel, on, concern).notice_hours


def _state(by: CancelledBy | None, *, late: bool) -> AttendanceState:
    if by is None:
        return AttendanceState.ABSENT
    if by is CancelledBy.OFFICE:
        return AttendanceState.CANCELLED_BY_OFFICE
    if by is CancelledBy.TUTOR:
        return AttendanceState.CANCELLED_BY_TUTOR
    if late:
        return AttendanceState.CANCELLED_LATE
    return AttendanceState.CANCELLED_IN_TIME


def _terms(
    snapshot: Snapshot, state: AttendanceState, on: date, concern: Concern
) -> _Terms:
    if state is AttendanceState.ABSENT:
        missed = rule_for(snapshot, NoShow, on, concern)
        return _Terms(missed.charge, missed.pay)
    if state is AttendanceState.CANCELLED_BY_OFFICE:
        return _Terms(Decimal(0), rule_for(snapshot, OfficeCancel, on, concern).pay)
    if state is not AttendanceState.CANCELLED_LATE:
        return _NOTHING
    late = rule_for(snapshot, LateCancel, on, concern)
    make_up = rule_for(snapshot, MakeUp, on, concern)
    if make_up.instead_of_charge:
        return _Terms(Decimal(0), late.pay, make_up.expires_days)
    return _Terms(late.charge, late.pay)


def _price(
    snapshot: Snapshot, offering: Offering, on: date, minutes: int
) -> int | None:
    query = select(Price).where(
        Price.level == PriceLevel.OFFERING, Price.offering_id == offering.id
    )
    rows: Sequence[Price] = snapshot.scalars(query).all()
    fitting = [row for row in rows if (row.valid_from or date.min) <= on]
    if not fitting:
        return None
    row = max(fitting, key=lambda row: (row.valid_from or date.min, row.id))
    amount = row.tiers.get("1", row.amount)
    rate = Rate(row.level, row.per, amount, minimum=offering.minimum_amount or 0)
    return max(rate.price(minutes, minutes), rate.minimum)
