"""What the clock shows while a case is played."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from app.models.values.schedule import day_span, instant
from tests.fakes import FakeClock

_EVENING = time(18)


class CaseClock:
    """Begins with the case's first day, goes on with its steps, and never back.

    A case's own *now* holds for everything.
    """

    def __init__(
        self, clock: FakeClock, zone: str, first_day: date, now: date | None
    ) -> None:
        self._clock = clock
        self._zone = ZoneInfo(zone)
        self._is_fixed = now is not None
        day = now or first_day
        clock.time = (
            self.instant(day)
            if isinstance(day, datetime)
            else day_span(day, self._zone).start
        )

    def instant(self, wall: datetime) -> datetime:
        """Give the instant of a wall-clock time."""
        return instant(wall, self._zone)

    def reach(self, moment: datetime) -> None:
        """Go on to a moment, unless it is past already."""
        if not self._is_fixed:
            self._clock.time = max(self._clock.time, moment)

    def reach_evening(self, day: date) -> None:
        """Go on to 18:00 of a day, unless it is past already."""
        self.reach(self.instant(datetime.combine(day, _EVENING)))
