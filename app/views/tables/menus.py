"""The menus of a table: which columns to show, and what to do with a row."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.text import _
from app.views.tables.arranging import SortKey
from app.views.tables.placing import ColumnPlacing


class ColumnsMenu(QMenu):
    """Shows and hides columns, and puts them back as they were.

    With a column to begin with, it also sorts by it and moves it.

    Signals:
        sorted: Sort by these keys; carries a tuple of SortKey.
    """

    sorted = Signal(object)

    def __init__(
        self, parent: QWidget, placing: ColumnPlacing, column: str = ""
    ) -> None:
        super().__init__(_("Columns"), parent)
        self._placing, self._column = placing, column
        if column:
            self._add_column_actions()
        titles = {c.key: c.title for c in placing.chosen}
        titles |= {c.key: c.title for c in placing.every if c.key not in titles}
        for key, title in titles.items():
            action = self.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(placing.is_visible(key))
            action.setData(key)
            action.setEnabled(len(placing.chosen) > 1 or not action.isChecked())
        self.addSeparator()
        self.addAction(_("Reset columns")).setData("")
        self.triggered.connect(self._on_triggered)

    def _add_column_actions(self) -> None:
        for name, text in (
            ("up", _("Sort ascending")),
            ("down", _("Sort descending")),
            ("none", _("Do not sort")),
            ("left", _("Move left")),
            ("right", _("Move right")),
        ):
            self.addAction(text).setData((name,))
        self.addSeparator()

    def _on_triggered(self, action: QAction) -> None:
        wanted = action.data()
        if isinstance(wanted, tuple | list):
            self._do(str(wanted[0]))
        elif wanted:
            self._placing.set_visible(str(wanted), visible=action.isChecked())
        else:
            self._placing.reset()

    def _do(self, name: str) -> None:
        if name in {"left", "right"}:
            self._placing.move(self._column, -1 if name == "left" else 1)
        elif name == "none":
            self.sorted.emit(())
        else:
            self.sorted.emit((SortKey(self._column, name == "down"),))


class RowMenu(QMenu):
    """What can be done with the row under the pointer, and the ways to copy it."""

    def __init__(
        self, parent: QWidget, actions: Sequence[QAction], copying: Sequence[QAction]
    ) -> None:
        super().__init__(parent)
        self.addActions(list(actions))
        if actions:
            self.addSeparator()
        self.addActions(list(copying))
