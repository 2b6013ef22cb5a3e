"""What waits for this person, as the sidebar's badges say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.services.office import Office
from app.text import ngettext
from app.views.tools import Place
from app.views.widgets.sidebar import Badge


def badges(office: Office, today: date, *, is_office: bool) -> Mapping[str, Badge]:
    """Count what waits, page by page; a tutor's own only."""
    found = {
        Place.CLOSE_OUT.value: _close_outs(office),
        Place.TASKS.value: _tasks(office, today),
    }
    if is_office:
        found[Place.INVOICES.value] = _overdue(office)
    return found


def _close_outs(office: Office) -> Badge:
    count = len(office.close_outs.open_close_outs())
    words = ngettext(
        "{n} past session to close out", "{n} past sessions to close out", count
    )
    return Badge(count, "warn", words.format(n=count))


def _tasks(office: Office, today: date) -> Badge:
    due = [
        task
        for task in office.tasks.open_tasks()
        if task.due_on is not None and task.due_on <= today
    ]
    words = ngettext("{n} task is due", "{n} tasks are due", len(due))
    return Badge(len(due), "info", words.format(n=len(due)))


def _overdue(office: Office) -> Badge:
    late = office.ledger.overdue()
    words = ngettext("{n} invoice is overdue", "{n} invoices are overdue", len(late))
    return Badge(len(late), "err", words.format(n=len(late)))
