"""What the drivers say becomes one sentence that names the place and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ProgrammingError

from app.bootstrap import database_url
from app.models.database import Database
from app.models.faults import (
    BrokenFileError,
    BusyError,
    CannotConnectError,
    CannotOpenError,
    DiskFullError,
    ReadOnlyError,
    StorageError,
    explained,
    shown,
)

WHERE = "the drawer"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one table."""
    path = tmp_path / "some.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE thing (name TEXT)")
    return path


@contextmanager
def opened(file: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    address = f"{file.as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=0, isolation_level=None)
    with closing(connection):
        yield connection


def test_a_file_that_another_keeps_is_busy(file: Path) -> None:
    with opened(file) as other, opened(file) as connection:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError, match=WHERE), explained(WHERE):
            connection.execute("INSERT INTO thing VALUES ('a')")


def test_a_full_disk_is_told(file: Path) -> None:
    with opened(file) as connection:
        connection.execute("PRAGMA max_page_count = 2")
        with pytest.raises(DiskFullError, match=WHERE), explained(WHERE):
            connection.execute("INSERT INTO thing VALUES (zeroblob(100000))")


def test_a_file_that_may_not_be_written_is_told(file: Path) -> None:
    with (
        opened(file, "ro") as connection,
        pytest.raises(ReadOnlyError, match=WHERE),
        explained(WHERE),
    ):
        connection.execute("INSERT INTO thing VALUES ('a')")


def ask(database: Database, *statements: str) -> None:
    """Say something to a database and let go of it."""
    try:
        with database.snapshot() as snapshot:
            for statement in statements:
                snapshot.execute(text(statement))
    finally:
        database.close()


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    database = Database(database_url(str(tmp_path / "nowhere" / "office.chalkbook")))
    with pytest.raises(CannotOpenError, match="nowhere"):
        ask(database, "SELECT 1")


def test_a_damaged_file_is_told(sqlite_address: str) -> None:
    path = Path(sqlite_address)
    path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])
    database = Database(database_url(sqlite_address))
    with pytest.raises(BrokenFileError, match=r"office\.chalkbook"):
        ask(database, "SELECT * FROM office")


def test_a_failing_disk_is_told() -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_READ
    with pytest.raises(StorageError, match=WHERE), explained(WHERE):
        raise error


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    database = Database(database_url("postgresql://ana:secret@127.0.0.1:1/office"))
    with pytest.raises(CannotConnectError, match=r"127\.0\.0\.1") as told:
        ask(database, "SELECT 1")
    assert "secret" not in str(told.value)


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("preparation", "statement", "error"),
    [
        ("SET LOCAL statement_timeout = 20", "SELECT pg_sleep(5)", BusyError),
        ("SELECT 1", "DELETE FROM office", ReadOnlyError),  # snapshots only read
    ],
)
def test_what_a_server_refuses_is_told(
    postgres_address: str, preparation: str, statement: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask(Database(database_url(postgres_address)), preparation, statement)


@pytest.mark.postgres
def test_a_fault_of_the_program_is_not_dressed_up(postgres_address: str) -> None:
    with pytest.raises(ProgrammingError):
        ask(Database(database_url(postgres_address)), "SELECT * FROM nothing_of_ours")


def test_an_address_is_shown_without_its_password() -> None:
    url = make_url("postgresql+psycopg://ana:secret@db/office?password=hidden")
    assert "ana" in shown(url)
    assert "secret" not in shown(url)
    assert "hidden" not in shown(url)
