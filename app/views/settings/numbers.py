"""The section of document numbers, and of the period that is locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from app.models.values.billing import DocumentKind
from app.models.values.schedule import local_date
from app.services.billing.locks import LockPeriod
from app.services.billing.numbering import SetSeries
from app.services.office import Office
from app.text import _
from app.views.settings.asking import AskDialog, Asked, Values, choice, line
from app.views.settings.fields import NumberField
from app.views.settings.lists import ListSection
from app.views.tools import Tools
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card
from app.views.widgets.inputs import DateEdit
from app.views.widgets.labels import fact
from app.views.widgets.laying import across
from app.views.widgets.panels import empty

AHEAD = 2  # numbers that are shown


@dataclass(frozen=True, slots=True)
class Numbers:
    """The next numbers, and the first day that may still change."""

    invoices: tuple[str, ...]
    credit_notes: tuple[str, ...]
    first_open: date


def read_numbers(office: Office, today: date) -> Numbers:
    """Read how documents are numbered, and what is locked."""
    upcoming = office.numbers.upcoming
    return Numbers(
        upcoming(DocumentKind.INVOICE, today, AHEAD),
        upcoming(DocumentKind.CREDIT_NOTE, today, AHEAD),
        office.locks.first_open_day(),
    )


def set_series(office: Office, year: int, values: Values) -> int:
    """Let documents be numbered so from the next one on."""
    first = year if values["yearly"] else None
    width = int(values["width"])
    series = SetSeries(values["kind"], values["prefix"], first, width)
    return office.numbers.set_series(series)


def lock(office: Office, values: Values) -> None:
    """Lock what lies before a day."""
    office.locks.lock(LockPeriod(until=values["until"]))


class NumbersSection(ListSection):
    """Shows the next numbers and the lock, and changes both."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._today = local_date(tools.clock.now(), tools.formats.zone)
        self._first_open = date.min
        card = Card(_("Numbers of documents"))
        self._numbers = QVBoxLayout()
        card.body.addLayout(self._numbers)
        self.change = Button(_("New series…"), "pencil")
        self.change.clicked.connect(self.ask_series)
        card.body.addLayout(across(self.change, 0))
        words = _("A series has no gaps: each document takes the next number.")
        card.body.addWidget(label(words, "small", "text2", wrap=True))
        self.add(card)
        card = Card(_("Locked period"))
        self._locked = QVBoxLayout()
        card.body.addLayout(self._locked)
        self.lock = Button(_("Lock the past…"), "lock")
        self.lock.clicked.connect(self.ask_lock)
        self.unlock = Button(_("Open everything"), kind="ghost")
        self.unlock.clicked.connect(self.open_all)
        card.body.addLayout(across(self.lock, self.unlock, 0))
        words = _(
            "What lies before the first open day was reported to the tax office or "
            "the books: nobody can change it."
        )
        card.body.addWidget(label(words, "small", "text2", wrap=True))
        self.add(card)
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(partial(read_numbers, self.tools.office, self._today), self._show)

    def ask_series(self) -> None:
        """Ask how documents are numbered from now on."""
        kinds = choice(
            (
                (_("Invoices"), DocumentKind.INVOICE),
                (_("Credit notes"), DocumentKind.CREDIT_NOTE),
            )
        )
        yearly = choice(((_("go on for ever"), False), (_("begin again"), True)))
        width = NumberField(self.tools.formats, 1, 12, whole=True)
        width.show_saved(4)
        asked = (
            Asked("kind", _("Documents"), kinds),
            Asked("prefix", _("Begin with"), line("", "INV-"), is_needed=True),
            Asked("yearly", _("Each year they"), yearly),
            Asked("width", _("Digits"), width, is_needed=True),
        )
        work = partial(set_series, self.tools.office, self._today.year)
        dialog = AskDialog(_("New series of numbers"), self.tools, asked, work, self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def ask_lock(self) -> None:
        """Ask for the first day that stays open."""
        current = max(self._first_open, self._today.replace(day=1))
        day = DateEdit(current, self.tools.formats, self._today)
        asked = (Asked("until", _("First open day"), day, is_needed=True),)
        work = partial(lock, self.tools.office)
        dialog = AskDialog(_("Lock the past"), self.tools, asked, work, self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def open_all(self) -> None:
        """Open every period again."""
        self.run(self.tools.office.locks.unlock, self.kept)

    def _show(self, numbers: Numbers) -> None:
        self._first_open = numbers.first_open
        empty(self._numbers)
        for name, upcoming in (
            (_("Next invoices"), numbers.invoices),
            (_("Next credit notes"), numbers.credit_notes),
        ):
            self._numbers.addWidget(fact(name, ", ".join(upcoming)))
        empty(self._locked)
        is_locked = numbers.first_open > date.min
        day = (
            self.tools.formats.date(numbers.first_open) if is_locked else _("every day")
        )
        self._locked.addWidget(fact(_("Open from"), day))
        self.unlock.setEnabled(is_locked)
