"""Empty offices for golden cases, one after the other in the same two places.

Each place is opened once and filled from the template before every case: a program
that knows its statements already plays a case in a third of the time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from app.bootstrap import database_url
from app.models.database import Database
from tests.servers import PostgresServer


@pytest.fixture(scope="session")
def golden_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The office file of all golden cases of this process."""
    path = tmp_path_factory.mktemp("golden") / "office.chalkbook"
    database = Database(database_url(str(path)))
    event.listen(database._engine, "connect", _without_durability)
    yield database
    database.close()


@pytest.fixture(scope="session")
def golden_database(postgres_server: PostgresServer, worker_id: str) -> Database:
    """The PostgreSQL database of all golden cases of this process."""
    return Database(database_url(postgres_server.url(f"golden_{worker_id}")))


@pytest.fixture
def sqlite_office(golden_file: Database, sqlite_template: Path) -> Iterator[Database]:
    """An empty office in a file."""
    path = Path(golden_file.url.database or "")
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink()
    shutil.copyfile(sqlite_template, path)
    yield golden_file
    golden_file.close()


@pytest.fixture
def postgres_office(
    golden_database: Database, postgres_server: PostgresServer, postgres_template: str
) -> Iterator[Database]:
    """An empty office in a PostgreSQL database."""
    name = golden_database.url.database or ""
    postgres_server.drop(name)
    postgres_server.create(name, postgres_template)
    yield golden_database
    golden_database.close()


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def database(request: pytest.FixtureRequest) -> Database:
    """An empty office's database, once on SQLite and once on PostgreSQL."""
    found = request.getfixturevalue(f"{request.param}_office")
    assert isinstance(found, Database)
    return found


def _without_durability(connection: Any, _record: object) -> None:  # noqa: ANN401  driver's
    connection.execute("pragma synchronous=off")  # nobody keeps these files
