"""How large the measured offices are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

WEEKS = 40
FIRST = datetime(2026, 3, 2, 8, tzinfo=UTC)
CHARGED_WEEKS = range(4)


@dataclass(frozen=True, slots=True)
class Size:
    """How large an office is."""

    name: str
    sessions: int
    tutors: int
    students: int

    @property
    def closed(self) -> int:
        """How many sessions are closed out to be measured."""
        return min(60, self.sessions // 80)

    @property
    def a_week(self) -> int:
        """How many sessions a tutor has in a week."""
        return max(self.sessions // WEEKS // self.tutors, 1)


TINY = Size("tiny", 480, 4, 12)
SMALL = Size("small", 15_000, 20, 150)
LARGE = Size("large", 300_000, 200, 3_750)
SIZES = {size.name: size for size in (TINY, SMALL, LARGE)}
