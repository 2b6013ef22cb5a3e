"""Holds on to what is ticked, current and in sight while rows are replaced."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject

from app.views.tables.grid import Flag, TableGrid
from app.views.tables.model import RowsModel


class RowsHeld(QObject):
    """Remembers rows by key before a model starts anew, and finds them afterwards."""

    def __init__(self, grid: TableGrid, model: RowsModel[Any]) -> None:
        super().__init__(grid)
        self._grid, self._model = grid, model
        self._ticked = set[int]()
        self._current: int | None = None
        self._scroll = 0
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._restore)

    def _hold(self) -> None:
        model, rows = self._model, self._model.rows
        current = model.row(self._grid.currentIndex())
        ticked = (place for place in self._grid.ticked() if place < len(rows))
        self._ticked = {model.key(rows[place]) for place in ticked}
        self._current = model.key(current) if current is not None else None
        self._scroll = self._grid.verticalScrollBar().value()

    def _restore(self) -> None:
        selection = self._grid.selectionModel()
        column = self._grid.naming_column()
        if self._current is not None:
            place = self._model.place_of(self._current)
            if place >= 0:
                index = self._model.index(place, column)
                selection.setCurrentIndex(index, Flag.NoUpdate)
        for key in self._ticked:
            place = self._model.place_of(key)
            if place >= 0:
                index = self._model.index(place, column)
                selection.select(index, Flag.Select | Flag.Rows)
        self._grid.verticalScrollBar().setValue(self._scroll)
