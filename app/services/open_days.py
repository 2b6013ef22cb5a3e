"""Which days may still change, and which day a correction of a locked one bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.models.billing import PeriodLock
from app.models.database import Snapshot, Transaction
from app.models.values.schedule import local_date
from app.services.desk import zone

_NEWEST = (
    select(PeriodLock.locked_until, PeriodLock.trailing_days)
    .order_by(PeriodLock.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Which days may still change at an instant.

    Attributes:
        first: the first open day.
        today: the office's date, which may be locked itself.
    """

    first: date
    today: date

    def is_locked(self, day: date) -> bool:
        """Say whether a day lies in the locked period."""
        return day < self.first

    def dated(self, day: date) -> date:
        """Give the day that a correction bears: its own, or today if that is locked.

        Where even today is locked it is the first open day.
        """
        return max(self.today, self.first) if self.is_locked(day) else day

    def days(self, day: date, original: date | None = None) -> dict[str, date | None]:
        """Give the two days of a charge or pay line: the one it bears, its own.

        Args:
            day: that it would bear.
            original: its own, where the former row bears a later one already.
        """
        dated = self.dated(day)
        own = original or (None if dated == day else day)
        return {"service_on": dated, "original_on": own}


def open_days(work: Transaction) -> OpenDays:
    """Tell which days may still change by a step."""
    today = local_date(work.at, zone(work))
    return OpenDays(first_open_day(work, today), today)


def first_open_day(work: Snapshot | Transaction, today: date) -> date:
    """Give the first day that may still change; the newest lock holds."""
    until, trailing = work.once(PeriodLock, _newest)
    if until is not None:
        return until
    return date.min if trailing is None else today - timedelta(days=trailing)


def _newest(work: Snapshot | Transaction) -> tuple[date | None, int | None]:
    """Read the newest lock, which a step over many sessions asks for each time."""
    found = work.rows(_NEWEST)
    return (found[0][0], found[0][1]) if found else (None, None)
