"""Compares records with what a step left, and puts them back as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, select

from app.models.base import Model
from app.models.database import Snapshot, Transaction
from app.models.office import JournalEntry
from app.models.recording import CHANGED, digest, from_plain, to_plain
from app.models.types import canonical_json
from app.models.values.schedule import wall_clock
from app.services.undoing.errors import ChangedSinceError, NotKeptError

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trace:
    """What a step did to one record.

    Attributes:
        before: the columns it changed as they were; None where it made the record.
        after: the same columns afterwards; None where it took the record away.
    """

    entry_id: int
    model: type[Model]
    row_id: int
    before: Plain | None
    after: Plain | None

    @property
    def table(self) -> str:
        """Name the record's table."""
        return str(self.model.__tablename__)


@cache
def models() -> Mapping[str, type[Model]]:
    """Give every kind of record by the name of its table."""
    return {
        mapper.class_.__tablename__: mapper.class_ for mapper in Model.registry.mappers
    }


def table_of(model: type[Model]) -> Table:
    """Give a kind's table."""
    return Model.metadata.tables[model.__tablename__]


def traces(work: Snapshot | Transaction, step: int) -> list[Trace]:
    """Read what a step did, in order.

    Raises:
        NotKeptError: Values were erased from the journal.
    """
    rows = work.scalars(
        select(JournalEntry).where(JournalEntry.step == step).order_by(JournalEntry.id)
    )
    return [_trace(entry) for entry in rows]


def _trace(entry: JournalEntry) -> Trace:
    model = models().get(entry.table_name)
    if model is None or digest(entry.before, entry.after) != entry.digest:
        raise NotKeptError
    return Trace(entry.id, model, entry.row_id, _read(entry.before), _read(entry.after))


def _read(text: str | None) -> Plain | None:
    return None if text is None else dict(json.loads(text))


def require_as_left(
    transaction: Transaction, trace: Trace, zone: ZoneInfo
) -> Model | None:
    """Give the record, refusing one that is not as the step left it.

    Raises:
        ChangedSinceError: Somebody changed, removed or remade it.
    """
    current = transaction.get(trace.model, trace.row_id)
    later = _later(transaction, trace)
    is_there = current is not None
    if is_there != (trace.after is not None) or (
        current is not None and not _is(current, _as_left(trace, later))
    ):
        last = later[-1] if later else None
        raise ChangedSinceError(
            trace.table,
            trace.row_id,
            last.actor if last else "",
            wall_clock(last.at, zone) if last else None,
        )
    return current


def was_set_since(transaction: Transaction, trace: Trace, name: str) -> bool:
    """Say whether a column was empty after the step and is no longer."""
    current = transaction.get(trace.model, trace.row_id)
    if current is None or getattr(current, name) is None:
        return False
    left = _as_left(trace, _later(transaction, trace))
    return name in left and left[name] is None


def _later(transaction: Transaction, trace: Trace) -> list[JournalEntry]:
    return list(
        transaction.scalars(
            select(JournalEntry)
            .where(
                JournalEntry.table_name == trace.table,
                JournalEntry.row_id == trace.row_id,
                JournalEntry.id > trace.entry_id,
            )
            .order_by(JournalEntry.id)
        )
    )


def _as_left(trace: Trace, later: Sequence[JournalEntry]) -> Plain:
    """Work out the record right after the step: later changes tell the rest of it."""
    expected = dict(trace.after or {})
    for entry in later:
        for name, value in (_read(entry.before) or {}).items():
            expected.setdefault(name, value)
    return expected


def _is(current: Model, expected: Plain) -> bool:
    columns = table_of(type(current)).c
    return all(
        canonical_json(to_plain(getattr(current, name))) == canonical_json(value)
        for name, value in expected.items()
        if name in columns and not _is_protected(current, name)
    )


def _is_protected(current: Model, name: str) -> bool:
    return bool(table_of(type(current)).c[name].info.get("sensitive"))


def kept_values(model: type[Model], plain: Plain) -> Plain:
    """Turn journalled values into column values.

    Raises:
        NotKeptError: A protected text is among them, which the journal leaves out.
    """
    columns = table_of(model).c
    values: Plain = {}
    for name, value in plain.items():
        if name not in columns:
            continue
        if columns[name].info.get("sensitive") and value == CHANGED:
            raise NotKeptError
        values[name] = from_plain(columns[name], value)
    return values


def remake(transaction: Transaction, found: Sequence[Trace]) -> None:
    """Make records again that a step took away, with their old numbers."""
    rank = _ranks()
    for trace in sorted(found, key=lambda each: (rank[each.table], each.row_id)):
        values = kept_values(trace.model, trace.before or {})
        transaction.insert_all(trace.model, [{**values, "id": trace.row_id}])


def put_back(current: Model, before: Plain) -> None:
    """Give a record's columns the values they had."""
    for name, value in kept_values(type(current), before).items():
        setattr(current, name, value)


def remove(transaction: Transaction, things: Sequence[Model]) -> None:
    """Take records away, those that others need last."""
    rank = _ranks()
    ordered = sorted(things, key=lambda each: (rank[each.__tablename__], each.id))
    for kind, same in _grouped(list(reversed(ordered))):
        needs_itself = any(
            key.column.table is table_of(kind) for key in table_of(kind).foreign_keys
        )
        for thing in same:
            transaction.delete(thing)
            if needs_itself:
                transaction.flush()
        transaction.flush()


def _grouped(things: Sequence[Model]) -> Iterator[tuple[type[Model], list[Model]]]:
    groups: dict[type[Model], list[Model]] = {}
    for thing in things:
        groups.setdefault(type(thing), []).append(thing)
    yield from groups.items()


@cache
def _ranks() -> Mapping[str, int]:
    """Number the tables so that each comes after those it refers to."""
    return {table.name: rank for rank, table in enumerate(Model.metadata.sorted_tables)}
