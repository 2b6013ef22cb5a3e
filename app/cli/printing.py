"""What the command prints: sentences for people, or one JSON document for scripts."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from app.logs import discreet
from app.models.values.errors import shortened


def say(sentence: str) -> None:
    """Print a line for people."""
    sys.stdout.write(f"{sentence}\n")


def complain(sentence: str) -> None:
    """Print what went wrong, in one line, where scripts do not look for data."""
    sys.stderr.write(" ".join(shortened(discreet(sentence)).split()) + "\n")


def print_json(document: object) -> None:
    """Print the one JSON document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows in columns under their heads, numbers at the right."""
    if not rows:
        return
    listed = [heads, *rows]
    widths = [max(len(row[i]) for row in listed) for i in range(len(heads))]
    numeric = [all(_is_number(row[i]) for row in rows) for i in range(len(heads))]
    for row in listed:
        cells = (
            text.rjust(width) if is_number else text.ljust(width)
            for text, width, is_number in zip(row, widths, numeric, strict=True)
        )
        say("  " + "  ".join(cells).rstrip())


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("-", "").isdigit()
