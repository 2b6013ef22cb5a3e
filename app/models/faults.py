"""Turns what the database's drivers say into sentences for the desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from app.models.values.errors import ConflictError, UnavailableError

OVERLAP = "chalkbook: this time is taken"  # what the guard of SQLite says
OVERLAP_CONSTRAINT = "ex_occupancy_overlap"


class TimeTakenError(ConflictError):
    """Two bookings raced for the same time, and this one came second."""

    def __init__(self) -> None:
        super().__init__(
            "This time was taken by another booking a moment ago; look at the "
            "calendar again and choose another time."
        )


class ChangedMeanwhileError(ConflictError):
    """Somebody else changed the same record since it was read."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else changed this record meanwhile; nothing was saved. "
            "Look at it again and repeat the change."
        )


class StillUsedError(ConflictError):
    """Other records need what was to be taken away."""

    def __init__(self) -> None:
        super().__init__(
            "Other records depend on this one, so nothing was changed; "
            "take those back first."
        )


class BusyError(UnavailableError):
    """Another program kept the database to itself for too long."""

    def __init__(self) -> None:
        super().__init__(
            "The office file is in use by another program and did not become free "
            "within 30 seconds; nothing was saved. Try again in a moment."
        )


class DiskFullError(UnavailableError):
    """There is no room left to write."""

    def __init__(self) -> None:
        super().__init__(
            "The disk is full, so nothing was saved; free some space and try again."
        )


class ReadOnlyError(UnavailableError):
    """The office file or its folder may not be written."""

    def __init__(self) -> None:
        super().__init__(
            "The office file cannot be written; check that the file and its folder "
            "are not read-only and that you may write there."
        )


class BrokenFileError(UnavailableError):
    """The file is damaged, or is no office file at all."""

    def __init__(self) -> None:
        super().__init__(
            "The office file is damaged or is not an office file; nothing was "
            "changed. Restore the newest backup with “chalkbook restore”."
        )


class CannotOpenError(UnavailableError):
    """The file or server is not there or does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "The office database cannot be opened; check the path or address, that "
            "its folder exists, and that the server is running."
        )


class StorageError(UnavailableError):
    """The disk or network failed while reading or writing."""

    def __init__(self) -> None:
        super().__init__(
            "Reading or writing the office file failed; nothing was saved. Check the "
            "disk or the network and try again."
        )


_SQLITE: dict[int, type[UnavailableError]] = {
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
_POSTGRES: dict[str, type[UnavailableError]] = {
    "53100": DiskFullError,
    "55P03": BusyError,
    "57014": BusyError,
    "25006": ReadOnlyError,
    "42501": ReadOnlyError,
    "XX001": BrokenFileError,
    "XX002": BrokenFileError,
}


@contextmanager
def explained() -> Iterator[None]:
    """Raise the office's own error for what a driver says in its block."""
    try:
        yield
    except StaleDataError as error:
        raise ChangedMeanwhileError from error
    except DBAPIError as error:
        kind = _kind(error)
        if kind is None:
            raise
        raise kind from error


def _kind(error: DBAPIError) -> type[ConflictError | UnavailableError] | None:
    origin = error.orig
    if isinstance(error, IntegrityError):
        text = str(origin)
        if OVERLAP in text or OVERLAP_CONSTRAINT in text or "occupancy" in text:
            return TimeTakenError
        if "foreign key" in text.lower():
            return StillUsedError
        return None
    if isinstance(origin, sqlite3.Error):
        code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
        return _SQLITE.get(code)
    state = getattr(origin, "sqlstate", None)
    if state is None or state.startswith(("08", "57P")):
        return CannotOpenError if error.connection_invalidated or not state else None
    return _POSTGRES.get(state)
