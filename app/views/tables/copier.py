"""Copies rows and cells of a table to the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QAction, QGuiApplication

from app.text import _
from app.views import icons
from app.views.tables.columns import RIGHT_KINDS
from app.views.tables.copying import as_html, as_tabs, sheet
from app.views.tables.grid import TableGrid
from app.views.tables.model import RowsModel
from app.views.tables.placing import ColumnPlacing


class Copier(QObject):
    """Puts rows on the clipboard as a table, and cells as plain text.

    Attributes:
        actions: the commands for the context menu.
    """

    def __init__(
        self,
        grid: TableGrid,
        columns: ColumnPlacing,
        model: RowsModel[Any],
        wanted: Callable[[], Sequence[Any]],
    ) -> None:
        super().__init__(grid)
        self._grid, self._columns, self._model = grid, columns, model
        self._wanted = wanted
        rows, cell = QAction(_("Copy rows"), self), QAction(_("Copy cell"), self)
        icons.set_name(rows, "copy")
        rows.triggered.connect(self._on_rows)
        cell.triggered.connect(self._on_cell)
        self.actions = (rows, cell)

    def copy(self) -> None:
        """Copy the wanted rows with their headings, as text and for a spreadsheet."""
        self.copy_rows(self._wanted())

    def copy_rows(self, wanted: Sequence[Any]) -> None:
        """Copy these rows in the same way."""
        columns = self._columns.chosen
        head, texts = sheet(columns, wanted)
        if not texts:
            return
        data = QMimeData()
        data.setText(as_tabs(head, texts))
        data.setHtml(as_html(head, texts, [c.kind in RIGHT_KINDS for c in columns]))
        QGuiApplication.clipboard().setMimeData(data)

    def _on_rows(self) -> None:
        self.copy()

    def _on_cell(self) -> None:
        index, model = self._grid.currentIndex(), self._model
        row = model.row(index)
        if row is not None:
            text = model.columns[index.column()].text(row)
            QGuiApplication.clipboard().setText(text)
