"""Breaks texts into lines and shortens what does not fit; any text, in bounded time."""

from __future__ import annotations

from typing import Final

from app.services.documents.cleaning import LONGEST, clean
from app.services.documents.fonts import cut
from app.services.documents.lettering import ELLIPSIS, width
from app.services.documents.style import Type

_SHORT: Final = 300  # letters; no line of a document holds more


def wrapped(text: str, kind: Type, room: float, most: int = 0) -> list[str]:
    """Break a text at spaces, and inside a word that is longer than the line.

    What does not fit into ``most`` lines (0 for any number) ends in an ellipsis.
    """
    if _fits(text, kind, room):
        return [text]
    lines: list[str] = []
    for paragraph in text[:LONGEST].splitlines():
        lines += _broken(clean(paragraph), kind, room)
    if len(text) > LONGEST:
        lines.append(ELLIPSIS)
    if most and len(lines) > most:
        rest = " ".join(lines[most - 1 : most + 2])
        lines[most - 1 :] = [elided(f"{rest}{ELLIPSIS}", kind, room)]
    return lines or [""]


def elided(text: str, kind: Type, room: float) -> str:
    """Shorten a text to one line, with an ellipsis where something is left out."""
    if _fits(text, kind, room):
        return text
    taken = width(ELLIPSIS, kind)
    text = clean(text)
    for count, step in enumerate(_steps(text, kind)):
        taken += step
        if taken > room:
            return f"{text[:count].rstrip(' ·,')}{ELLIPSIS}"
    return text


def packed(parts: list[str], kind: Type, room: float, most: int) -> list[str]:
    """Set parts on lines with a dot between them; none is broken, the last elided."""
    lines: list[str] = []
    for part in filter(None, parts):
        joined = f"{lines[-1]} · {part}" if lines else part
        if lines and (len(lines) == most or _fits(joined, kind, room)):
            lines[-1] = joined
        else:
            lines.append(part)
    return [elided(line, kind, room) for line in lines]


def _fits(text: str, kind: Type, room: float) -> bool:
    """Say whether a text stands on one line; only short ones are worth measuring."""
    return len(text) <= _SHORT and "\n" not in text and width(text, kind) <= room


def _broken(paragraph: str, kind: Type, room: float) -> list[str]:
    lines: list[str] = []
    line, taken, space = "", 0.0, width(" ", kind)
    for word in paragraph.split(" "):
        size = width(word, kind) if len(word) <= _SHORT else room + 1
        if line and taken + space + size <= room:
            line, taken = f"{line} {word}", taken + space + size
            continue
        if line:
            lines.append(line)
        pieces = [word] if size <= room else _pieces(word, kind, room)
        lines += pieces[:-1]
        line = pieces[-1]
        taken = size if len(pieces) == 1 else width(line, kind)
    return [*lines, line] if line else lines


def _pieces(word: str, kind: Type, room: float) -> list[str]:
    """Cut a word that is longer than a line where each line is full."""
    pieces: list[str] = []
    start, taken = 0, 0.0
    for place, step in enumerate(_steps(word, kind)):
        if taken + step > room and place > start:
            pieces.append(word[start:place])
            start, taken = place, 0.0
        taken += step
    return [*pieces, word[start:]]


def _steps(text: str, kind: Type) -> list[float]:
    widths, scale = cut(kind.weight, "latin").widths, kind.size / 1000
    return [
        (widths[char] * scale if char in widths else width(char, kind)) + kind.tracking
        for char in text
    ]
