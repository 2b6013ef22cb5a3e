"""What the page of tasks reads, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.services.office import Office
from app.services.tasks import OFFICE, TaskRow
from app.text import _, ngettext
from app.views.tools import Link, Place

OVERDUE, SOON, CALM = "err", "warn", "neutral"

# where the record is shown that a task is about
_PLACES = {
    "session": Place.CALENDAR,
    "tutor": Place.TUTORS,
    "student": Place.STUDENTS,
    "household": Place.STUDENTS,
    "document": Place.INVOICES,
    "lot": Place.STUDENTS,
}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task with the words that the list shows."""

    row: TaskRow
    owner: str
    state: str
    tone: str
    source: str

    @property
    def link(self) -> Link | None:
        """Where the record is shown that it is about."""
        place = _PLACES.get(self.row.about_kind)
        if place is None or self.row.about_id is None:
            return None
        return Link(place, self.row.about_kind, self.row.about_id)


@dataclass(frozen=True, slots=True)
class TaskList:
    """Every open task, and who may have one."""

    lines: tuple[TaskLine, ...]
    owners: Mapping[str, str]


def read_tasks(office: Office, today: date) -> TaskList:
    """Read the open tasks and the names of their owners."""
    owners = {OFFICE: _("Office")}
    owners |= {f"tutor:{row.tutor_id}": row.name for row in office.tutors.tutors()}
    lines = tuple(_line(row, owners, today) for row in office.tasks.open_tasks())
    return TaskList(lines, owners)


def _line(row: TaskRow, owners: Mapping[str, str], today: date) -> TaskLine:
    state, tone = state_of(row.due_on, today)
    by_hand = not row.made_by.startswith("rule:")
    source = row.made_by if by_hand else source_of(row.made_by)
    return TaskLine(row, owners.get(row.owner, row.owner), state, tone, source)


def state_of(due_on: date | None, today: date) -> tuple[str, str]:
    """Say how urgent a day is, and in which tone."""
    if due_on is None:
        return "", CALM
    days = (today - due_on).days
    if days > 0:
        words = ngettext("{n} day late", "{n} days late", days)
        return words.format(n=days), OVERDUE
    if not days:
        return _("Today"), SOON
    return "", CALM


def source_of(made_by: str) -> str:
    """Name the rule that made a task."""
    words = {
        "rule:late_close_out": _("Close-out"),
        "rule:expiring_paper": _("Papers"),
        "rule:overdue_invoice": _("Invoice"),
    }
    return words.get(made_by, _("By rule"))


def is_mine(line: TaskLine) -> bool:
    """Say whether a task is the office's."""
    return line.row.owner == OFFICE


def is_late(line: TaskLine) -> bool:
    """Say whether a task should have been done before today."""
    return line.tone == OVERDUE


def is_today(line: TaskLine) -> bool:
    """Say whether a task is due today."""
    return line.tone == SOON


def week_of(today: date) -> tuple[date, date]:
    """Give Monday and Sunday of a day's week."""
    monday = today - timedelta(days=today.weekday())
    return monday, monday + timedelta(days=6)
