"""Copies a whole office from one database to another, in one consistent piece.

A backup is always one SQLite file, whichever database the office lies in, so it can
be restored into either. The file is never opened or copied as bytes while the program
runs: that would lose locks and committed changes.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, Select, Table, func, insert, select, text
from sqlalchemy.engine import URL, make_url

from app.models.base import Model
from app.models.database import make_engine
from app.models.faults import BrokenFileError, DiskFullError, ReadOnlyError, explained
from app.models.schema import (
    APPLICATION_ID,
    NotAnOfficeError,
    check_integrity,
    head,
    upgrade,
    version,
)
from app.models.values.errors import InputError, NotFoundError

_ROWS = 500


class NoBackupError(NotFoundError):
    """There is no file of this name to restore from."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no backup “{path}”; check the path and the file's name."
        )


class NoFolderError(NotFoundError):
    """The folder to write into is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is no folder “{folder}”; make it first, or choose another one."
        )


class NotABackupError(InputError):
    """The file is no office and so no backup of one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” is not a backup of an office; nothing was changed. Choose a "
            "file that “chalkbook backup” made."
        )


class NotReplacedError(InputError):
    """A file that is no office stands where the backup should go."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path}” exists and is not an office file, so it was not overwritten; "
            "choose another name."
        )


def back_up(url: URL, target: Path, now: datetime) -> None:
    """Write the whole office into one new SQLite file.

    The file appears under its name only when it is complete and checked; an older
    backup of that name stays until then.

    Raises:
        NotReplacedError: Another kind of file has that name.
        UnavailableError: There is no room, or no right to write there.
    """
    if target.exists() and not is_office_file(target):
        raise NotReplacedError(target)
    engine = make_engine(url)
    try:
        with _written_aside(target) as aside:
            if engine.dialect.name == "sqlite":
                _vacuum_into(engine, aside)
            else:
                _copy_rows_out(engine, aside, now)
            _check_copy(aside)
    finally:
        engine.dispose()


def restore(source: Path, url: URL, now: datetime) -> Path | None:
    """Put a backup in the place of an office; give the copy of the former one.

    Raises:
        NoBackupError: There is no such file.
        NotABackupError: It is no backup.
        BrokenFileError: It is damaged.
    """
    if not source.exists():
        raise NoBackupError(source)
    if not is_office_file(source):
        raise NotABackupError(source)
    _check_copy(source)
    if url.get_backend_name() != "sqlite":
        _restore_into_server(source, url, now)
        return None
    target = Path(str(url.database))
    target.parent.mkdir(parents=True, exist_ok=True)
    former = None
    if target.exists():
        if not is_office_file(target):
            raise NotReplacedError(target)
        former = target.with_name(f"{target.name}.before-restore-{now:%Y%m%d-%H%M%S}")
        back_up(url, former, now)
    _copy_file(source, target)
    return former


def is_office_file(path: Path) -> bool:
    """Say whether a file carries the mark of an office in its header.

    SQLite itself looks: opening the file by hand and closing it again would drop the
    locks that this program holds on it.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as reading:
            found = reading.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError:
        return False
    return bool(found == (APPLICATION_ID,))


def _copy_file(source: Path, target: Path) -> None:
    """Copy page by page under SQLite's own locks: whole or, if killed, not at all."""
    with explained_sqlite():
        reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
        try:
            if target.exists():
                _copy_pages(reading, target)
            else:
                with _written_aside(target) as aside:
                    _copy_pages(reading, aside)
        finally:
            reading.close()


def _copy_pages(reading: sqlite3.Connection, target: Path) -> None:
    writing = sqlite3.connect(target, timeout=30)
    try:
        reading.backup(writing)
    finally:
        writing.close()


def _vacuum_into(engine: Engine, aside: Path) -> None:
    aside.unlink()
    with explained(), engine.connect() as connection:
        raw = cast("sqlite3.Connection", connection.connection.driver_connection)
        connection.rollback()
        with explained_sqlite():
            raw.execute("VACUUM INTO ?", (str(aside),))
    with explained_sqlite():
        marked = sqlite3.connect(aside)
        marked.execute(f"PRAGMA application_id={APPLICATION_ID}")
        marked.close()


def _copy_rows_out(engine: Engine, aside: Path, now: datetime) -> None:
    aside.unlink()
    address = f"sqlite:///{aside.absolute()}"
    upgrade(address, now)
    copy = make_engine(make_url(address))
    try:
        with explained(), engine.connect() as reading, _writing(copy) as writing:
            _copy_rows(reading, writing)
    finally:
        copy.dispose()


def _restore_into_server(source: Path, url: URL, now: datetime) -> None:
    upgrade(url.render_as_string(hide_password=False), now)
    with tempfile.TemporaryDirectory() as folder:
        current = Path(folder) / "office.chalkbook"
        _copy_file(source, current)
        address = f"sqlite:///{current}"
        upgrade(address, now)
        copy, server = make_engine(make_url(address)), make_engine(url)
        try:
            with explained(), copy.connect() as reading, _writing(server) as writing:
                names = ", ".join(f'"{table.name}"' for table in _tables())
                writing.execute(text(f"TRUNCATE {names}"))
                _copy_rows(reading, writing)
                _reset_sequences(writing)
        finally:
            copy.dispose()
            server.dispose()


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection:
        yield connection
        connection.commit()


def _copy_rows(reading: Connection, writing: Connection) -> None:
    if writing.dialect.name == "sqlite":
        writing.execute(text("PRAGMA defer_foreign_keys=on"))
    for table in _tables():
        rows = reading.execute(_in_order(table))
        for part in rows.mappings().partitions(_ROWS):
            writing.execute(insert(table), [dict(row) for row in part])


def _in_order(table: Table) -> Select[Any]:
    ordered = select(table).order_by(*table.primary_key.columns)
    return ordered.execution_options(yield_per=_ROWS)


def _tables() -> list[Table]:
    return list(Model.metadata.sorted_tables)


def _reset_sequences(writing: Connection) -> None:
    for table in _tables():
        if "id" in table.c:
            top = writing.execute(select(func.max(table.c.id))).scalar() or 0
            sequence = func.pg_get_serial_sequence(table.name, "id")
            writing.execute(select(func.setval(sequence, max(top, 1), top > 0)))


def _check_copy(path: Path) -> None:
    engine = make_engine(make_url(f"sqlite:///{path.absolute()}"))
    try:
        with explained(), engine.connect() as connection:
            check_integrity(connection)
            found = version(connection)
    except NotAnOfficeError:
        raise NotABackupError(path) from None
    finally:
        engine.dispose()
    if found > head():
        raise NotABackupError(path)


@contextmanager
def _written_aside(target: Path) -> Iterator[Path]:
    """Hand out a name beside the target, and move the file over it at the end."""
    try:
        number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(number)
        aside = Path(name)
        try:
            yield aside
            with aside.open("rb+") as file:
                os.fsync(file.fileno())
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    except FileNotFoundError as error:
        raise NoFolderError(target.parent) from error
    except PermissionError as error:
        raise ReadOnlyError from error
    except OSError as error:
        raise DiskFullError from error


@contextmanager
def explained_sqlite() -> Iterator[None]:
    """Raise the office's own error for what SQLite says outside an engine."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_FULL:
            raise DiskFullError from error
        if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}:
            raise ReadOnlyError from error
        raise BrokenFileError from error
