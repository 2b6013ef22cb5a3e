"""Measures a job and its floor in turn, so that their ratio holds on any machine."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Measured:
    """A job beside its floor.

    Attributes:
        ratio: the median over the repetitions of ours / floor.
        goal: what the ratio should not exceed; None where none is set.
    """

    job: str
    floor: str
    floor_ms: float
    ours_ms: float
    ratio: float
    goal: float | None
    repetitions: int

    @property
    def is_met(self) -> bool:
        """Say whether the goal is met."""
        return self.goal is None or self.ratio <= self.goal


Work = Callable[[], object]


def compare(
    job: str,
    floor_name: str,
    floor: Work,
    ours: Work,
    *,
    after: Work | None = None,
    goal: float | None = None,
    repetitions: int = 7,
) -> Measured:
    """Run floor and job in turn, after one warm-up of each.

    What ``after`` does, to bring back what either changed, does not count.
    """
    bare: list[float] = []
    full: list[float] = []
    for turn in range(repetitions + 1):
        for work, times in ((floor, bare), (ours, full)):
            time = _milliseconds(work)
            if after is not None:
                after()
            if turn:
                times.append(time)
    ratios = [mine / its for mine, its in zip(full, bare, strict=True)]
    return Measured(
        job,
        floor_name,
        median(bare),
        median(full),
        median(ratios),
        goal,
        repetitions,
    )


def _milliseconds(work: Work) -> float:
    gc.collect()
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
