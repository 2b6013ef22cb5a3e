"""Finds what lies next to planned times in the guard's table, all at once.

The probes are written into one statement as ``VALUES``; they are whole numbers and
nothing else, so the text needs no parameters and is the same on both databases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from app.models.database import Snapshot, Transaction
from app.models.values.occupancy import MINUTE_BITS, MINUTE_MASK
from app.services.scheduling.asking import listed, rows_of

DAY = 24 * 60  # no session is longer, so none that starts earlier reaches into a time
PROBES_AT_ONCE = 2000
_BEFORE = "starts < probe.e{without} ORDER BY starts DESC"
_AFTER = "starts >= probe.e{without} ORDER BY starts"
_SEEK = (
    "SELECT probe.n, near.starts, near.ends, near.session_id FROM probe "
    "JOIN occupancy AS near ON near.starts = "
    "(SELECT starts FROM occupancy WHERE {place} LIMIT 1)"
)
_WINDOW = (
    "SELECT probe.n, near.starts, near.ends, near.session_id FROM probe "
    "JOIN {table} AS near ON near.starts > probe.s - {reach} "
    "AND near.starts < probe.e + {margin}{without} WHERE near.ends > probe.s - {margin}"
)
_IDS = (
    "SELECT near.session_id FROM probe JOIN {table} AS near "
    "ON near.starts > probe.s - {reach} AND near.starts < probe.e "
    "WHERE near.ends > probe.s"
)


@dataclass(frozen=True, slots=True)
class Probe:
    """A resource's planned time: the resource's number, minutes since 1970."""

    resource: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A resource's time in a session, minutes since 1970."""

    start: int
    end: int
    session_id: int

    @property
    def starts_at(self) -> datetime:
        """Give the start as an instant."""
        return datetime.fromtimestamp(self.start * 60, UTC)


def around(
    work: Snapshot | Transaction,
    probes: Sequence[Probe],
    without: Collection[int] = (),
) -> list[list[Row]]:
    """Find for each probe the row before its end and the row after it.

    Rows of one resource in the guard's table never overlap, so the last one that
    starts before a planned end is the only one that need be looked at. Sessions
    booked in spite of a clash stand apart and are looked at a day around.

    Args:
        work: where to read.
        probes: the planned times.
        without: sessions whose rows do not count because they are being moved.
    """
    left_out = ""
    if without:
        left_out = f" AND session_id NOT IN ({listed(without)})"
    statements = [
        _SEEK.format(place=place.format(without=left_out))
        for place in (_BEFORE, _AFTER)
    ]
    statements.append(
        _WINDOW.format(
            table="occupancy_override", reach=2 * DAY, margin=DAY, without=left_out
        )
    )
    return _ask(work, probes, statements)


def held_in(
    work: Snapshot | Transaction, resources: Collection[int], start: int, end: int
) -> dict[int, list[Row]]:
    """List by resource what its time is taken by between two minutes since 1970."""
    probes = [Probe(number, start, end) for number in sorted(set(resources))]
    statements = [
        _WINDOW.format(table=table, reach=DAY, margin=0, without="")
        for table in ("occupancy", "occupancy_override")
    ]
    rows = _ask(work, probes, statements)
    found: dict[int, list[Row]] = defaultdict(list)
    for probe, taken in zip(probes, rows, strict=True):
        found[probe.resource] = sorted(taken, key=lambda row: row.start)
    return found


def sessions_held(
    work: Snapshot | Transaction, resources: Collection[int], start: int, end: int
) -> set[int]:
    """Name the sessions that take resources' time between two minutes since 1970."""
    probes = [Probe(number, start, end) for number in sorted(set(resources))]
    statements = [
        _IDS.format(table=table, reach=DAY)
        for table in ("occupancy", "occupancy_override")
    ]
    found: set[int] = set()
    for first in range(0, len(probes), PROBES_AT_ONCE):
        question = _asked(probes[first : first + PROBES_AT_ONCE], first, statements)
        found.update(row[0] for row in rows_of(work, question))
    return found


def _ask(
    work: Snapshot | Transaction, probes: Sequence[Probe], statements: Sequence[str]
) -> list[list[Row]]:
    found: list[list[Row]] = [[] for _ in probes]
    for first in range(0, len(probes), PROBES_AT_ONCE):
        question = _asked(probes[first : first + PROBES_AT_ONCE], first, statements)
        for n, starts, ends, session_id in rows_of(work, question):
            if starts >> MINUTE_BITS == probes[n].resource:
                row = Row(starts & MINUTE_MASK, ends & MINUTE_MASK, session_id)
                found[n].append(row)
    return found


def _asked(probes: Sequence[Probe], first: int, statements: Sequence[str]) -> str:
    every = " UNION ALL ".join(statements)
    return f"WITH probe(n, s, e) AS (VALUES {_values(probes, first)}) {every}"


def _values(probes: Sequence[Probe], first: int) -> str:
    rows: list[str] = []
    for n, probe in enumerate(probes, first):
        base = int(probe.resource) << MINUTE_BITS
        rows.append(f"({n},{base | int(probe.start)},{base | int(probe.end)})")
    return ",".join(rows)
