"""Missed sessions that wait for another time: called off by us, or owed a make-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from app.models.agreements import MakeUpCredit, MakeUpUse
from app.models.database import Snapshot, Transaction
from app.models.scheduling import Session
from app.models.values.schedule import SessionStatus, local_date
from app.services.desk import zone
from app.services.scheduling.cards import SessionCard, cards_of

LOOK_BACK = timedelta(days=28)  # what was called off longer ago is not asked for
_OURS = (SessionStatus.CANCELLED_BY_OFFICE, SessionStatus.CANCELLED_BY_TUTOR)
_CANCELLED = [status for status in SessionStatus if status.is_cancelled]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A missed session that nobody has placed again.

    Attributes:
        student_ids: who is to be taught.
        minutes: planned, or what the make-up credit holds.
        expires_on: the last day of the make-up credit; None without one.
        is_owed: a make-up credit pays for it.
    """

    card: SessionCard
    student_ids: tuple[int, ...]
    minutes: int
    expires_on: date | None = None
    is_owed: bool = False


def waiting_of(work: Snapshot | Transaction, now: datetime) -> tuple[Waiting, ...]:
    """Read what waits, earliest first."""
    credits_left = _credits(work, local_date(now, zone(work)))
    off = work.scalars(
        select(Session.id).where(
            Session.status.in_(_OURS), Session.starts_at >= now - LOOK_BACK
        )
    )
    ids = {*off, *credits_left}
    ids -= _placed(work, ids)
    return tuple(
        one
        for card in cards_of(work, ids)
        if (one := _waiting(card, credits_left.get(card.session_id, ()))).student_ids
    )


def _waiting(card: SessionCard, owed: Collection[MakeUpCredit]) -> Waiting:
    if owed:
        last = [one.expires_on for one in owed if one.expires_on is not None]
        return Waiting(
            card,
            tuple(one.student_id for one in owed),
            max(one.minutes for one in owed),
            min(last, default=None),
            is_owed=True,
        )
    minutes = int((card.ends_at - card.starts_at).total_seconds()) // 60
    ours = {status.value for status in _OURS}
    students = (one.student_id for one in card.students if one.state.value in ours)
    return Waiting(card, tuple(students), minutes)


def _credits(
    work: Snapshot | Transaction, today: date
) -> Mapping[int, tuple[MakeUpCredit, ...]]:
    """Find the make-up credits that still hold, by missed session."""
    used = select(MakeUpUse.credit_id).where(MakeUpUse.returned_at.is_(None))
    rows = work.scalars(
        select(MakeUpCredit)
        .where(
            MakeUpCredit.withdrawn_at.is_(None),
            MakeUpCredit.id.not_in(used),
            or_(
                MakeUpCredit.expires_on.is_(None),
                MakeUpCredit.expires_on >= today,
            ),
        )
        .order_by(MakeUpCredit.id)
    )
    found: dict[int, tuple[MakeUpCredit, ...]] = defaultdict(tuple)
    for row in rows:
        found[row.session_id] = (*found[row.session_id], row)
    return found


def _placed(work: Snapshot | Transaction, ids: Collection[int]) -> set[int | None]:
    """Find those for which another session is booked already."""
    return set(
        work.scalars(
            select(Session.make_up_of_id).where(
                Session.make_up_of_id.in_(ids), Session.status.not_in(_CANCELLED)
            )
        )
    )
