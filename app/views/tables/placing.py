"""Sets the columns of a table up, and remembers what a person makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal

from app.views import typography
from app.views.state import State
from app.views.tables.arranging import SortKey
from app.views.tables.columns import CHECK, Column
from app.views.tables.grid import TableGrid
from app.views.tables.remembered import (
    Placed,
    read_columns,
    read_sorting,
    write_columns,
    write_sorting,
)

CHECK_WIDTH = 44
LEAST_SHARE = 0.75  # of its own width that a stretched column keeps


class ColumnPlacing(QObject):
    """Which columns a table shows, in what order and how wide, for this person.

    Signals:
        changed: Other columns are visible now.
    """

    changed = Signal()

    def __init__(self, grid: TableGrid, name: str, state: State) -> None:
        super().__init__(grid)
        self._grid, self._name, self._state = grid, f"tables/{name}", state
        self._header = grid.horizontalHeader()
        self._columns: Sequence[Column[Any]] = grid.rows_model.columns
        self._own_widths: dict[str, int] = {}
        self._is_placing = False
        self.restore()
        self._header.sectionResized.connect(self._on_resized)
        self._header.sectionMoved.connect(self._on_moved)
        self._header.sectionHandleDoubleClicked.connect(self._on_handle)
        grid.viewport().installEventFilter(self)

    @property
    def chosen(self) -> Sequence[Column[Any]]:
        """The columns that are visible, as they stand from left to right."""
        header = self._header
        places = (header.logicalIndex(at) for at in range(header.count()))
        return [
            self._columns[n]
            for n in places
            if self._columns[n].kind != CHECK and not header.isSectionHidden(n)
        ]

    @property
    def every(self) -> Sequence[Column[Any]]:
        """All columns that can be shown."""
        return [column for column in self._columns if column.kind != CHECK]

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The columns as they stand, hidden ones included."""
        header = self._header
        places = (header.logicalIndex(at) for at in range(header.count()))
        return tuple(
            Placed(
                self._columns[n].key,
                self._own_widths.get(self._columns[n].key, 0),
                header.isSectionHidden(n),
            )
            for n in places
            if self._columns[n].kind != CHECK
        )

    def place(self, placed: Sequence[Placed]) -> None:
        """Place the columns in another way."""
        self._state.keep_texts(f"{self._name}/columns", write_columns(placed))
        self.restore()
        self.changed.emit()

    def is_visible(self, key: str) -> bool:
        """Say whether a column is shown."""
        return not self._header.isSectionHidden(self._number(key))

    def set_visible(self, key: str, *, visible: bool) -> None:
        """Show or hide a column; one always stays."""
        if not visible and len(self.chosen) == 1:
            return
        self._header.setSectionHidden(self._number(key), not visible)
        self._finish()

    def move(self, key: str, step: int) -> None:
        """Move a column by so many visible places."""
        order = [column.key for column in self.chosen]
        at = order.index(key)
        if 0 <= at + step < len(order):
            target = self._header.visualIndex(self._number(order[at + step]))
            self._header.moveSection(
                self._header.visualIndex(self._number(key)), target
            )

    def reset(self) -> None:
        """Go back to the columns as they were described."""
        self.place(())

    def restore(self) -> None:
        """Place the columns as they are remembered."""
        described = [column for column in self._columns if column.kind != CHECK]
        kept = self._state.texts(f"{self._name}/columns")
        first = len(self._columns) - len(described)
        self._is_placing = True
        self._own_widths = {}
        for at, placed in enumerate(read_columns(kept, described)):
            number = self._number(placed.key)
            self._header.moveSection(self._header.visualIndex(number), at + first)
            self._header.setSectionHidden(number, placed.is_hidden)
            if placed.width:
                self._own_widths[placed.key] = placed.width
        self._is_placing = False
        self.fit()

    def sorting(self) -> tuple[SortKey, ...]:
        """Give the sort keys that are remembered."""
        return read_sorting(self._state.texts(f"{self._name}/sorting"), self._columns)

    def keep_sorting(self, sorting: Sequence[SortKey]) -> None:
        """Remember the sort keys."""
        self._state.keep_texts(f"{self._name}/sorting", write_sorting(sorting))

    def fit(self) -> None:
        """Give columns their widths, and those that stretch the room that is left."""
        self._is_placing = True
        stretched = list[int]()
        free = self._grid.viewport().width()
        for number, column in enumerate(self._columns):
            if self._header.isSectionHidden(number):
                continue
            if column.stretch and column.key not in self._own_widths:
                stretched.append(number)
                continue
            self._header.resizeSection(number, self._width(column))
            free -= self._header.sectionSize(number)
        total = sum(self._columns[number].width for number in stretched)
        for number in stretched:
            width = self._columns[number].width
            least = typography.scaled(width * LEAST_SHARE)
            self._header.resizeSection(number, max(least, free * width // total))
        self._is_placing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.fit()
        return super().eventFilter(watched, event)

    def _width(self, column: Column[Any]) -> int:
        if column.kind == CHECK:
            return CHECK_WIDTH
        own = self._own_widths.get(column.key)
        return own or typography.scaled(column.width)

    def _number(self, key: str) -> int:
        return next(n for n, c in enumerate(self._columns) if c.key == key)

    def _on_resized(self, section: int, _old: int, new: int) -> None:
        if not self._is_placing and new:
            self._own_widths[self._columns[section].key] = new
            self._keep()

    def _on_moved(self, _section: int, _old: int, new: int) -> None:
        if self._is_placing:
            return
        if self._columns[0].kind == CHECK and self._header.visualIndex(0):
            self._header.moveSection(new, self._header.visualIndex(0) or 1)
        self._finish()

    def _on_handle(self, section: int) -> None:
        self._grid.resizeColumnToContents(section)

    def _finish(self) -> None:
        self.fit()
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        self._state.keep_texts(f"{self._name}/columns", write_columns(self.placed))
