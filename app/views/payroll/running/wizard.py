"""The pay run in three pages: which period, check each tutor, approve those checked."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.models.values.errors import OfficeError
from app.services.payroll.requests import (
    PayRunDone,
    PayRunOf,
    PayRunRow,
    StartPayRun,
)
from app.text import _, ngettext
from app.views.command_names import name_command
from app.views.payroll.forms import AnswerDialog, InvoiceDialog, LineDialog, today_of
from app.views.payroll.reading import Proposed, read_proposed
from app.views.payroll.rows import last_month_of
from app.views.payroll.running.checking import CheckPage
from app.views.prompts import Question
from app.views.sizing import fix_width
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.cards import Card, FormRow
from app.views.widgets.feedback import Banner, EmptyState
from app.views.widgets.inputs import DateEdit
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import HeaderBar
from app.views.wizards.footer import WizardFooter
from app.views.wizards.steps import Steps

PERIOD, CHECK, WAIT = range(3)
KEPT = "payroll/run"
TICKS = "payroll/ticks"


class PayWizard(QWidget):
    """Leads from a period to an approved run.

    Signals:
        closed: Back to the runs.
        went: Somewhere else, to settle something; carries a Link.
        said: Something is worth a word; carries a Word.
        approved: A run was approved; carries the PayRunDone.
    """

    closed = Signal()
    went = Signal(object)
    said = Signal(object)
    approved = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._proposed: Proposed | None = None
        self._asked = 0
        self._key = ""
        self.setAccessibleName(_("Pay run"))
        formats, today = tools.formats, today_of(tools)
        self.from_on = DateEdit(None, formats, today)
        self.until_on = DateEdit(None, formats, today)
        self.on = DateEdit(today, formats, today)
        self.check = CheckPage(tools)
        self.footer = WizardFooter()
        self._banner = Banner("", "err")
        self._lay_out()
        self._connect()
        self._go_to(PERIOD)

    @property
    def page(self) -> int:
        """Where the person is."""
        return self._stack.currentIndex()

    def begin(self, runs: tuple[PayRunRow, ...]) -> None:
        """Start with the last month, or go on where the person left."""
        if self._proposed is not None:
            self.look_again()
            return
        first, last = last_month_of(today_of(self._tools), runs)
        kept = self._tools.state.days(KEPT)
        if len(kept) == 2:
            first, last = kept
        self.from_on.show_day(first)
        self.until_on.show_day(last)
        self.on.show_day(today_of(self._tools))
        self._go_to(PERIOD)

    def look_again(self) -> None:
        """Work the run out once more."""
        if self._proposed is not None and self.page == CHECK:
            self._ask(self._proposed.of)

    def _lay_out(self) -> None:
        self.header = HeaderBar(_("Pay run"))
        self.steps = Steps((_("Period"), _("Check"), _("Approve")))
        self.header.add_left(holder(across(self.steps, margins=(16, 0, 0, 0))))
        card = Card(_("What is paid"))
        fix_width(card, 560)
        for words, field in (
            (_("From"), self.from_on),
            (_("To"), self.until_on),
            (_("Pay day"), self.on),
        ):
            card.body.addWidget(FormRow(words, field, label_width=112))
        hint = _(
            "Everything closed out up to the last day is paid; what is from before the "
            "period comes along, marked."
        )
        card.body.addWidget(label(hint, "small", "text2", wrap=True))
        period = QWidget()
        column = down(card, 0, margins=(24, 24, 24, 24))
        period.setLayout(across(0, column, 0))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(period)
        self._waiting = EmptyState("banknote", _("Freezing the statements…"), "")
        self._stack = QStackedWidget()
        for page in (area, self.check, self._waiting):
            self._stack.addWidget(page)
        self._notice = holder(across(self._banner, margins=(16, 12, 16, 0)))
        self._notice.hide()
        column = down(self.header, self._notice, self._stack, self.footer, spacing=0)
        column.setStretch(2, 1)
        self.setLayout(column)

    def _connect(self) -> None:
        self.footer.gone_back.connect(self._on_back)
        self.footer.gone_on.connect(self._on_on)
        self.footer.closed.connect(self._on_closed)
        for field in (self.from_on, self.until_on, self.on):
            field.changed.connect(self._on_date)
        check = self.check
        check.ticked.connect(self._on_ticked)
        check.settled.connect(self.look_again)
        check.went.connect(self.went)
        check.failed.connect(self._on_failed)
        check.board.answered.connect(self._on_answer)
        check.board.added.connect(self._on_add)
        check.board.invoiced.connect(self._on_invoice)
        self.tick_one = QAction(_("Check this tutor"), self)
        name_command(self.tick_one, "payroll", check.tick_current)
        self.tick_one.setShortcut(QKeySequence("A"))
        self.tick_one.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.tick_one.triggered.connect(check.tick_current)
        check.board.table.set_actions([self.tick_one])

    @property
    def _of(self) -> PayRunOf | None:
        first, last, on = self.from_on.day, self.until_on.day, self.on.day
        if first is None or last is None or on is None or last < first:
            return None
        return PayRunOf(first, last, on)

    def _go_to(self, page: int) -> None:
        is_next = page != self.page
        self._stack.setCurrentIndex(page)
        self.steps.go_to(page)
        if page == PERIOD:
            self.footer.show_steps(_("Continue to check"), can_go_back=False)
            self.footer.say("")
            self.footer.on.setEnabled(self._of is not None)
            self.header.set_title(_("Pay run"))
        if page == PERIOD:
            self.footer.on.setFocus()
        elif is_next:
            self._first_of(page).setFocus()

    def _first_of(self, page: int) -> QWidget:
        others = {PERIOD: self.from_on, CHECK: self.check.board.table}
        return others.get(page, self._waiting)

    def _ask(self, of: PayRunOf) -> None:
        self._asked += 1
        if self.footer.on.hasFocus():  # disabled, it would hand the focus to anybody
            self._first_of(self.page).setFocus()
        self.footer.on.setEnabled(False)
        self._tools.jobs.run(
            self,
            partial(read_proposed, self._tools.office, of),
            done=partial(self._on_proposed, self._asked),
            failed=self._on_failed,
            words=_("Working out the pay run"),
        )

    def _on_proposed(self, asked: int, found: Proposed) -> None:
        if asked != self._asked:
            return
        self._notice.hide()
        self._proposed = found
        self.check.show_proposed(found, self._kept_ticks(found.of))
        self._go_to(CHECK)
        period = self._tools.formats.locale.period
        words = period(found.of.from_on, found.of.until_on)
        self.header.set_title(_("Pay run"), words)
        self._on_ticked()

    def _kept_ticks(self, of: PayRunOf) -> frozenset[int]:
        kept = self._tools.state.texts(TICKS)
        if kept and kept[0] == f"{of.from_on}/{of.until_on}":
            return frozenset(self._tools.state.numbers(TICKS))
        return frozenset()

    def _on_ticked(self) -> None:
        found = self._proposed
        if found is None:
            return
        chosen = self.check.chosen
        of = found.of
        ticks = [str(row.pay.tutor_id) for row in chosen]
        self._tools.state.keep_texts(TICKS, [f"{of.from_on}/{of.until_on}", *ticks])
        words = ngettext(
            "Approve {count} tutor…", "Approve {count} tutors…", len(ticks)
        )
        self.footer.show_steps(
            words.format(count=len(ticks)), can_go_back=True, icon="shield-check"
        )
        self.footer.on.setEnabled(bool(chosen))
        total = sum(row.pay.net for row in chosen)
        count = _("{checked} of {all} checked").format(
            checked=len(chosen), all=len(self.check.board.rows)
        )
        self.footer.say(self._tools.formats.money(total), count)

    def _on_on(self) -> None:
        if self.page == PERIOD and (of := self._of) is not None:
            days = (of.from_on.isoformat(), of.until_on.isoformat())
            self._tools.state.keep_texts(KEPT, days)
            self._ask(of)
        elif self.page == CHECK:
            self._confirm()

    def _confirm(self) -> None:
        found, chosen = self._proposed, self.check.chosen
        if found is None:
            return
        formats = self._tools.formats
        money = formats.money(sum(row.pay.net for row in chosen))
        count = len(chosen)
        words = ngettext(
            "Approve pay of {count} tutor, {money}?",
            "Approve pay of {count} tutors, {money}?",
            count,
        )
        period = formats.locale.period(found.of.from_on, found.of.until_on)
        consequence = _(
            "The lines of {period} are locked and statements get their numbers. What "
            "is changed later comes with the next run as a correction."
        )
        verb = ngettext("Approve {count} tutor", "Approve {count} tutors", count)
        question = Question(
            words.format(count=count, money=money),
            consequence.format(period=period),
            verb.format(count=count),
            _("Keep checking"),
        )
        self._key = uuid4().hex
        self._tools.prompts.ask(self, question, self._approve)

    def _approve(self) -> None:
        found = self._proposed
        if found is None:
            return
        of = found.of
        tutor_ids = tuple(row.pay.tutor_id for row in self.check.chosen)
        request = StartPayRun(of.from_on, of.until_on, of.on, self._key, tutor_ids)
        self._go_to(WAIT)
        self.footer.show_steps("", can_go_back=False)
        self._tools.jobs.run(
            self,
            partial(self._tools.office.pay_runs.run, request),
            done=self._on_approved,
            failed=self._on_refused,
            words=_("Approving pay"),
        )

    def _on_approved(self, done: PayRunDone) -> None:
        self._proposed = None
        self._tools.state.keep_texts(KEPT, ())
        self._tools.state.keep_texts(TICKS, ())
        count = len(done.statements)
        words = ngettext(
            "Pay of {count} tutor approved.", "Pay of {count} tutors approved.", count
        )
        self.said.emit(Word(words.format(count=count)))
        self._go_to(PERIOD)
        self.approved.emit(done)

    def _on_refused(self, error: OfficeError) -> None:
        self._go_to(CHECK)
        self._on_ticked()
        self._on_failed(error)

    def _on_failed(self, error: OfficeError) -> None:
        self._banner.say(str(error))
        self._banner.show()
        self._notice.show()
        self.footer.on.setEnabled(self.page != PERIOD or self._of is not None)

    def _on_date(self, _day: object) -> None:
        if self.page == PERIOD:
            self.footer.on.setEnabled(self._of is not None)

    def _on_back(self) -> None:
        self._notice.hide()
        self._proposed = None
        self._go_to(PERIOD)

    def _on_closed(self) -> None:
        self.closed.emit()

    def _on_answer(self, line: object) -> None:
        dialog = AnswerDialog(self.window(), self._tools, line)  # type: ignore[arg-type]
        dialog.told.connect(self.said)
        dialog.open()

    def _on_add(self, row: object) -> None:
        pay = row.pay  # type: ignore[attr-defined]
        on = self.until_on.day or today_of(self._tools)
        dialog = LineDialog(self.window(), self._tools, pay.tutor_id, pay.tutor, on)
        dialog.told.connect(self.said)
        dialog.open()

    def _on_invoice(self, row: object) -> None:
        pay = row.pay  # type: ignore[attr-defined]
        dialog = InvoiceDialog(self.window(), self._tools, pay)
        dialog.told.connect(self.said)
        dialog.open()
