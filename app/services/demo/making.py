"""Makes the sample office in a folder, with everything its month brings forth."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import make_url

from app.models.database import Database
from app.models.faults import shown
from app.models.files import file_url
from app.models.office import OfficeProfile
from app.models.schema import upgrade
from app.models.values.errors import InputError
from app.models.values.schedule import local_date
from app.services.demo.clock import StoryClock
from app.services.demo.folder import FILE, site
from app.services.demo.founding import ZONE
from app.services.demo.people import OWNER
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
from app.text import _


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
    """Make the sample office and its documents, and put them in place when whole.

    A sample that lies in the folder and that nobody has worked in is replaced; one
    that somebody has worked in is kept beside the folder.

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
    with site(folder) as place:
        address = url or file_url(place.aside / FILE)
        made = _make(place.aside, now, until, address)
        lies_at = shown(make_url(url or file_url(folder / FILE)))
        summary = replace(made, office=lies_at)
        write_summary(summary, place.aside)
        return replace(summary, former=place.put_in_place())


def _make(folder: Path, now: datetime, until: Stage, address: str) -> Summary:
    clock = StoryClock(now - BEFORE_TERM)
    upgrade(address, clock.now())
    database = Database(address)
    try:
        desk = Desk(database, clock, OWNER)
        _require_empty(desk)
        office = furnish(desk)
        told = tell(office, clock, now, until)
        write_documents(office, told, folder, local_date(now, ZoneInfo(ZONE)))
        write_notes(office, desk, folder)
        return summarise(desk, address)
    finally:
        database.close()


def _require_empty(desk: Desk) -> None:
    with desk.snapshot() as snapshot:
        if snapshot.scalars(select(OfficeProfile.id)).first() is not None:
            raise DatabaseInUseError
