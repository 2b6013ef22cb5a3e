"""The keys of commands as a person chose them, and which command has which key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from app.text import _
from app.views.page import Page
from app.views.state import State

OWN = "own keys"  # the property that keeps what a command was made with
_NONE = "none"
_APART = " ; "
_NATIVE = QKeySequence.SequenceFormat.NativeText


@dataclass(frozen=True, slots=True)
class Command:
    """A command with its keys.

    Attributes:
        name: its words without the marks of access keys.
        keys: as they are now, in the writing of this system.
        own: as they were made.
    """

    number: int
    name: str
    keys: str
    own: str

    @property
    def is_changed(self) -> bool:
        """Say whether a person chose other keys."""
        return self.keys != self.own


class KeyChoices:
    """Gives commands the keys that this person chose."""

    def __init__(self, state: State) -> None:
        self._state = state

    def take(self, actions: Iterable[QAction]) -> None:
        """Give commands that were just made their chosen keys."""
        for action in _commands(actions):
            if action.property(OWN) is None:
                action.setProperty(OWN, _written(action.shortcuts()))
            kept = self._state.text(_kept_as(action))
            if kept:
                _give(action, _read("" if kept == _NONE else kept))

    def commands(self, actions: Iterable[QAction]) -> tuple[Command, ...]:
        """List commands by name, each once."""
        found = {plain(action.text()): action for action in _commands(actions)}
        return tuple(
            Command(
                number,
                name,
                _shown(found[name].shortcuts()),
                _shown(_read(_own(found[name]))),
            )
            for number, name in enumerate(sorted(found, key=str.casefold), 1)
        )

    def change(self, actions: Iterable[QAction], name: str, keys: QKeySequence) -> None:
        """Give a command another key from now on; an empty one takes its key away."""
        for action in _named(actions, name):
            _give(action, [] if keys.isEmpty() else [keys])
            self._state.keep(_kept_as(action), _written(action.shortcuts()) or _NONE)

    def reset(self, actions: Iterable[QAction], name: str) -> None:
        """Give a command the keys back that it was made with."""
        for action in _named(actions, name):
            action.setShortcuts(_read(_own(action)))
            self._state.keep(_kept_as(action), "")

    def reset_all(self, actions: Sequence[QAction]) -> None:
        """Give every command its own keys back."""
        for name in {plain(action.text()) for action in _commands(actions)}:
            self.reset(actions, name)


def clash(actions: Sequence[QAction], name: str, keys: QKeySequence) -> str:
    """Name the other command that has a key already; nothing if it is free.

    The keys of a page work on that page only, so two pages may use the same one.
    """
    if keys.isEmpty():
        return ""
    mine = {_page_of(action) for action in _named(actions, name)}
    for action in _commands(actions):
        other = plain(action.text())
        page = _page_of(action)
        meets = page is None or None in mine or page in mine
        if other != name and meets and keys in action.shortcuts():
            return other
    return ""


def own_keys(actions: Iterable[QAction], name: str) -> tuple[QKeySequence, ...]:
    """Give the keys that a command was made with."""
    return tuple(key for action in _named(actions, name) for key in _read(_own(action)))


def plain(text: str) -> str:
    """Take the marks of access keys out of a command's words."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _commands(actions: Iterable[QAction]) -> list[QAction]:
    return [
        action
        for action in actions
        if action.text()
        and not action.isSeparator()
        and action.menu() is None
        and (_has_keys(action) or isinstance(action.parent(), Page | QMainWindow))
    ]


def _has_keys(action: QAction) -> bool:
    """Say whether a command has keys, or had; commands of parts need not have any."""
    return bool(action.shortcuts() or action.property(OWN))


def _give(action: QAction, keys: Sequence[QKeySequence]) -> None:
    """Give a command keys; those of a page must not reach other pages."""
    everywhere = Qt.ShortcutContext.WindowShortcut
    if _page_of(action) is not None and action.shortcutContext() is everywhere:
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setShortcuts(keys)


def _named(actions: Iterable[QAction], name: str) -> list[QAction]:
    return [each for each in _commands(actions) if plain(each.text()) == name]


def _page_of(action: QAction) -> QObject | None:
    """Give the page where a command's keys work; none for one that works always."""
    above = action.parent()
    while above is not None and not isinstance(above, Page):
        above = above.parent()
    return above


def _kept_as(action: QAction) -> str:
    return f"keys/{action.objectName()}"


def _own(action: QAction) -> str:
    found = action.property(OWN)
    return _written(action.shortcuts()) if found is None else str(found)


def _written(keys: Sequence[QKeySequence]) -> str:
    return _APART.join(key.toString() for key in keys)


def _read(text: str) -> list[QKeySequence]:
    return [QKeySequence(part) for part in text.split(_APART)] if text else []


def _shown(keys: Sequence[QKeySequence]) -> str:
    return ", ".join(key.toString(_NATIVE) for key in keys)


def taken(keys: QKeySequence, other: str) -> str:
    """Say that a key is another command's."""
    words = _("{keys} belongs to “{command}”; choose other keys, or change that first.")
    return words.format(keys=keys.toString(_NATIVE), command=other)
