"""A run on one board: every tutor on top, below one tutor's pay down to the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.models.values.errors import OfficeError
from app.models.values.payroll import Engagement
from app.services.payroll.book import PayTable
from app.services.payroll.explaining import Explained
from app.text import _, ngettext
from app.views.formats import initials
from app.views.payroll.behind import TutorPay
from app.views.payroll.columns import TutorColumns
from app.views.payroll.rows import TutorRow, flag_of, flag_tone, tutor_rows
from app.views.tables.view import DataTable
from app.views.theme import hue_of
from app.views.tools import Tools
from app.views.widgets.buttons import Button
from app.views.widgets.laying import down

Explain = Callable[[int], Explained]


class PayBoard(QWidget):
    """Shows a run, made or to be made.

    Signals:
        went: To a session; carries a Link.
        answered: A question is to be answered; carries the PaidLine.
        invoiced: A contractor's invoice is to be named; carries the TutorRow.
        added: Something is to be added to a tutor's pay; carries the TutorRow.
        statement: A tutor's statement is wanted; carries the TutorRow.
        failed: Something could not be read; carries the error.
    """

    went = Signal(object)
    answered = Signal(object)
    added = Signal(object)
    invoiced = Signal(object)
    statement = Signal(object)
    failed = Signal(object)

    def __init__(self, tools: Tools, name: str, *, is_open: bool) -> None:
        super().__init__()
        self._tools = tools
        self._explain: Explain | None = None
        self._found = PayTable(())
        self._ticked: frozenset[int] = frozenset()
        self._hues: dict[int, str] = {}
        self._asked = 0
        self.table: DataTable[TutorRow] = DataTable(
            TutorColumns(tools.formats, is_open).all(),
            key=_tutor_id,
            noun=(_("tutor"), _("tutors")),
            name=name,
            state=tools.state,
            formats=tools.formats,
        )
        self.pay = TutorPay(tools)
        self.paper = Button(_("Pay statement"), "file-text", compact=True)
        self.add = Button(_("Add line…"), "plus", compact=True)
        self.invoice = Button("", "receipt", compact=True)
        for button in (self.paper, self.invoice, self.add):
            self.pay.buttons.addWidget(button)
        self.paper.setVisible(not is_open)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.addWidget(self.table)
        self.split.addWidget(self.pay)
        self.split.setSizes([400, 380])
        self.split.setChildrenCollapsible(False)
        self.setLayout(down(self.split))
        self.paper.clicked.connect(self._on_paper)
        self.add.clicked.connect(self._on_add)
        self.invoice.clicked.connect(self._on_invoice)
        self.pay.went.connect(self.went)
        self.pay.answered.connect(self.answered)
        self.table.current_changed.connect(self._on_current)

    @property
    def rows(self) -> tuple[TutorRow, ...]:
        """The tutors of the run."""
        return tuple(self.table.model.rows)

    def show_table(
        self,
        found: PayTable,
        explain: Explain,
        colours: dict[int, int],
        ticked: frozenset[int] = frozenset(),
    ) -> None:
        """Show a run; ``explain`` tells what a tutor's pay is made of."""
        self._found, self._explain, self._ticked = found, explain, ticked
        self._hues = {each: hue_of(colour) for each, colour in colours.items()}
        self._fill()

    def tick(self, ticked: frozenset[int]) -> None:
        """Show that these tutors were looked at."""
        self._ticked = ticked
        self._fill(again=False)

    def _fill(self, *, again: bool = True) -> None:
        rows = tutor_rows(self._found, self._hues, self._ticked)
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            self.table.select(rows[0].pay.tutor_id)
        if again:
            self._on_current(self.table.current())

    def _on_current(self, found: object) -> None:
        self._asked += 1
        row = found if isinstance(found, TutorRow) else None
        self.paper.setEnabled(row is not None and row.pay.statement_id is not None)
        self.add.setEnabled(row is not None)
        self._show_invoice(row)
        if row is None or self._explain is None:
            self.pay.show_tutor(_("No tutor chosen"), "", "slate")
            self.pay.show_flag("", "neutral")
            self.pay.show_explained(None)
            return
        self.pay.show_tutor(row.pay.tutor, initials(row.pay.tutor), row.hue)
        self.pay.show_flag(flag_of(row), flag_tone(row))
        self._tools.jobs.run(
            self,
            partial(self._explain, row.pay.tutor_id),
            done=partial(self._on_explained, self._asked),
            failed=self._on_failed,
        )

    def _show_invoice(self, row: TutorRow | None) -> None:
        """Offer to name a contractor's invoice, while no statement is frozen."""
        pay = row.pay if row is not None else None
        is_open = pay is not None and pay.statement_id is None
        number = pay.their_invoice if pay is not None else ""
        sends = pay is not None and pay.engagement is Engagement.CONTRACTOR
        self.invoice.setVisible(sends and (is_open or bool(number)))
        self.invoice.setEnabled(is_open)
        text = _("Their invoice {number}") if number else _("Their invoice…")
        self.invoice.setText(text.format(number=number))

    def _on_explained(self, asked: int, found: Explained) -> None:
        if asked == self._asked:
            self.pay.show_explained(found)

    def _on_failed(self, error: OfficeError) -> None:
        self.failed.emit(error)

    def _on_paper(self) -> None:
        self.statement.emit(self.table.current())

    def _on_invoice(self) -> None:
        self.invoiced.emit(self.table.current())

    def _on_add(self) -> None:
        self.added.emit(self.table.current())


def counted(rows: tuple[TutorRow, ...]) -> str:
    """Count tutors and sessions."""
    tutors = ngettext("{count} tutor", "{count} tutors", len(rows))
    held = sum(row.pay.sessions for row in rows)
    sessions = ngettext("{count} session", "{count} sessions", held)
    return f"{tutors.format(count=len(rows))} · {sessions.format(count=held)}"


def _tutor_id(row: TutorRow) -> int:
    return row.pay.tutor_id
