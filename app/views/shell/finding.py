"""How well a command's name answers what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz

from app.models.values.folding import folded

EXACT, WORD, INSIDE, SCATTERED, ALIKE = 1.0, 0.8, 0.6, 0.4, 0.3
ALIKE_FROM = 75  # of 100
SHORTEST_ALIKE = 3  # letters


@dataclass(frozen=True, slots=True)
class Match:
    """How good a match is, from 0 to 1, and which letters of the text it took."""

    score: float
    letters: frozenset[int] = frozenset()


def match(typed: str, text: str) -> Match | None:
    """Compare what was typed with a text; None if they have nothing in common.

    A beginning of the whole counts more than one of a word, this more than a part of a
    word, letters in order more than letters that are alike.
    """
    needle, whole = folded(typed).strip(), folded(text)
    if not needle:
        return Match(ALIKE)
    return _literal(needle, whole) or _loose(needle, whole)


def _literal(needle: str, whole: str) -> Match | None:
    """Find the letters side by side."""
    at = whole.find(needle)
    word = whole.find(f" {needle}")
    if at == 0:
        return Match(EXACT, _span(0, needle))
    if word >= 0:
        return Match(WORD, _span(word + 1, needle))
    return Match(INSIDE, _span(at, needle)) if at > 0 else None


def _loose(needle: str, whole: str) -> Match | None:
    """Find the letters in order, or a word that is alike."""
    scattered = _in_order(needle, whole)
    if scattered:
        return Match(SCATTERED, scattered)
    if len(needle) >= SHORTEST_ALIKE and _alike(needle, whole) >= ALIKE_FROM:
        return Match(ALIKE)
    return None


def _span(start: int, needle: str) -> frozenset[int]:
    return frozenset(range(start, start + len(needle)))


def _in_order(needle: str, whole: str) -> frozenset[int]:
    """Find the letters one after the other, each word's beginning first."""
    taken, at = [], 0
    for letter in needle:
        at = whole.find(letter, at)
        if at < 0:
            return frozenset()
        taken.append(at)
        at += 1
    return frozenset(taken) if _is_dense(taken, whole) else frozenset()


def _is_dense(taken: list[int], whole: str) -> bool:
    """Letters all over a long text mean nothing; beginnings of words do."""
    starts = sum(at == 0 or whole[at - 1] == " " for at in taken)
    return starts * 2 >= len(taken) or taken[-1] - taken[0] < 2 * len(taken)


def _alike(needle: str, whole: str) -> float:
    words = whole.split()
    return max(
        (fuzz.ratio(needle, word[: len(needle) + 1]) for word in words), default=0
    )
