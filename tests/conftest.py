"""What every test can ask for, and what is watched over in every test."""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy.engine import make_url

from app.bootstrap import database_url, open_office
from app.models.copying import restore
from app.models.database import Database
from app.models.schema import upgrade
from app.services.office import Office
from tests.factories import Make
from tests.fakes import FakeClock
from tests.month import make_month
from tests.once import FOLDER, Fresh, once
from tests.servers import PostgresServer, make_folder, remove_folder

TEMPLATE = "template_office"
PATIENCE = 2.0  # seconds that a thread is given to end after its test
_numbers = count(1)

# Two shared cores say nothing about speed; a red run must be red again.
hypothesis_settings.register_profile("here", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder of the run's files and server, for all its processes."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER] = str(make_folder())
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", os.environ[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the run's server and clear its files away when the last test is done."""
    if not hasattr(config, "workerinput"):
        remove_folder(Path(os.environ.pop(FOLDER)))


@pytest.fixture
def clock() -> FakeClock:
    """A clock at Wednesday evening, 4 March 2026, 22:00 UTC."""
    return FakeClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty office, made by running the migrations."""
    path = tmp_path_factory.mktemp("template") / "office.chalkbook"
    upgrade(f"sqlite:///{path}", FakeClock().now())
    return path


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """The PostgreSQL server of this test run, shared by its processes."""
    return PostgresServer(Path(os.environ[FOLDER]))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer, worker_id: str) -> str:
    """The name of an empty office's database, made by running the migrations."""
    name = f"{TEMPLATE}_{worker_id}"
    upgrade(database_url(postgres_server.create(name)), FakeClock().now())
    return name


@pytest.fixture
def sqlite_address(sqlite_template: Path, tmp_path: Path) -> str:
    """The path of an empty office's own file."""
    path = tmp_path / "office.chalkbook"
    shutil.copyfile(sqlite_template, path)
    return str(path)


@pytest.fixture
def postgres_address(
    postgres_server: PostgresServer, postgres_template: str, worker_id: str
) -> Iterator[str]:
    """The address of an empty office's own PostgreSQL database."""
    name = f"office_{worker_id}_{next(_numbers)}"
    yield postgres_server.create(name, postgres_template)
    postgres_server.drop(name)


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def address(request: pytest.FixtureRequest) -> str:
    """An empty office as a person names it: a file, and a PostgreSQL address."""
    return str(request.getfixturevalue(f"{request.param}_address"))


@pytest.fixture(scope="session")
def month_file() -> Path:
    """The file of a small office whose February waits to be billed."""
    return once("month.chalkbook", lambda path: make_month(str(path)))


@pytest.fixture(scope="session")
def month_template(
    postgres_server: PostgresServer, month_file: Path, worker_id: str
) -> str:
    """The name of the same office's PostgreSQL database."""
    name = f"month_{worker_id}"
    url = database_url(postgres_server.create(name))
    restore(month_file, make_url(url), FakeClock().now(), month_file.parent)
    return name


@pytest.fixture
def fresh_sqlite(month_file: Path, tmp_path: Path) -> Fresh:
    """Makes copies of the small office, each in a file of its own."""

    def fresh() -> str:
        target = tmp_path / f"month-{next(_numbers)}.chalkbook"
        return str(shutil.copyfile(month_file, target))

    return fresh


@pytest.fixture
def fresh_postgres(
    postgres_server: PostgresServer, month_template: str
) -> Iterator[Fresh]:
    """Makes copies of the small office, each in a database of its own."""
    made: list[str] = []

    def fresh() -> str:
        made.append(f"{month_template}_{next(_numbers)}")
        return postgres_server.create(made[-1], month_template)

    yield fresh
    for name in made:
        postgres_server.drop(name)


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """Makes copies of a small office whose February waits to be billed."""
    found: Fresh = request.getfixturevalue(f"fresh_{request.param}")
    return found


@pytest.fixture
def month(fresh: Fresh) -> str:
    """A small office whose February waits to be billed, as a person names it."""
    return fresh()


@pytest.fixture
def month_sqlite(fresh_sqlite: Fresh) -> str:
    """The same in a file."""
    return fresh_sqlite()


@pytest.fixture
def month_postgres(fresh_postgres: Fresh) -> str:
    """The same on a server."""
    return fresh_postgres()


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    """An empty office's database, once on SQLite and once on PostgreSQL."""
    database = Database(database_url(address))
    yield database
    database.close()


@pytest.fixture
def office(address: str, clock: FakeClock) -> Iterator[Office]:
    """An empty office, once on SQLite and once on PostgreSQL."""
    office = open_office(address, clock=clock)
    yield office
    office.close()


@pytest.fixture
def make(database: Database, clock: FakeClock) -> Make:
    """Makes records in the database of ``database`` and ``office``."""
    return Make(database, clock)


@pytest.fixture
def expected_log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """What was logged, for a test that expects a warning or an error there."""
    return caplog


@pytest.fixture(autouse=True)
def _no_unexpected_log(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail a test after which a warning or an error stands in the log."""
    yield
    if "expected_log" in request.fixturenames:
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    unexpected = [
        f"{record.name}: {record.getMessage()}"
        for record in records
        if record.levelno >= logging.WARNING
    ]
    assert not unexpected, f"logged at warning or above: {unexpected}"


@pytest.fixture(autouse=True)
def _no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves a thread running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + PATIENCE
    for thread in set(threading.enumerate()) - before:
        thread.join(max(0.0, deadline - time.monotonic()))
    left = [thread.name for thread in set(threading.enumerate()) - before]
    assert not left, f"threads left running: {left}"
