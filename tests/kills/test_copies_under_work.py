"""Backups while four processes write, and copies, restores and upgrades cut short."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from random import Random

import psycopg
import pytest

from app.bootstrap import open_office
from app.models import schema
from tests.fakes import FakeClock
from tests.kills.judging import books, rows
from tests.kills.victims import WRITE, Order, ended, start
from tests.kills.writers import start_writing, turns
from tests.month import FEBRUARY
from tests.once import Fresh
from tests.processes import CONTEXT
from tests.servers import PostgresServer

KILLED = -signal.SIGKILL
WRITERS = 4
ENOUGH = 3  # turns of each writer before the first copy


@contextmanager
def writers(address: str) -> Iterator[None]:
    """Let four processes write for a while; all of them must end well."""
    stop = CONTEXT.Event()
    working = [start_writing(address, number, stop) for number in range(WRITERS)]
    try:
        deadline = time.monotonic() + 60
        while any(len(turns(address, number)) < ENOUGH for number in range(WRITERS)):
            assert time.monotonic() < deadline, "nobody writes"
            time.sleep(0.05)
        yield
    finally:
        stop.set()
        codes = [ended(process) for process in working]
    assert codes == [0] * WRITERS


def is_whole(address: str) -> bool:
    """Have the program check a copy."""
    office = open_office(address, clock=FakeClock())
    try:
        return office.checking.check().is_ok
    finally:
        office.close()


many = pytest.param(40, marks=[pytest.mark.long, pytest.mark.timeout(1800)])


@pytest.mark.parametrize("copies", [3, many])
def test_a_backup_under_four_writers_is_of_one_moment(
    month: str, tmp_path: Path, copies: int
) -> None:
    with writers(month):
        for number in range(copies):
            before = [len(turns(month, writer)) for writer in range(WRITERS)]
            copy = str(tmp_path / f"{number}.chalkbook")
            assert ended(start(Order(("backup", copy, "--office", month)))) == 0
            for writer in range(WRITERS):
                kept = turns(copy, writer)
                assert kept == list(range(1, len(kept) + 1))
                assert len(kept) >= before[writer]
            assert is_whole(copy)
    assert is_whole(month)


def test_an_office_is_restored_under_four_writers(month: str, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy.chalkbook")
    assert ended(start(Order(("backup", copy, "--office", month)))) == 0
    with writers(month):
        assert ended(start(Order(("restore", copy, "--office", month)))) == 0
    assert is_whole(month)


@pytest.mark.long
def test_a_copy_of_the_bare_file_is_no_backup(
    month_sqlite: str, tmp_path: Path
) -> None:
    """Show why backups are made as they are: bytes copied under work may be torn."""
    copy = tmp_path / "copy.chalkbook"
    with writers(month_sqlite):
        for _time in range(200):
            before = [len(turns(month_sqlite, writer)) for writer in range(WRITERS)]
            shutil.copyfile(month_sqlite, copy)
            try:
                kept = [len(turns(str(copy), writer)) for writer in range(WRITERS)]
            except sqlite3.DatabaseError:
                return
            if any(now < then for now, then in zip(kept, before, strict=True)):
                return
            if not is_whole(str(copy)):
                return
    pytest.skip("no copy was torn this time")


@pytest.mark.parametrize(
    "kills", [6, pytest.param(60, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_a_backup_that_is_killed_leaves_the_older_one(
    month: str, tmp_path: Path, kills: int
) -> None:
    copy = tmp_path / "copy.chalkbook"
    order = Order(("backup", str(copy), "--office", month))
    assert ended(start(order)) == 0
    began = time.monotonic()
    assert ended(start(order)) == 0
    lasts = time.monotonic() - began
    old = copy.read_bytes()
    random = Random(kills)  # noqa: S311  any moments will do
    killed = 0
    while killed < kills:
        process = start(order)
        process.join(random.uniform(0, lasts))
        process.kill()
        if ended(process) == KILLED:
            killed += 1
            assert copy.read_bytes() == old or is_whole(str(copy))
    assert is_whole(month)


@pytest.mark.parametrize(
    "kills", [6, pytest.param(60, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_a_restore_that_is_killed_leaves_the_old_or_the_new(
    fresh: Fresh, tmp_path: Path, kills: int
) -> None:
    month, copy = fresh(), str(tmp_path / "copy.chalkbook")
    assert ended(start(Order(("backup", copy, "--office", month)))) == 0
    assert ended(start(Order(("bill", *FEBRUARY, "--office", month)))) == 0
    other = str(tmp_path / "other.chalkbook")
    assert ended(start(Order(("backup", other, "--office", month)))) == 0
    began = time.monotonic()
    assert ended(start(Order(("restore", copy, "--office", month)))) == 0
    lasts = time.monotonic() - began
    random = Random(kills)  # noqa: S311  any moments will do
    killed = 0
    for turn in count():
        source = (other, copy)[turn % 2]
        process = start(Order(("restore", source, "--office", month)))
        process.join(random.uniform(0, lasts))
        process.kill()
        if ended(process) == KILLED:
            killed += 1
            (found,) = rows(month, "SELECT count(*) FROM document")
            assert found[0][0] in {0, 11}
            assert is_whole(month)
        if killed == kills:
            return


def tables(address: str) -> int:
    """Count the tables of a database."""
    query = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
    if "://" in address:
        query = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    return int(rows(address, query)[0][0][0])


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty file, and an empty database of a server."""
    if request.param == "sqlite":
        (tmp_path / "empty.chalkbook").touch()
        yield str(tmp_path / "empty.chalkbook")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = f"empty_kills_{request.getfixturevalue('worker_id')}"
    yield server.create(name)
    server.drop(name)


def test_an_upgrade_that_is_killed_leaves_the_old_or_the_new(empty: str) -> None:
    migrate = ("migrate", "--office", empty)
    for number in (1, 2, 40, 90, 140):
        assert ended(start(Order(migrate, WRITE, number))) == KILLED
        assert tables(empty) == 0
    assert ended(start(Order(migrate, WRITE, 10_000))) == 0
    assert tables(empty) > 50
    office = open_office(empty, clock=FakeClock())
    assert office.checking.check().is_ok
    office.close()


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """The migrations of a program that is one version ahead."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema._FOLDER, folder)
    (folder / "versions" / "0002_next.py").write_text(NEXT_VERSION)
    return folder


NEXT_VERSION = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    op.add_column("subject", sa.Column("colour", sa.String(), nullable=True))
    op.execute("UPDATE subject SET colour = 'red'")
    op.create_table("flag", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO flag (id) VALUES (7)")
"""


def stands_at(address: str) -> tuple[str, bool]:
    """Give the version of an office, and whether it has what the next one brings."""
    (found,) = rows(address, "SELECT version_num FROM alembic_version")
    try:
        (flags,) = rows(address, "SELECT id FROM flag")
    except (sqlite3.OperationalError, psycopg.errors.UndefinedTable):
        return found[0][0], False
    return found[0][0], flags == [(7,)]


def test_an_upgrade_of_an_office_that_is_killed_leaves_the_old_or_the_new(
    month: str, next_version: Path
) -> None:
    before = books(month)
    words = ("migrate", "--office", month)
    folder = str(next_version)
    kills = 0
    while ended(start(Order(words, WRITE, kills + 1, migrations=folder))) == KILLED:
        kills += 1
        assert stands_at(month) == ("0001", False)
        assert books(month) == before
    assert kills > 3
    assert stands_at(month) == ("0002", True)
    assert books(month) == before
    older = start(Order(("check", "--office", month)))
    assert ended(older) == 1


def test_an_office_is_copied_before_it_is_upgraded(
    month_sqlite: str, next_version: Path
) -> None:
    words = ("migrate", "--office", month_sqlite)
    assert ended(start(Order(words, migrations=str(next_version)))) == 0
    path = Path(month_sqlite)
    (copy,) = path.parent.glob(f"{path.name}.before-0001-*")
    assert stands_at(str(copy)) == ("0001", False)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert is_whole(str(copy))
    upgraded = path.read_bytes()
    restore = ("restore", str(copy), "--office", month_sqlite)
    assert ended(start(Order(restore))) == 1  # an older program leaves it alone
    assert path.read_bytes() == upgraded
    assert ended(start(Order(restore, migrations=str(next_version)))) == 0
    assert is_whole(month_sqlite)


def upgrade_four_times(office: str, migrations: Path) -> None:
    """Let four processes upgrade an office at once."""
    barrier = CONTEXT.Barrier(WRITERS)
    order = Order(("migrate", "--office", office), migrations=str(migrations))
    processes = [start(order, barrier) for _number in range(WRITERS)]
    assert [ended(process) for process in processes] == [0] * WRITERS
    assert stands_at(office) == ("0002", True)


def test_four_processes_make_the_tables_once(empty: str, next_version: Path) -> None:
    upgrade_four_times(empty, next_version)


def test_four_processes_upgrade_an_office_once(month: str, next_version: Path) -> None:
    upgrade_four_times(month, next_version)
