"""What tells of sessions: schedules, and notes for families."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Slot:
    """A session on a printed schedule.

    ``column`` counts days, tutors or rooms from 0. An end at or before the start is the
    next day's and is drawn to midnight. Sheets that hang up name first names only.
    """

    column: int
    start: time
    end: time
    title: str
    detail: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """A timetable: a grid of columns over the hours of a day, or a list of sessions.

    Attributes:
        title: whose it is.
        subtitle: which week or day.
        total: such as ``5.50 h · 5 sessions``.
        columns: each a heading and a quiet addition.
        printed: on the office's wall clock.
        as_list: upright pages, one line a session under each column's heading, for
            agendas, a family's month and the sheet on a room's door.
    """

    title: str
    subtitle: str
    total: str
    columns: tuple[tuple[str, str], ...]
    slots: tuple[Slot, ...]
    printed: datetime
    as_list: bool = False


@dataclass(frozen=True, slots=True)
class SessionNote:
    """The family's note of one session, from the close-out.

    Attributes:
        facts: label, value and a small addition each, such as attendance and length.
        sections: titles and texts of any length.
        tasks: homework, one by one.
        next_session: when it is; empty for none.
    """

    student: str
    subject: str
    tutor: str
    day: date
    start: time
    end: time
    place: str
    facts: tuple[tuple[str, str, str], ...]
    sections: tuple[tuple[str, str], ...]
    tasks: tuple[str, ...]
    next_session: str
