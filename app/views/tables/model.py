"""Rows from a service, filtered and sorted, as a table view wants them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Generic

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.text import _
from app.views.tables.arranging import Arrangement, SortKey
from app.views.tables.columns import CHECK, Column, Row

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MOST_STEPS = 40  # beyond so many separate changes, starting anew is quicker
Spans = list[tuple[int, int]]


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Shows immutable rows; knows them again by their key and keeps the selection."""

    def __init__(
        self, columns: Sequence[Column[Row]], key: Callable[[Row], int]
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.key = key
        searched = frozenset(c.key for c in columns if not c.is_hidden)
        self._arrangement: Arrangement[Row] = Arrangement(
            self.columns, key, searched=searched
        )
        self._all: tuple[Row, ...] = ()
        self._rows: list[Row] = []
        self._place: dict[int, int] = {}

    @property
    def rows(self) -> Sequence[Row]:
        """The rows that are shown, in order."""
        return self._rows

    @property
    def total(self) -> int:
        """How many rows there are, hidden ones included."""
        return len(self._all)

    @property
    def sorting(self) -> tuple[SortKey, ...]:
        """What the rows are sorted by."""
        return self._arrangement.sorting

    def row(self, index: Index) -> Row | None:
        """Give the row at an index, none outside."""
        if index.isValid() and index.row() < len(self._rows):
            return self._rows[index.row()]
        return None

    def place_of(self, key: int) -> int:
        """Give the place of a row among those shown, -1 if it is not."""
        return self._place.get(key, -1)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, telling views only what differs."""
        self._all = tuple(rows)
        self._arrange()

    def set_sorting(self, sorting: Sequence[SortKey]) -> None:
        """Sort by these keys, the most important first; by none for as given."""
        self._arrangement.sorting = tuple(sorting)
        self._arrange()
        self.headerDataChanged.emit(
            Qt.Orientation.Horizontal, 0, max(0, len(self.columns) - 1)
        )

    def set_filter(self, text: str) -> None:
        """Show only rows in whose visible columns every word is found."""
        self._arrangement.set_words(text)
        self._arrange()

    def show_only(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only rows that meet a condition; none shows all again."""
        self._arrangement.keep = keep
        self._arrange()

    def search_in(self, columns: Collection[str]) -> None:
        """Filter by the texts of these columns."""
        self._arrangement.search_in(frozenset(columns))
        if self._arrangement.words:
            self._arrange()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(self._rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._heading(column)
        return None

    def _heading(self, column: Column[Row]) -> str:
        if column.kind == CHECK:
            return _("Select all")
        for key in self.sorting:
            if key.column == column.key:
                order = _("descending") if key.is_descending else _("ascending")
                return _("{title}, sorted {order}").format(
                    title=column.title, order=order
                )
        return column.title

    def _arrange(self) -> None:
        """Come from the rows that are shown to those that should be."""
        wanted = self._arrangement.shown(self._all)
        place = {self.key(row): at for at, row in enumerate(wanted)}
        gone = _spans([self.key(row) not in place for row in self._rows])
        new = _spans([self.key(row) not in self._place for row in wanted])
        if len(gone) + len(new) > MOST_STEPS:
            self.beginResetModel()
            self._rows, self._place = wanted, place
            self.endResetModel()
            return
        for first, last in reversed(gone):
            self.beginRemoveRows(ROOT, first, last)
            del self._rows[first : last + 1]
            self._index()
            self.endRemoveRows()
        for first, last in new:
            self.beginInsertRows(ROOT, first, last)
            self._rows[first:first] = wanted[first : last + 1]
            self._index()
            self.endInsertRows()
        self._reorder(wanted, place)

    def _index(self) -> None:
        self._place = {self.key(row): at for at, row in enumerate(self._rows)}

    def _reorder(self, wanted: list[Row], place: dict[int, int]) -> None:
        """Show the same keys in a new order, or with new values."""
        before = self._rows
        if self._place != place:
            self.layoutAboutToBeChanged.emit()
            held = self.persistentIndexList()
            moved = [
                self.index(place[self.key(before[index.row()])], index.column())
                for index in held
            ]
            old = {self.key(row): row for row in before}
            self._rows, self._place = wanted, place
            self.changePersistentIndexList(held, moved)
            self.layoutChanged.emit()
            before = [old[self.key(row)] for row in wanted]
        self._rows = wanted
        self._place = place
        last_column = len(self.columns) - 1
        pairs = zip(before, wanted, strict=True)
        spans = _spans([old is not new and old != new for old, new in pairs])
        if len(spans) > MOST_STEPS:
            spans = [(spans[0][0], spans[-1][1])]
        for first, last in spans:
            self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))


def _spans(marks: Sequence[bool]) -> Spans:
    """Give the first and last places of each stretch of marked ones."""
    spans = Spans()
    start = -1
    for at, mark in enumerate(marks):
        if mark and start < 0:
            start = at
        elif not mark and start >= 0:
            spans.append((start, at - 1))
            start = -1
    if start >= 0:
        spans.append((start, len(marks) - 1))
    return spans
