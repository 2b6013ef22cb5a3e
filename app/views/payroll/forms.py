"""Forms of payroll: corrections, deductions, questions, and marking a run as paid."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.models.values.payroll import PayKind
from app.models.values.schedule import local_date
from app.services.payroll.book import PayRow
from app.services.payroll.explaining import PaidLine
from app.services.payroll.invoices import LONGEST, NoteInvoice
from app.services.payroll.requests import (
    AddAdjustment,
    AddDeduction,
    AddOtherWork,
    PayRunRow,
)
from app.text import _
from app.views.form_dialog import OfficeForm
from app.views.tools import Tools, Word
from app.views.typography import scaled, set_role
from app.views.widgets.inputs import ComboBox, DateEdit, DurationField, MoneyField

ADJUSTMENT, WORK, DEDUCTION = "adjustment", "work", "deduction"


def today_of(tools: Tools) -> date:
    """Give today's date on the office's wall clock."""
    return local_date(tools.clock.now(), tools.formats.zone)


class LineDialog(OfficeForm):
    """Adds to a tutor's pay, or takes off it, with the reason."""

    def __init__(
        self, parent: QWidget, tools: Tools, tutor_id: int, tutor: str, on: date
    ) -> None:
        title = _("Add to the pay of {tutor}").format(tutor=tutor)
        super().__init__(parent, tools, title, _("Add line"))
        self._tutor_id, self._tutor = tutor_id, tutor
        self.kind = ComboBox()
        self.kind.fill(
            (
                (_("Adjustment"), ADJUSTMENT),
                (_("Other work, by time"), WORK),
                (_("Deduction"), DEDUCTION),
            ),
            ADJUSTMENT,
        )
        today = today_of(tools)
        self.amount = MoneyField(None, tools.formats)
        self.minutes = DurationField(60)
        self.on = DateEdit(on, tools.formats, today)
        self.reason = QLineEdit()
        set_role(self.reason, "body")
        self.is_fixed = QCheckBox(_("In every period from this day on"))
        set_role(self.is_fixed, "body")
        self.add_field(_("Kind"), self.kind)
        self.amount_row = self.add_field(
            _("Amount"), self.amount, _("Below zero takes something off.")
        )
        self.minutes_row = self.add_field(_("Time"), self.minutes)
        self.on_row = self.add_field(_("Date"), self.on)
        self.reason_row = self.add_field(_("Reason"), self.reason)
        self.form.addWidget(self.is_fixed)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self._on_kind()
        self.amount.setFocus()

    def commit(self) -> None:
        """Add it."""
        reason, on = self.reason.text().strip(), self.on.day
        kind = self.kind.currentData()
        amount, minutes = self.amount.minor, self.minutes.minutes
        if kind != WORK and not amount:
            self.complain(_("Type an amount."), self.amount_row)
        elif kind == WORK and not minutes:
            self.complain(_("Type how long it took."), self.minutes_row)
        elif on is None:
            self.complain(_("Choose a date."), self.on_row)
        elif not reason:
            self.complain(_("Say what it is for."), self.reason_row)
        else:
            self._add(str(kind), amount or 0, minutes or 0, on, reason)

    def _add(self, kind: str, amount: int, minutes: int, on: date, reason: str) -> None:
        entries, tutor = self.tools.office.pay_entries, self._tutor_id
        if kind == WORK:
            work = AddOtherWork(tutor, on, minutes, reason, PayKind.OTHER_WORK)
            self.ask(partial(entries.add_other_work, work), self._on_done)
        elif kind == DEDUCTION:
            fixed = self.is_fixed.isChecked()
            taken = AddDeduction(tutor, reason, abs(amount), on, is_fixed=fixed)
            self.ask(partial(entries.add_deduction, taken), self._on_done)
        else:
            adjusted = AddAdjustment(tutor, on, amount, reason)
            self.ask(partial(entries.add_adjustment, adjusted), self._on_done)

    def _on_kind(self) -> None:
        kind = self.kind.currentData()
        self.amount_row.setVisible(kind != WORK)
        self.minutes_row.setVisible(kind == WORK)
        self.is_fixed.setVisible(kind == DEDUCTION)

    def _on_done(self, _line_id: int) -> None:
        words = _("Added to the pay of {tutor}.").format(tutor=self._tutor)
        self.finish(Word(words, can_undo=True))


class _TextForm(OfficeForm):
    """A form with a text of a few lines."""

    def __init__(
        self, parent: QWidget, tools: Tools, title: str, verb: str, words: str
    ) -> None:
        super().__init__(parent, tools, title, verb)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(scaled(96))
        set_role(self.text, "body")
        self.text_row = self.add_field(words, self.text)
        self.text.setFocus()

    def read(self) -> str:
        """Give what was written; else say that something must be."""
        written = self.text.toPlainText().strip()
        if not written:
            self.complain(_("Write something first."), self.text_row)
        return written


class AskDialog(_TextForm):
    """Lets a tutor ask about a line; the question stands in the run."""

    def __init__(self, parent: QWidget, tools: Tools, line: PaidLine) -> None:
        day = tools.formats.date(line.service_on)
        title = _("Ask about {day}").format(day=day)
        super().__init__(parent, tools, title, _("Ask"), _("Question"))
        self._line = line

    def commit(self) -> None:
        """Ask."""
        written = self.read()
        if written:
            entries = self.tools.office.pay_entries
            self.ask(partial(entries.ask, self._line.line_id, written), self._on_done)

    def _on_done(self, _query_id: int) -> None:
        self.finish(Word(_("Your question was passed to the office.")))


class AnswerDialog(_TextForm):
    """Answers a tutor's question about a line."""

    def __init__(self, parent: QWidget, tools: Tools, line: PaidLine) -> None:
        day = tools.formats.date(line.service_on)
        title = _("Answer about {day}").format(day=day)
        super().__init__(parent, tools, title, _("Answer"), _("Answer"))
        self._line = line
        self.add_text(f"“{line.question}”")

    def commit(self) -> None:
        """Answer."""
        written, query_id = self.read(), self._line.query_id
        if written and query_id is not None:
            entries = self.tools.office.pay_entries
            self.ask(partial(entries.answer, query_id, written), self._on_done)

    def _on_done(self, _nothing: None) -> None:
        self.finish(Word(_("The question was answered.")))


class InvoiceDialog(OfficeForm):
    """Notes the number of a contractor's invoice, which the statement names."""

    def __init__(self, parent: QWidget, tools: Tools, pay: PayRow) -> None:
        title = _("Invoice of {tutor}").format(tutor=pay.tutor)
        super().__init__(parent, tools, title, _("Keep"))
        self._tutor_id, self._tutor = pay.tutor_id, pay.tutor
        self.number = QLineEdit(pay.their_invoice)
        self.number.setMaxLength(LONGEST)
        set_role(self.number, "body")
        hint = _("As it stands on the invoice; the remittance advice names it.")
        self.number_row = self.add_field(_("Number"), self.number, hint)
        self.number.setFocus()

    def commit(self) -> None:
        """Keep it; an empty number takes the former away."""
        request = NoteInvoice(self._tutor_id, self.number.text().strip())
        entries = self.tools.office.pay_entries
        self.ask(partial(entries.note_invoice, request), self._on_done)

    def _on_done(self, _nothing: None) -> None:
        words = _("Noted for the statement of {tutor}.").format(tutor=self._tutor)
        self.finish(Word(words, can_undo=True))


class PaidDialog(OfficeForm):
    """Says that a run was paid out."""

    def __init__(self, parent: QWidget, tools: Tools, run: PayRunRow) -> None:
        formats = tools.formats
        money, count = formats.money(run.net), run.statements
        title = _("Mark {count} statements, {money}, as paid?")
        super().__init__(
            parent, tools, title.format(count=count, money=money), _("Mark as paid")
        )
        self._run = run
        period = formats.locale.period(run.from_on, run.until_on)
        words = _(
            "The run of {period} can then not be cancelled any more; corrections come "
            "with the next one."
        )
        self.add_text(words.format(period=period))
        self.on = DateEdit(today_of(tools), formats, today_of(tools))
        self.on_row = self.add_field(_("Paid on"), self.on)

    def commit(self) -> None:
        """Mark it."""
        if self.on.day is None:
            self.complain(_("Choose a date."), self.on_row)
            return
        runs = self.tools.office.pay_runs
        work = partial(runs.mark_paid, self._run.pay_run_id, self.on.day)
        self.ask(work, self._on_done)

    def _on_done(self, _nothing: None) -> None:
        self.finish(Word(_("The pay run was marked as paid.")))
