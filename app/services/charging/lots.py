"""Which lots of a package give the minutes of a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.models.values.billing import LotUnit
from app.models.values.money import percent_of
from app.services.charging.dues import Due
from app.services.charging.facts import LotFacts, StudentFacts


@dataclass(frozen=True, slots=True)
class Draw:
    """Units that a student's place takes from a lot."""

    lot_id: int
    student_id: int
    units: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the lots gave: the units taken, and the minutes they did not cover."""

    draws: tuple[Draw, ...]
    lacking: int


def turn(expires_on: date | None, lot_id: int) -> tuple[date, int]:
    """Give a lot's place in the order of use: earliest expiry, then first bought."""
    return expires_on or date.max, lot_id


class Shelf:
    """The lots of a session's households while its places draw from them in order."""

    def __init__(self, lots: Iterable[LotFacts]) -> None:
        self._lots = sorted(lots, key=lambda lot: turn(lot.expires_on, lot.lot_id))
        self._left = {lot.lot_id: lot.left for lot in self._lots}

    def covers(self, student: StudentFacts) -> bool:
        """Say whether a student has anything left to draw from."""
        return any(True for _lot in self._usable(student))

    def draw(self, due: Due) -> Drawn:
        """Take what a place needs, from the earliest expiry first.

        A lot of minutes gives minutes. A lot of sessions gives one unit for the
        session, for a missed place the rounded percentage of one, and covers all
        that is needed.
        """
        missing = due.needed
        unit = 1 if due.percent is None else percent_of(1, due.percent)
        draws: list[Draw] = []
        for lot in self._usable(due.student):
            if not missing:
                break
            in_minutes = lot.unit is LotUnit.MINUTES
            units = min(self._left[lot.lot_id], missing if in_minutes else unit)
            self._left[lot.lot_id] -= units
            missing = missing - units if in_minutes else 0
            if units:
                draws.append(Draw(lot.lot_id, due.student.student_id, units))
        return Drawn(tuple(draws), missing)

    def _usable(self, student: StudentFacts) -> Iterable[LotFacts]:
        for lot in self._lots:
            is_own = lot.student_id in {None, student.student_id}
            is_theirs = is_own and lot.household_id == student.household_id
            if is_theirs and self._left[lot.lot_id] > 0:
                yield lot
