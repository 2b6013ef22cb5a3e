"""What the journal's page reads: steps, each with everything it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.services.journal import Journal
from app.services.undoing.words import EntryInWords, FieldChange
from app.views.formats import DASH

MANY = 600  # entries
SHOWN = 3  # changes in a line
MONEY = frozenset(
    (
        *("charge", "document", "document_line", "payment", "allocation", "price"),
        *("pay_line", "pay_run", "pay_statement", "pay_rate", "lot", "discount"),
    )
)
SESSIONS = frozenset(("session", "attendance", "session_tutor", "close_out", "series"))
PEOPLE = frozenset(("student", "household", "guardian", "payer", "tutor", "placement"))
ARROW = "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of somebody, with every record it changed.

    Attributes:
        undone: whether a later step took it back.
    """

    step: int
    at: datetime
    actor: str
    desk: str
    action: str
    entries: tuple[EntryInWords, ...]
    undone: bool

    @property
    def tables(self) -> frozenset[str]:
        """The tables that it wrote to."""
        return frozenset(entry.table for entry in self.entries)

    @property
    def record(self) -> str:
        """The records in words, the first one with how many more there are."""
        first = self.entries[0].record
        more = len(self.entries) - 1
        return f"{first} +{more}" if more else first

    @property
    def change(self) -> str:
        """The fields that changed first, before and after."""
        found = [change for entry in self.entries for change in entry.changes]
        return ", ".join(change_text(change) for change in found[:SHOWN])


def change_text(change: FieldChange) -> str:
    """Write a field's change in one line; a new one has no before."""
    if not change.before:
        return f"{change.field}: {change.after}"
    return f"{change.field}: {change.before or DASH} {ARROW} {change.after or DASH}"


def read_steps(
    journal: Journal, kind: str = "", row_id: int | None = None
) -> tuple[StepLine, ...]:
    """Read the latest steps, of one record or of the whole office."""
    entries = journal.entries(kind, row_id, MANY)
    taken_back = {entry.undoes for entry in entries if entry.undoes is not None}
    return tuple(
        _line(step, list(found), taken_back)
        for step, found in groupby(entries, key=_step_of)
    )


def _step_of(entry: EntryInWords) -> int:
    return entry.step


def _line(step: int, entries: Sequence[EntryInWords], taken_back: set[int]) -> StepLine:
    first = entries[-1]
    return StepLine(
        step,
        first.at,
        first.actor,
        first.desk,
        first.action,
        tuple(reversed(entries)),
        step in taken_back,
    )


def is_money(line: StepLine) -> bool:
    """Say whether a step changed charges, documents, payments or pay."""
    return not line.tables.isdisjoint(MONEY)


def is_session(line: StepLine) -> bool:
    """Say whether a step changed sessions."""
    return not line.tables.isdisjoint(SESSIONS)


def is_people(line: StepLine) -> bool:
    """Say whether a step changed people."""
    return not line.tables.isdisjoint(PEOPLE)
