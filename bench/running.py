"""Runs all measurements at one size, on every database there is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from bench import booking, month, paper, week, windows
from bench.places import SQLITE, everywhere, opened
from bench.sizes import SIZES
from bench.timing import Measured

_REPETITIONS = {"tiny": 1, "small": 7, "large": 5}
_INVOICES = {"tiny": 20, "small": 300, "large": 3000}


@dataclass(frozen=True, slots=True)
class Result:
    """A measurement and the database it was made on; papers need none."""

    database: str
    measured: Measured

    def plain(self) -> dict[str, Any]:
        """Give it as JSON values."""
        found = self.measured
        return {
            "database": self.database,
            "job": found.job,
            "floor": found.floor,
            "floor_ms": round(found.floor_ms, 3),
            "ours_ms": round(found.ours_ms, 3),
            "ratio": round(found.ratio, 3),
            "goal": found.goal,
            "met": found.is_met,
            "repetitions": found.repetitions,
        }

    def line(self) -> str:
        """Tell it in one line."""
        found = self.measured
        times = f"{found.ours_ms:.1f} ms against {found.floor_ms:.1f} ms"
        goal = "no goal" if found.goal is None else f"goal {found.goal:g}"
        verdict = "met" if found.is_met else "MISSED"
        return (
            f"{verdict:6}  {found.ratio:7.2f} x  ({goal})  {self.database:10}  "
            f"{found.job}; floor: {found.floor}; {times}"
        )


def run(size_name: str, office: str | None = None) -> Iterator[Result]:
    """Measure everything, one result after the other.

    Args:
        size_name: ``tiny``, ``small`` or ``large``.
        office: an empty file or database to fill; by default new ones are made and
            taken away again.
    """
    size, times = SIZES[size_name], _REPETITIONS[size_name]
    with nullcontext([office]) if office else everywhere() as addresses:
        for address in addresses:
            with opened(address, size) as place:
                if place.name == SQLITE:  # before others fill the file further
                    for measured in windows.measure(place, address, times):
                        yield Result(place.name, measured)
                for job in (week, booking, month):
                    for measured in job.measure(place, times):
                        yield Result(place.name, measured)
    for measured in paper.measure(_INVOICES[size_name], min(times, 3)):
        yield Result("", measured)
