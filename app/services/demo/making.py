"""Makes the sample office in a folder, with everything its month brings forth."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.database import Database
from app.models.faults import shown
from app.models.files import file_url
from app.models.office import OfficeProfile
from app.models.schema import upgrade
from app.models.values.actors import COMMAND_LINE
from app.models.values.errors import InputError
from app.models.values.schedule import local_date
from app.services.demo.clock import StoryClock
from app.services.demo.founding import ZONE
from app.services.demo.story import BEFORE_TERM, Stage, tell
from app.services.demo.summary import (
    Summary,
    summarise,
    write_documents,
    write_notes,
    write_summary,
)
from app.services.desk import Desk
from app.services.exporting.export import NotWrittenError
from app.services.office import furnish
from app.services.printing.files import write_file
from app.text import _

FILE = "office.chalkbook"
SUMMARY = "summary.json"


class FolderInUseError(InputError):
    """The folder holds something that no sample office was."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "“{folder}” holds an office that is not a sample, so nothing was made; "
                "choose another folder with --folder."
            ).format(folder=folder)
        )


class DatabaseInUseError(InputError):
    """The database holds an office already."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This database holds an office already, so no sample was made in it; "
                "name an empty database with --office."
            )
        )


def make_sample(
    folder: Path, now: datetime, until: Stage, url: str | None = None
) -> Summary:
    """Make the sample office and its documents; an older sample is replaced.

    Args:
        folder: gets the documents, and the office's file unless a database is named.
        now: today, an aware instant.
        until: the last stage of the story.
        url: an empty database's address; None makes a file in the folder.

    Raises:
        FolderInUseError: The folder holds another office.
        DatabaseInUseError: The named database does.
        NotWrittenError: The folder cannot be written.
    """
    folder = folder.absolute()
    clock = StoryClock(now - BEFORE_TERM)
    if url is None:
        _clear(folder)
    address = url or file_url(folder / FILE)
    upgrade(address, clock.now())
    database = Database(address)
    try:
        desk = Desk(database, clock, COMMAND_LINE)
        _require_empty(desk)
        if url is not None:
            _clear(folder)
        office = furnish(desk)
        told = tell(office, clock, now, until)
        write_documents(office, told, folder, local_date(now, ZoneInfo(ZONE)))
        write_notes(office, desk, folder)
        summary = summarise(desk, shown(database.url))
        write_summary(summary, folder)
        return summary
    finally:
        database.close()


def _clear(folder: Path) -> None:
    """Take an older sample away; anything else stays, and stops us.

    The folder is marked before there is an office in it, so that a sample that was
    stopped half way is replaced like any other.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (folder / SUMMARY).exists():
            for name in ("invoices", "pay", "schedules", "notes"):
                shutil.rmtree(folder / name, ignore_errors=True)
            (folder / FILE).unlink(missing_ok=True)
            (folder / f"{FILE}-journal").unlink(missing_ok=True)
        elif (folder / FILE).exists():
            raise FolderInUseError(folder)
    except OSError as error:
        raise NotWrittenError(folder, error.strerror or str(error)) from error
    write_file(folder / SUMMARY, b"{}\n")


def _require_empty(desk: Desk) -> None:
    with desk.snapshot() as snapshot:
        if snapshot.scalars(select(OfficeProfile.id)).first() is not None:
            raise DatabaseInUseError
