"""The menu bar: every command with its key, the page's own among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.text import _

FILE, EDIT, VIEW, GO = "file", "edit", "view", "go"
SESSION, BILLING, HELP = "session", "billing", "help"


class Menus:
    """Fills the menus: what is always there, then what the shown page brings."""

    def __init__(self, bar: QMenuBar) -> None:
        titles = {
            FILE: _("&File"),
            EDIT: _("&Edit"),
            VIEW: _("&View"),
            GO: _("&Go"),
            SESSION: _("&Session"),
            BILLING: _("&Billing"),
            HELP: _("&Help"),
        }
        self._menus: dict[str, QMenu] = {
            name: bar.addMenu(title) for name, title in titles.items()
        }
        self._own: list[QAction] = []

    def add(self, menu: str, actions: Sequence[QAction | None]) -> None:
        """Add commands that are always there; None draws a line."""
        for action in actions:
            if action is None:
                self._menus[menu].addSeparator()
            else:
                self._menus[menu].addAction(action)

    def show_page(self, commands: Mapping[str, Sequence[QAction]]) -> None:
        """Bring the shown page's commands in, and take the former page's out."""
        for menu in self._menus.values():
            for action in self._own:
                menu.removeAction(action)
        self._own = []
        for name, actions in commands.items():
            menu = self._menus[name]
            first = menu.actions()[0] if menu.actions() else None
            for action in actions:
                menu.insertAction(first, action) if first else menu.addAction(action)
                self._own.append(action)
            if first is not None and actions:
                self._own.append(menu.insertSeparator(first))
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))

    def own(self) -> tuple[QAction, ...]:
        """Give the shown page's commands."""
        return tuple(one for one in self._own if not one.isSeparator())

    def by_title(self) -> tuple[tuple[str, Sequence[QAction]], ...]:
        """Give every menu's name and what is in it."""
        return tuple(
            (menu.title(), [one for one in menu.actions() if not one.isSeparator()])
            for menu in self._menus.values()
        )

    def titles(self) -> tuple[QAction, ...]:
        """Give the menus themselves."""
        return tuple(menu.menuAction() for menu in self._menus.values())

    def everything(self) -> tuple[QAction, ...]:
        """Give every command that may be run now, each once."""
        found = {
            id(action): action
            for menu in self._menus.values()
            for action in menu.actions()
            if not action.isSeparator() and action.text()
        }
        return tuple(found.values())
