"""Reads what a session means in money, as far as the person may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, func, select

from app.models.agreements import Lot, LotUse, Package
from app.models.billing import Charge
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayLine
from app.models.people import Household, Payer
from app.models.values.billing import MoneyOutcome, Reason
from app.services.closing.lacking import lacking
from app.services.closing.results import Earned, MoneyEffect, Owed, PackageUse
from app.services.closing.sheet import Sheet
from app.services.desk import Desk, profile
from app.services.session_parts import has_any

# Nothing new is charged for these, but the family pays in another way.
_PAID_OTHERWISE = frozenset(
    {Reason.PACKAGE, Reason.FLAT_FEE, Reason.CONTRACT, Reason.COURSE}
)
_OWED = (
    select(
        Charge.session_id,
        Charge.payer_id,
        Charge.student_id,
        Charge.kind,
        Charge.minutes,
        Charge.amount,
        Household.currency,
        Charge.reason,
    )
    .join(Payer, Payer.id == Charge.payer_id)
    .join(Household, Household.id == Payer.household_id)
    .where(
        Charge.session_id.in_(bindparam("ids", expanding=True)),
        Charge.live_key.is_not(None),
    )
    .order_by(Charge.id)
)
_EARNED = (
    select(
        PayLine.session_id,
        PayLine.tutor_id,
        PayLine.kind,
        PayLine.minutes,
        PayLine.amount,
        PayLine.reason,
    )
    .where(
        PayLine.session_id.in_(bindparam("ids", expanding=True)),
        PayLine.live_key.is_not(None),
    )
    .order_by(PayLine.id)
)
_TAKEN = (
    select(LotUse.session_id, LotUse.student_id, LotUse.units, Lot, Package.name)
    .join(Lot, Lot.id == LotUse.lot_id)
    .join(Package, Package.id == Lot.package_id)
    .where(
        LotUse.session_id.in_(bindparam("ids", expanding=True)),
        LotUse.returned_at.is_(None),
    )
    .order_by(LotUse.id)
)
_USED = (
    select(LotUse.lot_id, func.sum(LotUse.units))
    .where(
        LotUse.lot_id.in_(bindparam("ids", expanding=True)),
        LotUse.returned_at.is_(None),
    )
    .group_by(LotUse.lot_id)
)
Told = TypeVar("Told")


def effect_of(work: Snapshot | Transaction, desk: Desk, sheet: Sheet) -> MoneyEffect:
    """Read the live charges and pay lines of a session, with the reasons for none.

    A tutor gets the own pay only.
    """
    return effects_of(work, desk, [sheet])[0]


def effects_of(
    work: Snapshot | Transaction, desk: Desk, sheets: Sequence[Sheet]
) -> list[MoneyEffect]:
    """Read the same of several sessions, in their order."""
    asked = {"ids": [sheet.session.id for sheet in sheets]}
    owed = _by_session(work, _OWED, asked, Owed)
    earned = _by_session(work, _EARNED, asked, Earned)
    packages = _packages(work, asked)
    lacks = lacking(work, desk, sheets, owed)
    return [
        replace(
            _effect(work, desk, sheet, owed[at], earned[at], packages[at]),
            lacks=tuple(lacks[at]),
        )
        for sheet in sheets
        for at in (sheet.session.id,)
    ]


def _by_session(
    work: Snapshot | Transaction,
    query: Select[*tuple[Any, ...]],
    asked: Mapping[str, list[int]],
    make: Callable[..., Told],
) -> Mapping[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for session_id, *values in work.rows(query, asked):
        found[session_id].append(make(*values))
    return found


def _effect(
    work: Snapshot | Transaction,
    desk: Desk,
    sheet: Sheet,
    owed: Sequence[Owed],
    earned: Sequence[Earned],
    packages: Sequence[PackageUse],
) -> MoneyEffect:
    outcome = _outcome(sheet, owed, earned)
    own = desk.actor.tutor_id
    if not desk.actor.is_office:
        earned = [line for line in earned if line.tutor_id == own]
    currency = _currency(work, sheet, owed)
    charged = sum(charge.amount for charge in owed if charge.currency == currency)
    return MoneyEffect(
        session_id=sheet.session.id,
        status=sheet.session.status,
        outcome=outcome,
        charged=charged if desk.actor.is_office else None,
        currency=currency,
        paid=sum(line.amount for line in earned),
        pay_currency=profile(work).currency,
        charges=tuple(owed) if desk.actor.is_office else (),
        pay=tuple(earned),
        student_reasons={
            place.student_id: place.charge_reason
            for place in sheet.places
            if place.charge_reason
        },
        tutor_reasons={
            part.tutor_id: part.pay_reason
            for part in sheet.tutors
            if part.pay_reason and (desk.actor.is_office or part.tutor_id == own)
        },
        packages=tuple(packages),
    )


def _packages(
    work: Snapshot | Transaction, asked: Mapping[str, list[int]]
) -> Mapping[int, list[PackageUse]]:
    """Read what sessions take from packages, with what all sessions leave."""
    found: dict[int, list[PackageUse]] = defaultdict(list)
    if not has_any(work, asked["ids"], LotUse):
        return found
    rows = work.execute(_TAKEN, asked).all()
    if not rows:
        return found
    lots = {"ids": sorted({lot.id for _, _, _, lot, _ in rows})}
    used = {lot_id: int(units) for lot_id, units in work.rows(_USED, lots)}
    for session_id, student_id, units, lot, package in rows:
        left = lot.granted - lot.forfeited - lot.refunded - used[lot.id]
        found[session_id].append(PackageUse(student_id, package, lot.unit, units, left))
    return found


def _currency(work: Snapshot | Transaction, sheet: Sheet, owed: Sequence[Owed]) -> str:
    if owed:
        return owed[0].currency
    households = list(sheet.households.values())
    found = work.scalars(
        select(Household.currency).where(Household.id.in_(households[:1]))
    ).one_or_none()
    return found or profile(work).currency


def _outcome(
    sheet: Sheet, owed: Sequence[Owed], earned: Sequence[Earned]
) -> MoneyOutcome:
    reasons = {place.charge_reason for place in sheet.places}
    charged = bool(owed) or not _PAID_OTHERWISE.isdisjoint(reasons)
    missed = sheet.session.make_up_of_id is None
    if not charged and missed and Reason.MAKE_UP in reasons:
        return MoneyOutcome.MAKE_UP
    if charged:
        return MoneyOutcome.CHARGED_AND_PAID if earned else MoneyOutcome.CHARGED_ONLY
    return MoneyOutcome.PAID_ONLY if earned else MoneyOutcome.NEITHER
