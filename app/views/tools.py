"""What every page is handed to work with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.services.clock import Clock
from app.services.office import Office
from app.views.changes import ChangeBus
from app.views.formats import Formats
from app.views.jobs import Jobs
from app.views.prompts import Prompts
from app.views.state import State


@dataclass(frozen=True, slots=True)
class Tools:
    """The office, and the ways of working with it from a window."""

    office: Office
    jobs: Jobs
    bus: ChangeBus
    prompts: Prompts
    formats: Formats
    clock: Clock
    state: State


class Place(StrEnum):
    """The pages, in the order of the office's process."""

    TODAY = "today"
    CALENDAR = "calendar"
    CLOSE_OUT = "close_out"
    TASKS = "tasks"
    STUDENTS = "students"
    TUTORS = "tutors"
    INVOICES = "invoices"
    PAYROLL = "payroll"
    JOURNAL = "journal"
    SETTINGS = "settings"


# kinds of links that do something once; the way back does not do it again
DEEDS = frozenset({"book", "line", "day", "new_student", "new_family", "account"})
NOBODY = -1  # the number of a student who is still to be said


@dataclass(frozen=True, slots=True)
class Link:
    """A place to go to, and what to show there.

    Attributes:
        place: the page.
        kind: what is shown, such as ``session`` or ``student``; empty for the page.
        id: its number.
        tab: a part of it, where it has parts.
    """

    place: Place
    kind: str = ""
    id: int = 0
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """Something to tell in passing: one sentence, past tense, and at times a way back.

    Attributes:
        sentence: what happened.
        can_undo: offer to take the last step back.
        step: the step's number in the journal, once the window has heard the word.
        link: a place to look at it.
        link_text: what the way there is called.
    """

    sentence: str
    can_undo: bool = False
    link: Link | None = None
    link_text: str = ""
    step: int = 0
