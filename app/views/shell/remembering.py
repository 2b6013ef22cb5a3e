"""What a person used of late: the records looked at, and the commands carried out."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction

from app.services.search.index import HitKind
from app.views.shell.answers import key_of
from app.views.state import State, whole
from app.views.tools import Link

MOST_RECORDS, MOST_COMMANDS = 20, 60


class Used:
    """Remembers records by their numbers only, and how often commands were run."""

    def __init__(self, state: State, person: str) -> None:
        self._state = state
        self._records = f"palette/{person}/records"
        self._commands = f"palette/{person}/commands"

    def see(self, link: Link) -> None:
        """Note that a record was looked at."""
        if not link.id or link.kind not in set(HitKind):
            return
        line = f"{link.kind} {link.id}"
        lines = [one for one in self._state.texts(self._records) if one != line]
        self._state.keep_texts(self._records, [line, *lines][:MOST_RECORDS])

    def run(self, action: QAction) -> None:
        """Count that a command was carried out."""
        counts = dict(self.counts())
        key = key_of(action)
        counts[key] = counts.get(key, 0) + 1
        order = sorted(counts.items(), key=_often)[:MOST_COMMANDS]
        lines = [f"{count} {name}" for name, count in order]
        self._state.keep_texts(self._commands, lines)

    def records(self) -> list[tuple[HitKind, int]]:
        """Name the records that were looked at, the latest first."""
        found = []
        for line in self._state.texts(self._records):
            kind, _space, number = line.partition(" ")
            record_id = whole(number)
            if kind in set(HitKind) and record_id:
                found.append((HitKind(kind), record_id))
        return found

    def counts(self) -> Mapping[str, int]:
        """Say how often each command was run."""
        found = {}
        for line in self._state.texts(self._commands):
            count, _space, name = line.partition(" ")
            times = whole(count)
            if times and name:
                found[name] = times
        return found


def _often(counted: tuple[str, int]) -> int:
    return -counted[1]
