"""Which pages there are, and who sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.values.actors import Actor
from app.views.calendar.page import CalendarPage
from app.views.close_out.page import CloseOutPage
from app.views.invoices.page import InvoicesPage
from app.views.journal.page import JournalPage
from app.views.page import Page
from app.views.payroll.page import PayrollPage
from app.views.settings.page import SettingsPage
from app.views.students.page import StudentsPage
from app.views.tasks.page import TasksPage
from app.views.today.page import TodayPage
from app.views.tools import Place, Tools
from app.views.tutors.page import TutorsPage


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page before it is made; making it waits until somebody goes there.

    Attributes:
        group: pages of a group stand together in the sidebar; the last one is below.
        is_for_tutors: whether a tutor sees it.
    """

    kind: type[Page]
    group: int
    keys: str = ""
    is_for_tutors: bool = False

    @property
    def place(self) -> Place:
        """Where the page is."""
        return self.kind.place

    def make(self, tools: Tools) -> Page:
        """Make the page."""
        return self.kind(tools)


BELOW = 9  # the group at the foot of the sidebar
PAGES = (
    PageEntry(TodayPage, 0, "Ctrl+1", is_for_tutors=True),
    PageEntry(CalendarPage, 0, "Ctrl+2", is_for_tutors=True),
    PageEntry(CloseOutPage, 0, "Ctrl+5", is_for_tutors=True),
    PageEntry(TasksPage, 0),
    PageEntry(StudentsPage, 1, "Ctrl+6"),
    PageEntry(TutorsPage, 1, "Ctrl+7"),
    PageEntry(InvoicesPage, 2, "Ctrl+8"),
    PageEntry(PayrollPage, 2, "Ctrl+9", is_for_tutors=True),
    PageEntry(JournalPage, BELOW),
    PageEntry(SettingsPage, BELOW, "Ctrl+,"),
)


def pages_for(actor: Actor) -> Sequence[PageEntry]:
    """List the pages that somebody may see, in the order of the office's process."""
    return [page for page in PAGES if actor.is_office or page.is_for_tutors]
