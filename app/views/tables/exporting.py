"""Keeps what a table shows as a file: for spreadsheets, or as a printed list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.values.errors import OfficeError
from app.services.documents.naming import file_name
from app.services.printing.files import write_file
from app.text import _
from app.views.tables.footer import count_text
from app.views.tables.listing import Shown
from app.views.tables.view import DataTable
from app.views.tools import Tools, Word

CSV, XLSX, PDF = "csv", "xlsx", "pdf"


def write(path: Path, make: Callable[[], bytes]) -> Path:
    """Make a file's content, write it whole, and give its path.

    Raises:
        NotWrittenError: There is no room, or no right to write there.
    """
    write_file(path, make())
    return path


class TableFiles(QObject):
    """Writes one table to files that the person names.

    Signals:
        said: A file was written, or was not; carries a Word.
    """

    said = Signal(object)

    def __init__(self, table: DataTable[Any], tools: Tools, title: str) -> None:
        super().__init__(table)
        self._table, self._tools, self._title = table, tools, title

    def save(self, kind: str, *, every_column: bool = False) -> None:
        """Let a file of a kind be named, and write what is shown, or every column."""
        titles = {
            CSV: (_("Export as CSV"), _("CSV (*.csv)")),
            XLSX: (_("Export as workbook"), _("Workbook (*.xlsx)")),
            PDF: (_("Save list as PDF"), _("PDF (*.pdf)")),
        }
        shown = self.shown(every_column=every_column)
        name = file_name(self._title, "", shown.at.date().isoformat(), kind)
        write_it = partial(self._write, shown, kind)
        title, kinds = titles[kind]
        self._tools.prompts.name_file(self._table, title, name, kinds, write_it)

    def shown(self, *, every_column: bool = False) -> Shown:
        """Take what the table shows now."""
        table, formats = self._table, self._tools.formats
        columns = table.columns.every if every_column else table.columns.chosen
        rows = tuple(table.model.rows)
        count = count_text(len(rows), table.model.total, 0, table.noun, formats)
        return Shown(
            title=self._title,
            filters=table.filters.in_words,
            count=count,
            columns=tuple(columns),
            rows=rows,
            formats=formats,
            at=formats.local(self._tools.clock.now()),
        )

    def _write(self, shown: Shown, kind: str, path: Path) -> None:
        jobs, printing = self._tools.jobs, self._tools.office.printing
        run = jobs.errand
        make: Callable[[], bytes] = shown.as_csv
        if kind == XLSX:
            make = shown.as_workbook
        elif kind == PDF:  # it stands under the office's name
            make, run = partial(_drawn, printing.listing, shown), jobs.run
        words = _("Writing {name}").format(name=path.name)
        work = partial(write, path, make)
        run(self, work, done=self._on_saved, failed=self._on_failed, words=words)

    def _on_saved(self, path: Path) -> None:
        self.said.emit(Word(_("Saved {name}.").format(name=path.name)))

    def _on_failed(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))


def _drawn(draw: Callable[[Any], bytes], shown: Shown) -> bytes:
    return draw(shown.as_listing())
