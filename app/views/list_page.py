"""A page that is one list: chips, filter, View menu and table, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QAction

from app.text import _
from app.views.page import Page
from app.views.tables.chips import Filter, FilterChips
from app.views.tables.view import DataTable
from app.views.tables.view_button import ViewButton
from app.views.tools import Tools
from app.views.widgets.panels import HeaderBar


class ListPage(Page):
    """Shows one table under its filters, and comes back to it as it stood.

    Attributes:
        table: the list.
        chips: its filters with live counts.
        search: the field that filters it.
        view: the button of its View menu.
    """

    def __init__(
        self,
        tools: Tools,
        table: DataTable[Any],
        filters: Sequence[Filter[Any]],
        hint: str,
    ) -> None:
        super().__init__(tools)
        self.table = table
        self.chips: FilterChips[Any] = FilterChips(filters)
        self.header = HeaderBar(self.title)
        self.header.add_left(self.chips)
        self.search = self.header.add_search(hint)
        table.follow_chips(self.chips)
        table.follow(self.search)
        self.view = ViewButton(table, tools, self.title)
        self.view.said.connect(self.said)
        self.header.add_right(self.view)
        self.views = self.command(_("&Views of the list"), self.view.click)
        self.set_header(self.header)
        self.setFocusProxy(table)

    def standing(self) -> Mapping[str, str]:
        """Remember filters and the chosen row."""
        row = self.table.current()
        return {
            "chip": self.chips.current,
            "filter": self.search.text(),
            "row": str(self.table.model.key(row)) if row is not None else "",
        }

    def stand(self, standing: Mapping[str, str]) -> None:
        """Come back to filters and row."""
        self.chips.choose(standing.get("chip", ""))
        self.search.setText(standing.get("filter", ""))
        if standing.get("row"):
            self.table.select(int(standing["row"]))

    def find_in_page(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus()
        self.search.selectAll()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give the views of the list."""
        return {"view": [self.views]}
