"""What this person's window remembers: its place, columns, splitters and looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings


class State:
    """Remembers small things by name, for this person on this machine."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def text(self, name: str, default: str = "") -> str:
        """Give a remembered text."""
        return str(self._settings.value(name, default))

    def number(self, name: str, default: float) -> float:
        """Give a remembered number; the default where it is none."""
        try:
            return float(self.text(name, str(default)))
        except ValueError:
            return default

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Say whether something was switched on."""
        return self.text(name, "1" if default else "0") == "1"

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a remembered list."""
        found = self.text(name)
        return tuple(found.split("\n")) if found else ()

    def bytes(self, name: str) -> QByteArray:
        """Give what Qt itself wanted to be remembered."""
        found = self._settings.value(name)
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep(self, name: str, value: str | float | QByteArray) -> None:
        """Remember something."""
        if isinstance(value, float):
            value = repr(value)
        self._settings.setValue(name, value)

    def keep_flag(self, name: str, *, value: bool) -> None:
        """Remember whether something is switched on."""
        self._settings.setValue(name, "1" if value else "0")

    def keep_texts(self, name: str, values: Sequence[str]) -> None:
        """Remember a list."""
        self._settings.setValue(name, "\n".join(values))
