"""Which pages there are, and who sees them.

A page's module is read when somebody goes there: reading all of them is a third of what
the window would wait for at its start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.models.values.actors import Actor
from app.text import _
from app.views.page import Page
from app.views.tools import Place, Tools


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page before it is made; reading and making it wait until somebody goes there.

    Attributes:
        read: reads the page's module and gives its class.
        group: pages of a group stand together in the sidebar; the last one is below.
        is_for_tutors: whether a tutor sees it.
    """

    place: Place
    title: str
    icon: str
    read: Callable[[], type[Page]]
    group: int
    keys: str = ""
    is_for_tutors: bool = False

    @property
    def kind(self) -> type[Page]:
        """The page's class; its module is read if it was not yet."""
        return self.read()

    def make(self, tools: Tools) -> Page:
        """Make the page."""
        return self.kind(tools)


def _today() -> type[Page]:
    from app.views.today.page import TodayPage  # noqa: PLC0415  read when wanted

    return TodayPage


def _calendar() -> type[Page]:
    from app.views.calendar.page import CalendarPage  # noqa: PLC0415  read when wanted

    return CalendarPage


def _close_out() -> type[Page]:
    from app.views.close_out.page import CloseOutPage  # noqa: PLC0415  read when wanted

    return CloseOutPage


def _tasks() -> type[Page]:
    from app.views.tasks.page import TasksPage  # noqa: PLC0415  read when wanted

    return TasksPage


def _students() -> type[Page]:
    from app.views.students.page import StudentsPage  # noqa: PLC0415  read when wanted

    return StudentsPage


def _tutors() -> type[Page]:
    from app.views.tutors.page import TutorsPage  # noqa: PLC0415  read when wanted

    return TutorsPage


def _invoices() -> type[Page]:
    from app.views.invoices.page import InvoicesPage  # noqa: PLC0415  read when wanted

    return InvoicesPage


def _payroll() -> type[Page]:
    from app.views.payroll.page import PayrollPage  # noqa: PLC0415  read when wanted

    return PayrollPage


def _journal() -> type[Page]:
    from app.views.journal.page import JournalPage  # noqa: PLC0415  read when wanted

    return JournalPage


def _settings() -> type[Page]:
    from app.views.settings.page import SettingsPage  # noqa: PLC0415  read when wanted

    return SettingsPage


BELOW = 9  # the group at the foot of the sidebar
PAGES = (
    PageEntry(Place.TODAY, _("Today"), "sun", _today, 0, "Ctrl+1", is_for_tutors=True),
    PageEntry(
        Place.CALENDAR,
        _("Calendar"),
        "calendar-days",
        _calendar,
        0,
        "Ctrl+2",
        is_for_tutors=True,
    ),
    PageEntry(
        Place.CLOSE_OUT,
        _("Close-out"),
        "clipboard-check",
        _close_out,
        0,
        "Ctrl+5",
        is_for_tutors=True,
    ),
    PageEntry(Place.TASKS, _("Tasks"), "circle-check", _tasks, 0),
    PageEntry(
        Place.STUDENTS,
        _("Students & families"),
        "graduation-cap",
        _students,
        1,
        "Ctrl+6",
    ),
    PageEntry(Place.TUTORS, _("Tutors"), "users", _tutors, 1, "Ctrl+7"),
    PageEntry(Place.INVOICES, _("Invoices"), "receipt", _invoices, 2, "Ctrl+8"),
    PageEntry(
        Place.PAYROLL,
        _("Payroll"),
        "banknote",
        _payroll,
        2,
        "Ctrl+9",
        is_for_tutors=True,
    ),
    PageEntry(Place.JOURNAL, _("Who changed what"), "history", _journal, BELOW),
    PageEntry(Place.SETTINGS, _("Settings"), "settings", _settings, BELOW, "Ctrl+,"),
)


def pages_for(actor: Actor) -> Sequence[PageEntry]:
    """List the pages that somebody may see, in the order of the office's process."""
    return [page for page in PAGES if actor.is_office or page.is_for_tutors]
