"""Copies a whole office from one database to another, in one consistent piece.

A backup is always one SQLite file, whichever database the office lies in, so it can
be restored into either. The file is never opened or copied as bytes while the program
runs: that would lose locks and committed changes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.engine import URL, make_url

from app.models.base import Model
from app.models.bulk import last_ids
from app.models.database import make_engine
from app.models.faults import (
    BrokenFileError,
    BusyError,
    DiskFullError,
    ReadOnlyError,
    explained,
    shown,
)
from app.models.files import (
    explained_files,
    file_url,
    free_name,
    is_office_file,
    is_there,
    make_private,
    vacuum_into,
    written_aside,
)
from app.models.office import OfficeProfile
from app.models.pages import copy_file, put_in_place
from app.models.schema import (
    NewerFileError,
    NotAnOfficeError,
    check_integrity,
    known_versions,
    upgrade,
    version,
)
from app.models.values.errors import (
    InputError,
    NotFoundError,
    OfficeError,
    UnavailableError,
)
from app.text import _

_ROWS = 500


class NoBackupError(NotFoundError):
    """There is no file of this name to restore from."""

    def __init__(self, path: Path) -> None:
        words = _("There is no backup “{path}”; check the path and the file's name.")
        super().__init__(words.format(path=path))


class NotABackupError(InputError):
    """The file is no office and so no backup of one."""

    def __init__(self, path: Path) -> None:
        words = _(
            "“{path}” is not a backup of an office; nothing was changed. Choose a file "
            "that “chalkbook backup” made."
        )
        super().__init__(words.format(path=path))


class DamagedBackupError(UnavailableError):
    """The backup itself is broken."""

    def __init__(self, path: Path) -> None:
        words = _(
            "The backup “{path}” is damaged; nothing was changed. Choose an older or "
            "another one."
        )
        super().__init__(words.format(path=path))


class NotReplacedError(InputError):
    """A file that is no office stands where the office or backup should go."""

    def __init__(self, path: Path) -> None:
        words = _(
            "“{path}” exists and is not an office file, so it was not overwritten; "
            "choose another name."
        )
        super().__init__(words.format(path=path))


class SameFileError(InputError):
    """An office was to be copied onto itself."""

    def __init__(self, path: Path) -> None:
        words = _(
            "“{path}” is the office's own file; nothing was changed. Choose another "
            "name."
        )
        super().__init__(words.format(path=path))


def back_up(url: URL, target: Path, now: datetime) -> None:
    """Write the whole office into one new SQLite file.

    The file appears under its name only when it is complete and checked; an older
    backup of that name stays until then.

    Raises:
        SameFileError: It is the office's own name.
        NotReplacedError: Another kind of file has that name.
        NoFolderError: The folder is not there.
        UnavailableError: There is no room, or no right to write there.
    """
    _require_other(url, target)
    _require_replaceable(target)
    engine = make_engine(url)
    try:
        with written_aside(target) as aside:
            if engine.dialect.name == "sqlite":
                vacuum_into(engine, aside)
            else:
                _copy_rows_out(engine, aside, now)
            _check_copy(aside, shown(url))
    finally:
        engine.dispose()


def restore(source: Path, url: URL, now: datetime, keep_in: Path) -> Path | None:
    """Put a backup in the place of an office; give the copy of the former one.

    Args:
        source: the backup.
        url: the office's address.
        now: goes into the name of the copy of the former office.
        keep_in: gets that copy if the office lies on a server; else it lies beside.

    Raises:
        NoBackupError: There is no such file.
        NotABackupError: It is no backup.
        DamagedBackupError: It is damaged.
        NewerFileError: A newer program made it.
        SameFileError: It is the office's own file.
        NotReplacedError: Another kind of file has the office's name.
    """
    if not is_there(source):
        raise NoBackupError(source)
    _require_other(url, source)
    if not source.is_file():
        raise NotABackupError(source)
    if url.get_backend_name() != "sqlite":
        _require_backup(source)
        return _restore_into_server(source, url, now, keep_in)
    target = Path(str(url.database))
    _require_replaceable(target)
    _require_backup(source)
    if is_there(target) and target.stat().st_size:
        return _restore_over(source, url, target, now)
    copy_file(source, target)
    return None


def _require_other(url: URL, path: Path) -> None:
    if url.get_backend_name() == "sqlite":
        with explained_files(path):
            is_same = Path(str(url.database)).resolve() == path.resolve()
        if is_same:
            raise SameFileError(path)


def _require_replaceable(target: Path) -> None:
    """Refuse to write over what is no office's file; a damaged or empty one may go.

    Folders, devices and pipes are not even opened: a pipe would keep us waiting.
    """
    if not is_there(target):
        return
    if not target.is_file():
        raise NotReplacedError(target)
    try:
        is_ours = is_office_file(target)
    except BrokenFileError:
        is_ours = True
    if not is_ours and target.stat().st_size:
        raise NotReplacedError(target)


def _require_backup(source: Path) -> None:
    try:
        if not is_office_file(source):
            raise NotABackupError(source)
        _check_copy(source, str(source))
    except NotAnOfficeError:
        raise NotABackupError(source) from None
    except BrokenFileError as error:
        raise DamagedBackupError(source) from error


def _check_copy(path: Path, where: str) -> None:
    """Refuse a copy that is damaged, empty or of a newer program.

    Args:
        path: the copy.
        where: what people know it by.

    Raises:
        BrokenFileError: Its pages are damaged.
        NotAnOfficeError: There are no tables, or not an office's.
        NewerFileError: A newer program made it.
    """
    engine = make_engine(make_url(file_url(path)))
    try:
        with explained(where), engine.connect() as connection:
            check_integrity(connection)
            found = version(connection)
    except BrokenFileError as error:
        raise BrokenFileError(where) from error
    finally:
        engine.dispose()
    if not found:
        raise NotAnOfficeError(where)
    if found not in known_versions():
        raise NewerFileError(where, found)


def _restore_over(source: Path, url: URL, target: Path, now: datetime) -> Path:
    """Copy the office that is to be replaced, then replace it; a damaged one moves."""
    former = free_name(target, _former(now))
    try:
        back_up(url, former, now)
    except BrokenFileError:
        put_in_place(source, target, former)
        return former
    try:
        copy_file(source, target)
    except (BusyError, DiskFullError, ReadOnlyError):
        former.unlink(missing_ok=True)  # nothing was replaced
        raise
    return former


def _former(now: datetime) -> str:
    return f"before-restore-{now:%Y%m%d-%H%M%S}"


def _copy_rows_out(engine: Engine, aside: Path, now: datetime) -> None:
    address = file_url(aside)
    upgrade(address, now)
    copy = make_engine(make_url(address))
    try:
        with (
            explained(shown(engine.url), str(aside.parent)),
            engine.connect() as reading,
            _writing(copy) as writing,
        ):
            _copy_rows(reading, writing)
    finally:
        copy.dispose()


def _restore_into_server(
    source: Path, url: URL, now: datetime, keep_in: Path
) -> Path | None:
    upgrade(url.render_as_string(hide_password=False), now)
    server, former = make_engine(url), None
    try:
        if _holds_an_office(server):
            former = free_name(keep_in / f"{url.database}.chalkbook", _former(now))
            make_private(former)
            back_up(url, former, now)
        with tempfile.TemporaryDirectory() as folder:
            current = Path(folder) / "office.chalkbook"
            copy_file(source, current)
            upgrade(file_url(current), now)
            _replace_rows(current, server)
    except OfficeError:
        if former is not None:
            former.unlink(missing_ok=True)  # nothing was replaced
        raise
    finally:
        server.dispose()
    return former


def _holds_an_office(server: Engine) -> bool:
    with explained(shown(server.url)), server.connect() as connection:
        return connection.execute(select(OfficeProfile.id)).first() is not None


def _replace_rows(current: Path, server: Engine) -> None:
    """Put a file's rows in the place of a server's, in one transaction.

    The former rows are deleted, not truncated: whoever reads meanwhile goes on seeing
    them.
    """
    copy = make_engine(make_url(file_url(current)))
    try:
        with (
            explained(shown(server.url), str(current)),
            copy.connect() as reading,
            _writing(server) as writing,
        ):
            for table in reversed(_tables()):
                writing.execute(delete(table))
            _copy_rows(reading, writing)
    finally:
        copy.dispose()


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection:
        yield connection
        connection.commit()


def _copy_rows(reading: Connection, writing: Connection) -> None:
    if writing.dialect.name == "sqlite":
        writing.execute(text("PRAGMA defer_foreign_keys=on"))
    for table in _tables():
        with reading.execute(_in_order(table)) as rows:
            for part in rows.mappings().partitions(_ROWS):
                writing.execute(insert(table), [dict(row) for row in part])
        if "id" in table.c:
            _set_last_id(writing, table, _last_id(reading, table))


def _in_order(table: Table) -> Select[Any]:
    ordered = select(table).order_by(*table.primary_key.columns)
    return ordered.execution_options(yield_per=_ROWS)


def _tables() -> list[Table]:
    return list(Model.metadata.sorted_tables)


def _last_id(reading: Connection, table: Table) -> int:
    """Give the highest id that a table ever gave, be the record still there or not."""
    given: int | None
    if reading.dialect.name == "sqlite":
        given = last_ids(reading).get(table.name)
    else:
        sequence = func.pg_get_serial_sequence(table.name, "id").cast(REGCLASS)
        given = reading.execute(select(func.pg_sequence_last_value(sequence))).scalar()
    top: int | None = reading.execute(select(func.max(table.c.id))).scalar()
    return max(given or 0, top or 0)


def _set_last_id(writing: Connection, table: Table, last: int) -> None:
    """Have a table go on after an id."""
    if writing.dialect.name != "sqlite":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        writing.execute(select(func.setval(sequence, max(last, 1), last > 0)))
        return
    row = {"name": table.name, "last": last}
    writing.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), row)
    writing.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), row)
