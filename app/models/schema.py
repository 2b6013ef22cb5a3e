"""Is this file ours, which version has it, and how it is brought up to date.

The version is read with one SELECT; Alembic is imported only when there is something
to do. A file is copied before it is changed, and only its owner may read it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import make_url

from app.models.base import Model
from app.models.database import make_engine
from app.models.faults import BrokenFileError, explained, shown
from app.models.files import (
    APPLICATION_ID,
    free_name,
    is_there,
    make_private,
    sqlite_path,
    vacuum_into,
    written_aside,
)
from app.models.values.errors import UnavailableError
from app.text import _

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent / "migrations"


class NewerFileError(UnavailableError):
    """The database was made by a newer version of the program."""

    def __init__(self, where: str, version: str) -> None:
        words = _(
            "The office “{where}” was last opened by a newer version of the program "
            "(its tables are of version {version}); nothing was changed. Install the "
            "newer program on this computer too."
        )
        super().__init__(words.format(where=where, version=version[:20]))


class NotAnOfficeError(UnavailableError):
    """The database holds something else."""

    def __init__(self, where: str) -> None:
        words = _(
            "The database “{where}” holds something other than an office; nothing was "
            "changed. Choose an office file, or a new name to make one."
        )
        super().__init__(words.format(where=where))


class NoOfficeError(UnavailableError):
    """There is no file of this name."""

    def __init__(self, where: str) -> None:
        words = _(
            "There is no office file “{where}”; check the path, or make an office "
            "with “chalkbook demo” or restore one from a backup."
        )
        super().__init__(words.format(where=where))


class EmptyOfficeError(UnavailableError):
    """The file or database is there, but nothing is in it."""

    def __init__(self, where: str) -> None:
        words = _(
            "The database “{where}” is empty; nothing was changed. Restore a backup "
            "into it with “chalkbook restore”, or make its tables with “chalkbook "
            "migrate”."
        )
        super().__init__(words.format(where=where))


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


def upgrade(
    url: str, now: datetime, *, create: bool = True, fill: bool = True
) -> Upgrade:
    """Make the tables of a new database, or bring an old one up to date.

    Args:
        url: the database's address.
        now: goes into the name of the copy that is made first.
        create: make the file where there is none.
        fill: make the tables where there are none.

    Raises:
        NoOfficeError: There is no such file, and none is to be made.
        EmptyOfficeError: There are no tables, and none are to be made.
        NotAnOfficeError: It holds something else.
        NewerFileError: A newer program made it.
    """
    path, where = sqlite_path(url), shown(make_url(url))
    if path is not None and not is_there(path):
        if not create:
            raise NoOfficeError(where)
        make_private(path)
    engine = make_engine(make_url(url))
    try:
        with explained(where), engine.connect() as connection:
            before = version(connection)
        after = head()
        if before == after:
            return Upgrade(before, after, None)
        if before and before not in known_versions():
            raise NewerFileError(where, before)
        if not before and not fill:
            raise EmptyOfficeError(where)
        copy = _copy_aside(engine, path, before, now) if path and before else None
        with explained(where):
            _run_migrations(engine)
        return Upgrade(before, after, copy)
    finally:
        engine.dispose()


def version(connection: Connection) -> str:
    """Read the version of the tables; empty for a database with none at all.

    Raises:
        NotAnOfficeError: There are tables, but not an office's.
    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return ""
    found = None
    if {"alembic_version", "office", "journal"} <= names:
        query = text("SELECT version_num FROM alembic_version")
        found = connection.execute(query).scalar_one_or_none()
    if not found:
        raise NotAnOfficeError(shown(connection.engine.url))
    return str(found)


def known_versions() -> tuple[str, ...]:
    """List the versions this program knows, oldest first."""
    names = (_FOLDER / "versions").glob("[0-9]*.py")
    return tuple(sorted(path.name.split("_")[0] for path in names))


def head() -> str:
    """Give the newest version this program knows."""
    return known_versions()[-1]


def _copy_aside(engine: Engine, path: Path, before: str, now: datetime) -> Path:
    copy = free_name(path, f"before-{before}-{now:%Y%m%d-%H%M%S}")
    with written_aside(copy) as aside:
        vacuum_into(engine, aside)
    return copy


def _run_migrations(engine: Engine) -> None:
    """Bring the tables up to date in one transaction: stopped half way, none of it."""
    from alembic import command  # noqa: PLC0415  slow to import, seldom needed

    writing = engine.connect().execution_options(writes=True)
    with writing as connection, connection.begin():
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        command.upgrade(make_config(connection), "head")


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
            raise BrokenFileError(shown(connection.engine.url))


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
