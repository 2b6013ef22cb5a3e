"""Statements that change many rows of a table at once, each row by its id."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any, TypeAlias, cast

from sqlalchemy import (
    Connection,
    Select,
    Table,
    Update,
    bindparam,
    insert,
    inspect,
    text,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.sql.visitors import iterate

from app.models.base import Model

_LAST_IDS = text("SELECT name, seq FROM sqlite_sequence")
_SQLITE = sqlite.dialect()
_Written: TypeAlias = tuple[str, Callable[[Any], Any] | None]


@cache
def update_of(model: type[Model], names: tuple[str, ...]) -> Update:
    """Write what sets columns of a row, unless somebody changed it meanwhile."""
    table = cast("Table", model.__table__)
    return (
        update(table)
        .where(
            table.c.id == bindparam("this_id"),
            table.c.version == bindparam("this_version"),
        )
        .values({name: bindparam(name) for name in (*names, "version")})
    )


@cache
def fill_in_of(model: type[Model], name: str) -> Update:
    """Write what sets one column of a row, if it is empty so far."""
    table = cast("Table", model.__table__)
    return (
        update(table)
        .where(table.c.id == bindparam("this_id"), table.c[name].is_(None))
        .values({name: bindparam("value"), "version": table.c.version + 1})
    )


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert full rows, which all hold the same columns."""
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), rows)
        return
    # SQLAlchemy would look at every value of every row twice; this looks once.
    statement, columns = _insert_of(table, tuple(rows[0]))
    values = [
        tuple([row[name] if to is None else to(row[name]) for name, to in columns])
        for row in rows
    ]
    connection.exec_driver_sql(statement, values)


@cache
def _insert_of(table: Table, names: tuple[str, ...]) -> tuple[str, list[_Written]]:
    """Write an INSERT for SQLite, and say how each of its values is written."""
    sql = str(insert(table).compile(dialect=_SQLITE, column_keys=list(names)))
    ordered = [column for column in table.c if column.name in names]
    return sql, [
        (column.name, column.type.dialect_impl(_SQLITE).bind_processor(_SQLITE))
        for column in ordered
    ]


@cache
def tables_of(query: Select[*tuple[Any, ...]]) -> tuple[str, ...]:
    """Name the tables that a query reads, wherever in it they stand."""
    found = {each.name for each in iterate(query) if isinstance(each, Table)}
    return tuple(sorted(found))


def require_all(model: type[Model], done: int, wanted: int) -> None:
    """Refuse to go on where fewer rows were changed than were meant.

    Args:
        model: what the rows are of.
        done: how many were changed, as the driver says; -1 where it cannot.
        wanted: how many were meant.

    Raises:
        StaleDataError: Somebody else changed one of them meanwhile.
    """
    if done not in {-1, wanted}:
        msg = f"{model.__tablename__}: {done} of {wanted} rows updated"
        raise StaleDataError(msg)


def changed_names(thing: Model) -> tuple[str, ...]:
    """Name what is to be written of an object."""
    before = inspect(thing).committed_state
    return tuple(
        name for name in sorted(before) if before[name] != getattr(thing, name)
    )


@cache
def defaults(model: type[Model]) -> Mapping[str, Any]:
    """Give what a new row of a mapped class holds where nothing is said."""
    found: dict[str, Any] = {}
    for column in model.__table__.columns:
        if column.default is not None and column.default.is_scalar:
            found[column.name] = column.default.arg
        elif column.nullable:
            found[column.name] = None
    for field in dataclasses.fields(model):
        if field.default_factory is not dataclasses.MISSING:
            found[field.name] = field.default_factory()
    return found


def last_ids(connection: Connection) -> dict[str, int]:
    """Give the highest id that each table of a file ever gave."""
    return {row.name: row.seq for row in connection.execute(_LAST_IDS)}


def numbered(last: dict[str, int], table: str, ids: Sequence[int]) -> list[int]:
    """Give rows the next ids that SQLite would; those that bring one keep it.

    Ids only grow: what was deleted once never gives its id to something new.

    Args:
        last: the highest id that each table ever gave; it goes along.
        table: whose rows they are.
        ids: what they bring, 0 where they bring none.
    """
    fresh = count(max(last.get(table, 0), *ids) + 1)
    full = [row_id or next(fresh) for row_id in ids]
    last[table] = max(last.get(table, 0), *full)
    return full
