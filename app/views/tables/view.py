"""The one table of all lists: rows, headings, ticks, menus, and a line that adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, cast

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.text import _
from app.views import theme
from app.views.formats import Formats
from app.views.state import State
from app.views.tables.arranging import SortKey, next_sorting
from app.views.tables.chips import FilterChips
from app.views.tables.columns import CHECK, Column, ColumnError, Row
from app.views.tables.copier import Copier
from app.views.tables.filters import TableFilters
from app.views.tables.footer import TableFooter, count_text, sums_text
from app.views.tables.grid import TableGrid
from app.views.tables.holding import RowsHeld
from app.views.tables.menus import ColumnsMenu, RowMenu
from app.views.tables.model import RowsModel
from app.views.tables.placing import ColumnPlacing
from app.views.tables.remembered import write_sorting
from app.views.tables.saved import Arranged
from app.views.widgets.feedback import EmptyState
from app.views.widgets.inputs import SearchField
from app.views.widgets.laying import down


class DataTable(QWidget, Generic[Row]):
    """A list of records that is sorted, filtered, arranged, ticked and copied.

    Attributes:
        noun: what a row is called, and what many are.
        name: the table, where it is remembered.
        standard: how it stands while nobody arranged it.
        filters: what it is filtered by.

    Signals:
        opened: A row was opened with Enter or a double click; carries it.
        current_changed: Another row is the current one, or its values are others;
            carries it, or none.
        selection_changed: Other rows are ticked.
        filtered: Other rows are shown.
    """

    opened = Signal(object)
    current_changed = Signal(object)
    selection_changed = Signal()
    filtered = Signal()

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        *,
        key: Callable[[Row], int],
        noun: tuple[str, str],
        name: str,
        state: State,
        formats: Formats | None = None,
        checkable: bool = False,
        footer: bool = True,
    ) -> None:
        super().__init__()
        if formats is None and any(column.total for column in columns):
            raise ColumnError(_("a table with sums needs the office's formats"))
        self.noun, self._formats = noun, formats or Formats.of("en-GB", "UTC", "GBP")
        self._state, self._actions = state, list[QAction]()
        self.filters = TableFilters[Row]()
        self._shown: Row | None = None
        self.name, self.standard = name, Arranged()
        check: Column[Row] = Column(CHECK, _("Select"), _no_text, CHECK)
        self.model: RowsModel[Row] = RowsModel(
            [check, *columns] if checkable else columns, key
        )
        self.grid = TableGrid(self.model, checkable=checkable)
        self.grid.name_after(noun[1])
        self.setFocusProxy(self.grid)
        self.columns = ColumnPlacing(self.grid, name, state)
        self.model.set_sorting(self.columns.sorting())
        self._footer = TableFooter()
        self._stack = QStackedWidget()
        self._nothing: QWidget
        self._lay_out()
        self._footer.setVisible(footer)
        self._connect()
        self._held = RowsHeld(self.grid, self.model)
        self._copier = Copier(self.grid, self.columns, self.model, self.targets)
        self.set_density(state.text("density", "normal"))
        self._on_columns()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; selection, current row and place are kept by key."""
        self.model.show_rows(rows)
        if self.filters.chips is not None:
            self.filters.chips.count(rows)
        self._settle()

    def set_filter(self, text: str) -> None:
        """Show only rows in whose visible columns every word is found."""
        self.model.set_filter(text)
        self._settle()
        self.filtered.emit()

    def show_only(self, keep: Callable[[Row], bool] | None) -> None:
        """Show only rows that meet a condition, such as that of a chip."""
        self.model.show_only(keep)
        self._settle()
        self.filtered.emit()

    def copy_shown(self) -> None:
        """Copy all rows that are shown, with their headings."""
        self._copier.copy_rows(self.model.rows)

    def follow(self, search: SearchField) -> None:
        """Filter by what is typed into a field."""
        self.filters.search = search
        search.textChanged.connect(self.set_filter)

    def follow_chips(self, chips: FilterChips[Row]) -> None:
        """Show only what the chip that holds lets through, and count for each."""
        self.filters.chips = chips
        chips.chosen.connect(self._on_chip)
        self._on_chip()

    def set_empty(self, widget: QWidget) -> None:
        """Show this instead of the rows when there are none at all."""
        self._stack.removeWidget(self._nothing)
        self._nothing.deleteLater()
        self._nothing = widget
        self._stack.insertWidget(1, widget)
        self._settle()

    def set_actions(self, actions: Sequence[QAction]) -> None:
        """Offer these for a row, in the context menu and by their keys."""
        self._actions = list(actions)
        self.grid.addActions(self._actions)

    def set_density(self, density: str) -> None:
        """Set the height of rows: compact, normal or comfortable."""
        self._density = density
        self.grid.set_density(density)

    @property
    def arranged(self) -> Arranged:
        """How the table stands: columns, sort keys and filters."""
        return Arranged.of(
            self.columns.placed,
            self.model.sorting,
            self.filters.text,
            self.filters.chip,
        )

    def arrange(self, wanted: Arranged) -> None:
        """Let the table stand in another way; it is remembered."""
        every = self.columns.every
        self.columns.place(wanted.placed(every))
        self._on_sorted(wanted.keys(every))
        self.filters.choose(wanted.chip, wanted.words)

    def sort_by(self, *keys: SortKey) -> None:
        """Sort by these keys unless the person chose others before."""
        self.standard = Arranged(sorting=write_sorting(keys))
        if not self.model.sorting:
            self.model.set_sorting(keys)

    def select(self, key: int) -> bool:
        """Make a row the current one and scroll to it; say whether it is shown."""
        place = self.model.place_of(key)
        if place < 0:
            return False
        self.grid.show_place(place)
        return True

    def current(self) -> Row | None:
        """Give the current row."""
        return self.model.row(self.grid.currentIndex())

    def selected(self) -> list[Row]:
        """Give the ticked rows as they stand; without boxes, the row that is chosen."""
        rows = self.model.rows
        return [rows[place] for place in self.grid.ticked() if place < len(rows)]

    def targets(self) -> list[Row]:
        """Give the rows that an action is for: the ticked ones, else the current."""
        row = self.current()
        return self.selected() or ([row] if row is not None else [])

    def clear_selection(self) -> None:
        """Take all ticks away."""
        self.grid.clearSelection()

    def columns_menu(self) -> ColumnsMenu:
        """Make the menu that shows and hides columns; ``popup`` it."""
        return self._menu_for("")

    def copy(self) -> None:
        """Copy the rows that are ticked, or the current one, with their headings."""
        self._copier.copy()

    def _lay_out(self) -> None:
        column = down(spacing=0)
        self.setLayout(column)
        self._nothing = EmptyState(
            "inbox",
            _("Nothing here yet"),
            _("There are no {noun}.").format(noun=self.noun[1]),
        )
        self._no_match = EmptyState(
            "search", _("Nothing found"), "", second=_("Clear filter")
        )
        self._no_match.second.clicked.connect(self._on_clear_filter)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._no_match)
        column.addWidget(self._stack, 1)
        column.addWidget(self._footer)

    def _connect(self) -> None:
        selection = self.grid.selectionModel()
        selection.selectionChanged.connect(self._on_selection)
        selection.currentRowChanged.connect(self._on_current)
        header = self.grid.horizontalHeader()
        header.sectionClicked.connect(self._on_heading)
        header.customContextMenuRequested.connect(self._on_heading_menu)
        self.grid.opened.connect(self._on_opened)
        self.grid.copied.connect(self.copy)
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._on_menu)
        self.columns.changed.connect(self._on_columns)
        theme.current.changed.connect(self._on_theme)

    def _menu_for(self, column: str) -> ColumnsMenu:
        menu = ColumnsMenu(self, self.columns, column)
        menu.sorted.connect(self._on_sorted)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _settle(self) -> None:
        """Show what fits: the rows, or why there are none; then count them."""
        page = 0 if self.model.rows else 2 if self.model.total else 1
        if page:
            words = self.filters.text
            self._no_match.set_texts(
                _("No {noun} found").format(noun=self.noun[1]),
                _("Nothing matches “{words}”.").format(words=words) if words else "",
            )
        had_focus = self.grid.hasFocus()
        self._stack.setCurrentIndex(page)
        if page and had_focus:
            (self._nothing if page == 1 else self._no_match).setFocus()
        self._count()
        self._tell_current()

    def _count(self) -> None:
        chosen = self.selected() if self.grid.is_checkable else []
        base = chosen if len(chosen) > 1 else self.model.rows
        shown, total = len(self.model.rows), self.model.total
        count = count_text(shown, total, len(chosen), self.noun, self._formats)
        sums = sums_text(self.columns.chosen, base, self._formats)
        self._footer.show_texts(count, sums)
        self.grid.horizontalHeader().viewport().update()

    def _tell_current(self) -> None:
        row = self.current()
        if row is not self._shown and row != self._shown:
            self._shown = row
            self.current_changed.emit(row)

    def _on_selection(self) -> None:
        self._count()
        self.selection_changed.emit()
        self.grid.viewport().update()

    def _on_current(self) -> None:
        self.grid.viewport().update()
        self._tell_current()

    def _on_heading(self, section: int) -> None:
        column, shift = self.model.columns[section], Qt.KeyboardModifier.ShiftModifier
        if column.kind == CHECK:
            self.grid.toggle_all()
            return
        further = bool(QApplication.keyboardModifiers() & shift)
        self._on_sorted(next_sorting(self.model.sorting, column.key, further=further))

    def _on_sorted(self, sorting: object) -> None:
        keys = cast("tuple[SortKey, ...]", sorting)
        self.model.set_sorting(keys)
        self.columns.keep_sorting(keys)
        self.grid.horizontalHeader().viewport().update()

    def _on_heading_menu(self, spot: QPoint) -> None:
        header = self.grid.horizontalHeader()
        section = header.logicalIndexAt(spot)
        column = self.model.columns[section].key if section >= 0 else ""
        menu = self._menu_for("" if column == CHECK else column)
        menu.popup(header.viewport().mapToGlobal(spot))

    def _on_menu(self, spot: QPoint) -> None:
        if self.current() is None:
            return
        menu = RowMenu(self, self._actions, self._copier.actions)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.grid.viewport().mapToGlobal(spot))

    def _on_opened(self, index: QModelIndex) -> None:
        if (row := self.model.row(index)) is not None:
            self.opened.emit(row)

    def _on_columns(self) -> None:
        self.model.search_in([column.key for column in self.columns.chosen])
        self._settle()

    def _on_chip(self) -> None:
        if self.filters.chips is not None:
            self.show_only(self.filters.chips.keeps)

    def _on_clear_filter(self) -> None:
        if self.filters.search is not None:
            self.filters.search.clear()
        else:
            self.set_filter("")
        self.grid.setFocus()

    def _on_theme(self) -> None:
        self.grid.set_density(self._density)
        self.columns.fit()


def _no_text(_row: object) -> str:
    return ""
