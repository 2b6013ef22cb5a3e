"""Breaks texts into lines and shortens what does not fit; any text, in bounded time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from app.services.documents import fonts
from app.services.documents.style import Type

ELLIPSIS: Final = "…"
_LONGEST: Final = 20_000  # characters of one text that are looked at


def wrapped(text: str, kind: Type, width: float, most: int = 1000) -> list[str]:
    """Break a text at spaces, and inside a word that is longer than the line.

    What does not fit into ``most`` lines is cut off with an ellipsis.
    """
    lines: list[str] = []
    for paragraph in text[:_LONGEST].splitlines():
        for line in _broken(paragraph, kind, width):
            if len(lines) == most:
                lines[-1] = elided(f"{lines[-1]}{ELLIPSIS}", kind, width)
                return lines
            lines.append(line)
    if len(text) > _LONGEST and lines:
        lines[-1] = elided(f"{lines[-1]}{ELLIPSIS}", kind, width)
    return lines or [""]


def elided(text: str, kind: Type, width: float) -> str:
    """Shorten a text to one line, with an ellipsis where something is left out."""
    text = text[:_LONGEST]
    if fonts.width(text, kind.weight, kind.size, kind.tracking) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        trial = f"{text[:middle].rstrip()}{ELLIPSIS}"
        if fonts.width(trial, kind.weight, kind.size, kind.tracking) <= width:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}{ELLIPSIS}"


def _broken(paragraph: str, kind: Type, width: float) -> Iterator[str]:
    line, taken = "", 0.0
    space = fonts.width(" ", *kind)
    for word in paragraph.split(" "):
        size = fonts.width(word, *kind)
        if line and taken + space + size <= width:
            line, taken = f"{line} {word}", taken + space + size
            continue
        if line:
            yield line
        if size <= width:
            line, taken = word, size
            continue
        line, taken = "", 0.0
        for letter in word:
            step = fonts.width(letter, *kind)
            if line and taken + step > width:
                yield line
                line, taken = "", 0.0
            line, taken = line + letter, taken + step
    if line:
        yield line
