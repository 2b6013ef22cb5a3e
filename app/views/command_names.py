"""Names of commands that stay the same in every language, to keep choices under."""

from __future__ import annotations

import re

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QAction

_SIGNAL = re.compile(r"(\w+)\(")


def name_command(action: QAction, where: str, slot: object, name: str = "") -> None:
    """Name a command by its place and by what it does.

    Args:
        action: the command.
        where: the page, or the window.
        slot: what it calls.
        name: told apart by this, where several commands call the same.
    """
    does = name or _name_of(slot)
    action.setObjectName(f"{where}/{does}".replace("/_on_", "/"))


def _name_of(slot: object) -> str:
    if isinstance(slot, SignalInstance):
        found = _SIGNAL.search(str(slot))
        return found.group(1) if found else ""
    return str(getattr(slot, "__name__", ""))
