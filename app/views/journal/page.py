"""The page of the journal: who changed what, when, and how it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction

from app.models.values.errors import OfficeError
from app.services.journal import Undone
from app.text import _
from app.views.journal.columns import columns
from app.views.journal.inspector import StepInspector
from app.views.journal.reading import (
    StepLine,
    is_money,
    is_people,
    is_session,
    read_steps,
)
from app.views.list_page import ListPage
from app.views.possible import allow
from app.views.tables.chips import ALL, Filter
from app.views.tables.view import DataTable
from app.views.tools import Link, Place, Tools, Word
from app.views.widgets.buttons import Button


class JournalPage(ListPage):
    """Lists the steps that were taken, of the office or of one record."""

    place = Place.JOURNAL
    title = _("Who changed what")
    icon = "history"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools, _table(tools), _filters(), _("Filter changes"))
        self._kind = ""
        self._row_id: int | None = None
        self.undo = self.command(_("&Undo this change"), self.undo_step, icon="undo-2")
        self._everything = Button(_("Show everything"), compact=True)
        self._everything.clicked.connect(self.show_everything)
        self._everything.hide()
        self.header.add_left(self._everything)
        self.table.set_actions([self.undo])
        self.table.current_changed.connect(self._on_current)
        self.set_content(self.table)
        self.inspector = StepInspector(tools.formats)
        self.inspector.undone.connect(self.undo_step)
        self.add_inspector(self.inspector)
        self._on_current(None)

    def refresh(self) -> None:
        """Read the steps once more."""
        journal = self.tools.office.journal
        work = partial(read_steps, journal, self._kind, self._row_id)
        self.tools.jobs.run(self, work, done=self._show)

    def show_link(self, link: Link) -> None:
        """Show the steps of one record, or of everything."""
        kind = link.kind if link.id else ""
        row_id = link.id or None
        if (kind, row_id) != (self._kind, self._row_id):
            self._kind, self._row_id = kind, row_id
            self._everything.setVisible(bool(kind))
            self.refresh()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give what can be done with a step."""
        return {"edit": [self.undo], **super().commands()}

    def undo_step(self) -> None:
        """Take the chosen step back."""
        line = self.table.current()
        if line is not None and not line.undone:
            work = partial(self.tools.office.journal.undo, line.step)
            run = self.tools.jobs.run
            run(self, work, done=self._on_undone, failed=self._on_refused)

    def show_everything(self) -> None:
        """Show the steps of the whole office again."""
        self.show_link(Link(Place.JOURNAL))

    def _show(self, lines: Sequence[StepLine]) -> None:
        self.table.show_rows(lines)

    def _on_current(self, line: StepLine | None) -> None:
        self.show_inspector(is_chosen=line is not None)
        allow(self.undo, _why_not(line))
        if line is not None:
            self.inspector.show_line(line)

    def _on_undone(self, done: Undone) -> None:
        words = _("Taken back: {action}").format(action=done.action)
        self.said.emit(Word(words, can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))


def _why_not(line: StepLine | None) -> str:
    if line is None:
        return _("Choose a change first.")
    return _("This change was taken back already.") if line.undone else ""


def _table(tools: Tools) -> DataTable[StepLine]:
    return DataTable(
        columns(tools.formats),
        key=_step,
        noun=(_("change"), _("changes")),
        name="journal",
        state=tools.state,
    )


def _filters() -> tuple[Filter[StepLine], ...]:
    return (
        Filter(ALL, _("All")),
        Filter("sessions", _("Sessions"), is_session),
        Filter("money", _("Money"), is_money),
        Filter("people", _("People"), is_people),
    )


def _step(line: StepLine) -> int:
    return line.step
