"""Stand-ins for what comes from outside the program."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock that stands still until it is set."""

    def __init__(self, time: datetime | None = None) -> None:
        self.time = time or datetime(2026, 3, 4, 22, tzinfo=UTC)

    def now(self) -> datetime:
        """Tell the time it was set to."""
        return self.time

    def set(
        self, year: int, month: int, day: int, hour: int = 0, minute: int = 0
    ) -> None:
        """Set it to an instant, in UTC."""
        self.time = datetime(year, month, day, hour, minute, tzinfo=UTC)

    def advance(self, **length: float) -> None:
        """Move it on, by ``days=``, ``hours=`` or ``minutes=``."""
        self.time += timedelta(**length)
