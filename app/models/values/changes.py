"""Word of what a committed transaction wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Which tables a committed transaction wrote to, and where its journal ends.

    Attributes:
        step: the number of its step in the journal; 0 for several steps or none.
    """

    tables: frozenset[str]
    sequence: int = 0
    step: int = field(default=0, compare=False)

    def touch(self, *tables: str) -> bool:
        """Say whether any of these tables was written to."""
        return not self.tables.isdisjoint(tables)


Listener = Callable[[Changes], None]
