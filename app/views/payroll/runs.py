"""A run that was made: its state, its tutors, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.values.errors import OfficeError
from app.models.values.payroll import PayRunState
from app.services.documents.naming import file_name
from app.services.payroll.explaining import Explained
from app.services.payroll.requests import PayRunRow
from app.services.printing.printing import PeriodOf
from app.text import _, ngettext
from app.views.form_dialog import OfficeForm
from app.views.papers.exporting import TableOut
from app.views.papers.large import LargePaper
from app.views.papers.printing import PaperOut
from app.views.payroll.board import PayBoard, counted
from app.views.payroll.forms import (
    AnswerDialog,
    InvoiceDialog,
    LineDialog,
    PaidDialog,
    today_of,
)
from app.views.payroll.reading import Payroll
from app.views.payroll.rows import STATES, TutorRow, run_name, state_words
from app.views.prompts import Question
from app.views.tables.view_button import ViewButton
from app.views.tools import Tools, Word
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.feedback import Banner, EmptyState
from app.views.widgets.inputs import ComboBox
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import HeaderBar
from app.views.wizards.steps import Steps

_NEXT = {
    PayRunState.OPEN: "shield-check",
    PayRunState.CHECKED: "shield-check",
    PayRunState.APPROVED: "banknote",
}


class RunsPane(QWidget):
    """Shows one of the runs, and takes it to its next state.

    Signals:
        chosen: Another run is wanted; carries its id.
        started: A new run is wanted.
        went: To a session; carries a Link.
        said: Something was done, or refused; carries a Word.
        noted: What the status line says.
    """

    chosen = Signal(object)
    started = Signal()
    went = Signal(object)
    said = Signal(object)
    noted = Signal(str)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self.run: PayRunRow | None = None
        self._statements: dict[int, int] = {}
        self.board = PayBoard(tools, "pay-runs", is_open=False)
        self.empty = EmptyState(
            "banknote",
            _("No pay run yet"),
            _("Tutors are paid from the sessions that are closed out."),
            second=_("Pay run…"),
        )
        self._out = PaperOut(tools, self)
        self._tables = TableOut(tools.prompts, tools.jobs, self._out)
        self._banner = Banner("", "warn")
        self._make_header()
        self._lay_out()
        self._connect()

    def show_payroll(self, found: Payroll) -> None:
        """Show the chosen run, keeping the chosen tutor."""
        formats = self._tools.formats
        self.run = run = found.chosen
        names = ((run_name(each, formats), each.pay_run_id) for each in found.runs)
        self.combo.fill(names, run.pay_run_id if run else None)
        self._stack.setCurrentWidget(self.board if run else self.empty)
        for widget in (self.combo, self.steps, self.view, self.papers, self.export):
            widget.setVisible(run is not None)
        if run is None:
            self.next.hide()
            self.cancel.hide()
            return
        self._statements = {
            row.tutor_id: row.statement_id
            for row in found.table.rows
            if row.statement_id is not None
        }
        self._show_state(run)
        self.board.show_table(found.table, self._explain, found.tutors.colours)
        self._show_flags(found)
        self.noted.emit(f"{run_name(run, formats)} · {counted(self.board.rows)}")

    def put_under_header(self, strip: QWidget) -> None:
        """Put a strip over the runs."""
        self._column.insertWidget(1, strip)

    def export_csv(self) -> None:
        """Keep the run's locked lines as a file for a payroll program."""
        if self.run is None or not self.run.state.is_locked:
            self._say(_("Approve the run first; then its lines are exported."))
            return
        run_id = self.run.pay_run_id
        self._tools.jobs.run(
            self,
            partial(self._tools.office.pay_runs.csv, run_id),
            done=partial(self._on_csv, run_id),
            failed=self._refuse,
        )

    def save_statements(self) -> None:
        """Keep statements and CSV of the run in a folder."""
        title = _("Save pay statements")
        self._tools.prompts.choose_folder(self, title, self._save)

    def show_statement(self, row: object) -> None:
        """Show a tutor's statement as it is printed."""
        if not isinstance(row, TutorRow) or row.pay.statement_id is None:
            return
        title = _("Pay statement {number}").format(number=row.pay.number)
        name = file_name(row.pay.number, row.pay.tutor, _("Pay statement"))
        large = LargePaper(self.window(), self._tools, title, name)
        previews = self._tools.office.previews
        large.view.show_job(partial(previews.statement, row.pay.statement_id))
        large.open()

    def go_on(self) -> None:
        """Take the run to its next state."""
        run = self.run
        if run is None:
            return
        if run.state is PayRunState.OPEN:
            self._do(partial(self._tools.office.pay_runs.check, run.pay_run_id))
        elif run.state is PayRunState.CHECKED:
            self._ask_approval(run)
        else:
            self._open(PaidDialog(self.window(), self._tools, run))

    def cancel_run(self) -> None:
        """Take back a run that was not paid."""
        run = self.run
        if run is None:
            return
        formats = self._tools.formats
        period = formats.locale.period(run.from_on, run.until_on)
        title = _("Cancel the pay run of {period}, {money}?")
        words = ngettext(
            "{count} statement is taken back; its lines wait for the next run.",
            "{count} statements are taken back; their lines wait for the next run.",
            run.statements,
        )
        question = Question(
            title.format(period=period, money=formats.money(run.net)),
            words.format(count=run.statements),
            _("Cancel the run"),
            _("Keep the run"),
            is_danger=True,
        )
        work = partial(self._tools.office.pay_runs.cancel_unpaid, run.pay_run_id)
        self._tools.prompts.ask(self, question, partial(self._do, work))

    def add_line(self, row: object) -> None:
        """Add to a tutor's pay; it comes with the next run."""
        if isinstance(row, TutorRow):
            pay, on = row.pay, today_of(self._tools)
            window = self.window()
            self._open(LineDialog(window, self._tools, pay.tutor_id, pay.tutor, on))

    def _make_header(self) -> None:
        self.header = HeaderBar(_("Payroll"))
        self.combo = ComboBox()
        self.combo.setAccessibleName(_("Pay run"))
        self.combo.setMinimumWidth(scaled(216))
        self.header.add_left(self.combo)
        self.steps = Steps([state_words(state) for state in STATES])
        self.header.add_left(holder(across(self.steps, margins=(8, 0, 0, 0))))
        self.view = ViewButton(self.board.table, self._tools, _("Payroll"))
        self.papers = Button(_("Save all…"), "file-text")
        self.papers.setToolTip(_("Save every statement and the CSV file in a folder"))
        self.export = Button(_("Export"), "download")
        self.cancel = Button(_("Cancel run…"), kind="danger")
        self.next = Button("", "shield-check")
        for button in (self.view, self.papers, self.export, self.cancel, self.next):
            self.header.add_right(button)
        self.start = self.header.add_primary(_("Pay run…"), "banknote")

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.board)
        self._stack.addWidget(self.empty)
        self._notice = holder(across(self._banner, margins=(16, 12, 16, 12)))
        self._notice.hide()
        column = down(self.header, self._notice, self._stack, spacing=0)
        column.setStretch(2, 1)
        self._column = column
        self.setLayout(column)

    def _connect(self) -> None:
        self.combo.activated.connect(self._on_combo)
        self.start.clicked.connect(self.started)
        self.empty.second.clicked.connect(self.started)
        self.papers.clicked.connect(self.save_statements)
        self.export.clicked.connect(self.export_csv)
        self.cancel.clicked.connect(self.cancel_run)
        self.next.clicked.connect(self.go_on)
        board = self.board
        board.went.connect(self.went)
        board.statement.connect(self.show_statement)
        board.added.connect(self.add_line)
        board.invoiced.connect(self._on_invoice)
        board.answered.connect(self._on_answer)
        board.failed.connect(self._refuse)
        board.table.opened.connect(self.show_statement)
        self.view.said.connect(self.said)
        self._out.done.connect(self._say)
        self._out.failed.connect(self._refuse)

    def _show_state(self, run: PayRunRow) -> None:
        done = STATES.index(run.state)
        self.steps.go_to(done + 1 if run.state is PayRunState.PAID else done)
        self.steps.setVisible(not run.is_cancelled)
        words = {
            PayRunState.OPEN: _("Mark as checked"),
            PayRunState.CHECKED: _("Approve…"),
            PayRunState.APPROVED: _("Mark as paid…"),
        }.get(run.state, "")
        self.next.setVisible(bool(words) and not run.is_cancelled)
        self.next.setText(words)
        self.next.set_icon(_NEXT.get(run.state, "check"))
        is_unpaid = run.state is not PayRunState.PAID and not run.is_cancelled
        self.cancel.setVisible(is_unpaid)
        self.board.paper.setVisible(run.state.is_locked)
        self.export.setEnabled(run.state.is_locked)
        self.papers.setEnabled(run.state.is_locked)

    def _show_flags(self, found: Payroll) -> None:
        flags = found.table.exceptions
        count = len(flags)
        words = ngettext(
            "{count} thing to look at: {first}",
            "{count} things to look at. The first: {first}",
            count,
        )
        self._notice.setVisible(bool(flags))
        if flags:
            self._banner.say(words.format(count=count, first=flags[0].sentence))

    def _explain(self, tutor_id: int) -> Explained:
        book = self._tools.office.pay_book
        if tutor_id in self._statements:
            return book.explain_statement(self._statements[tutor_id])
        run_id = self.run.pay_run_id if self.run else 0
        return book.explain_run(run_id, tutor_id)

    def _ask_approval(self, run: PayRunRow) -> None:
        rows = self.board.rows
        formats = self._tools.formats
        money = formats.money(sum(row.pay.net for row in rows))
        title = ngettext(
            "Approve pay of {count} tutor, {money}?",
            "Approve pay of {count} tutors, {money}?",
            len(rows),
        )
        period = formats.locale.period(run.from_on, run.until_on)
        consequence = _(
            "The lines of {period} are locked and statements get their numbers."
        )
        question = Question(
            title.format(count=len(rows), money=money),
            consequence.format(period=period),
            _("Approve the run"),
            _("Keep checking"),
        )
        work = partial(self._tools.office.pay_runs.approve, run.pay_run_id)
        self._tools.prompts.ask(self, question, partial(self._do, work))

    def _do(self, work: Callable[[], object]) -> None:
        self._tools.jobs.run(self, work, done=self._on_done, failed=self._refuse)

    def _on_done(self, _result: object) -> None:
        run_id = self.run.pay_run_id if self.run else 0
        self.chosen.emit(run_id)

    def _on_combo(self) -> None:
        self.chosen.emit(self.combo.currentData())

    def _on_answer(self, line: object) -> None:
        self._open(AnswerDialog(self.window(), self._tools, line))  # type: ignore[arg-type]

    def _on_invoice(self, row: object) -> None:
        if isinstance(row, TutorRow):
            self._open(InvoiceDialog(self.window(), self._tools, row.pay))

    def _open(self, dialog: OfficeForm) -> None:
        dialog.told.connect(self.said)
        dialog.open()

    def _on_csv(self, run_id: int, text: str) -> None:
        self._tables.save(self, f"pay-run-{run_id:04}.csv", text)

    def _save(self, folder: Path) -> None:
        run = self.run
        if run is None:
            return
        period = PeriodOf(run.from_on, run.until_on, run.on)
        self._tools.jobs.run(
            self,
            partial(self._tools.office.printing.write_pay, folder, period),
            done=self._on_saved,
            failed=self._refuse,
            words=_("Writing pay statements"),
        )

    def _on_saved(self, paths: tuple[Path, ...]) -> None:
        words = ngettext("{count} file written.", "{count} files written.", len(paths))
        self._say(words.format(count=len(paths)))

    def _say(self, sentence: str) -> None:
        self.said.emit(Word(sentence))

    def _refuse(self, error: OfficeError) -> None:
        self._say(str(error))
