"""Turns what the database's drivers say into sentences for the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from app.models.values.errors import ConflictError, UnavailableError
from app.text import _

OVERLAP = "chalkbook: this time is taken"  # what the guard of SQLite says
OVERLAP_CONSTRAINT = "ex_occupancy_overlap"


class TimeTakenError(ConflictError):
    """Two bookings raced for the same time, and this one came second."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This time was taken by another booking a moment ago; look at the "
                "calendar again and choose another time."
            )
        )


class ChangedMeanwhileError(ConflictError):
    """Somebody else changed the same record since it was read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this record meanwhile; nothing was saved. "
                "Look at it again and repeat the change."
            )
        )


class StillUsedError(ConflictError):
    """Other records need what was to be taken away."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Other records depend on this one, so nothing was changed; "
                "take those back first."
            )
        )


class BusyError(UnavailableError):
    """Another program kept the database to itself for too long."""

    def __init__(self, where: str = "") -> None:
        words = _(
            "The office{where} is in use by another program and did not become free "
            "within 30 seconds; nothing was saved. Try again in a moment."
        )
        super().__init__(words.format(where=_quoted(where)))


class DiskFullError(UnavailableError):
    """There is no room left to write."""

    def __init__(self, where: str = "") -> None:
        words = _(
            "The disk is full, so nothing was saved; free some space and try again."
        )
        if where:
            words = _(
                "The disk of{where} is full, so nothing was saved; free some space and "
                "try again."
            )
        super().__init__(words.format(where=_quoted(where)))


class ReadOnlyError(UnavailableError):
    """The office file or its folder may not be written."""

    def __init__(self, where: str = "") -> None:
        words = _(
            "The office{where} cannot be written, so nothing was saved; check that the "
            "file and its folder are not read-only and that you may write there."
        )
        super().__init__(words.format(where=_quoted(where)))


class BrokenFileError(UnavailableError):
    """The file is damaged, or is no office file at all."""

    def __init__(self, where: str = "") -> None:
        words = _(
            "The office file{where} is damaged or is not an office file; nothing was "
            "changed. Restore the newest backup with “chalkbook restore”."
        )
        super().__init__(words.format(where=_quoted(where)))


class CannotOpenError(UnavailableError):
    """The file is not there or may not be opened."""

    def __init__(self, where: str = "") -> None:
        words = _(
            "The office{where} cannot be opened; check the path, that its folder "
            "exists and that you may read and write there."
        )
        super().__init__(words.format(where=_quoted(where)))


class CannotConnectError(UnavailableError):
    """The server does not answer, or does not let us in."""

    def __init__(self, where: str = "") -> None:
        words = _(
            "The database{where} cannot be reached; check the address, the user and "
            "the password, and that the server is running."
        )
        super().__init__(words.format(where=_quoted(where)))


class StorageError(UnavailableError):
    """The disk or network failed while reading or writing."""

    def __init__(self, where: str = "") -> None:
        words = _(
            "Reading or writing the office{where} failed; nothing was saved. Check the "
            "disk or the network and try again."
        )
        super().__init__(words.format(where=_quoted(where)))


_Kind = type[
    BusyError
    | DiskFullError
    | ReadOnlyError
    | BrokenFileError
    | CannotOpenError
    | CannotConnectError
    | StorageError
]
_SQLITE: dict[int, _Kind] = {
    sqlite3.SQLITE_BUSY: BusyError,
    sqlite3.SQLITE_LOCKED: BusyError,
    sqlite3.SQLITE_FULL: DiskFullError,
    sqlite3.SQLITE_READONLY: ReadOnlyError,
    sqlite3.SQLITE_PERM: ReadOnlyError,
    sqlite3.SQLITE_CORRUPT: BrokenFileError,
    sqlite3.SQLITE_NOTADB: BrokenFileError,
    sqlite3.SQLITE_CANTOPEN: CannotOpenError,
    sqlite3.SQLITE_IOERR: StorageError,
}
_POSTGRES: dict[str, _Kind] = {
    "53100": DiskFullError,
    "55P03": BusyError,
    "57014": BusyError,
    "25006": ReadOnlyError,
    "42501": ReadOnlyError,
    "XX001": BrokenFileError,
    "XX002": BrokenFileError,
}
_NO_TEXT = "Could not decode to UTF-8"  # what SQLite's driver says of torn text


def shown(url: URL) -> str:
    """Name a database for people: a file's path, or an address without password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    plain = url.set(drivername="postgresql", password=None)
    return plain.difference_update_query(["password"]).render_as_string()


@contextmanager
def explained(where: str = "", file: str = "") -> Iterator[None]:
    """Raise the office's own error for what a driver says in its block.

    Args:
        where: the file or address, as :func:`shown` names it for people.
        file: the file that is written, where a server is read, or the reverse.
    """
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhileError from error
    except DBAPIError as error:
        conflict = _conflict(error)
        if conflict is not None:
            raise conflict from error
        kind = _kind(error)
        if kind is None:
            raise
        is_file = isinstance(error.orig, sqlite3.Error)
        raise kind(file or where if is_file else where) from error
    except sqlite3.Error as error:
        found = _sqlite_kind(error)
        if found is None:
            raise
        raise found(where) from error


def _conflict(error: DBAPIError) -> type[ConflictError] | None:
    if not isinstance(error, IntegrityError):
        return None
    text = str(error.orig)
    if OVERLAP in text or OVERLAP_CONSTRAINT in text or "occupancy" in text:
        return TimeTakenError
    return StillUsedError if "foreign key" in text.lower() else None


def _kind(error: DBAPIError) -> _Kind | None:
    origin = error.orig
    if isinstance(origin, sqlite3.Error):
        return _sqlite_kind(origin)
    state = getattr(origin, "sqlstate", None)
    if state is None:
        is_outside = isinstance(error, OperationalError | InterfaceError)
        is_first = error.statement is None  # nothing was asked yet: it never let us in
        return CannotConnectError if is_outside or is_first else None
    if state.startswith(("08", "57P")):
        return CannotConnectError if error.connection_invalidated else None
    return _POSTGRES.get(state)


def _sqlite_kind(error: sqlite3.Error) -> _Kind | None:
    if _NO_TEXT in str(error):
        return BrokenFileError
    return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


def _quoted(where: str) -> str:
    return f" “{where}”" if where else ""


def damaged() -> sqlite3.DatabaseError:
    """Make SQLite's own fault of a damaged file, where it could not tell it itself."""
    fault = sqlite3.DatabaseError("malformed database schema")
    fault.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return fault
