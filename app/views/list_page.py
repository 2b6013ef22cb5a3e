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
from app.views.widgets.panels import HeaderBar, Inspector


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
        self._inspector: Inspector | None = None
        self._inspect: QAction | None = None
        self._wants_inspector = True

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
        """Give the views of the list, and the inspector where there is one."""
        inspect = [self._inspect] if self._inspect is not None else []
        return {"view": [self.views, *inspect]}

    def add_inspector(self, inspector: Inspector) -> None:
        """Put an inspector at the right, which a key hides and brings back."""
        self._inspector = inspector
        self._wants_inspector = self.tools.state.flag(self._key, default=True)
        self._inspect = self.command(
            _("&Inspector"), self.toggle_inspector, "Ctrl+I", "panel-right"
        )
        inspector.closed.connect(self.toggle_inspector)
        inspector.hide()
        self.set_inspector(inspector)

    def show_inspector(self, *, is_chosen: bool) -> None:
        """Show the inspector where something is chosen, unless it is not wanted."""
        if self._inspector is not None:
            self._inspector.setVisible(is_chosen and self._wants_inspector)

    def toggle_inspector(self) -> None:
        """Hide the inspector, or bring it back; the choice is remembered."""
        self._wants_inspector = not self._wants_inspector
        self.tools.state.keep_flag(self._key, value=self._wants_inspector)
        self.show_inspector(is_chosen=self.table.current() is not None)

    @property
    def _key(self) -> str:
        return f"{self.place.value}/inspector"
