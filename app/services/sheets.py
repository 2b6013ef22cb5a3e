"""Tables as files that spreadsheets read: comma, UTF-8 with BOM, CRLF."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp"))  # what some spreadsheets skip


def cell(text: str) -> str:
    """Defuse a text that a spreadsheet would run as a formula.

    A leading apostrophe shows it as it is. Numbers must not go through here: a minus
    sign is theirs.
    """
    return f"'{text}" if _is_run(text) else text


def _is_run(text: str) -> bool:
    """Look at the first sign that is seen, in its plain form: a wide one is one too."""
    for sign in text:
        if sign in _RUNS:
            return True
        if unicodedata.category(sign) not in _UNSEEN:
            return unicodedata.normalize("NFKC", sign).startswith(_RUNS)
    return False


def write_sheet(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write a table and give the number of its rows.

    The rows' texts must have been defused by :func:`cell` where they are no numbers.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(head)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count
