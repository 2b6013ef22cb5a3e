"""What a job left in the tables: taken once, undone, and written again by the driver.

The journal names every row that each transaction of the job touched. So the bare
driver can write exactly the same rows in exactly as many transactions, and both always
start from the same office.

A transaction cannot be written blindly: before it writes, the driver reads the rows
that it is going to change, those that its new rows refer to, and the journal's last
entry, to which the next is chained. Nothing more: no price, no rule, no rate of pay.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from app.models.base import Model
from app.models.types import canonical_json
from bench.floors import Bare, Read, Step, columns_of, insert_of, select_of, update_of

_ORDER = {table.name: n for n, table in enumerate(Model.metadata.sorted_tables)}
_JOURNAL = "journal"
_GUARD = "occupancy"
_LAST: Read = ("SELECT id, chain FROM journal ORDER BY id DESC LIMIT 1", [])


@dataclass(frozen=True, slots=True)
class _Touched:
    """A row that a transaction touched; ``before`` is None where it made it."""

    table: str
    row_id: int
    before: dict[str, Any] | None
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """One transaction: what it has to know, and what it writes."""

    reads: tuple[Read, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Footprint:
    """The rows of a job, transaction by transaction, and how to take them away."""

    transactions: tuple[Deed, ...]
    undoing: tuple[Step, ...]

    @property
    def rows(self) -> int:
        """Count the rows that are written."""
        steps = (step for deed in self.transactions for step in deed.steps)
        return sum(len(rows) for _sql, rows in steps)

    def write(self, bare: Bare) -> None:
        """Write the rows with the driver, in as many transactions as the job."""
        for deed in self.transactions:
            bare.write(deed.steps, deed.reads)


def undo(bare: Bare, after: int) -> None:
    """Bring the tables back to what they were at an entry of the journal.

    A server gives the rows of every repetition other ids, so it is read anew.
    """
    bare.write(footprint(bare, after).undoing)


def last_entry(bare: Bare) -> int:
    """Give the number of the journal's last entry."""
    return int(bare.rows("SELECT coalesce(max(id), 0) FROM journal")[0][0])


def footprint(bare: Bare, after: int) -> Footprint:
    """Read from the journal what happened after an entry."""
    entries = bare.rows(
        "SELECT step, table_name, row_id, before, after FROM journal "
        "WHERE id > ? ORDER BY id",
        (after,),
    )
    steps = [
        [_Touched(one[1], one[2], _read(one[3]), _read(one[4]) or {}) for one in group]
        for _step, group in groupby(entries, key=lambda entry: entry[0])
    ]
    numbers = sorted({entry[0] for entry in entries})
    written = tuple(
        Deed(
            (_LAST, *_needed(bare, touched)),
            (*_written(bare, touched), _journalled(bare, number)),
        )
        for number, touched in zip(numbers, steps, strict=True)
    )
    everything = [one for touched in steps for one in touched]
    return Footprint(written, (*_undoing(everything), _forgotten(after)))


def _read(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)


def _needed(bare: Bare, touched: Sequence[_Touched]) -> Iterator[Read]:
    """Read what a transaction changes, and what its new rows refer to."""
    made = {(one.table, one.row_id) for one in touched if one.before is None}
    wanted: dict[str, set[int]] = defaultdict(set)
    for one in touched:
        if one.before is not None:
            wanted[one.table].add(one.row_id)
        for column in Model.metadata.tables[one.table].columns:
            for foreign in column.foreign_keys:
                row_id = one.after.get(column.name)
                if row_id is not None:
                    wanted[foreign.column.table.name].add(row_id)
    for table, ids in wanted.items():
        known = sorted(row_id for row_id in ids if (table, row_id) not in made)
        yield from select_of(table, columns_of(bare, table), "id", known)


def _written(bare: Bare, touched: Sequence[_Touched]) -> Iterator[Step]:
    ordered = sorted(touched, key=lambda one: _ORDER[one.table])
    for table, group in groupby(ordered, key=lambda one: one.table):
        ones = list(group)
        made = [one.row_id for one in ones if one.before is None]
        if made:
            names = columns_of(bare, table)
            yield insert_of(table, names), bare.by_ids(table, names, "id", made)
        if made and table == "session":
            yield from _guarded(bare, made)
        yield from _changed(bare, table, [one for one in ones if one.before])


def _guarded(bare: Bare, session_ids: Sequence[int]) -> Iterator[Step]:
    names = columns_of(bare, _GUARD)
    rows = bare.by_ids(_GUARD, names, "session_id", session_ids)
    yield insert_of(_GUARD, names), rows


def _changed(bare: Bare, table: str, ones: Sequence[_Touched]) -> Iterator[Step]:
    by_columns: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for one in ones:
        by_columns[*sorted(one.after), "version"].append(one.row_id)
    for names, ids in by_columns.items():
        yield update_of(table, names), bare.by_ids(table, (*names, "id"), "id", ids)


def _journalled(bare: Bare, step: int) -> Step:
    names = columns_of(bare, _JOURNAL)
    return insert_of(_JOURNAL, names), bare.by_ids(_JOURNAL, names, "step", [step])


def _undoing(touched: Sequence[_Touched]) -> Iterator[Step]:
    made = {(one.table, one.row_id) for one in touched if one.before is None}
    for one in reversed(touched):
        if one.before and (one.table, one.row_id) not in made:
            names = sorted(one.before)
            values = [_plain(one.before[name]) for name in names]
            yield update_of(one.table, names), [(*values, one.row_id)]
    for table in sorted({table for table, _id in made}, key=_rank, reverse=True):
        ids = [(row_id,) for name, row_id in made if name == table]
        if table == "session":
            yield f"DELETE FROM {_GUARD} WHERE session_id = ?", ids  # noqa: S608
        yield f'DELETE FROM "{table}" WHERE id = ?', ids  # noqa: S608  our names


def _rank(table: str) -> int:
    return _ORDER[table]


def _forgotten(after: int) -> Step:
    return "DELETE FROM journal WHERE id > ?", [(after,)]


def _plain(value: object) -> object:
    return canonical_json(value) if isinstance(value, dict | list) else value
