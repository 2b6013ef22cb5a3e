"""A new session as it is entered, and the request it becomes; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from app.services.days import DaysRow
from app.services.people.requests import StudentRow
from app.services.scheduling.faces import Usual
from app.services.scheduling.requests import BookSeries, BookSession, OnClash
from app.text import _
from app.views.formats import Formats


class Rhythm(StrEnum):
    """How a new session repeats."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    TEN = "ten"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that was entered so far.

    Attributes:
        start: on the office's wall clock.
        term_id: the term at whose end a series ends.
        placement_id: of the last session, kept while tutor and offering are its.
        weekdays: 0 is Monday; empty is the start's own day.
        until_on: the last day of a series, in place of the end of term.
        count: dates of a series, in place of the end of term.
    """

    student_ids: tuple[int, ...]
    tutor_id: int | None
    offering_id: int | None
    start: datetime
    minutes: int
    place_id: int | None = None
    room_id: int | None = None
    rhythm: Rhythm = Rhythm.ONCE
    term_id: int | None = None
    placement_id: int | None = None
    contract_id: int | None = None
    is_tentative: bool = False
    weekdays: tuple[int, ...] = ()
    until_on: date | None = None
    count: int | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether enough is known to check and book it."""
        has_end = self.rhythm is Rhythm.ONCE or self.has_end
        return bool(self.student_ids and self.tutor_id and self.offering_id and has_end)

    @property
    def has_end(self) -> bool:
        """Say whether a series has an end."""
        if self.rhythm in {Rhythm.TEN, Rhythm.PACKAGE}:
            return True
        return (self.term_id or self.until_on or self.count) is not None

    def single(self) -> BookSession:
        """Make the request for one session."""
        return BookSession(
            self.offering_id or 0,
            (self.tutor_id or 0,),
            self.student_ids,
            self.start,
            self.minutes,
            place_id=self.place_id,
            room_id=self.room_id,
            placement_id=self.placement_id,
            contract_id=self.contract_id,
            is_tentative=self.is_tentative,
        )

    def series(self) -> BookSeries:
        """Make the request for a series; dates that clash hard are skipped."""
        request = BookSeries(
            self.offering_id or 0,
            (self.tutor_id or 0,),
            self.student_ids,
            self.start,
            self.minutes,
            every_weeks=2 if self.rhythm is Rhythm.FORTNIGHTLY else 1,
            weekdays=self.weekdays,
            place_id=self.place_id,
            room_id=self.room_id,
            placement_id=self.placement_id,
            contract_id=self.contract_id,
            is_tentative=self.is_tentative,
            on_clash=OnClash.SKIP,
            accept_soft=True,
        )
        if self.rhythm is Rhythm.PACKAGE:
            return replace(request, until_package_used=True)
        if self.rhythm is Rhythm.TEN:
            return replace(request, count=10)
        if self.count is not None:
            return replace(request, count=self.count)
        if self.until_on is not None:
            return replace(request, until_on=self.until_on)
        return replace(request, term_id=self.term_id)


def filled(draft: Draft, usual: Usual) -> Draft:
    """Take everything but the time from how a student was taught last."""
    return replace(
        draft,
        tutor_id=usual.tutor_ids[0] if usual.tutor_ids else draft.tutor_id,
        offering_id=usual.offering_id,
        minutes=usual.minutes,
        place_id=usual.place_id,
        room_id=usual.room_id,
        placement_id=usual.placement_id,
        contract_id=usual.contract_id,
    )


def term_for(terms: Sequence[DaysRow], day: date) -> DaysRow | None:
    """Give the term that a day lies in, else the next one."""
    ahead = [term for term in terms if term.until_on >= day]
    return min(ahead, key=_first_day, default=None)


def _first_day(term: DaysRow) -> date:
    return term.from_on


def rhythm_words(term: DaysRow | None, formats: Formats) -> list[tuple[str, Rhythm]]:
    """List the ways of repeating, each saying where it ends."""
    found = [(_("Does not repeat"), Rhythm.ONCE)]
    if term is not None:
        end = formats.date(term.until_on)
        words = _("Weekly until {day}").format(day=end)
        found.append((words, Rhythm.WEEKLY))
        words = _("Every 2 weeks until {day}").format(day=end)
        found.append((words, Rhythm.FORTNIGHTLY))
    found.append((_("Weekly, 10 times"), Rhythm.TEN))
    found.append((_("Weekly until the package is used up"), Rhythm.PACKAGE))
    return found


def named(text: str, students: Sequence[StudentRow]) -> tuple[list[int], list[str]]:
    """Find the students that a text names, and the names that fit nobody.

    Names are separated by commas; the start of a name or of a surname is enough where
    it fits one student only.
    """
    found: list[int] = []
    unknown: list[str] = []
    for part in text.split(","):
        wanted = " ".join(part.split()).casefold()
        if not wanted:
            continue
        hits = _hits(wanted, students)
        if len(hits) == 1:
            if hits[0] not in found:
                found.append(hits[0])
        else:
            unknown.append(part.strip())
    return found, unknown


def _hits(wanted: str, students: Sequence[StudentRow]) -> list[int]:
    """Give who fits best: by the whole name, else by its start, else a word's start."""
    names = {one.student_id: one.name.casefold() for one in students}
    called = {one.student_id: one.called.casefold() for one in students}
    exact = [n for n in names if wanted in {names[n], called[n]}]
    if exact:
        return exact
    starts = [n for n, name in names.items() if name.startswith(wanted)]
    if starts:
        return starts
    return [
        n
        for n, name in names.items()
        if any(word.startswith(wanted) for word in name.split())
    ]


def ends_at(start: datetime, end: time) -> int:
    """Give the minutes until a time of day; an earlier one is the next day's."""
    way = datetime.combine(start.date(), end) - start
    return int((way % timedelta(days=1)).total_seconds()) // 60
