"""What a correction frees in a package, and which later sessions stay charged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select

from app.models.agreements import Lot, LotUse, Package
from app.models.billing import Charge
from app.models.database import Transaction
from app.models.people import Payer, Student
from app.models.scheduling import Session
from app.models.values.billing import ChargeKind
from app.models.values.schedule import local_date
from app.services.desk import zone
from app.text import ngettext

_DRAWN = (ChargeKind.SESSION, ChargeKind.NO_SHOW, ChargeKind.LATE_CANCEL)


def taken(work: Transaction, session_id: int) -> Mapping[int, int]:
    """Add up the units that a session takes now, by lot."""
    return {
        lot_id: int(units)
        for lot_id, units in work.rows(
            select(LotUse.lot_id, func.sum(LotUse.units))
            .where(LotUse.session_id == session_id, LotUse.returned_at.is_(None))
            .group_by(LotUse.lot_id)
        )
    }


def still_charged(
    work: Transaction, session_id: int, before: Mapping[int, int]
) -> tuple[str, ...]:
    """Say which later sessions stay charged although a package has units again.

    Packages give in the order in which sessions are closed out, so what becomes free
    is used by what is closed out next.

    Args:
        work: the trial in which the session was closed out anew.
        session_id: that session.
        before: the units that it took before, by lot.
    """
    now = taken(work, session_id)
    freed = [lot_id for lot_id, units in before.items() if now.get(lot_id, 0) < units]
    told = (_told(work, work.get_one(Lot, lot_id), session_id) for lot_id in freed)
    return tuple(dict.fromkeys(sentence for sentence in told if sentence))


def _told(work: Transaction, lot: Lot, session_id: int) -> str:
    days = _later_days(work, lot, work.get_one(Session, session_id))
    if not days:
        return ""
    return ngettext(
        "What becomes free in “{package}” does not reach the session of {day:%d %b %Y},"
        " which stays charged; close that one out again to use it.",
        "What becomes free in “{package}” does not reach {count} sessions from "
        "{day:%d %b %Y} on, which stay charged; close them out again to use it.",
        len(days),
    ).format(
        package=work.get_one(Package, lot.package_id).name,
        day=days[0],
        count=len(days),
    )


def _later_days(work: Transaction, lot: Lot, session: Session) -> list[date]:
    """List the days of later charged sessions that the lot may cover."""
    where = zone(work)
    query = (
        select(Session.id, Session.starts_at, Session.offering_id)
        .join(Charge, Charge.session_id == Session.id)
        .join(Student, Student.id == Charge.student_id)
        .join(Payer, Payer.id == Charge.payer_id)
        .where(
            Charge.live_key.is_not(None),
            Charge.source == "",
            Charge.kind.in_(_DRAWN),
            Student.household_id == lot.household_id,
            Payer.household_id == lot.household_id,
            Session.starts_at > session.starts_at,
        )
        .distinct()
        .order_by(Session.starts_at, Session.id)
    )
    if lot.student_id is not None:
        query = query.where(Charge.student_id == lot.student_id)
    last = lot.expires_on or date.max
    return [
        day
        for _id, starts_at, offering_id in work.rows(query)
        if (day := local_date(starts_at, where)) <= last
        and (not lot.offering_ids or offering_id in lot.offering_ids)
    ]
