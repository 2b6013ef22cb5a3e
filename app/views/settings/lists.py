"""A card with a table of what the office keeps, and what can be done with a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from app.text import _
from app.views.settings.asking import AskDialog, Asked, Values, line
from app.views.settings.flow import FlowWidget
from app.views.settings.section import Section
from app.views.tables.columns import Column
from app.views.tables.view import DataTable
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card

Row = TypeVar("Row")
_ROW, _AROUND, _FEWEST, _MOST = 38, 80, 2, 10


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """What a card lists.

    Attributes:
        name: under which its columns are remembered.
        key: the number of a row.
        noun: one of them, and several.
    """

    name: str
    title: str
    noun: tuple[str, str]
    key: Callable[[Row], int]
    columns: Sequence[Column[Row]]


class ListCard(Card, Generic[Row]):
    """A table in a card, with buttons above it.

    Signals:
        opened: A row is to be looked at; carries it.
    """

    opened = Signal(object)

    def __init__(self, listing: Listing[Row], tools: Tools) -> None:
        super().__init__(listing.title)
        buttons = FlowWidget(gap=8, line_gap=8)
        self._buttons = buttons.flow
        self.body.addWidget(buttons)
        self.table: DataTable[Row] = DataTable(
            listing.columns,
            key=listing.key,
            noun=listing.noun,
            name=f"settings-{listing.name}",
            state=tools.state,
            formats=tools.formats,
        )
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(self._on_current)
        self.body.addWidget(self.table)
        self._of_a_row: list[Button] = []
        self._actions: list[QAction] = []

    def add_button(self, words: str, icon: str = "plus") -> Button:
        """Add a button that needs no row."""
        made = Button(words, icon, compact=True)
        self._buttons.addWidget(made)
        return made

    def add_deed(self, words: str, icon: str = "pencil") -> Button:
        """Add a button for the current row."""
        made = self.add_button(words, icon)
        made.setEnabled(False)
        self._of_a_row.append(made)
        return made

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows, as high as they need up to ten."""
        count = min(max(len(rows), _FEWEST), _MOST)
        self.table.setFixedHeight(scaled(_AROUND + count * _ROW))
        self.table.show_rows(rows)
        self._on_current(self.table.current())

    def current(self) -> Row | None:
        """Give the current row."""
        return self.table.current()

    def _on_current(self, row: Row | None) -> None:
        for button in self._of_a_row:
            button.setEnabled(row is not None)


class ListSection(Section):
    """A section of tables."""

    def taken_out(self, _nothing: None) -> None:
        """Tell that a row is out of use, and read again."""
        self.tell(_("It is out of use from now on."))
        self.refresh()

    def ask_name(self, name: str, rename: Callable[[str], object]) -> None:
        """Ask for another name of something, and give it."""
        asked = (Asked("name", _("Name"), line(name), is_needed=True),)
        title = _("Rename “{name}”").format(name=name)
        dialog = AskDialog(title, self.tools, asked, partial(_renamed, rename), self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def kept(self, _result: object) -> None:
        """Tell that something was kept, and read again."""
        self.tell(_("The change was saved."))
        self.refresh()


def _renamed(rename: Callable[[str], object], values: Values) -> object:
    return rename(values["name"])
