"""A tutor's own pay statements, each down to its sessions."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSplitter, QWidget

from app.models.values.errors import OfficeError
from app.services.documents.naming import file_name
from app.services.payroll.explaining import Explained, PaidLine
from app.services.payroll.requests import StatementRow
from app.text import _
from app.views.papers.large import LargePaper
from app.views.payroll.behind import TutorPay
from app.views.payroll.columns import StatementColumns
from app.views.payroll.forms import AskDialog
from app.views.payroll.reading import read_own
from app.views.tables.view import DataTable
from app.views.tables.view_button import ViewButton
from app.views.tools import Tools, Word
from app.views.widgets.buttons import Button
from app.views.widgets.feedback import EmptyState
from app.views.widgets.laying import down
from app.views.widgets.panels import HeaderBar


class OwnPay(QWidget):
    """What a tutor got and why; a line that looks wrong can be asked about.

    Signals:
        went: To a session; carries a Link.
        said: Something was done, or refused; carries a Word.
    """

    went = Signal(object)
    said = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._asked = 0
        self.header = HeaderBar(_("My pay"))
        self._make_table(tools)
        self.pay = TutorPay(tools)
        self.pay.answer.hide()
        self.paper = Button(_("Pay statement"), "file-text", compact=True)
        self.pay.buttons.addWidget(self.paper)
        self.ask = Button(_("Ask about this line…"), "message-square", compact=True)
        self.pay.buttons.addWidget(self.ask)
        self.ask_action = QAction(_("Ask about this line…"), self)
        self.ask_action.setObjectName("payroll/ask")
        self.ask_action.setShortcut(QKeySequence("Q"))
        self.ask_action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.pay.lines.set_actions([self.ask_action])
        self._lay_out()
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_large)
        self.paper.clicked.connect(self._on_large)
        self.pay.went.connect(self.went)
        self.pay.line_chosen.connect(self._on_line)
        self.ask.clicked.connect(self._on_ask)
        self.ask_action.triggered.connect(self._on_ask)

    def reload(self) -> None:
        """Read the statements once more."""
        self._tools.jobs.run(
            self,
            partial(read_own, self._tools.office),
            done=self._on_read,
            failed=self._refuse,
        )

    def _make_table(self, tools: Tools) -> None:
        self.table: DataTable[StatementRow] = DataTable(
            StatementColumns(tools.formats).all(),
            key=_id,
            noun=(_("statement"), _("statements")),
            name="own-pay",
            state=tools.state,
            footer=False,
        )
        self.table.set_empty(
            EmptyState(
                "banknote",
                _("No pay statement yet"),
                _("Your statements appear here when the office has approved them."),
            )
        )
        self.view = ViewButton(self.table, tools, _("My pay"))
        self.view.said.connect(self.said)
        self.header.add_right(self.view)

    def _lay_out(self) -> None:
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(self.pay)
        split.setSizes([280, 460])
        split.setChildrenCollapsible(False)
        column = down(self.header, split, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)

    def _on_read(self, rows: tuple[StatementRow, ...]) -> None:
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            self.table.select(_id(rows[0]))
        self._on_current(self.table.current())

    def _on_current(self, found: object) -> None:
        self._asked += 1
        row = found if isinstance(found, StatementRow) else None
        self.pay.show_flag("", "neutral")
        self.paper.setEnabled(row is not None)
        if row is None:
            self.pay.show_tutor("", "", "slate")
            self.pay.show_explained(None)
            return
        office = self._tools.office
        title = _("Statement {number}").format(number=row.number)
        self.pay.show_tutor(title, "", "slate")
        self._tools.jobs.run(
            self,
            partial(office.pay_book.explain_statement, row.statement_id),
            done=partial(self._on_explained, self._asked),
            failed=self._refuse,
        )

    def _on_explained(self, asked: int, found: Explained) -> None:
        if asked == self._asked:
            self.pay.show_explained(found)

    def _on_line(self, found: object) -> None:
        self.ask.setEnabled(isinstance(found, PaidLine) and bool(found.line_id))

    def _on_ask(self) -> None:
        line = self.pay.lines.current()
        if line is not None and line.line_id:
            dialog = AskDialog(self.window(), self._tools, line)
            dialog.told.connect(self.said)
            dialog.open()

    def _on_large(self) -> None:
        row = self.table.current()
        if row is None:
            return
        title = _("Pay statement {number}").format(number=row.number)
        name = file_name(row.number, row.tutor, _("Pay statement"))
        large = LargePaper(self.window(), self._tools, title, name)
        previews = self._tools.office.previews
        large.view.show_job(partial(previews.statement, row.statement_id))
        large.open()

    def _refuse(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))


def _id(row: StatementRow) -> int:
    return row.statement_id
