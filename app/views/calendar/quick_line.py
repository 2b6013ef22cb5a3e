"""A session in one typed line: “Maya Thu 16:30 90m Maths with Anna weekly”; no Qt.

Words may come in any order. What is a day, a time, a length, a rhythm, a tutor or a
subject is recognised; the rest names the students.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.text import _
from app.views.calendar.drafting import Rhythm

_TIME = re.compile(r"(?:at\s+)?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_SPAN = re.compile(
    r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|\u2013|to)\s*(\d{1,2})(?:[:.](\d{2}))?"
)
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*(min|m|h|hours?|minutes?)", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})\.?(?:(\d{4}))?")
_WEEK = 7
_NOON = 12
_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; what it does not say is None.

    Attributes:
        names: the words that name the students, separated by commas.
        tutor_id: whom a name after “with”, or a tutor's own name, means.
        offering_id: what a subject means.
    """

    names: str
    day: date | None = None
    start: time | None = None
    minutes: int | None = None
    rhythm: Rhythm = Rhythm.ONCE
    tutor_id: int | None = None
    offering_id: int | None = None

    def starts(self, today: date) -> datetime | None:
        """Give when it would start, if a time is said."""
        if self.start is None:
            return None
        return datetime.combine(self.day or today, self.start)


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a line may use.

    Attributes:
        tutors: names by id.
        offerings: names by id.
    """

    tutors: Mapping[int, str]
    offerings: Mapping[int, str]
    today: date
    weekdays: Sequence[str]


def parsed(text: str, known: Known) -> Line:
    """Understand a line."""
    rest = f" {' '.join(text.split())} "
    rest, rhythm = _rhythm(rest)
    rest, minutes = _minutes(rest)
    rest, day = _day(rest, known)
    rest, start, until = _times(rest)
    if start is not None and until is not None and minutes is None:
        minutes = _between(start, until)
    rest, tutor_id = _tutor(rest, known)
    rest, offering_id = _offering(rest, known)
    names = ", ".join(part.strip() for part in re.split(r",|\s\+\s|\s&\s", rest))
    names = re.sub(r"\s+", " ", names).strip(" ,")
    return Line(names, day, start, minutes, rhythm, tutor_id, offering_id)


def _cut(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _rhythm(text: str) -> tuple[str, Rhythm]:
    for words, rhythm in (
        (r"every\s+(?:2|two)\s+weeks|fortnightly", Rhythm.FORTNIGHTLY),
        (r"weekly|every\s+week", Rhythm.WEEKLY),
    ):
        found = re.search(rf"\s(?:{words})(?=\s)", text, re.IGNORECASE)
        if found:
            return _cut(text, found), rhythm
    return text, Rhythm.ONCE


def _minutes(text: str) -> tuple[str, int | None]:
    found = re.search(
        rf"(?<=\s)(?:for\s+)?{_LENGTH.pattern}(?=\s)", text, re.IGNORECASE
    )
    if found is None:
        return text, None
    number = float(found.group(1).replace(",", "."))
    is_hours = found.group(2).lower().startswith("h")
    return _cut(text, found), round(number * 60 if is_hours else number)


def _day(text: str, known: Known) -> tuple[str, date | None]:
    found = re.search(rf"\s(?:on\s+)?{_DATE.pattern}(?=\s)", text)
    if found:
        day = _date_of(found, known.today)
        return (_cut(text, found), day) if day else (text, None)
    near = {
        "today": known.today,
        _("today"): known.today,
        "tomorrow": known.today + timedelta(days=1),
        _("tomorrow"): known.today + timedelta(days=1),
    }
    for word, day in near.items():
        found = re.search(rf"\s{re.escape(word)}(?=\s)", text, re.IGNORECASE)
        if found:
            return _cut(text, found), day
    return _weekday(text, known)


def _date_of(found: re.Match[str], today: date) -> date | None:
    day, month, year = found.groups()
    try:
        made = date(int(year or today.year), int(month), int(day))
    except ValueError:
        return None
    if year is None and made < today:
        return made.replace(year=today.year + 1)
    return made


def _weekday(text: str, known: Known) -> tuple[str, date | None]:
    """Find the next such weekday, today included."""
    for number, name in enumerate(known.weekdays):
        for word in (name, name[:_LETTERS]):
            pattern = rf"\s(?:on\s+|next\s+)?{re.escape(word)}[a-z]*\.?(?=\s)"
            found = re.search(pattern, text, re.IGNORECASE)
            if found:
                ahead = (number - known.today.weekday()) % _WEEK
                if "next" in found.group().lower() and ahead == 0:
                    ahead = _WEEK
                return _cut(text, found), known.today + timedelta(days=ahead)
    return text, None


def _times(text: str) -> tuple[str, time | None, time | None]:
    found = re.search(rf"(?<=\s)(?:from\s+)?{_SPAN.pattern}(?=\s)", text, re.IGNORECASE)
    if found:
        start = _time_of(found.group(1), found.group(2), None)
        until = _time_of(found.group(3), found.group(4), None)
        if start is not None and until is not None:
            return _cut(text, found), start, until
    found = re.search(rf"(?<=\s){_TIME.pattern}(?=\s)", text, re.IGNORECASE)
    if found:
        start = _time_of(*found.groups())
        if start is not None:
            return _cut(text, found), start, None
    return text, None, None


def _time_of(hours: str, minutes: str | None, half: str | None) -> time | None:
    hour, minute = int(hours), int(minutes or 0)
    if half:
        hour = hour % _NOON + (_NOON if half.lower() == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _between(start: time, until: time) -> int | None:
    way = (until.hour - start.hour) * 60 + until.minute - start.minute
    return way if way > 0 else None


def _tutor(text: str, known: Known) -> tuple[str, int | None]:
    """Find a tutor by “with” and a name, or by the whole name."""
    found = re.search(r"\swith\s+([^\s,]+(?:\s[^\s,]+)?)(?=[\s,])", text, re.IGNORECASE)
    if found:
        said = found.group(1).casefold()
        for words in (said, said.split()[0]):
            hits = [n for n, name in known.tutors.items() if _fits(words, name)]
            if len(hits) == 1:
                end = found.start(1) + len(words)
                return f"{text[: found.start()]} {text[end:]}", hits[0]
    for number, name in known.tutors.items():
        whole = re.search(rf"\s{re.escape(name)}(?=[\s,])", text, re.IGNORECASE)
        if whole:
            return _cut(text, whole), number
    return text, None


def _fits(words: str, name: str) -> bool:
    low = name.casefold()
    return low.startswith(words) or any(
        part.startswith(words) for part in low.split()[1:]
    )


def _offering(text: str, known: Known) -> tuple[str, int | None]:
    """Find a subject by its whole name, else by its first word."""
    for is_whole in (True, False):
        for number, name in known.offerings.items():
            words = name if is_whole else name.split(",")[0]
            found = re.search(rf"\s{re.escape(words)}(?=[\s,])", text, re.IGNORECASE)
            if found:
                return _cut(text, found), number
    return text, None
