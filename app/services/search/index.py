"""An index in memory: one folded string with a line for each thing to find.

``str.find`` over one long string beats every cleverer structure at an office's size.
Only when it finds too little is every line compared for typing errors.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rapidfuzz import fuzz, process

from app.models.values.folding import folded

FEW = 5
FUZZY_FROM = 3  # letters; shorter texts are like everything
_LIKENESS = 75.0
_LAST = "\U0010ffff"  # sorts after every letter
_EXACT, _BEGINS, _WORD, _INSIDE, _WORDS = 1.0, 0.9, 0.8, 0.7, 0.6
_FUZZY = 0.5


class HitKind(StrEnum):
    """What was found."""

    STUDENT = "student"
    HOUSEHOLD = "household"
    TUTOR = "tutor"
    SESSION = "session"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    Attributes:
        words: what else it is found by, such as an e-mail address; never shown.
        starts_at: when a session starts.
    """

    kind: HitKind
    row_id: int
    title: str
    subtitle: str = ""
    words: str = ""
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found; the score is 1 for its exact title, down to 0."""

    kind: HitKind
    id: int
    title: str
    subtitle: str
    score: float
    starts_at: datetime | None = None


class Beginnings:
    """Texts in order, so that those that begin alike lie together."""

    def __init__(self, texts: Iterable[tuple[str, int]]) -> None:
        pairs = sorted(texts)
        self._texts = [text for text, _line in pairs]
        self._lines = [line for _text, line in pairs]

    def lines(self, beginning: str, limit: int) -> list[int]:
        """Give the lines of texts with a beginning, at most so many."""
        first = bisect_left(self._texts, beginning)
        last = bisect_left(self._texts, beginning + _LAST, first)
        return self._lines[first : min(last, first + limit)]


class Index:
    """The lines of one kind of thing, ready to be searched."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._numbers = {entry.row_id: n for n, entry in enumerate(entries)}
        self._titles = [folded(entry.title) for entry in entries]
        lines = [
            f"{title} {folded(entry.subtitle)} {folded(entry.words)}".rstrip()
            for title, entry in zip(self._titles, entries, strict=True)
        ]
        self._begins = Beginnings((title, n) for n, title in enumerate(self._titles))
        self._words = Beginnings(
            (title[place + 1 :], n)
            for n, title in enumerate(self._titles)
            for place, letter in enumerate(title)
            if letter == " "
        )
        self._text = "\n" + "\n".join(lines) + "\n"
        self._starts: list[int] = []
        start = 1
        for line in lines:
            self._starts.append(start)
            start += len(line) + 1

    def find(self, needle: str, limit: int) -> list[tuple[float, int]]:
        """Find a folded text, and give scores and lines: best first, at most so many.

        Titles that begin with it come first, then words that do, then any other
        place; at last lines that hold every word of it in any order.
        """
        if not needle:
            return []
        found: dict[int, float] = {}
        for beginnings, score in ((self._begins, _BEGINS), (self._words, _WORD)):
            for line in beginnings.lines(needle, limit - len(found)):
                found.setdefault(line, score)
        if len(found) < limit:
            for line in self._inside(needle, limit):
                found.setdefault(line, _INSIDE)
        if not found:
            return self._with_words(needle.split(), limit)
        lines = [
            (_EXACT if self._titles[line] == needle else score, line)
            for line, score in found.items()
        ]
        return lines[:limit]

    def find_alike(self, needle: str, limit: int) -> list[tuple[float, int]]:
        """Find titles like a folded text in spite of typing errors."""
        found = process.extract(
            needle,
            self._titles,
            scorer=fuzz.partial_ratio,
            score_cutoff=_LIKENESS,
            limit=limit,
        )
        return [(_FUZZY * likeness / 100, line) for _title, likeness, line in found]

    def hit(self, line: int, score: float) -> Hit:
        """Show a line that was found."""
        entry = self._entries[line]
        about = (entry.kind, entry.row_id, entry.title, entry.subtitle)
        return Hit(*about, score, entry.starts_at)

    def of(self, row_id: int) -> Hit | None:
        """Show the line of a record; nothing if there is none."""
        line = self._numbers.get(row_id)
        return None if line is None else self.hit(line, _EXACT)

    def _inside(self, needle: str, limit: int) -> list[int]:
        find, starts = self._text.find, self._starts
        lines: list[int] = []
        place = find(needle)
        while place >= 0 and len(lines) < limit:
            lines.append(bisect_right(starts, place) - 1)
            place = find(needle, place + 1)
        return lines

    def _with_words(self, words: list[str], limit: int) -> list[tuple[float, int]]:
        lines: list[tuple[float, int]] = []
        rarest = max(words, key=len)
        place = self._text.find(rarest) if len(words) > 1 else -1
        while place >= 0 and len(lines) < limit:
            line = bisect_right(self._starts, place) - 1
            start, end = self._starts[line], self._text.find("\n", place)
            if all(self._text.find(word, start, end) >= 0 for word in words):
                lines.append((_WORDS, line))
            place = self._text.find(rarest, end)
        return lines
