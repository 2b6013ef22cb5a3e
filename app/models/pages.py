"""Copies an office's file page by page: into another one, or into its place."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from app.models.database import WAIT_SECONDS
from app.models.faults import BusyError, explained
from app.models.files import is_there, make_private, written_aside
from app.models.values.errors import OfficeError

_BUSY = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED))
_SIDES = ("-journal", "-wal")  # what SQLite keeps beside a file


def copy_file(source: Path, target: Path) -> None:
    """Copy under SQLite's own locks: whole or, if killed, not at all.

    Raises:
        BusyError: Another program keeps the target to itself.
        UnavailableError: There is no room, or no right to write there.
    """
    with closing(_opened(source)) as reading:
        if is_there(target):
            _copy_pages(reading, target, target)
        else:
            make_private(target)
            target.unlink()
            with written_aside(target) as aside:
                _copy_pages(reading, aside, target)


def put_in_place(source: Path, target: Path, former: Path) -> None:
    """Put a copy in the place of a damaged file, which stays under another name.

    At every moment a file has the target's name: the damaged one, or the whole copy.
    After a fault it is the damaged one, and nothing is left beside it.

    Raises:
        UnavailableError: There is no room, or no right to write there.
    """
    place = target.resolve()
    try:
        with closing(_opened(source)) as reading, written_aside(place) as aside:
            _copy_pages(reading, aside, target)
            _name_too(place, former)
            # What SQLite left beside the damaged file must not meet the whole one.
            _move_sides(place, former)
    except OfficeError:
        if former.exists() and place.samefile(former):
            _move_sides(former, place)
            former.unlink()
        raise


def _opened(source: Path) -> sqlite3.Connection:
    with explained(str(source)):
        return sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)


def _name_too(path: Path, other: Path) -> None:
    """Give a file a second name; where a disk knows none, copy it."""
    try:
        os.link(path, other)
    except OSError:
        try:
            shutil.copyfile(path, other)
        except OSError:
            other.unlink(missing_ok=True)
            raise


def _move_sides(path: Path, other: Path) -> None:
    for ending in _SIDES:
        side = path.with_name(f"{path.name}{ending}")
        if side.exists():
            side.replace(other.with_name(f"{other.name}{ending}"))


def _copy_pages(reading: sqlite3.Connection, target: Path, known_as: Path) -> None:
    deadline = time.monotonic() + WAIT_SECONDS

    def wait(status: int, _remaining: int, _total: int) -> None:
        """Give up on a file that another program keeps to itself."""
        if status in _BUSY and time.monotonic() > deadline:
            raise BusyError(str(known_as))

    with explained(str(known_as)), closing(sqlite3.connect(target)) as writing:
        reading.backup(writing, progress=wait)
