"""Writes down what a transaction did: one journal entry for each row it changed.

The entries are gathered while the transaction flushes, so nobody has to remember to
announce anything. They serve the audit trail, undo, the refresh of other desks and
"who changed this". Secret and sensitive columns are written as “changed” only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, cast

from sqlalchemy import Column, Table, inspect
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE
from sqlalchemy.types import Date

from app.models.base import Model
from app.models.types import (
    ExactDecimal,
    UtcDateTime,
    Word,
    canonical_json,
    canonical_list,
)

CHANGED = "changed"
_SILENT = frozenset({"version"})
_PLAIN = frozenset({type(None), bool, int, str})
_UNWRITTEN_TABLES = frozenset({"journal"})


@dataclass(frozen=True, slots=True)
class Step:
    """Who does what, when and at which desk; the heading of the journal's entries."""

    action: str
    actor: str
    at: datetime
    desk: str = ""
    undoes: int | None = None


@dataclass(slots=True)
class _Row:
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Recorder:
    """Gathers what one transaction changes, row by row."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, int], _Row] = {}
        self.tables: set[str] = set()

    def note_inserted(self, table: Table, row_id: int, values: dict[str, Any]) -> None:
        """Write down a new row."""
        if table.name not in _UNWRITTEN_TABLES:
            self.tables.add(table.name)
            self._rows[table.name, row_id] = _Row(None, _written(table, values))

    def note_object(self, thing: Model, *, is_new: bool, is_deleted: bool) -> None:
        """Write down an object that a flush inserted, changed or deleted."""
        table = cast("Table", thing.__table__)
        if is_new:
            self.note_inserted(table, thing.id, _values(thing))
        elif is_deleted:
            self._merge(table, thing.id, _written(table, _values(thing)), None)
        else:
            before, after = _differences(thing)
            if after:
                self._merge(
                    table, thing.id, _written(table, before), _written(table, after)
                )

    def note_filled_in(
        self, model: type[Model], row_id: int, name: str, value: object
    ) -> None:
        """Write down that a column which was empty holds something now."""
        table = cast("Table", model.__table__)
        after = _written(table, {name: value})
        self._merge(table, row_id, {name: None}, after)

    def _merge(
        self,
        table: Table,
        row_id: int,
        before: dict[str, Any],
        after: dict[str, Any] | None,
    ) -> None:
        self.tables.add(table.name)
        known = self._rows.get((table.name, row_id))
        if known is None:
            self._rows[table.name, row_id] = _Row(before, after)
            return
        if known.before is not None:
            known.before = {**before, **known.before}
        known.after = None if after is None else {**(known.after or {}), **after}

    def entries(
        self, step: Step, former_chain: str, first: int
    ) -> list[dict[str, Any]]:
        """Make the journal's rows, each chained to the one before it.

        Args:
            step: the heading of all of them.
            former_chain: the chain of the last entry so far, or empty.
            first: the id that the first of them gets.
        """
        rows: list[dict[str, Any]] = []
        for (table, row_id), row in self._rows.items():
            if row.before == row.after:
                continue
            before = None if row.before is None else canonical_json(row.before)
            after = None if row.after is None else canonical_json(row.after)
            entry: dict[str, Any] = {
                "id": first + len(rows),
                "version": 1,
                "step": first,
                "at": step.at,
                "actor": step.actor,
                "desk": step.desk,
                "action": step.action,
                "table_name": table,
                "row_id": row_id,
                "before": before,
                "after": after,
                "undoes": step.undoes,
                "digest": digest(before, after),
            }
            former_chain = entry["chain"] = chain(former_chain, entry)
            rows.append(entry)
        return rows


def digest(before: str | None, after: str | None) -> str:
    """Give the SHA-256 of an entry's values, which outlives an erasure of them."""
    text = canonical_list([before, after])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def chain(former: str, entry: dict[str, Any]) -> str:
    """Give the SHA-256 over the former chain, who, when, what and the digest."""
    parts = [
        former,
        entry["step"],
        int(entry["at"].timestamp()),
        entry["actor"],
        entry["desk"],
        entry["action"],
        entry["table_name"],
        entry["row_id"],
        entry["undoes"],
        entry["digest"],
    ]
    text = canonical_list(parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def to_plain(value: object) -> Any:  # noqa: ANN401  any JSON value
    """Turn a column's value into one that JSON knows."""
    if type(value) in _PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


def from_plain(column: Column[Any], value: Any) -> Any:  # noqa: ANN401  any value
    """Turn a JSON value back into what the column holds."""
    if value is None:
        return None
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return datetime.fromtimestamp(value, UTC)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    if isinstance(kind, ExactDecimal):
        return Decimal(value)
    if isinstance(kind, Word):
        return kind.words(value)
    return value


def _written(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    sensitive = _sensitive(table)
    return {
        key: CHANGED if key in sensitive and value else to_plain(value)
        for key, value in values.items()
        if key not in _SILENT
    }


@cache
def _sensitive(table: Table) -> frozenset[str]:
    return frozenset(
        column.name for column in table.columns if column.info.get("sensitive")
    )


def _values(thing: Model) -> dict[str, Any]:
    return {column.name: getattr(thing, column.name) for column in thing.__table__.c}


def _differences(thing: Model) -> tuple[dict[str, Any], dict[str, Any]]:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(thing)
    for key in state.committed_state.keys() - _SILENT:
        history = get_history(thing, key, PASSIVE_NO_INITIALIZE)
        if history.has_changes():
            before[key] = history.deleted[0] if history.deleted else None
            after[key] = history.added[0] if history.added else None
    return before, after
