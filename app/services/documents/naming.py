"""Names of files that every system accepts, whatever the people are called."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_DEVICES: Final = frozenset(
    (
        *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"),
        *(f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"),
    )
)
_LONGEST_PART: Final = 60  # bytes of number and kind, which are ours
_LONGEST: Final = 180  # bytes in all, well below what any system and archive takes


def file_name(number: str, who: str, kind: str, ending: str = "pdf") -> str:
    """Give a name such as ``2026-0412 Lindqvist Invoice.pdf``.

    It is safe on Windows, macOS and Linux, short enough for each, and never empty; of
    a long name the person's is cut, so that number and kind stay.
    """
    first = shortened(safe(number), _LONGEST_PART)
    last = shortened(safe(kind), _LONGEST_PART)
    room = _LONGEST - len(f"{first}  {last}.{ending}".encode())
    parts = (first, shortened(safe(who), room), last)
    stem = " ".join(part for part in parts if part) or "document"
    if stem.partition(".")[0].rstrip().upper() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem}.{ending}"


def safe(text: str) -> str:
    """Take away what a file's name cannot have on some system."""
    composed = unicodedata.normalize("NFC", text[:_LONGEST])
    shown = "".join(
        letter if unicodedata.category(letter)[0] not in "CZ" else " "
        for letter in composed
    )
    return " ".join(_FORBIDDEN.sub("-", shown).split()).strip(" .~-")


def shortened(text: str, most: int) -> str:
    """Cut a name after so many bytes, at a letter."""
    cut = text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")
    return cut.rstrip(" .")
