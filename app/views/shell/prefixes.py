"""The beginnings that narrow the palette, and what follows ``/`` and ``+``."""

from __future__ import annotations

from datetime import date, timedelta

from app.services.office import Office
from app.services.search.index import HitKind
from app.text import _
from app.views.calendar.drafting import Rhythm
from app.views.calendar.quick_line import Known, parsed
from app.views.formats import Formats
from app.views.shell.answers import Answer
from app.views.tools import Link, Place
from app.views.widgets.parsing import parse_date

COMMANDS, PEOPLE, DOCUMENTS, LINE, DATES = ">", "@", "#", "+", "/"
OF_PREFIX = {
    PEOPLE: frozenset({HitKind.STUDENT, HitKind.HOUSEHOLD, HitKind.TUTOR}),
    DOCUMENTS: frozenset({HitKind.DOCUMENT}),
}
ALL = f"{COMMANDS}{PEOPLE}{DOCUMENTS}{LINE}{DATES}"
WEEK = timedelta(weeks=1)
USUAL = 60  # minutes that a line without a length is shown with


def day_in(text: str, today: date, formats: Formats) -> date | None:
    """Read a day such as ``3 dec``, ``next friday``, ``next week`` or ``+2w``."""
    words = " ".join(text.lower().split())
    for word in ("next ", f"{_('next')} "):
        rest = words.removeprefix(word)
        if rest == words:
            continue
        if rest in {"week", _("week")}:
            return today + WEEK
        found = parse_date(rest, today, formats.locale)
        return found + WEEK if found == today else found
    return parse_date(words, today, formats.locale)


def date_answers(text: str, today: date, formats: Formats) -> list[Answer]:
    """Offer the day that was typed; today and near days before anything is."""
    days: list[tuple[str, date | None]] = [("", day_in(text, today, formats))]
    if not text.strip():
        days = [
            (_("Today"), today),
            (_("Tomorrow"), today + timedelta(days=1)),
            (_("Next week"), today + WEEK),
        ]
    return [_day(name, day, formats) for name, day in days if day is not None]


def _day(name: str, day: date, formats: Formats) -> Answer:
    words = f"{formats.day(day)} {day.year}"
    link = Link(Place.CALENDAR, "day", tab=day.isoformat())
    shown, context = (name, words) if name else (words, "")
    return Answer(shown, "calendar-days", _("Day"), context, link=link)


def known_of(office: Office, today: date, formats: Formats) -> Known:
    """Read the names that a line may use."""
    return Known(
        {one.tutor_id: one.name for one in office.tutors.tutors()},
        {one.offering_id: one.name for one in office.catalog.offerings()},
        today,
        formats.locale.weekdays,
    )


def line_answer(text: str, known: Known, formats: Formats) -> Answer:
    """Offer a session as it was typed, and say how it was understood."""
    if not text.strip():
        example = _("maya tue 16:30 90m maths with anna weekly")
        why = _("Type a student, day and time")
        name = _("New session in one line")
        return Answer(name, "calendar-plus", context=example, why_not=why)
    line = parsed(text, known)
    parts = [line.names or _("no student yet")]
    if line.day is not None:
        parts.append(formats.day(line.day))
    if line.start is not None:
        parts.append(formats.locale.clock(line.start))
    parts.append(_("{minutes} min").format(minutes=line.minutes or USUAL))
    if line.offering_id is not None:
        parts.append(known.offerings[line.offering_id])
    if line.tutor_id is not None:
        parts.append(_("with {name}").format(name=known.tutors[line.tutor_id]))
    if line.rhythm is not Rhythm.ONCE:
        weekly, other = _("every week"), _("every two weeks")
        parts.append(weekly if line.rhythm is Rhythm.WEEKLY else other)
    link = Link(Place.CALENDAR, "line", tab=text.strip())
    words = " · ".join(parts)
    return Answer(_("New session"), "calendar-plus", context=words, link=link)
