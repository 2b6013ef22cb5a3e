"""The button in a page's header that opens the View menu of its table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QDialog

from app.text import _
from app.views.prompts import Question
from app.views.tables import view_menu
from app.views.tables.density import choose_density
from app.views.tables.exporting import TableFiles
from app.views.tables.naming import NameView
from app.views.tables.saved import SavedViews, TableView
from app.views.tables.view import DataTable
from app.views.tables.view_menu import ViewMenu
from app.views.tools import Tools, Word
from app.views.widgets.buttons import Button

GAP = 4  # px between button and menu


class ViewButton(Button):
    """Names the view that a table stands in, and carries out its View menu.

    Make it when the table follows its filters: it opens the table with the default
    view, if there is one.

    Signals:
        said: Something was done; carries a Word.
    """

    said = Signal(object)

    def __init__(self, table: DataTable[Any], tools: Tools, title: str) -> None:
        super().__init__(_("View"), "sliders-horizontal")
        self._table, self._tools = table, tools
        self.views = SavedViews(tools.state, table.name)
        self.files = TableFiles(table, tools, title)
        self.files.said.connect(self.said)
        self._doomed = ""
        self.clicked.connect(self._on_clicked)
        if self.views.default:
            self.choose(self.views.default)
        self._show_name()

    def menu_of_table(self) -> ViewMenu:
        """Make the menu; ``popup`` it."""
        menu = ViewMenu(self, self._table, self.views, self._tools)
        menu.wanted.connect(self._on_wanted)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def choose(self, name: str) -> None:
        """Let the table stand as in a view; as standard for an empty name."""
        view = self.views.get(name)
        self.views.choose(view.name if view is not None else "")
        arranged = view.arranged if view is not None else self._table.standard
        self._table.arrange(arranged)
        self._show_name()

    def save(self, name: str, *, is_default: bool) -> None:
        """Keep how the table stands under a name."""
        self.views.keep(TableView(name, self._table.arranged))
        self.views.choose(name)
        self._settle_default(name, is_default=is_default)
        self._show_name()
        self._say(_("The view “{name}” was saved.").format(name=name))

    def ask_name(self, old: str = "") -> QDialog:
        """Ask for the name of a new view, or for another name of one."""
        dialog = NameView(self.window(), self._tools, self.views, old)
        dialog.setProperty("old", old)
        dialog.named.connect(self._on_named)
        dialog.open()
        return dialog

    def delete(self, name: str) -> None:
        """Ask, and forget a view; the table stays as it stands."""
        question = Question(
            _("Delete the view “{name}”?").format(name=name),
            _("The list itself stays as it is. A deleted view does not come back."),
            _("Delete view"),
            is_danger=True,
        )
        self._doomed = name
        self._tools.prompts.ask(self, question, self._delete)

    def _delete(self) -> None:
        self.views.delete(self._doomed)
        self._show_name()
        self._say(_("The view “{name}” was deleted.").format(name=self._doomed))

    def _show_name(self) -> None:
        name = self.views.chosen
        self.setText(name.replace("&", "&&") or _("View"))
        self.setAccessibleName(_("View: {name}").format(name=name or _("Standard")))
        self.setToolTip(_("Views, columns and files of this list"))

    def _settle_default(self, name: str, *, is_default: bool) -> None:
        if is_default:
            self.views.set_default(name)
        elif self.views.default == name:
            self.views.set_default("")

    def _say(self, sentence: str) -> None:
        self.said.emit(Word(sentence))

    def _on_clicked(self) -> None:
        menu = self.menu_of_table()
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + GAP)))

    def _on_named(self, name: str, is_default: bool) -> None:  # noqa: FBT001  a slot
        old = str(self.sender().property("old") or "")
        if not old:
            self.save(name, is_default=is_default)
            return
        self.views.rename(old, name)
        self._settle_default(name, is_default=is_default)
        self._show_name()

    def _on_wanted(self, deed: str, what: object) -> None:
        match deed, what:
            case view_menu.CHOOSE, str(name):
                self.choose(name)
            case view_menu.SAVE, _what:
                self.ask_name()
            case view_menu.CHANGE, str(name):
                self.save(name, is_default=self.views.default == name)
            case view_menu.RENAME, str(name):
                self.ask_name(name)
            case view_menu.DEFAULT, _what:
                chosen = self.views.chosen
                is_default = self.views.default == chosen
                self.views.set_default("" if is_default else chosen)
            case view_menu.DELETE, str(name):
                self.delete(name)
            case view_menu.ROWS, str(density):
                choose_density(self._tools.state, density)
            case view_menu.COPY, _what:
                self._table.copy_shown()
            case view_menu.FILE, (str(kind), every):
                self.files.save(kind, every_column=bool(every))
