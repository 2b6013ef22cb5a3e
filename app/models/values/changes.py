"""Word of what a committed transaction wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Which tables a committed transaction wrote to, and where its journal ends."""

    tables: frozenset[str]
    sequence: int = 0

    def touch(self, *tables: str) -> bool:
        """Say whether any of these tables was written to."""
        return not self.tables.isdisjoint(tables)


Listener = Callable[[Changes], None]
