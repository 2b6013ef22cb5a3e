"""The dates of a series: as planned, moved or changed by hand, cancelled, left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import SeriesException, Session
from app.models.values.actors import Actor
from app.models.values.schedule import SessionStatus
from app.services.scheduling.details import detail_of
from app.services.scheduling.fixed import why_fixed


@dataclass(frozen=True, slots=True)
class SeriesDate:
    """One date of a series.

    Attributes:
        session_id: None where the date was left out.
        slot_at: where the series puts it; None for a session of an old rule.
        status: None where the date was left out.
        changed_fields: what was changed by hand on this one.
        left_out: why there is no session; empty if there is one.
        fixed: why it may not change any more; empty if it may.
    """

    session_id: int | None
    starts_at: datetime
    slot_at: datetime | None
    status: SessionStatus | None = None
    changed_fields: tuple[str, ...] = ()
    left_out: str = ""
    fixed: str = ""

    @property
    def is_moved(self) -> bool:
        """Say whether it is held at another time than the series'."""
        return self.slot_at is not None and self.slot_at != self.starts_at


def dates_of(
    work: Snapshot | Transaction, actor: Actor, session_id: int
) -> tuple[SeriesDate, ...]:
    """Read the dates of a session's series, earliest first.

    Raises:
        MissingRecordError: There is no such session.
        NotYoursError: A tutor asked for another's.
    """
    series_id = detail_of(work, actor, session_id).card.series_id
    if series_id is None:
        return ()
    sessions = work.scalars(select(Session).where(Session.series_id == series_id)).all()
    fixed = why_fixed(work, [one.id for one in sessions])
    dates = [
        SeriesDate(
            one.id,
            one.starts_at,
            one.slot_at,
            one.status,
            tuple(one.changed_fields),
            fixed=fixed.get(one.id, ""),
        )
        for one in sessions
    ]
    left = select(SeriesException).where(SeriesException.series_id == series_id)
    dates += [
        SeriesDate(None, one.slot_at, one.slot_at, left_out=one.reason)
        for one in work.scalars(left)
    ]
    return tuple(sorted(dates, key=_when))


def _when(date: SeriesDate) -> tuple[datetime, int]:
    return date.starts_at, date.session_id or 0
