"""Files of an office: whole or not there at all, and for their owner's eyes only."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain, count
from pathlib import Path
from typing import cast

from sqlalchemy import Engine
from sqlalchemy.engine import URL, make_url

from app.models.faults import (
    BrokenFileError,
    CannotOpenError,
    DiskFullError,
    ReadOnlyError,
    StorageError,
    explained,
)
from app.models.values.errors import NotFoundError
from app.text import _

APPLICATION_ID = 0x43484B42  # "CHKB", in the header of an office's SQLite file
_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700

_ERRORS: dict[int | None, type[DiskFullError | ReadOnlyError | StorageError]] = {
    errno.ENOSPC: DiskFullError,
    errno.EDQUOT: DiskFullError,
    errno.EFBIG: DiskFullError,
    errno.EACCES: ReadOnlyError,
    errno.EPERM: ReadOnlyError,
    errno.EROFS: ReadOnlyError,
    errno.EIO: StorageError,
}


class NoFolderError(NotFoundError):
    """The folder to write into is not there."""

    def __init__(self, folder: Path) -> None:
        words = _("There is no folder “{path}”; make it first, or choose another one.")
        super().__init__(words.format(path=folder))


def sqlite_path(url: str) -> Path | None:
    """Give the file of a SQLite address, or None for a server's."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(parsed.database) if is_file and parsed.database else None


def file_url(path: Path) -> str:
    """Give the address of a file, whatever signs are in its name."""
    url = URL.create("sqlite", database=str(path.absolute()))
    return url.render_as_string(hide_password=False)


@contextmanager
def explained_files(path: Path) -> Iterator[None]:
    """Raise the office's own error for what the system says about a file.

    Raises:
        NoFolderError: Its folder is not there.
        UnavailableError: There is no room, no right, or the disk failed.
    """
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoFolderError(path.parent) from error
    except OSError as error:
        raise _ERRORS.get(error.errno, CannotOpenError)(str(path)) from error


def is_there(path: Path) -> bool:
    """Say whether there is a file of a name.

    Raises:
        UnavailableError: There is no right to look, or no such name.
    """
    with explained_files(path):
        return path.exists()


def free_name(path: Path, ending: str) -> Path:
    """Give a name beside a file, with another ending, that no other file has."""
    first = path.with_name(f"{path.name}.{ending}")
    others = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(found for found in chain([first], others) if not found.exists())


def make_private(path: Path) -> None:
    """Make an empty file, and its folder if need be, that only its owner may read.

    A file that is there stays as it is.

    Raises:
        UnavailableError: There is no right to write there, or no such name.
    """
    with explained_files(path):
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE))


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """Hand out an empty private file beside a name, and move it there at the end.

    An older file of that name stays until then; after a fault nothing is left.

    Raises:
        NoFolderError: The folder is not there.
        UnavailableError: There is no room, or no right to write there.
    """
    with explained_files(target):
        number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(number)
        aside = Path(name)
        try:
            yield aside
            with aside.open("rb+") as file:
                os.fsync(file.fileno())
            aside.replace(target)
            sync_folder(target.parent)
        finally:
            aside.unlink(missing_ok=True)
            aside.with_name(f"{aside.name}-journal").unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder, where the system can do that."""
    if hasattr(os, "O_DIRECTORY"):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def vacuum_into(engine: Engine, aside: Path) -> None:
    """Copy an office's file as it is at one moment, mark and all, into an empty one."""
    with explained(str(engine.url.database)), engine.connect() as connection:
        raw = cast("sqlite3.Connection", connection.connection.driver_connection)
        connection.rollback()
        try:
            raw.execute("VACUUM INTO ?", (str(aside),))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:
                raise DiskFullError(str(aside.parent)) from error
            raise
    with explained(str(aside)), closing(sqlite3.connect(aside)) as marked:
        marked.execute(f"PRAGMA application_id={APPLICATION_ID}")


def is_office_file(path: Path) -> bool:
    """Say whether a file carries the mark of an office in its header.

    SQLite itself looks: opening the file by hand and closing it again would drop the
    locks that this program holds on it.

    Raises:
        BrokenFileError: It is a damaged database.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as reading:
            found = reading.execute("PRAGMA application_id").fetchone()
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_CORRUPT:
            raise BrokenFileError(str(path)) from error
        return False
    return bool(found == (APPLICATION_ID,))
