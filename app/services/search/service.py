"""Searching the office while somebody types."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.models.database import Snapshot
from app.models.office import JournalEntry
from app.models.values.changes import Changes
from app.models.values.folding import folded
from app.services.desk import Desk
from app.services.search.index import FEW, FUZZY_FROM, Hit, HitKind, Index
from app.services.search.reading import READERS, Sight, tables_of

LOOK_EVERY = timedelta(milliseconds=250)  # for what other desks changed
_MANY = 1000  # journal entries; after more of them everything is read again


class Search:
    """Finds people, sessions and documents; a tutor finds only what is the own.

    The lines are kept in memory and read again when their tables have changed: at
    once after this program's own commits, within 250 ms after those of others, and
    when a new day has begun.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._indices: dict[HitKind, Index] = {}
        self._read_to = -1
        self._looked_at: datetime | None = None
        self._is_stale = True
        self._listen()

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Find what a text may mean, the likeliest first.

        Exact places count; only where fewer than five are found, and from three
        letters on, typing errors are forgiven.
        """
        needle = folded(text)
        self._refresh()
        order = {kind: place for place, kind in enumerate(HitKind)}
        found = [
            (-score, order[kind], line, kind)
            for kind, index in self._indices.items()
            for score, line in index.find(needle, limit)
        ]
        if len(found) < FEW and len(needle) >= FUZZY_FROM:
            seen = {(kind, line) for _score, _order, line, kind in found}
            found += [
                (-score, order[kind], line, kind)
                for kind, index in self._indices.items()
                for score, line in index.find_alike(needle, limit)
                if (kind, line) not in seen
            ]
        found.sort()
        return tuple(
            self._indices[kind].hit(line, -score)
            for score, _order, line, kind in found[:limit]
        )

    def named(self, wanted: Sequence[tuple[HitKind, int]]) -> tuple[Hit, ...]:
        """Give records by kind and number, as long as they can still be found."""
        self._refresh()
        found = (self._indices[kind].of(row_id) for kind, row_id in wanted)
        return tuple(hit for hit in found if hit is not None)

    def note(self, changes: Changes) -> None:
        """Hear that this program changed something."""
        self._is_stale = self._is_stale or bool(changes.tables)

    def _listen(self) -> None:
        own = weakref.ref(self)  # the database outlives who sits at the desk

        def heard(changes: Changes) -> None:
            """Pass the word on to a search that is still in use."""
            search = own()
            if search is not None:
                search.note(changes)

        self._desk.database.listen(heard)

    def _refresh(self) -> None:
        now = self._desk.now()
        former = self._looked_at
        if former and not self._is_stale and former <= now < former + LOOK_EVERY:
            return
        self._is_stale, self._looked_at = False, now
        is_new_day = former is None or former.date() != now.date()
        with self._desk.snapshot() as snapshot:
            last = snapshot.scalar(select(func.max(JournalEntry.id))) or 0
            if last == self._read_to and not is_new_day:
                return
            stale = self._stale(snapshot, last)
            if is_new_day:
                stale.add(HitKind.SESSION)
            sight = Sight(self._desk.actor, now)
            read = {kind: READERS[kind](snapshot, sight) for kind in stale}
        self._indices = {
            kind: Index(read[kind]) if kind in read else self._indices[kind]
            for kind in HitKind
        }
        self._read_to = last

    def _stale(self, snapshot: Snapshot, last: int) -> set[HitKind]:
        if not self._indices or not 0 <= last - self._read_to <= _MANY:
            return set(HitKind)
        changed = set(
            snapshot.scalars(
                select(JournalEntry.table_name)
                .where(JournalEntry.id > self._read_to)
                .distinct()
            )
        )
        return {
            kind
            for kind in HitKind
            if not changed.isdisjoint(tables_of(kind, self._desk.actor))
        }
