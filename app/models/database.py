"""The office's database: snapshots to read, transactions to write.

Writers come one after the other on both databases: SQLite says ``BEGIN IMMEDIATE``,
PostgreSQL takes one advisory lock. The journal's chain makes them queue anyway; doing
it first means that a rule that was checked still holds when its change is committed,
that nothing dead-locks, and that the journal's order is the order of commits.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Any, Self, TypeVar, TypeVarTuple, cast

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    Table,
    create_engine,
    event,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import ORMExecuteState, UOWTransaction, sessionmaker
from sqlalchemy.orm import Session as OrmSession
from sqlalchemy.orm.attributes import set_committed_value

import app.models.agreements
import app.models.billing
import app.models.catalog
import app.models.closing
import app.models.payroll
import app.models.people
import app.models.scheduling  # noqa: F401  the metadata must know every table
from app.models.base import Model
from app.models.bulk import (
    changed_names,
    defaults,
    fill_in_of,
    insert_rows,
    last_ids,
    numbered,
    require_all,
    tables_of,
    update_of,
)
from app.models.faults import damaged, explained, shown
from app.models.office import JournalEntry
from app.models.recording import Recorder, Step
from app.models.values.changes import Changes, Listener

SAFE_WAL = (3, 51, 3)  # older libraries can corrupt a WAL file that two programs open
WAIT_SECONDS = 30
WRITER_LOCK = 0x43484B42  # "CHKB"; advisory locks are per database
_INT8, _AS_TEXT = 20, 0  # PostgreSQL's number of its 64-bit type, and its plain form

_LAST = (
    select(JournalEntry.id, JournalEntry.chain)
    .order_by(JournalEntry.id.desc())
    .limit(1)
)

Found = TypeVar("Found")
Columns = TypeVarTuple("Columns")


class _Work(OrmSession):
    """What snapshots and transactions have in common."""

    def once(self, model: type[Model], read: Callable[[Self], Found]) -> Found:
        """Read what rests on one table alone, and again only when that has changed.

        Args:
            model: the class whose table it rests on.
            read: reads it; the function itself says what is asked for.
        """
        self.flush()
        known = self.info.setdefault(model.__tablename__, {})
        if read not in known:
            known[read] = read(self)
        found: Found = known[read]
        return found

    def rows(
        self, query: Select[*Columns], values: Mapping[str, Any] | None = None
    ) -> Sequence[Row[*Columns]]:
        """Read columns; where no objects are asked for this takes half the time."""
        self.flush()
        return self.connection().execute(query, values).all()

    def rows_once(
        self, query: Select[*Columns], values: Mapping[str, Any]
    ) -> Sequence[Row[*Columns]]:
        """Read columns, and again only when a table that they come from has changed.

        Args:
            query: one that is made once and kept; of each the last answer is known.
            values: what is asked for.
        """
        self.flush()
        known = [self.info.setdefault(table, {}) for table in tables_of(query)]
        asked, found = known[0].get(query, (None, ()))
        if asked != values or any(query not in each for each in known):
            found = self.rows(query, values)
            for each in known:
                each[query] = (values, found)
        rows: Sequence[Row[*Columns]] = found
        return rows

    def forget(self, table: str) -> None:
        """Read anew what rests on a table that has changed."""
        self.info.pop(table, None)


class Snapshot(_Work):
    """The database as it was at one moment; nothing done here is kept."""


class Transaction(_Work):
    """Changes that are kept all together, or not at all, with their journal.

    Attributes:
        at: the instant of the step, by the clock of the desk.
    """

    recorder: Recorder
    at: datetime

    def insert_all(
        self, model: type[Model], rows: Sequence[Mapping[str, Any]]
    ) -> list[int]:
        """Insert many rows at once and give their ids, in the order of the rows.

        What a row leaves out gets the default of the mapped class. A row that brings
        its id, as a record that comes back does, keeps it.
        """
        if not rows:
            return []
        table = cast("Table", model.__table__)
        full = [{**defaults(model), **row} for row in rows]
        ids = self._inserted(table, full)
        self.forget(table.name)
        for row_id, row in zip(ids, full, strict=True):
            self.recorder.note_inserted(table, row_id, {"id": row_id, **row})
        return ids

    def fill_in(self, model: type[Model], name: str, values: Mapping[int, Any]) -> None:
        """Set a column that is empty so far in many rows at once, by their ids."""
        if not values:
            return
        self.flush()
        rows = [{"this_id": each, "value": value} for each, value in values.items()]
        filled = self.connection().execute(fill_in_of(model, name), rows)
        require_all(model, filled.rowcount, len(rows))
        self.forget(model.__tablename__)
        for each, value in values.items():
            self.recorder.note_filled_in(model, each, name, value)
        for thing in list(self.identity_map.values()):
            loaded = inspect(thing).dict
            if isinstance(thing, model) and loaded.get("id") in values:
                # Set, not expired: a change would be journalled without its before.
                set_committed_value(thing, name, values[thing.id])
                set_committed_value(thing, "version", loaded["version"] + 1)

    def _inserted(self, table: Table, rows: list[dict[str, Any]]) -> list[int]:
        connection = self.connection()
        if connection.dialect.name != "sqlite":
            found = insert(table).returning(table.c.id, sort_by_parameter_order=True)
            return [int(row_id) for row_id in connection.execute(found, rows).scalars()]
        # SQLite would answer row by row to keep the order. Nobody else writes now, so
        # the next ids are known before.
        ids = _ids_for(self, table.name, [int(row.get("id", 0)) for row in rows])
        full = [{**row, "id": own} for own, row in zip(ids, rows, strict=True)]
        insert_rows(connection, table, full)
        return ids


class Database:
    """Opens snapshots and transactions, and tells listeners what changed."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self._where = shown(self.url)
        self._engine = make_engine(self.url)
        self._listeners: list[Listener] = []
        self._snapshots = sessionmaker(
            self._engine, class_=Snapshot, expire_on_commit=False, autoflush=False
        )
        self._transactions = sessionmaker(
            self._engine, class_=Transaction, expire_on_commit=False
        )

    @property
    def engine(self) -> Engine:
        """Give the engine, for copies and measurements; services never need it."""
        return self._engine

    @property
    def is_sqlite(self) -> bool:
        """Say whether the office lies in a file of its own."""
        return self.url.get_backend_name() == "sqlite"

    def listen(self, listener: Listener) -> None:
        """Have a function called after every commit, on the committing thread."""
        self._listeners.append(listener)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Open the database to read; read into values and leave at once."""
        with explained(self._where), self._snapshots() as snapshot:
            yield snapshot

    @contextmanager
    def transaction(self, step: Step) -> Iterator[Transaction]:
        """Open the database to write; all of it is kept, or none."""
        with explained(self._where), self._transactions() as transaction:
            transaction.recorder = Recorder()
            transaction.at = step.at
            transaction.connection(execution_options={"writes": True})
            yield transaction
            transaction.flush()
            first, last = _write_journal(transaction, step)
            transaction.commit()
        tables = frozenset(transaction.recorder.tables)
        self._announce(Changes(tables, last, first if first <= last else 0))

    def _announce(self, changes: Changes) -> None:
        if changes.tables:
            for listener in self._listeners:
                listener(changes)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()


def make_engine(url: URL) -> Engine:
    """Make an engine whose connections begin as this house needs it."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, hide_parameters=True)  # names stay out of logs
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 10,
            "options": "-c jit=off -c max_parallel_workers_per_gather=0"
            f" -c lock_timeout={WAIT_SECONDS}s"
            " -c idle_in_transaction_session_timeout=30s -c timezone=UTC",
        },
    )
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "begin", _begin_postgres)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  driver's
    connection.isolation_level = None  # we say BEGIN ourselves
    journal = "wal" if sqlite3.sqlite_version_info >= SAFE_WAL else "truncate"
    for pragma in (
        f"busy_timeout={WAIT_SECONDS * 1000}",
        f"journal_mode={journal}",
        "synchronous=full",
        "foreign_keys=on",
        "cache_size=-65536",
    ):
        try:
            connection.execute(f"pragma {pragma}")
        except UnicodeDecodeError as error:  # SQLite's fault quotes spoilt bytes
            raise damaged() from error


def _prepare_postgres(connection: Any, _record: object) -> None:  # noqa: ANN401  driver's
    """Read sums as whole numbers; the server adds 64-bit numbers up to a numeric."""
    adapters = connection.adapters
    adapters.register_loader("numeric", adapters.get_loader(_INT8, _AS_TEXT))


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgres(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")
    else:
        connection.exec_driver_sql(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
        )


def _write_journal(transaction: Transaction, step: Step) -> tuple[int, int]:
    last = transaction.rows(_LAST)
    sequence, former = last[0] if last else (0, "")
    entries = transaction.recorder.entries(step, former, sequence + 1)
    if entries:
        journal = cast("Table", JournalEntry.__table__)
        insert_rows(transaction.connection(), journal, entries)
    return sequence + 1, sequence + len(entries)


def _ids_for(transaction: Transaction, table: str, ids: Sequence[int]) -> list[int]:
    last = transaction.info.get("last ids")
    if last is None:
        last = transaction.info["last ids"] = last_ids(transaction.connection())
    return numbered(last, table, ids)


@event.listens_for(Transaction, "before_flush")
def _number_many(transaction: Transaction, *_unused: object) -> None:
    """Give the new rows of a class their ids, where SQLite would go row by row."""
    connection = transaction.connection()
    if connection.dialect.name != "sqlite":
        return
    by_class: dict[type[Model], list[Model]] = defaultdict(list)
    for thing in transaction.new:
        by_class[type(thing)].append(thing)
    for model, things in by_class.items():
        ids = [inspect(thing).dict.get("id") or 0 for thing in things]
        if ids.count(0) > 1:
            full = _ids_for(transaction, model.__tablename__, ids)
            for row_id, thing in zip(full, things, strict=True):
                thing.id = row_id


@event.listens_for(Transaction, "before_flush")
def _update_many(transaction: Transaction, *_unused: object) -> None:
    """Write rows that change in the same columns by one statement, not one by one."""
    by_class: dict[type[Model], list[Model]] = defaultdict(list)
    for thing in transaction.dirty:
        if thing not in transaction.deleted:
            by_class[type(thing)].append(thing)
    for model, things in by_class.items():
        ordered = sorted(things, key=lambda thing: thing.id)
        for names, group in groupby(ordered, changed_names):
            alike = list(group)
            if names and len(alike) > 1:
                _update_alike(transaction, model, names, alike)


def _update_alike(
    transaction: Transaction,
    model: type[Model],
    names: tuple[str, ...],
    things: Sequence[Model],
) -> None:
    """Write what changed in some rows, unless somebody else wrote one meanwhile."""
    rows = [
        {
            **{name: getattr(thing, name) for name in names},
            "version": thing.version + 1,
            "this_id": thing.id,
            "this_version": thing.version,
        }
        for thing in things
    ]
    done = transaction.connection().execute(update_of(model, names), rows)
    require_all(model, done.rowcount, len(rows))
    transaction.forget(model.__tablename__)
    for thing in things:
        transaction.recorder.note_object(thing, is_new=False, is_deleted=False)
        set_committed_value(thing, "version", thing.version + 1)
        for name in names:  # written, so the flush does not write it again
            set_committed_value(thing, name, getattr(thing, name))


@event.listens_for(Transaction, "after_flush")
def _note_flushed(transaction: Transaction, _context: UOWTransaction) -> None:
    recorder = transaction.recorder
    for thing in (*transaction.new, *transaction.deleted, *transaction.dirty):
        transaction.forget(thing.__tablename__)
    last = transaction.info.get("last ids", {})
    for thing in transaction.new:
        recorder.note_object(thing, is_new=True, is_deleted=False)
        table = thing.__tablename__
        last[table] = max(last.get(table, 0), thing.id)
    for thing in transaction.deleted:
        recorder.note_object(thing, is_new=False, is_deleted=True)
    for thing in transaction.dirty:
        recorder.note_object(thing, is_new=False, is_deleted=False)


@event.listens_for(Transaction, "do_orm_execute")
def _refuse_unrecorded(state: ORMExecuteState) -> None:
    if state.bind_mapper is not None and not state.is_select:
        msg = "change mapped rows as objects or by insert_all, so the journal sees them"
        raise TypeError(msg)
