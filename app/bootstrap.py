"""Puts the office together: the one place that knows how everything is made."""

from __future__ import annotations

import gc
import platform
from functools import cache
from pathlib import Path

import platformdirs
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.logs import discreet
from app.models.database import Database
from app.models.files import file_url
from app.models.schema import EmptyOfficeError, NoOfficeError, Upgrade, upgrade
from app.models.values.actors import COMMAND_LINE, Actor
from app.models.values.errors import InputError
from app.services.backups import folder_for
from app.services.clock import Clock, SystemClock
from app.services.desk import Desk, NoProfileError
from app.services.office import Office, furnish
from app.text import _

_SERVERS = {"postgresql", "postgres", "postgresql+psycopg"}


class AddressError(InputError):
    """A text that names neither a file nor a PostgreSQL database."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _(
                "“{address}” is neither an office file nor a PostgreSQL address; write "
                "a path such as office.chalkbook, or "
                "postgresql://user@server/database."
            ).format(address=discreet(address)[:80])
        )


def database_url(office: str) -> str:
    """Turn a file path or an address, as typed, into what the database opens.

    Raises:
        AddressError: It is an address of something else, or empty.
    """
    kind, found, rest = office.partition("://")
    if not office.strip() or "\0" in office:
        raise AddressError(office)
    if not found:
        return file_url(Path(office).expanduser())
    try:
        if kind in _SERVERS and rest:
            return _server_url(f"postgresql+psycopg://{rest}")
        if kind == "sqlite" and rest.startswith("/"):
            return file_url(Path(make_url(office).database or ""))
    except (ArgumentError, ValueError):
        raise AddressError(office) from None  # the cause may quote a password
    raise AddressError(office)


def _server_url(address: str) -> str:
    return make_url(address).render_as_string(hide_password=False)


def backup_folder(office: str) -> Path:
    """Name the folder where an office's backups lie.

    Raises:
        AddressError: The address is none.
    """
    home = platformdirs.user_data_path("chalkbook", appauthor=False)
    return folder_for(make_url(database_url(office)), home)


def is_founded(office: str) -> bool:
    """Say whether there is an office at an address, with its own record.

    Raises:
        AddressError: The address is none.
        NotAnOfficeError: It holds something else.
        NewerFileError: A newer program made it.
        UnavailableError: It cannot be opened or is damaged.
    """
    try:
        found = open_office(office)
    except (NoOfficeError, EmptyOfficeError):
        return False
    try:
        found.settings.office()
    except NoProfileError:
        return False
    finally:
        found.close()
    return True


def migrate_office(office: str, clock: Clock | None = None) -> Upgrade:
    """Bring an office's tables up to date, and say what that did.

    Raises:
        AddressError: The address is none.
        NoOfficeError: There is no such file.
        NotAnOfficeError: It holds something else.
        NewerFileError: A newer program made it.
        UnavailableError: It cannot be opened or is damaged.
    """
    clock = clock or SystemClock()
    return upgrade(database_url(office), clock.now(), create=False)


def open_office(
    office: str,
    *,
    clock: Clock | None = None,
    actor: Actor = COMMAND_LINE,
    create: bool = False,
) -> Office:
    """Open an office, bringing its tables up to date first.

    Args:
        office: a file path or a PostgreSQL address, as typed.
        clock: tells the time; the computer's own by default.
        actor: who acts, as the journal will say.
        create: make the file, and the tables, where there are none.

    Raises:
        AddressError: The address is none.
        NoOfficeError: There is no such file.
        EmptyOfficeError: There are no tables.
        NotAnOfficeError: It holds something else.
        NewerFileError: A newer program made it.
        UnavailableError: It cannot be opened or is damaged.
    """
    url = database_url(office)
    clock = clock or SystemClock()
    upgrade(url, clock.now(), create=create, fill=create)
    _keep_program()
    return furnish(Desk(Database(url), clock, actor, platform.node()[:60]))


@cache
def _keep_program() -> None:
    """Spare what the program itself is made of from every later search for garbage."""
    gc.freeze()
