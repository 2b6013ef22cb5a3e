"""Views of a table that a person named: what is remembered of each, and which one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from app.views.state import State, parsed
from app.views.tables.arranging import SortKey
from app.views.tables.columns import Column
from app.views.tables.remembered import (
    Placed,
    read_columns,
    read_sorting,
    write_columns,
    write_sorting,
)


@dataclass(frozen=True, slots=True)
class Arranged:
    """How a table stands: columns with order and widths, sort keys and filters.

    Attributes:
        columns: as they are written to be remembered; none stands for the described.
        sorting: the same of the sort keys.
        words: what is typed into the filter field.
        chip: the chip that holds; empty for the one that shows all.
    """

    columns: tuple[str, ...] = ()
    sorting: tuple[str, ...] = ()
    words: str = ""
    chip: str = ""

    @classmethod
    def of(
        cls,
        columns: Sequence[Placed],
        sorting: Sequence[SortKey],
        words: str,
        chip: str,
    ) -> Arranged:
        """Take a table as it stands."""
        return cls(write_columns(columns), write_sorting(sorting), words, chip)

    def placed(self, columns: Sequence[Column[Any]]) -> tuple[Placed, ...]:
        """Give the columns, leaving out those that are no more."""
        return read_columns(self.columns, columns)

    def keys(self, columns: Sequence[Column[Any]]) -> tuple[SortKey, ...]:
        """Give the sort keys, leaving out columns that are no more."""
        return read_sorting(self.sorting, columns)


@dataclass(frozen=True, slots=True)
class TableView:
    """A table's arrangement under a name."""

    name: str
    arranged: Arranged


def _written(view: TableView) -> str:
    return json.dumps(asdict(view))


def _read(text: str) -> TableView | None:
    """Read a view; one that was spoiled on the disk is as good as none."""
    try:
        found = parsed(text)
        inner = found["arranged"]
        arranged = Arranged(
            tuple(map(str, inner["columns"])),
            tuple(map(str, inner["sorting"])),
            str(inner["words"]),
            str(inner["chip"]),
        )
        return TableView(str(found["name"]), arranged)
    except (ValueError, KeyError, TypeError):
        return None


class SavedViews:
    """The named views of one table, kept for this person."""

    def __init__(self, state: State, table: str) -> None:
        self._state = state
        self._views = f"tables/{table}/views"
        self._chosen = f"tables/{table}/view"
        self._default = f"tables/{table}/default view"

    @property
    def all(self) -> tuple[TableView, ...]:
        """The views in the order of their names."""
        found = map(_read, self._state.texts(self._views))
        views = [view for view in found if view is not None]
        return tuple(sorted(views, key=_name_of))

    @property
    def chosen(self) -> str:
        """The name of the view that was chosen last; empty for the standard one."""
        return self._known(self._state.text(self._chosen))

    @property
    def default(self) -> str:
        """The name of the view that the table opens with; empty for none."""
        return self._known(self._state.text(self._default))

    def get(self, name: str) -> TableView | None:
        """Give a view, by its name in whatever case."""
        wanted = name.strip().casefold()
        return next((v for v in self.all if v.name.casefold() == wanted), None)

    def choose(self, name: str) -> None:
        """Remember that a view was chosen."""
        self._state.keep(self._chosen, name)

    def set_default(self, name: str) -> None:
        """Open the table with this view from now on; with none for an empty name."""
        self._state.keep(self._default, name)

    def keep(self, view: TableView) -> None:
        """Keep a view, in place of the one that has its name."""
        others = [v for v in self.all if v.name.casefold() != view.name.casefold()]
        self._keep([*others, view])

    def rename(self, old: str, new: str) -> None:
        """Give a view another name; it stays chosen, and the default."""
        views = [replace(v, name=new) if v.name == old else v for v in self.all]
        chosen, default = self.chosen, self.default
        self._keep(views)
        if chosen == old:
            self.choose(new)
        if default == old:
            self.set_default(new)

    def delete(self, name: str) -> None:
        """Forget a view."""
        self._keep([view for view in self.all if view.name != name])

    def _keep(self, views: Sequence[TableView]) -> None:
        self._state.keep_texts(self._views, [_written(view) for view in views])

    def _known(self, name: str) -> str:
        return name if any(view.name == name for view in self.all) else ""


def _name_of(view: TableView) -> str:
    return view.name.casefold()
