"""The View menu of a table: named views, columns, height of rows, and files."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.text import _
from app.views.tables.density import DENSITIES, density_of
from app.views.tables.exporting import CSV, PDF, XLSX
from app.views.tables.menus import ColumnsMenu
from app.views.tables.saved import SavedViews
from app.views.tables.view import DataTable
from app.views.tools import Tools

CHOOSE, SAVE, CHANGE, RENAME = "choose", "save", "change", "rename"
DEFAULT, DELETE, ROWS, COPY, FILE = "default", "delete", "rows", "copy", "file"


class ViewMenu(QMenu):
    """Lists what can be done with a table as a whole.

    Signals:
        wanted: One of the deeds is wanted; carries its name, and what it is for.
    """

    wanted = Signal(str, object)

    def __init__(
        self, parent: QWidget, table: DataTable[Any], views: SavedViews, tools: Tools
    ) -> None:
        super().__init__(_("View"), parent)
        self._table, self._views = table, views
        self._add_views()
        self.addSeparator()
        self._add_keeping()
        self.addSeparator()
        self.addMenu(ColumnsMenu(self, table.columns))
        self._add_rows(density_of(tools.state))
        self.addSeparator()
        self._add_files()
        self.triggered.connect(self._on_triggered)

    def _add_views(self) -> None:
        group = QActionGroup(self)
        chosen = self._views.chosen
        for name in ("", *(view.name for view in self._views.all)):
            words = name.replace("&", "&&") or _("Standard")
            if name and name == self._views.default:
                words = _("{name} (opens with it)").format(name=words)
            action = self._add(self, words, CHOOSE, name)
            action.setCheckable(True)
            action.setChecked(name == chosen)
            group.addAction(action)

    def _add_keeping(self) -> None:
        self._add(self, _("Save view as…"), SAVE)
        view = self._views.get(self._views.chosen)
        if view is None:
            return
        shown = view.name.replace("&", "&&")
        change = self._add(
            self, _("Save changes to “{name}”").format(name=shown), CHANGE, view.name
        )
        change.setEnabled(view.arranged != self._table.arranged)
        self._add(self, _("Rename “{name}”…").format(name=shown), RENAME, view.name)
        default = self._add(
            self, _("Open the list with “{name}”").format(name=shown), DEFAULT
        )
        default.setCheckable(True)
        default.setChecked(view.name == self._views.default)
        self._add(self, _("Delete “{name}”…").format(name=shown), DELETE, view.name)

    def _add_rows(self, chosen: str) -> None:
        rows = self.addMenu(_("Rows"))
        group = QActionGroup(rows)
        for density, words in DENSITIES.items():
            action = self._add(rows, words, ROWS, density)
            action.setCheckable(True)
            action.setChecked(density == chosen)
            group.addAction(action)

    def _add_files(self) -> None:
        copy = self._add(self, _("Copy as table"), COPY)
        copy.setEnabled(bool(self._table.model.rows))
        files = self.addMenu(_("Export"))
        kinds = ((CSV, _("CSV")), (XLSX, _("Workbook (XLSX)")), (PDF, _("PDF")))
        for kind, words in kinds:
            self._add(files, _("As {kind}…").format(kind=words), FILE, (kind, False))
        files.addSeparator()
        for kind, words in kinds:
            text = _("All columns as {kind}…").format(kind=words)
            self._add(files, text, FILE, (kind, True))

    def _add(self, menu: QMenu, words: str, deed: str, what: object = "") -> QAction:
        made = menu.addAction(words)
        made.setProperty("deed", deed)
        made.setProperty("what", what)
        return made

    def _on_triggered(self, action: QAction) -> None:
        deed = action.property("deed")
        if deed:
            self.wanted.emit(str(deed), action.property("what"))
