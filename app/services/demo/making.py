"""Makes the sample office in a folder, with everything its month brings forth."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.database import Database
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
        DatabaseInUseError: The database does.
        NotWrittenError: The folder cannot be written.
    """
    _clear(folder)
    write_file(folder / SUMMARY, b"{}\n")
    address = url or f"sqlite:///{(folder / FILE).absolute()}"
    clock = StoryClock(now - BEFORE_TERM)
    upgrade(address, clock.now())
    database = Database(address)
    try:
        desk = Desk(database, clock, COMMAND_LINE)
        _require_empty(desk)
        office = furnish(desk)
        told = tell(office, clock, now, until)
        write_documents(office, told, folder, local_date(now, ZoneInfo(ZONE)))
        write_notes(office, desk, folder)
        shown = database.url.render_as_string(hide_password=True)
        summary = summarise(desk, shown if url else str(folder / FILE))
        write_summary(summary, folder)
        return summary
    finally:
        database.close()


def _clear(folder: Path) -> None:
    """Take an older sample away; anything else stays and stops us."""
    if not (folder / SUMMARY).exists():
        if (folder / FILE).exists():
            raise FolderInUseError(folder)
        return
    for name in ("invoices", "pay", "schedules", "notes"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / FILE).unlink(missing_ok=True)
    (folder / f"{FILE}-journal").unlink(missing_ok=True)


def _require_empty(desk: Desk) -> None:
    with desk.snapshot() as snapshot:
        if snapshot.scalars(select(OfficeProfile.id)).first() is not None:
            raise DatabaseInUseError
