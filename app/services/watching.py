"""What other desks of the office committed, so that windows can follow."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.base import Model
from app.models.database import Snapshot
from app.models.office import JournalEntry
from app.models.values.changes import Changes
from app.services.desk import Desk


class Watching:
    """Tells what was committed after a place of the journal, at whatever desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen = (0, "")  # the last entry that was seen, and its chain

    def latest(self) -> int:
        """Give the number of the journal's last entry; 0 for none."""
        with self._desk.snapshot() as snapshot:
            return self._see(snapshot)

    def since(self, sequence: int) -> Changes:
        """Name the tables that were written to after an entry, and the last entry.

        An entry that the journal no longer has was lost to a restore: then every table
        may have changed.
        """
        with self._desk.snapshot() as snapshot:
            number, known = self._seen
            is_lost = number > 0 and _chain(snapshot, number) != known
            last = self._see(snapshot)
            if is_lost or last < sequence:
                return Changes(frozenset(Model.metadata.tables), last)
            if last == sequence:
                return Changes(frozenset(), last)
            names = (
                select(JournalEntry.table_name)
                .where(JournalEntry.id > sequence)
                .distinct()
            )
            return Changes(frozenset(snapshot.scalars(names)), last)

    def _see(self, snapshot: Snapshot) -> int:
        last = int(snapshot.scalar(select(func.max(JournalEntry.id))) or 0)
        self._seen = (last, _chain(snapshot, last))
        return last


def _chain(snapshot: Snapshot, number: int) -> str:
    query = select(JournalEntry.chain).where(JournalEntry.id == number)
    return snapshot.scalar(query) or ""
