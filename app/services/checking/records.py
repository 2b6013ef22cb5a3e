"""Is every record what the journal last wrote of it?

Whatever the program does goes through the journal. So a record that differs from it was
changed by something else: another program, or a disk that forgets.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Date, String, Table, select, type_coerce
from sqlalchemy.types import TypeDecorator

from app.models.base import Model
from app.models.database import Snapshot
from app.models.office import JournalEntry
from app.models.recording import to_plain
from app.models.types import JsonText, canonical_json
from app.services.checking.findings import Finding, named
from app.text import _

_AT_A_TIME = 1000


@dataclass(slots=True)
class _Kept:
    """What the journal says of a record.

    Attributes:
        values: its columns as they must be; None if it was taken away.
        is_erased: whether values were blanked from the journal on request.
    """

    values: dict[str, Any] | None = None
    is_erased: bool = False


@dataclass(slots=True)
class _Wrong:
    changed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    added: list[int] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def check_records(snapshot: Snapshot) -> Iterator[Finding]:
    """Compare every record with what the journal last wrote of it."""
    for table in Model.metadata.sorted_tables:
        if "version" in table.c and table.name != JournalEntry.__tablename__:
            yield from _told(table.name, _compared(snapshot, table))


def _compared(snapshot: Snapshot, table: Table) -> _Wrong:
    wrong = _Wrong()
    texts = {column.name for column in table.c if isinstance(column.type, JsonText)}
    for row_id, kept, row in _side_by_side(
        _kept(snapshot, table), _rows(snapshot, table)
    ):
        if row is None:
            if kept is not None and kept.values is not None and not kept.is_erased:
                wrong.lost.append(row_id)
        elif kept is None or kept.values is None:
            wrong.added.append(row_id)
        elif not kept.is_erased:
            for name, value in kept.values.items():
                is_text = name in texts and value is not None
                wanted = canonical_json(value) if is_text else value
                if name in row and to_plain(row[name]) != wanted:
                    wrong.changed[name].append(row_id)
    return wrong


def _kept(snapshot: Snapshot, table: Table) -> Iterator[tuple[int, _Kept]]:
    """Follow each record of a table through the journal, by id."""
    query = (
        select(JournalEntry.row_id, JournalEntry.before, JournalEntry.after)
        .where(JournalEntry.table_name == table.name)
        .order_by(JournalEntry.row_id, JournalEntry.id)
        .execution_options(yield_per=_AT_A_TIME)
    )
    for row_id, entries in groupby(snapshot.execute(query), itemgetter(0)):
        kept = _Kept()
        for _row_id, before, after in entries:
            if after is not None:
                former = kept.values if before is not None else None
                kept.values = {**(former or {}), **json.loads(after)}
            elif before is not None:
                kept.values = None
            else:
                kept.is_erased = True
        yield row_id, kept


def _rows(snapshot: Snapshot, table: Table) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Read a table as it lies there, so that no senseless value stops the reading."""
    wanted = [_bare(column) for column in table.c if not column.info.get("sensitive")]
    query = select(*wanted).order_by(table.c.id)
    found = snapshot.execute(query.execution_options(yield_per=_AT_A_TIME))
    for row in found.mappings():
        yield row["id"], dict(row)


def _bare(column: Column[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, TypeDecorator):
        return type_coerce(column, column.type.impl_instance).label(column.name)
    if isinstance(column.type, Date):
        return type_coerce(column, String).label(column.name)
    return column


def _side_by_side(
    kept: Iterator[tuple[int, _Kept]], rows: Iterator[tuple[int, Mapping[str, Any]]]
) -> Iterator[tuple[int, _Kept | None, Mapping[str, Any] | None]]:
    """Walk along two lists in the order of ids, each id once."""
    both = merge(
        ((row_id, each, None) for row_id, each in kept),
        ((row_id, None, row) for row_id, row in rows),
        key=itemgetter(0),
    )
    for row_id, parts in groupby(both, itemgetter(0)):
        found = list(parts)
        yield row_id, found[0][1], found[-1][2]


def _told(table: str, wrong: _Wrong) -> Iterator[Finding]:
    for column, ids in wrong.changed.items():
        yield Finding(
            "record_changed",
            _("The {column} of a {table} was changed outside the program.").format(
                column=column, table=table
            ),
            named(table, *ids),
        )
    if wrong.added:
        yield Finding(
            "record_added",
            _("A {table} was added outside the program.").format(table=table),
            named(table, *wrong.added),
        )
    if wrong.lost:
        yield Finding(
            "record_lost",
            _("A {table} was taken away outside the program.").format(table=table),
            named(table, *wrong.lost),
        )
