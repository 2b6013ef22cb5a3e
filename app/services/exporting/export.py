"""Writes every kind of record as a sheet, with a description of the columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from app.models.base import Model
from app.models.copying import back_up
from app.models.database import Database, Snapshot
from app.models.files import file_url
from app.models.office import Attachment
from app.models.values.billing import DocumentKind
from app.models.values.errors import UnavailableError
from app.services.desk import Desk
from app.services.exporting.currencies import load_currencies
from app.services.exporting.sheets import document_sheet, line_sheet, session_sheet
from app.services.exporting.tables import Sheet, plain_sheet
from app.services.sheets import write_sheet
from app.text import _

_SHAPED = frozenset(("session", "document", "document_line", "attachment"))
_DERIVED = frozenset(("occupancy", "occupancy_override"))


class NotWrittenError(UnavailableError):
    """A folder or file could not be written."""

    def __init__(self, folder: Path, why: str) -> None:
        super().__init__(
            _(
                "The files could not be written into “{folder}” ({why}); choose a "
                "folder that you may write to, with room on its disk."
            ).format(folder=folder, why=why)
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: rows by file."""

    folder: Path
    rows: dict[str, int]


class Export:
    """Writes the whole office out, so that it can be left at any time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(self, folder: Path) -> Exported:
        """Write one CSV file for every kind of record, and ``columns.json``.

        An older export in the folder stays as it is until the new one is complete.

        Raises:
            NotWrittenError: The folder cannot be made or written.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with (
                TemporaryDirectory(dir=folder, prefix=".writing-") as aside,
                self._copied() as snapshot,
            ):
                rows = _write_all(snapshot, Path(aside))
                _move_all(Path(aside), folder)
                return Exported(folder, rows)
        except OSError as error:
            raise NotWrittenError(folder, error.strerror or str(error)) from error

    @contextmanager
    def _copied(self) -> Iterator[Snapshot]:
        """Read from a copy, so that nobody's commit waits while files are written."""
        with TemporaryDirectory() as folder:
            copy = Path(folder) / "office.chalkbook"
            back_up(self._desk.database.url, copy, self._desk.now())
            database = Database(file_url(copy))
            try:
                with database.snapshot() as snapshot:
                    yield snapshot
            finally:
                database.close()


def _write_all(snapshot: Snapshot, folder: Path) -> dict[str, int]:
    rows: dict[str, int] = {}
    described: dict[str, list[dict[str, str]]] = {}
    for sheet in _sheets(snapshot):
        file = f"{sheet.name}.csv"
        head = [field.name for field in sheet.fields]
        rows[file] = write_sheet(folder / file, head, sheet.rows)
        described[file] = [
            {"name": field.name, "kind": field.kind, "about": field.about}
            for field in sheet.fields
        ]
    _write_attachments(snapshot, folder / "attachments")
    text = json.dumps(described, indent=2, ensure_ascii=False)
    (folder / "columns.json").write_text(text + "\n", "utf-8")
    return rows


def _move_all(aside: Path, folder: Path) -> None:
    for path in sorted(aside.rglob("*")):
        target = folder / path.relative_to(aside)
        if path.is_dir():
            target.mkdir(exist_ok=True)
        else:
            path.replace(target)


def _sheets(snapshot: Snapshot) -> Iterator[Sheet]:
    yield session_sheet(snapshot)
    for kind in DocumentKind:
        yield document_sheet(snapshot, kind)
        yield line_sheet(snapshot, kind)
    currencies = load_currencies(snapshot)
    for table in Model.metadata.sorted_tables:
        if table.name not in _SHAPED | _DERIVED:
            yield plain_sheet(snapshot, table, currencies)


def _write_attachments(snapshot: Snapshot, folder: Path) -> None:
    for row_id in snapshot.scalars(select(Attachment.id).order_by(Attachment.id)):
        folder.mkdir(exist_ok=True)
        attachment = snapshot.get_one(Attachment, row_id)
        ending = Path(attachment.name).suffix[:8]
        safe = ending if ending[1:].isalnum() and ending.isascii() else ""
        (folder / f"{row_id}{safe}").write_bytes(attachment.content)
        snapshot.expunge(attachment)
