"""Journal entries in the office's words: which record, which field, which value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Column, Table, select
from sqlalchemy.types import Boolean, Date

from app.models.base import Model
from app.models.database import Snapshot
from app.models.office import JournalEntry
from app.models.recording import CHANGED
from app.models.types import UtcDateTime, Word, canonical_json
from app.models.values.money import plain_amount
from app.models.values.schedule import wall_clock
from app.services.desk import profile
from app.services.undoing.field_names import field_words
from app.services.undoing.naming import record_names
from app.services.undoing.records import models, table_of
from app.text import _

EMPTY: tuple[object, ...] = (None, "", [], {}, "[]", "{}")
_MONEY = frozenset(
    {"amount", "approved_amount", "minimum_amount", "net", "tax", "total"}
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in words; empty where there was nothing."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EntryInWords:
    """Who did what to one record, and when.

    Attributes:
        record: the record in words, such as ``close-out: Maya, Tue 03 Mar 2026 16:00``;
            one that is gone has its number.
        undoes: the step that this one took back.
    """

    entry_id: int
    step: int
    at: datetime
    actor: str
    desk: str
    action: str
    table: str
    row_id: int
    record: str
    changes: tuple[FieldChange, ...]
    undoes: int | None


class Wording:
    """Puts entries into words, looking up every name once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        office = profile(snapshot)
        self._zone, self._currency = ZoneInfo(office.zone), office.currency
        self._names: dict[tuple[str, int], str] = {}
        self._records: dict[tuple[str, int], str] = {}

    def entries(self, found: Sequence[JournalEntry]) -> tuple[EntryInWords, ...]:
        """Put entries into words, in their order."""
        keys = [(entry.table_name, entry.row_id) for entry in found]
        self._records = record_names(self._snapshot, self._zone, keys)
        return tuple(self._entry(entry) for entry in found)

    def _entry(self, entry: JournalEntry) -> EntryInWords:
        return EntryInWords(
            entry_id=entry.id,
            step=entry.step,
            at=entry.at,
            actor=entry.actor,
            desk=entry.desk,
            action=entry.action,
            table=entry.table_name,
            row_id=entry.row_id,
            record=self._record(entry.table_name, entry.row_id),
            changes=self._changes(entry),
            undoes=entry.undoes,
        )

    def _record(self, table: str, row_id: int) -> str:
        name = self._records.get((table, row_id))
        words = table_words(table)
        return f"{words}: {name}" if name else f"{words} {row_id}"

    def _changes(self, entry: JournalEntry) -> tuple[FieldChange, ...]:
        model = models().get(entry.table_name)
        if model is None:
            return ()
        before = json.loads(entry.before) if entry.before else {}
        after = json.loads(entry.after) if entry.after else {}
        columns = table_of(model).c
        changes = [
            FieldChange(
                field_words(name, entry.table_name),
                self._value(columns[name], before.get(name)),
                self._value(columns[name], after.get(name)),
            )
            for name in {**before, **after}
            if name in columns and name != "id"
        ]
        return tuple(each for each in changes if each.before or each.after)

    def _value(self, column: Column[Any], value: Any) -> str:  # noqa: ANN401  any JSON
        if value in EMPTY:
            return ""
        if value == CHANGED and column.info.get("sensitive"):
            return _("changed")
        if column.foreign_keys and isinstance(value, int):
            target = next(iter(column.foreign_keys)).column.table
            return self._name(target, value)
        if column.name in _MONEY and isinstance(value, int):
            return plain_amount(value, self._currency)
        return self._plain(column, value)

    def _plain(self, column: Column[Any], value: Any) -> str:  # noqa: ANN401  any JSON
        words = canonical_json(value) if not isinstance(value, str) else value
        if isinstance(column.type, UtcDateTime):
            moment = wall_clock(datetime.fromtimestamp(value, UTC), self._zone)
            words = f"{moment:%a %d %b %Y %H:%M}"
        elif isinstance(column.type, Date):
            words = f"{date.fromisoformat(value):%d %b %Y}"
        elif isinstance(column.type, Boolean):
            words = _("yes") if value else _("no")
        elif isinstance(column.type, Word):
            words = str(value).replace("_", " ")
        return words

    def _name(self, table: Table, row_id: int) -> str:
        key = (table.name, row_id)
        if key not in self._names:
            name = None
            if "name" in table.c:
                name = self._snapshot.scalar(
                    select(table.c.name).where(table.c.id == row_id)
                )
            self._names[key] = name or f"{table_words(table.name)} {row_id}"
        return self._names[key]


def table_words(name: str) -> str:
    """Name a kind of record as a person would."""
    named = {
        "session_tutor": _("part of a tutor"),
        "attendance": _("place of a student"),
        "close_out": _("close-out"),
        "exception": _("leave or extra time"),
        "lot": _("package bought"),
    }
    return named.get(name, name.replace("_", " "))


PARTS: dict[str, tuple[str, ...]] = {
    "session": (
        "session_tutor",
        "attendance",
        "close_out",
        "note",
        "homework",
        "skill_touch",
        "expense",
        "mileage_claim",
        "charge",
        "pay_line",
    ),
    "household": ("payer", "payer_share", "guardian"),
    "student": ("student_availability", "student_absence", "preference"),
    "tutor": ("tutor_teaches", "availability", "exception", "tutor_document"),
    "series": ("series_exception", "enrolment"),
    "placement": ("placement_student", "payer_share"),
}


def parts_of(kind: str) -> tuple[tuple[type[Model], Column[Any]], ...]:
    """Give the kinds of record that belong to another, with the column that says so."""
    return tuple(
        (models()[part], table_of(models()[part]).c[f"{kind}_id"])
        for part in PARTS.get(kind, ())
    )
