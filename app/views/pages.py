"""Which pages there are, and who sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from app.models.values.actors import Actor
from app.text import _
from app.views.page import Page
from app.views.tools import Place, Tools


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page before it is made; making it waits until somebody goes there.

    Attributes:
        group: pages of a group stand together in the sidebar; the last one is below.
        is_for_tutors: whether a tutor sees it.
    """

    place: Place
    title: str
    icon: str
    key: str
    group: int
    module: str
    class_name: str
    is_for_tutors: bool = False

    def make(self, tools: Tools) -> Page:
        """Make the page."""
        page: Callable[[Tools], Page]
        page = getattr(import_module(f"app.views.{self.module}"), self.class_name)
        return page(tools)


def pages_for(actor: Actor) -> Sequence[PageEntry]:
    """List the pages that somebody may see, in the order of the office's process."""
    everything = (
        PageEntry(
            Place.TODAY, _("Today"), "sun", "Ctrl+1", 0, "today.page", "TodayPage", True
        ),
        PageEntry(
            Place.CALENDAR,
            _("Calendar"),
            "calendar-days",
            "Ctrl+2",
            0,
            "calendar.page",
            "CalendarPage",
            True,
        ),
        PageEntry(
            Place.CLOSE_OUT,
            _("Close-out"),
            "clipboard-check",
            "Ctrl+5",
            0,
            "close_out.page",
            "CloseOutPage",
            True,
        ),
        PageEntry(
            Place.TASKS, _("Tasks"), "circle-check", "", 0, "tasks.page", "TasksPage"
        ),
        PageEntry(
            Place.STUDENTS,
            _("Students & families"),
            "graduation-cap",
            "Ctrl+6",
            1,
            "students.page",
            "StudentsPage",
        ),
        PageEntry(
            Place.TUTORS, _("Tutors"), "users", "Ctrl+7", 1, "tutors.page", "TutorsPage"
        ),
        PageEntry(
            Place.INVOICES,
            _("Invoices"),
            "receipt",
            "Ctrl+8",
            2,
            "invoices.page",
            "InvoicesPage",
        ),
        PageEntry(
            Place.PAYROLL,
            _("Payroll"),
            "banknote",
            "Ctrl+9",
            2,
            "payroll.page",
            "PayrollPage",
            True,
        ),
        PageEntry(
            Place.JOURNAL,
            _("Who changed what"),
            "history",
            "",
            9,
            "journal.page",
            "JournalPage",
        ),
        PageEntry(
            Place.SETTINGS,
            _("Settings"),
            "settings",
            "Ctrl+,",
            9,
            "settings.page",
            "SettingsPage",
        ),
    )
    return [entry for entry in everything if actor.is_office or entry.is_for_tutors]
