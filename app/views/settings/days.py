"""The section of the days on which the office is closed, and of its terms."""

from __future__ import annotations

from datetime import date
from functools import partial

from app.models.values.schedule import local_date
from app.services.days import AddClosure, AddTerm, ClosureAdded, DaysRow
from app.services.office import Office
from app.text import _, ngettext
from app.views.formats import Formats
from app.views.settings.asking import AskDialog, Asked, Values, line
from app.views.settings.lists import ListCard, Listing, ListSection
from app.views.tables.columns import Column
from app.views.tools import Tools
from app.views.widgets.inputs import DateEdit

Rows = tuple[DaysRow, ...]


def read_days(office: Office) -> tuple[Rows, Rows]:
    """Read closures and terms."""
    return office.days.closures(), office.days.terms()


def add_closure(office: Office, values: Values) -> ClosureAdded:
    """Close the office for some days."""
    return office.days.add_closure(AddClosure(**values))


def add_term(office: Office, values: Values) -> int:
    """Keep a term."""
    return office.days.add_term(AddTerm(**values))


class DaysSection(ListSection):
    """Lists closures and terms, and keeps new ones."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        columns = _columns(tools.formats)
        self.closures: ListCard[DaysRow] = ListCard(
            Listing(
                "closures",
                _("Closures"),
                (_("closure"), _("closures")),
                _days_id,
                columns,
            ),
            tools,
        )
        new = self.closures.add_button(_("New closure…"))
        new.clicked.connect(self.ask_closure)
        out = self.closures.add_deed(_("Take back"), "undo-2")
        out.clicked.connect(self.take_closure_back)
        self.terms: ListCard[DaysRow] = ListCard(
            Listing("terms", _("Terms"), (_("term"), _("terms")), _days_id, columns),
            tools,
        )
        self.terms.add_button(_("New term…")).clicked.connect(self.ask_term)
        out = self.terms.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive_term)
        self.add(self.closures)
        self.add(self.terms)
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(partial(read_days, self.tools.office), self._show)

    def ask_closure(self) -> None:
        """Ask when the office is closed."""
        work = partial(add_closure, self.tools.office)
        example = _("Christmas holidays")
        dialog = AskDialog(
            _("New closure"), self.tools, self._asked(example), work, self
        )
        dialog.succeeded.connect(self._on_closed)
        dialog.open()

    def ask_term(self) -> None:
        """Ask for a term."""
        work = partial(add_term, self.tools.office)
        example = _("Winter term")
        dialog = AskDialog(_("New term"), self.tools, self._asked(example), work, self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def take_closure_back(self) -> None:
        """Open the office on the days of the current closure."""
        row = self.closures.current()
        if row is not None:
            archive = self.tools.office.days.archive_closure
            self.run(partial(archive, row.days_id, row.version), self.taken_out)

    def archive_term(self) -> None:
        """Take the current term out of use."""
        row = self.terms.current()
        if row is not None:
            archive = self.tools.office.days.archive_term
            self.run(partial(archive, row.days_id, row.version), self.taken_out)

    def _asked(self, example: str) -> tuple[Asked, ...]:
        formats = self.tools.formats
        today = local_date(self.tools.clock.now(), formats.zone)
        first, last = (DateEdit(None, formats, today) for _n in range(2))
        return (
            Asked("name", _("Name"), line("", example), is_needed=True),
            Asked("from_on", _("First day"), first, is_needed=True),
            Asked("until_on", _("Last day"), last, is_needed=True),
            Asked("region", _("Region"), line(), _("Only to tell terms apart.")),
        )

    def _show(self, days: tuple[Rows, Rows]) -> None:
        self.closures.show_rows(days[0])
        self.terms.show_rows(days[1])

    def _on_closed(self, added: ClosureAdded) -> None:
        count = len(added.concerned)
        words = ngettext(
            "The office is closed then; {n} planned session lies in those days.",
            "The office is closed then; {n} planned sessions lie in those days.",
            count,
        )
        self.tell(words.format(n=count))
        self.refresh()


def _columns(formats: Formats) -> tuple[Column[DaysRow], ...]:
    def first(row: DaysRow) -> str:
        """Write the first day."""
        return formats.date(row.from_on)

    def last(row: DaysRow) -> str:
        """Write the last day."""
        return formats.date(row.until_on)

    return (
        Column("name", _("Name"), _name, "strong", stretch=True),
        Column("from", _("First day"), first, "date", sort_by=_from_on),
        Column("until", _("Last day"), last, "date", sort_by=_until_on),
        Column("region", _("Region"), _region, "muted"),
    )


def _days_id(row: DaysRow) -> int:
    return row.days_id


def _name(row: DaysRow) -> str:
    return row.name


def _from_on(row: DaysRow) -> date:
    return row.from_on


def _until_on(row: DaysRow) -> date:
    return row.until_on


def _region(row: DaysRow) -> str:
    return row.region
