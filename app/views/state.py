"""What this person's window remembers: its place, columns, splitters and looks."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QByteArray, QSettings

LARGEST: Final = 2**63 - 1  # the largest number of a record

# What names records by their numbers, which mean something else in another office.
_OF_OFFICE = re.compile(
    r"close_out/drafts/|payroll/(run|ticks)$|invoices/run$|palette/.*/records$"
    r"|calendar\.hidden_tutors$",
    re.DOTALL,
)


def whole(text: str, most: int = LARGEST) -> int | None:
    """Read a whole number that was remembered; nothing where it is none up to most."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)):
        return None
    number = int(text)
    return number if number <= most else None


def parsed(text: str) -> Any:  # noqa: ANN401  whatever was written down
    """Read JSON that was remembered; nothing where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


class State:
    """Remembers small things by name, for this person on this machine.

    What is about an office's records is remembered for that office alone.
    """

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings
        self._office = ""

    def enter(self, uid: str) -> None:
        """Sit down at an office: its records alone are meant from now on."""
        self._office = f"offices/{uid}/"

    def text(self, name: str, default: str = "") -> str:
        """Give a remembered text."""
        return str(self._settings.value(self._key(name), default))

    def number(self, name: str, default: float, least: float, most: float) -> float:
        """Give a remembered number; the default where it is none in these bounds."""
        try:
            found = float(self.text(name, str(default)))
        except ValueError:
            return default
        return found if least <= found <= most else default

    def numbers(self, name: str) -> tuple[int, ...]:
        """Give the whole numbers of a remembered list."""
        found = map(whole, self.texts(name))
        return tuple(number for number in found if number is not None)

    def days(self, name: str) -> tuple[date, ...]:
        """Give a remembered list of days; none where one of them is no day."""
        try:
            return tuple(map(date.fromisoformat, self.texts(name)))
        except ValueError:
            return ()

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Say whether something was switched on."""
        return self.text(name, "1" if default else "0") == "1"

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a remembered list."""
        found = self.text(name)
        return tuple(found.split("\n")) if found else ()

    def bytes(self, name: str) -> QByteArray:
        """Give what Qt itself wanted to be remembered."""
        found = self._settings.value(self._key(name))
        return found if isinstance(found, QByteArray) else QByteArray()

    def keep(self, name: str, value: str | float | QByteArray) -> None:
        """Remember something."""
        if isinstance(value, float):
            value = repr(value)
        self._settings.setValue(self._key(name), value)

    def keep_flag(self, name: str, *, value: bool) -> None:
        """Remember whether something is switched on."""
        self.keep(name, "1" if value else "0")

    def keep_texts(self, name: str, values: Sequence[str]) -> None:
        """Remember a list."""
        self.keep(name, "\n".join(values))

    def _key(self, name: str) -> str:
        return f"{self._office}{name}" if _OF_OFFICE.match(name) else name
