"""Names of files that every system accepts, whatever the people are called."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]')
_DEVICES: Final = frozenset(
    (
        *("CON", "PRN", "AUX", "NUL"),
        *(f"COM{number}" for number in range(10)),
        *(f"LPT{number}" for number in range(10)),
    )
)
_LONGEST: Final = 120
_LONGEST_BYTES: Final = 200


def file_name(number: str, who: str, kind: str, ending: str = "pdf") -> str:
    """Give a name such as ``2026-0412 Lindqvist Invoice.pdf``.

    It is safe on Windows, macOS and Linux, short enough for each, and never empty.
    """
    parts = [safe(number), shortened(safe(who)), safe(kind)]
    stem = " ".join(part for part in parts if part) or "document"
    if stem.partition(".")[0].rstrip().upper() in _DEVICES:
        stem = f"_{stem}"
    return f"{stem}.{ending}"


def safe(text: str) -> str:
    """Take away what a file's name cannot have on some system."""
    composed = unicodedata.normalize("NFC", text)
    shown = "".join(
        letter if unicodedata.category(letter)[0] not in "CZ" else " "
        for letter in composed
    )
    return " ".join(_FORBIDDEN.sub("-", shown).split()).strip(" .")


def shortened(text: str) -> str:
    """Cut a long name, counted in letters and in bytes."""
    text = text[:_LONGEST]
    while len(text.encode("utf-8")) > _LONGEST_BYTES:
        text = text[:-1]
    return text.strip(" .")
