"""The keys by area: of the page, of the window, and in lists, forms and dialogs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from app.text import _
from app.views.shell.answers import plain
from app.views.shell.menus import Menus

_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the program, with names of commands and their keys."""

    title: str
    lines: tuple[tuple[str, str], ...]


def areas_of(menus: Menus, page: str) -> tuple[Area, ...]:
    """List the shown page's keys, then those that hold anywhere."""
    own = list(menus.own())
    everywhere = [
        Area(plain(title), _lines(one for one in actions if one not in own))
        for title, actions in menus.by_title()
    ]
    return (Area(page, _lines(own)), *everywhere, _lists(), _forms())


def _lines(actions: Iterable[QAction]) -> tuple[tuple[str, str], ...]:
    found = []
    for action in actions:
        keys = ", ".join(one.toString(_NATIVE) for one in action.shortcuts()[:2])
        if keys and action.isVisible():
            found.append((plain(action.text()), keys))
    return tuple(found)


def _lists() -> Area:
    """Name the keys that every list knows."""
    lines: Sequence[tuple[str, tuple[str, ...]]] = (
        (_("Open the row"), ("Return",)),
        (_("Tick the row"), ("Space",)),
        (_("Tick on from here"), ("Shift+Up", "Shift+Down")),
        (_("Tick all rows"), ("Ctrl+A",)),
        (_("Copy the ticked rows"), ("Ctrl+C",)),
        (_("First and last row"), ("Home", "End")),
        (_("What can be done with the row"), ("Shift+F10",)),
        (_("Move the column"), ("Alt+Shift+Left", "Alt+Shift+Right")),
    )
    return Area(_("In lists"), tuple((name, _keys(*keys)) for name, keys in lines))


def _forms() -> Area:
    """Name the keys that every form knows."""
    lines = (
        (_("Open the list or the month of a field"), _keys("Alt+Down")),
        (_("Leave without a change"), _keys("Escape")),
    )
    return Area(_("In forms"), lines)


def _keys(*keys: str) -> str:
    return ", ".join(QKeySequence(key).toString(_NATIVE) for key in keys)
