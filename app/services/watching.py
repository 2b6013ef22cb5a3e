"""What other desks of the office committed, so that windows can follow."""

from __future__ import annotations

from sqlalchemy import func, select

from app.models.office import JournalEntry
from app.models.values.changes import Changes
from app.services.desk import Desk


class Watching:
    """Tells what was committed after a place of the journal, at whatever desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def latest(self) -> int:
        """Give the number of the journal's last entry; 0 for none."""
        with self._desk.snapshot() as snapshot:
            return int(snapshot.scalar(select(func.max(JournalEntry.id))) or 0)

    def since(self, sequence: int) -> Changes:
        """Name the tables that were written to after an entry, and the last entry."""
        with self._desk.snapshot() as snapshot:
            last = int(snapshot.scalar(select(func.max(JournalEntry.id))) or 0)
            if last <= sequence:
                return Changes(frozenset(), last)
            names = (
                select(JournalEntry.table_name)
                .where(JournalEntry.id > sequence)
                .distinct()
            )
            return Changes(frozenset(snapshot.scalars(names)), last)
