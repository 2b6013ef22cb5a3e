"""The page of the journal: who changed what, when, and how it was before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

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
from app.views.page import Page
from app.views.tables.view import DataTable
from app.views.tools import Link, Place, Tools, Word
from app.views.widgets.buttons import Button, Chip
from app.views.widgets.panels import HeaderBar

Keep = Callable[[StepLine], bool]


class JournalPage(Page):
    """Lists the steps that were taken, of the office or of one record."""

    place = Place.JOURNAL
    title = _("Who changed what")
    icon = "history"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._kind = ""
        self._row_id: int | None = None
        self.undo = self.command(_("&Undo this change"), self.undo_step, icon="undo-2")
        self._make_header()
        self._make_table()
        self.inspector = StepInspector(tools.formats)
        self.inspector.undone.connect(self.undo_step)
        self.inspector.closed.connect(self.inspector.hide)
        self.inspector.hide()
        self.set_inspector(self.inspector)

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

    def standing(self) -> Mapping[str, str]:
        """Remember filter and step."""
        line = self.table.current()
        step = str(line.step) if line else ""
        return {"chip": str(self._group.checkedId()), "step": step}

    def stand(self, standing: Mapping[str, str]) -> None:
        """Come back to filter and step."""
        button = self._group.button(int(standing.get("chip", "0")))
        if button is not None:
            button.setChecked(True)
            self._on_chip()
        if standing.get("step"):
            self.table.select(int(standing["step"]))

    def find_in_page(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus()
        self.search.selectAll()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give what can be done with a step."""
        return {"edit": [self.undo]}

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

    def _make_header(self) -> None:
        header = HeaderBar(self.title)
        self._group = QButtonGroup(self)
        chips: tuple[tuple[str, Keep | None], ...] = (
            (_("All"), None),
            (_("Sessions"), is_session),
            (_("Money"), is_money),
            (_("People"), is_people),
        )
        self._chips: list[tuple[Chip, Keep | None]] = []
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for number, (words, keep) in enumerate(chips):
            chip = Chip(words, 0, checked=not number)
            self._group.addButton(chip, number)
            self._chips.append((chip, keep))
            row.addWidget(chip)
        self._group.idClicked.connect(self._on_chip_clicked)
        header.add_left(holder)
        self._everything = Button(_("Show everything"), compact=True)
        self._everything.clicked.connect(self.show_everything)
        self._everything.hide()
        header.add_left(self._everything)
        self.search = header.add_search(_("Filter changes"))
        self.set_header(header)

    def _make_table(self) -> None:
        self.table: DataTable[StepLine] = DataTable(
            columns(self.tools.formats),
            key=_step,
            noun=(_("change"), _("changes")),
            name="journal",
            state=self.tools.state,
        )
        self.table.follow(self.search)
        self.table.set_actions([self.undo])
        self.table.current_changed.connect(self._on_current)
        self.set_content(self.table)
        self.setFocusProxy(self.table)

    def _show(self, lines: Sequence[StepLine]) -> None:
        for chip, keep in self._chips:
            chip.set_count(sum(keep is None or keep(line) for line in lines))
        self.table.show_rows(lines)

    def _on_chip_clicked(self, _number: int) -> None:
        self._on_chip()

    def _on_chip(self) -> None:
        _chip, keep = self._chips[max(0, self._group.checkedId())]
        self.table.show_only(keep)

    def _on_current(self, line: StepLine | None) -> None:
        self.inspector.setVisible(line is not None)
        self.undo.setEnabled(line is not None and not line.undone)
        if line is not None:
            self.inspector.show_line(line)

    def _on_undone(self, done: Undone) -> None:
        words = _("Taken back: {action}").format(action=done.action)
        self.said.emit(Word(words, can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))


def _step(line: StepLine) -> int:
    return line.step
