"""What a table shows, taken out of it to be written elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.services.documents.values import ListedColumn, Listing
from app.services.workbooks import SheetOfRows, workbook
from app.views.formats import Formats
from app.views.papers.exporting import csv_text
from app.views.tables.columns import Column
from app.views.tables.copying import sheet
from app.views.tables.footer import sums
from app.views.tables.values import headings, value_of

MARKED = "utf-8-sig"  # spreadsheets know the letters by the mark at the beginning


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows and columns of a table at a moment; all else is made from it.

    Attributes:
        filters: what the rows were chosen by, in words.
        count: how many they are, in words.
        at: on the office's wall clock.
    """

    title: str
    filters: str
    count: str
    columns: tuple[Column[Any], ...]
    rows: tuple[object, ...]
    formats: Formats
    at: datetime

    def as_csv(self) -> bytes:
        """Write a file with separators, as the office's country expects it."""
        head, rows = sheet(self.columns, self.rows)
        return csv_text(head, rows, self.formats.locale.decimal).encode(MARKED)

    def as_workbook(self) -> bytes:
        """Write a workbook."""
        rows = [
            [value_of(column, row, self.formats) for column in self.columns]
            for row in self.rows
        ]
        heads = headings(self.columns)
        return workbook(SheetOfRows(self.title, self.at, heads, rows))

    def as_listing(self) -> Listing:
        """Give the list that is printed."""
        return Listing(
            title=self.title,
            filters=self.filters,
            count=self.count,
            sums=sums(self.columns, self.rows, self.formats),
            columns=tuple(ListedColumn(c.title, c.is_right) for c in self.columns),
            rows=tuple(tuple(c.text(row) for c in self.columns) for row in self.rows),
            printed=self.at,
        )
