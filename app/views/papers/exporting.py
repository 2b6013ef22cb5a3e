"""Writes what a table shows to a file that spreadsheets open."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import partial
from io import StringIO
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.services.printing.files import write_file
from app.text import _
from app.views.jobs import Jobs
from app.views.papers.printing import PaperOut
from app.views.prompts import Prompts

MARKED = "utf-8-sig"  # spreadsheets know the letters by the mark at the beginning


def csv_text(head: Sequence[str], rows: Sequence[Sequence[str]], decimal: str) -> str:
    """Write rows as a spreadsheet of the office's country expects them."""
    out = StringIO(newline="")
    separator = ";" if decimal == "," else ","
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()


def save_text(path: Path, text: str) -> Path:
    """Write a table's text to a file and give its path.

    Raises:
        NotWrittenError: There is no room, or no right to write there.
    """
    write_file(path, text.encode(MARKED))
    return path


class TableOut:
    """Keeps a table as a file that the person names."""

    def __init__(self, prompts: Prompts, jobs: Jobs, out: PaperOut) -> None:
        self._prompts, self._jobs, self._out = prompts, jobs, out

    def save(self, parent: QWidget, name: str, text: str) -> None:
        """Let a file be named, and write it."""
        self._prompts.name_file(
            parent,
            _("Export as CSV"),
            name,
            _("CSV (*.csv)"),
            partial(self._write, text),
        )

    def _write(self, text: str, path: Path) -> None:
        self._jobs.errand(
            self._out,
            partial(save_text, path, text),
            done=self._out.tell_saved,
            failed=self._out.tell_failed,
        )
