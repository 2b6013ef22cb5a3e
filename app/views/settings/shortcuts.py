"""The section of keys: every command, its keys, and other keys for it."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QWidget

from app.text import _
from app.views.form_dialog import OfficeForm
from app.views.key_choices import Command, KeyChoices, clash, own_keys, taken
from app.views.settings.lists import ListCard, Listing
from app.views.settings.section import Section
from app.views.tables.columns import Column
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.inputs import SearchField


class ChangeKeys(OfficeForm):
    """Asks for the keys of a command; keys of another command are refused.

    Signals:
        chosen: Carries the name of the command and its keys.
    """

    chosen = Signal(str, object)

    def __init__(
        self, parent: QWidget, tools: Tools, command: Command, actions: list[QAction]
    ) -> None:
        title = _("Keys of “{command}”").format(command=command.name)
        super().__init__(parent, tools, title, _("Set keys"))
        self._command, self._actions = command, actions
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        hint = _("Press the keys. Empty, the command has none.")
        self._row = self.add_field(_("Keys"), self.keys, hint)
        self.keys.setFocus()

    def commit(self) -> None:
        keys = self.keys.keySequence()
        other = clash(self._actions, self._command.name, keys)
        if other:
            self.complain(taken(keys, other), self._row)
            return
        self.chosen.emit(self._command.name, keys)
        self.finish()


class ShortcutsSection(Section):
    """Lists the commands; the keys of each can be changed and put back."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._choices = KeyChoices(tools.state)
        columns: tuple[Column[Command], ...] = (
            Column("command", _("Command"), attrgetter("name"), stretch=True),
            Column("keys", _("Keys"), attrgetter("keys"), "strong", width=160),
            Column("own", _("Standard"), _standard, "muted", width=160),
        )
        noun = (_("command"), _("commands"))
        key = attrgetter("number")
        listing: Listing[Command] = Listing(
            "shortcuts", _("Shortcuts"), noun, key, columns
        )
        self.list: ListCard[Command] = ListCard(listing, tools)
        self.list.add_deed(_("Change…")).clicked.connect(self.ask_keys)
        self.list.opened.connect(self._on_opened)
        self.list.add_deed(_("Reset"), "undo-2").clicked.connect(self.reset)
        every = self.list.add_button(_("Reset all"), "history")
        every.clicked.connect(self.reset_all)
        self.search = SearchField(_("Filter commands and keys"))
        self.list.body.insertWidget(0, self.search)
        self.list.table.follow(self.search)
        words = _(
            "The keys of a page work while that page is shown. This is remembered for "
            "you on this computer, not for the office."
        )
        self.list.body.addWidget(label(words, "small", "text2", wrap=True))
        self.add(self.list)
        self.column.addStretch()

    def refresh(self) -> None:
        self.list.show_rows(self._choices.commands(self._actions()))

    def ask_keys(self) -> None:
        """Ask for other keys of the current command."""
        command = self.list.current()
        if command is not None:
            dialog = ChangeKeys(self, self.tools, command, self._actions())
            dialog.chosen.connect(self.change)
            dialog.open()

    def change(self, name: str, keys: object) -> None:
        """Give a command other keys."""
        if isinstance(keys, QKeySequence):
            self._choices.change(self._actions(), name, keys)
            self._tell(_("“{command}” has other keys now.").format(command=name))

    def reset(self) -> None:
        """Give the current command its own keys back, if they are still free."""
        command = self.list.current()
        if command is None:
            return
        actions = self._actions()
        for keys in own_keys(actions, command.name):
            other = clash(actions, command.name, keys)
            if other:
                self.said.emit(Word(taken(keys, other)))
                return
        self._choices.reset(actions, command.name)
        self._tell(_("“{command}” has its own keys.").format(command=command.name))

    def reset_all(self) -> None:
        """Give every command its own keys back."""
        self._choices.reset_all(self._actions())
        self._tell(_("All commands have their own keys."))

    def _actions(self) -> list[QAction]:
        return self.window().findChildren(QAction)

    def _tell(self, sentence: str) -> None:
        self.said.emit(Word(sentence))
        self.refresh()

    def _on_opened(self, _command: Command) -> None:
        self.ask_keys()


def _standard(command: Command) -> str:
    return command.own if command.is_changed else ""
