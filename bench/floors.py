"""The bare drivers: the same rows read and written with nothing in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import psycopg
from sqlalchemy.engine import URL

Step: TypeAlias = tuple[str, list[tuple[Any, ...]]]
Read: TypeAlias = tuple[str, list[int]]
_AT_ONCE = 500


class Bare:
    """A driver's own connection, SQLite's or PostgreSQL's, with one way to speak."""

    def __init__(self, url: URL) -> None:
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._raw: Any
        if self.is_sqlite:
            self._raw = sqlite3.connect(str(url.database), isolation_level=None)
            for pragma in ("journal_mode=truncate", "synchronous=full"):
                self._raw.execute(f"pragma {pragma}")
            for pragma in ("foreign_keys=on", "cache_size=-65536"):
                self._raw.execute(f"pragma {pragma}")
        else:
            plain = url.set(drivername="postgresql")
            address = plain.render_as_string(hide_password=False)
            self._raw = psycopg.connect(address, autocommit=True)
            self._raw.execute("SET jit=off")
            self._raw.execute("SET max_parallel_workers_per_gather=0")

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """Read all rows of a query; ``?`` stands for a value."""
        return list(self._raw.execute(self._said(sql), values).fetchall())

    def by_ids(
        self, table: str, names: Sequence[str], key: str, ids: Sequence[int]
    ) -> list[tuple[Any, ...]]:
        """Read columns of the rows whose key is one of some numbers."""
        found: list[tuple[Any, ...]] = []
        for sql, part in select_of(table, names, key, ids):
            found += self.rows(sql, part)
        return found

    def write(self, steps: Iterable[Step], reads: Iterable[Read] = ()) -> None:
        """Read, then carry out statements with many rows each, in one transaction."""
        cursor = self._raw.cursor()
        cursor.execute("BEGIN IMMEDIATE" if self.is_sqlite else "BEGIN")
        for sql, values in reads:
            cursor.execute(self._said(sql), values).fetchall()
        for sql, rows in steps:
            cursor.executemany(self._said(sql), rows)
        cursor.execute("COMMIT")

    def close(self) -> None:
        """Let go of the connection."""
        self._raw.close()

    def _said(self, sql: str) -> str:
        return sql if self.is_sqlite else sql.replace("?", "%s")


def select_of(
    table: str, names: Sequence[str], key: str, ids: Sequence[int]
) -> Iterator[Read]:
    """Write what reads columns of the rows whose key is one of some numbers."""
    listed = ", ".join(f'"{name}"' for name in names)
    for first in range(0, len(ids), _AT_ONCE):
        part = list(ids[first : first + _AT_ONCE])
        marks = ", ".join("?" for _id in part)
        yield (
            f'SELECT {listed} FROM "{table}" WHERE "{key}" IN ({marks})',  # noqa: S608
            part,
        )


def insert_of(table: str, columns: Sequence[str]) -> str:
    """Write an INSERT of named columns."""
    marks = ", ".join("?" for _column in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608  our names


def update_of(table: str, columns: Sequence[str]) -> str:
    """Write an UPDATE of named columns of the row with an id."""
    sets = ", ".join(f'"{name}" = ?' for name in columns)
    return f'UPDATE "{table}" SET {sets} WHERE id = ?'  # noqa: S608  our names


def columns_of(bare: Bare, table: str) -> list[str]:
    """Name a table's columns."""
    if bare.is_sqlite:
        return [row[1] for row in bare.rows(f"PRAGMA table_info({table})")]
    found = bare.rows(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = ? ORDER BY ordinal_position",
        (table,),
    )
    return [row[0] for row in found]
