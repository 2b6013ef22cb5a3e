"""The columns of the list of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.services.tasks import OFFICE
from app.text import _
from app.views import theme
from app.views.formats import Formats
from app.views.tables.columns import Column
from app.views.tasks.reading import TaskLine


def columns(formats: Formats) -> Sequence[Column[TaskLine]]:
    """Describe the columns."""

    def due(line: TaskLine) -> str:
        """Write the day that a task is due on."""
        return "" if line.row.due_on is None else formats.day(line.row.due_on)

    return (
        Column("what", _("Task"), _what, "strong", width=280, stretch=True),
        Column("owner", _("Owner"), _owner, "avatar", width=168, tone=_hue),
        Column("due", _("Due"), due, "date", sort_by=_due_on, width=132),
        Column("state", _("State"), _state, "pill", width=112, tone=_tone),
        Column("source", _("From"), _source, "muted", width=120),
    )


def _what(line: TaskLine) -> str:
    return line.row.what


def _owner(line: TaskLine) -> str:
    return line.owner


def _hue(line: TaskLine) -> str:
    if line.row.owner == OFFICE:
        return "slate"
    return theme.hue_of_tutor(int(line.row.owner.rpartition(":")[2]))


def _due_on(line: TaskLine) -> date:
    return line.row.due_on or date.max


def _state(line: TaskLine) -> str:
    return line.state


def _tone(line: TaskLine) -> str:
    return line.tone


def _source(line: TaskLine) -> str:
    return line.source
