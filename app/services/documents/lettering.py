"""Texts as glyphs: which font draws what, how wide it is, what no font can draw."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from app.services.documents.cleaning import clean
from app.services.documents.fonts import ALPHABETS, cut, plain_letters, registered
from app.services.documents.style import Type, Weight

FALLBACK: Final = "□"
ELLIPSIS: Final = "…"


class Run(NamedTuple):
    """A piece of text in one font: its name, what shows it, width at 1 point."""

    font: str
    shown: str
    width: float
    letters: int


@lru_cache(maxsize=20_000)
def runs(text: str, weight: Weight) -> tuple[Run, ...]:
    """Split a text of one line into drawable runs; never raises for any string."""
    codes = cut(weight, "latin").codes
    if codes.keys() >= set(text):
        return (_run(text, weight, "latin"),)
    pieces: list[tuple[str, str]] = []
    for char in clean(text):
        pieces += _homes(char, weight) or [("latin", FALLBACK)]
    return tuple(
        _run("".join(part for _name, part in group), weight, alphabet)
        for alphabet, group in groupby(pieces, key=itemgetter(0))
    )


@lru_cache(maxsize=20_000)
def width(text: str, kind: Type) -> float:
    """Give the width of a text on one line in points."""
    found = runs(text, kind.weight)
    size = sum([run.width for run in found]) * kind.size
    if not kind.tracking:
        return size
    return size + kind.tracking * max(sum([run.letters for run in found]) - 1, 0)


def missing(text: str) -> str:
    """Give the characters that no font can draw, each once, in order."""
    weight: Weight = "Regular"
    found = dict.fromkeys(char for char in clean(text) if not _homes(char, weight))
    return "".join(found)


def _run(text: str, weight: Weight, alphabet: str) -> Run:
    font = cut(weight, alphabet)
    codes, widths = font.codes, font.widths
    size = sum([widths[char] for char in text])
    shown = f"<{''.join([codes[char] for char in text])}> Tj"
    if font.kerning:
        plain = text if text.isascii() else plain_letters(text)
        gaps = [font.kerning.get(plain[i : i + 2], 0) for i in range(len(plain) - 1)]
        if any(gaps):
            shown, size = _kerned(text, codes, gaps), size + sum(gaps)
    return Run(registered(weight, alphabet), shown, size / 1000, len(text))


def _kerned(text: str, codes: dict[str, str], gaps: list[int]) -> str:
    parts = ["[<"]
    for char, gap in zip(text, [*gaps, 0], strict=True):
        parts.append(codes[char])
        if gap:
            parts.append(f"> {-gap} <")
    parts.append(">] TJ")
    return "".join(parts)


@lru_cache(maxsize=4_000)
def _homes(char: str, weight: Weight) -> list[tuple[str, str]]:
    """Name the alphabet that draws a character, or each part of what it stands for."""
    for form in (char, unicodedata.normalize("NFKC", char)):
        found = [(_alphabet(part, weight), part) for part in form]
        if all(name for name, _part in found):
            return found
    return []


def _alphabet(char: str, weight: Weight) -> str:
    return next((name for name in ALPHABETS if char in cut(weight, name).codes), "")
