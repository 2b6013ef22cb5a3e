"""The claims that wait: approved, changed or refused, one at a time or several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.models.values.errors import OfficeError
from app.services.payroll.deciding import Decision
from app.text import _, ngettext
from app.views.command_names import name_command
from app.views.payroll.claim_form import ClaimDialog
from app.views.payroll.claims import ClaimRow, claim_columns, read_claims
from app.views.tables.view import DataTable
from app.views.tools import Link, Place, Tools, Word
from app.views.widgets.buttons import Button
from app.views.widgets.feedback import EmptyState
from app.views.widgets.laying import down
from app.views.widgets.panels import HeaderBar


class ClaimsPane(QWidget):
    """Lists what tutors claimed beyond the limits, with what the office can do.

    Signals:
        left: The person goes back to the runs.
        went: A session is to be shown; carries a Link.
        said: Something was done, or refused; carries a Word.
        counted: So many claims wait; carries the number.
    """

    left = Signal()
    went = Signal(object)
    said = Signal(object)
    counted = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._done = ""
        self._wanted = 0
        self.table: DataTable[ClaimRow] = DataTable(
            claim_columns(tools.formats),
            key=_key,
            noun=(_("claim"), _("claims")),
            name="pay-claims",
            state=tools.state,
            checkable=True,
        )
        nothing = EmptyState(
            "circle-check",
            _("No claim waits"),
            _("Expenses and ways above the office's limits wait here for a decision."),
            _("Back to the pay runs"),
        )
        nothing.primary.clicked.connect(self.left)
        self.table.set_empty(nothing)
        self._make_commands()
        self._make_header()
        column = down(self.header, self.table, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)
        self.table.selection_changed.connect(self._on_selection)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_opened)

    def reload(self) -> None:
        """Read what waits once more."""
        self._tools.jobs.run(
            self,
            partial(read_claims, self._tools.office),
            done=self._on_read,
            failed=self._refuse,
        )

    def choose(self, tutor_id: int) -> None:
        """Go to the first claim of a tutor."""
        self._wanted = tutor_id
        self._show_wanted()

    def approve(self) -> None:
        """Pay the chosen claims as they were made."""
        rows = self.table.targets()
        words = ngettext("{n} claim approved.", "{n} claims approved.", len(rows))
        self._decide([row.as_claimed() for row in rows], words)

    def refuse(self) -> None:
        """Pay nothing for the chosen claims."""
        rows = self.table.targets()
        words = ngettext("{n} claim refused.", "{n} claims refused.", len(rows))
        self._decide([row.refused() for row in rows], words)

    def change(self) -> None:
        """Ask what is paid for one claim instead."""
        rows = self.table.targets()
        if len(rows) == 1:
            dialog = ClaimDialog(self.window(), self._tools, rows[0])
            dialog.told.connect(self._on_told)
            dialog.open()

    def _make_commands(self) -> None:
        self.actions_of_row = [
            self._command(_("Approve"), "A", self.approve),
            self._command(_("Pay something else…"), "C", self.change),
            self._command(_("Refuse"), "Del", self.refuse),
        ]
        self.table.set_actions(self.actions_of_row)

    def _command(self, words: str, key: str, slot: object) -> QAction:
        made = QAction(words, self)
        name_command(made, "claims", slot)
        made.setShortcut(QKeySequence(key))
        made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        made.triggered.connect(slot)
        return made

    def _make_header(self) -> None:
        self.header = HeaderBar(_("Claims of tutors"))
        self.back = Button(_("Pay runs"), "chevron-left", "ghost")
        self.back.setToolTip(_("Back to the pay runs"))
        self.header.add_left(self.back)
        self.refusing = Button(_("Refuse"), "x", "danger")
        self.refusing.setToolTip(_("Pay nothing for it") + "  Del")
        self.changing = Button(_("Pay something else…"), "pencil")
        self.changing.setToolTip(_("Pay another amount or distance") + "  C")
        self.header.add_right(self.refusing)
        self.header.add_right(self.changing)
        self.approving = self.header.add_primary(_("Approve"), "check")
        self.approving.setToolTip(_("Pay as claimed") + "  A")
        self.back.clicked.connect(self.left)
        self.refusing.clicked.connect(self.refuse)
        self.changing.clicked.connect(self.change)
        self.approving.clicked.connect(self.approve)

    def _decide(self, decisions: Sequence[Decision], words: str) -> None:
        if not decisions:
            return
        self._done = words.format(n=len(decisions))
        self._tools.jobs.run(
            self,
            partial(self._tools.office.pay_entries.decide, tuple(decisions)),
            done=self._on_done,
            failed=self._refuse,
        )

    def _settle(self) -> None:
        """Let the buttons say how many claims they are for."""
        count = len(self.table.targets())
        several = count > 1
        approve, refuse = _("Approve"), _("Refuse")
        if several:
            approve = _("Approve {n}").format(n=count)
            refuse = _("Refuse {n}").format(n=count)
        self.approving.setText(approve)
        self.refusing.setText(refuse)
        for button in (self.approving, self.refusing):
            button.setEnabled(count > 0)
        self.changing.setEnabled(count == 1)

    def _show_wanted(self) -> None:
        for row in self.table.model.rows:
            if row.tutor_id == self._wanted:
                self.table.select(row.key)
                self._wanted = 0
                return

    def _on_read(self, rows: tuple[ClaimRow, ...]) -> None:
        self.table.show_rows(rows)
        if self.table.current() is None and self.table.model.rows:
            self.table.select(self.table.model.rows[0].key)
        self._show_wanted()
        self._settle()
        self.counted.emit(len(rows))

    def _on_done(self, _nothing: None) -> None:
        self.table.clear_selection()
        self._on_told(Word(self._done, can_undo=True))

    def _on_told(self, word: object) -> None:
        self.said.emit(word)
        self.reload()

    def _on_selection(self) -> None:
        self._settle()

    def _on_current(self, _row: object) -> None:
        self._settle()

    def _on_opened(self, row: object) -> None:
        if isinstance(row, ClaimRow) and row.session_id is not None:
            self.went.emit(Link(Place.CLOSE_OUT, "session", row.session_id))

    def _refuse(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))


def _key(row: ClaimRow) -> int:
    return row.key
