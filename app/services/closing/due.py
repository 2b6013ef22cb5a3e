"""By when a session must be closed out: so many working days later, at an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.catalog import Closure
from app.models.database import Snapshot, Transaction
from app.models.values.policies import CloseOutDue

_SATURDAY = 5
_LONGEST_CLOSED = 3660  # days looked ahead before a calendar of closures is given up


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days on which the office does not work; both ends are among them."""

    spans: tuple[tuple[date, date], ...]

    def is_working_day(self, day: date) -> bool:
        """Say whether the office works on a day: Monday to Friday, no closure."""
        if day.weekday() >= _SATURDAY:
            return False
        return not any(first <= day <= last for first, last in self.spans)

    def working_days_after(self, day: date, number: int) -> date:
        """Give the day that lies a number of working days after another."""
        for _step in range(_LONGEST_CLOSED):
            if number <= 0:
                break
            day += timedelta(days=1)
            number -= self.is_working_day(day)
        return day


def closed_days(work: Snapshot | Transaction) -> ClosedDays:
    """Read the office's closures."""
    rows = work.execute(
        select(Closure.from_on, Closure.until_on).where(Closure.archived_at.is_(None))
    )
    return ClosedDays(tuple((row.from_on, row.until_on) for row in rows))


def due_at(
    ended_at: datetime, rule: CloseOutDue, closed: ClosedDays, zone: ZoneInfo
) -> datetime:
    """Tell by which instant a session that ended then must be closed out."""
    ended_on = ended_at.astimezone(zone).date()
    day = closed.working_days_after(ended_on, rule.working_days)
    wall = datetime.combine(day, time()) + timedelta(hours=rule.hour)
    return wall.replace(tzinfo=zone).astimezone(UTC)
