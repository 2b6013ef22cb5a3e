"""The section of keys, read from the commands themselves."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtGui import QAction, QKeySequence

from app.text import _
from app.views.settings.lists import ListCard, Listing
from app.views.settings.section import Section
from app.views.tables.columns import Column
from app.views.tools import Tools
from app.views.typography import label
from app.views.widgets.inputs import SearchField

NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A command with its keys."""

    number: int
    command: str
    keys: str


class ShortcutsSection(Section):
    """Lists every command that has a key."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        columns: tuple[Column[Shortcut], ...] = (
            Column("command", _("Command"), attrgetter("command"), stretch=True),
            Column("keys", _("Keys"), attrgetter("keys"), "strong", width=200),
        )
        noun = (_("shortcut"), _("shortcuts"))
        key = attrgetter("number")
        listing: Listing[Shortcut] = Listing(
            "shortcuts", _("Shortcuts"), noun, key, columns
        )
        self.list: ListCard[Shortcut] = ListCard(listing, tools)
        self.search = SearchField(_("Filter commands and keys"))
        self.list.body.insertWidget(0, self.search)
        self.list.table.follow(self.search)
        words = _("The keys of a page work while that page is shown.")
        self.list.body.addWidget(label(words, "small", "text2", wrap=True))
        self.add(self.list)
        self.column.addStretch()

    def refresh(self) -> None:
        found = {
            (plain(action.text()), _keys(action))
            for action in self.window().findChildren(QAction)
            if not action.shortcut().isEmpty() and action.text()
        }
        rows = [
            Shortcut(number, command, keys)
            for number, (command, keys) in enumerate(sorted(found), 1)
        ]
        self.list.show_rows(rows)


def plain(text: str) -> str:
    """Take the marks of access keys out of a command's words."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _keys(action: QAction) -> str:
    return ", ".join(keys.toString(NATIVE) for keys in action.shortcuts())
