"""Which rows are shown and in what order: filters and sort keys, without any window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic

from app.models.values.folding import folded
from app.views.tables.columns import Column, Row


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column that rows are sorted by."""

    column: str
    is_descending: bool = False


def next_sorting(
    sorting: Sequence[SortKey], column: str, *, further: bool
) -> tuple[SortKey, ...]:
    """Go on from ascending to descending to none; ``further`` sets the second key."""
    known = next((key for key in sorting if key.column == column), None)
    if known is None:
        changed = [SortKey(column)]
    else:
        changed = [] if known.is_descending else [SortKey(column, is_descending=True)]
    if not further:
        return tuple(changed)
    if known is None:
        return (*sorting[:1], *changed)
    at = sorting.index(known)
    return (*sorting[:at], *changed, *sorting[at + 1 :])


@dataclass
class Arrangement(Generic[Row]):
    """The filter and the sort keys of a table.

    Attributes:
        columns: all of them, in the order in which they were described.
        sorting: the keys, the most important first.
        words: folded words that must all be found in a row's visible texts.
        keep: a further condition, such as that of a chip.
        searched: the keys of the columns that are visible.
    """

    columns: Sequence[Column[Row]]
    key: Callable[[Row], int]
    sorting: tuple[SortKey, ...] = ()
    words: tuple[str, ...] = ()
    keep: Callable[[Row], bool] | None = None
    searched: frozenset[str] = frozenset()
    _texts: dict[int, tuple[Row, str]] = field(default_factory=dict)
    _orders: dict[str, dict[int, tuple[Row, Any]]] = field(default_factory=dict)

    def set_words(self, text: str) -> None:
        """Search for the words of a text from now on."""
        self.words = tuple(folded(text).split())

    def search_in(self, columns: frozenset[str]) -> None:
        """Search these columns from now on."""
        if columns != self.searched:
            self.searched = columns
            self._texts.clear()

    def shown(self, rows: Iterable[Row]) -> list[Row]:
        """Give the rows that pass, sorted."""
        return self.sort([row for row in rows if self._passes(row)])

    def sort(self, rows: list[Row]) -> list[Row]:
        """Sort rows by the keys, the last key first because sorting is stable."""
        by_key = {column.key: column for column in self.columns}
        for sort_key in reversed(self.sorting):
            column = by_key.get(sort_key.column)
            if column is not None:
                values = self._values(column, rows)
                rows = _sorted(rows, values, down=sort_key.is_descending)
        return rows

    def _values(self, column: Column[Row], rows: Sequence[Row]) -> list[Any]:
        """Give what rows sort by; folding texts takes long, so it is kept."""
        known = self._orders.get(column.key, {})
        kept, values = dict[int, tuple[Row, Any]](), list[Any]()
        for row in rows:
            key = self.key(row)
            found = known.get(key)
            if found is None or not _is_same(found[0], row):
                found = (row, column.order(row))
            kept[key] = found
            values.append(found[1])
        self._orders[column.key] = known | kept
        return values

    def _passes(self, row: Row) -> bool:
        if self.keep is not None and not self.keep(row):
            return False
        if not self.words:
            return True
        text = self._text(row)
        return all(word in text for word in self.words)

    def _text(self, row: Row) -> str:
        key = self.key(row)
        known = self._texts.get(key)
        if known is not None and _is_same(known[0], row):
            return known[1]
        visible = (c.text(row) for c in self.columns if c.key in self.searched)
        text = folded(" ".join(visible))
        self._texts[key] = (row, text)
        return text


def _is_same(known: object, row: object) -> bool:
    """Say whether a row is as it was; a reading brings new objects of old values."""
    return known is row or known == row


def _sorted(rows: Sequence[Row], values: Sequence[Any], *, down: bool) -> list[Row]:
    """Sort rows by their values; those without one go last both ways."""
    places = [at for at, value in enumerate(values) if value is not None]
    places.sort(key=values.__getitem__, reverse=down)
    places += [at for at, value in enumerate(values) if value is None]
    return [rows[at] for at in places]
