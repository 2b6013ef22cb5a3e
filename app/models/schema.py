"""Is this file ours, which version has it, and how it is brought up to date.

The version is read with one SELECT; Alembic is imported only when there is something
to do. A file is copied before it is changed.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import make_url

from app.models.base import Model
from app.models.database import make_engine
from app.models.faults import BrokenFileError, explained
from app.models.values.errors import UnavailableError

if TYPE_CHECKING:
    from alembic.config import Config

APPLICATION_ID = 0x43484B42  # "CHKB", in the header of an office's SQLite file
_FOLDER = Path(__file__).parent / "migrations"


class NewerFileError(UnavailableError):
    """The database was made by a newer version of the program."""

    def __init__(self, version: str) -> None:
        super().__init__(
            f"This office was last opened by a newer version of the program (its "
            f"tables are of version {version}); nothing was changed. Install the "
            "newer program on this computer too."
        )


class NotAnOfficeError(UnavailableError):
    """The database holds something else."""

    def __init__(self) -> None:
        super().__init__(
            "This database holds something other than an office; nothing was "
            "changed. Choose an office file, or a new name to make one."
        )


class NoOfficeError(UnavailableError):
    """There is no file of this name."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no office file “{path}”; check the path, or make an office "
            "with “chalkbook demo” or restore one from a backup."
        )


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What bringing a database up to date did.

    Attributes:
        before, after: versions of the tables; ``before`` is empty for a new database.
        copy: the copy of the file made first, if there was something in it.
    """

    before: str
    after: str
    copy: Path | None


def upgrade(url: str, now: datetime, *, create: bool = True) -> Upgrade:
    """Make the tables of a new database, or bring an old one up to date.

    Args:
        url: the database's address.
        now: goes into the name of the copy that is made first.
        create: make the file where there is none.

    Raises:
        NoOfficeError: There is no such file, and none is to be made.
        NotAnOfficeError: It holds something else.
        NewerFileError: A newer program made it.
    """
    path = sqlite_path(url)
    if path is not None and not create and not path.exists():
        raise NoOfficeError(path)
    engine = make_engine(make_url(url))
    try:
        with explained(), engine.connect() as connection:
            before = version(connection)
        after = head()
        if before == after:
            return Upgrade(before, after, None)
        if before and before not in known_versions():
            raise NewerFileError(before)
        copy = _copy_aside(engine, path, before, now) if path and before else None
        _run_migrations(engine)
        return Upgrade(before, after, copy)
    finally:
        engine.dispose()


def sqlite_path(url: str) -> Path | None:
    """Give the file of a SQLite address, or None for a server's."""
    parsed = make_url(url)
    is_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(parsed.database) if is_file and parsed.database else None


def version(connection: Connection) -> str:
    """Read the version of the tables; empty for a database with none at all.

    Raises:
        NotAnOfficeError: There are tables, but not an office's.
    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return ""
    if not {"alembic_version", "office", "journal"} <= names:
        raise NotAnOfficeError
    found = connection.execute(text("SELECT version_num FROM alembic_version"))
    return str(found.scalar_one_or_none() or "")


def known_versions() -> tuple[str, ...]:
    """List the versions this program knows, oldest first."""
    names = (_FOLDER / "versions").glob("[0-9]*.py")
    return tuple(sorted(path.name.split("_")[0] for path in names))


def head() -> str:
    """Give the newest version this program knows."""
    return known_versions()[-1]


def _copy_aside(engine: Engine, path: Path, before: str, now: datetime) -> Path:
    copy = path.with_name(f"{path.name}.before-{before}-{now:%Y%m%d-%H%M%S}")
    with explained(), engine.connect() as connection:
        raw = cast("sqlite3.Connection", connection.connection.driver_connection)
        connection.rollback()
        raw.execute("VACUUM INTO ?", (str(copy),))
    return copy


def _run_migrations(engine: Engine) -> None:
    from alembic import command  # noqa: PLC0415  slow to import, seldom needed

    with explained():
        options = {"writes": True}
        with engine.connect().execution_options(**options) as connection:
            config = make_config(connection)
            command.upgrade(config, "head")
            connection.commit()
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                connection.commit()


def make_config(connection: Connection) -> Config:
    """Give Alembic its folder and the connection to work on."""
    from alembic.config import Config  # noqa: PLC0415  slow to import, seldom needed

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def check_integrity(connection: Connection) -> None:
    """Refuse a file whose pages are damaged.

    Raises:
        BrokenFileError: SQLite's own check finds a fault.
    """
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        if found != "ok":
            raise BrokenFileError


def differences(connection: Connection) -> list[str]:
    """Name what the tables have that the mapped classes do not, and the reverse."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415  slow, seldom
    from alembic.migration import MigrationContext  # noqa: PLC0415  slow, seldom

    context = MigrationContext.configure(connection)
    return [_in_short(found) for found in compare_metadata(context, Model.metadata)]


def _in_short(found: object) -> str:
    while isinstance(found, list):
        found = found[0]
    if not isinstance(found, tuple):
        return str(found)
    words = (getattr(part, "name", None) or part for part in found)
    return " ".join(word for word in words if isinstance(word, str))
