"""The invoice run in three pages; nothing has a number before the last one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from app.models.values.errors import OfficeError
from app.services.billing.requests import InvoiceRunOf, RunDone, StartRun
from app.services.people.requests import HouseholdRow
from app.services.printing.printing import PeriodOf
from app.text import _, ngettext
from app.views.invoices.running.issuing import (
    IssuePage,
    last_question,
    total_words,
)
from app.views.invoices.running.looking import (
    RunLook,
    documents_words,
    number_span,
    read_look,
)
from app.views.invoices.running.period import PeriodPage
from app.views.invoices.running.review import ReviewPage
from app.views.tools import Link, Place, Tools, Word
from app.views.widgets.buttons import Button
from app.views.widgets.feedback import Banner
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import HeaderBar
from app.views.wizards.footer import WizardFooter
from app.views.wizards.steps import Steps
from app.views.wizards.watching import Progress, RunWatch

PERIOD, REVIEW, ISSUE = range(3)


class RunWizard(QWidget):
    """Leads from a period to issued invoices.

    Signals:
        closed: Back to the list.
        went: Somewhere else, to settle something; carries a Link.
        said: Something is worth a word; carries a Word.
        issued: Documents were issued; carries the RunDone.
    """

    closed = Signal()
    went = Signal(object)
    said = Signal(object)
    issued = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._look: RunLook | None = None
        self._asked = 0
        self._key = ""
        self._watch: RunWatch | None = None
        self.setAccessibleName(_("Invoice run"))
        self.period = PeriodPage(tools)
        self.review = ReviewPage(tools)
        self.issue = IssuePage(tools)
        self.footer = WizardFooter()
        self._banner = Banner("", "err")
        self._banner.hide()
        self._make_header()
        self._lay_out()
        self._connect()
        self._go_to(PERIOD)

    @property
    def page(self) -> int:
        """Where the person is."""
        return self._stack.currentIndex()

    @property
    def is_under_way(self) -> bool:
        """Say whether documents are being issued right now."""
        return self._watch is not None

    def begin(self) -> None:
        """Start, or go on where the person left."""
        if self._look is None:
            self.period.propose()
            self._tools.jobs.run(
                self,
                self._tools.office.households.households,
                done=self._on_families,
                failed=self._on_failed,
            )
            self._go_to(PERIOD)
        elif self.page == REVIEW:
            self.look_again()

    def look_again(self) -> None:
        """Look at the run once more, such as after something was settled."""
        if self._look is not None and not self.is_under_way and self.page == REVIEW:
            self._ask(self._look.of)

    def _make_header(self) -> None:
        self.header = HeaderBar(_("Invoice run"))
        self.steps = Steps((_("Period"), _("Review"), _("Issue")))
        self.header.add_left(holder(across(self.steps, margins=(16, 0, 0, 0))))
        self.rules = Button(_("Rules…"), "sliders-horizontal")
        self.header.add_right(self.rules)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for page in (self.period, self.review, self.issue):
            if page is self.review:
                self._stack.addWidget(page)
                continue
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setWidget(page)
            self._stack.addWidget(area)
        notice = holder(across(self._banner, margins=(16, 12, 16, 0)))
        self._notice = notice
        notice.hide()
        column = down(self.header, notice, self._stack, self.footer, spacing=0)
        column.setStretch(2, 1)
        self.setLayout(column)

    def _connect(self) -> None:
        self.rules.clicked.connect(self._on_rules)
        self.footer.gone_back.connect(self._on_back)
        self.footer.gone_on.connect(self._on_on)
        self.footer.closed.connect(self._on_closed)
        self.period.changed.connect(self._on_period)
        self.review.settled.connect(self.look_again)
        self.review.went.connect(self.went)
        self.review.refused.connect(self._on_failed)
        self.issue.stopped.connect(self._on_stop)
        self.issue.resumed.connect(self._start)
        self.issue.saved.connect(self._on_save)
        self.issue.finished.connect(self._on_finished)

    def _go_to(self, page: int) -> None:
        is_next = page != self.page
        self._stack.setCurrentIndex(page)
        self.steps.go_to(page)
        self.footer.close_button.setVisible(True)
        if page == PERIOD:
            self.footer.show_steps(_("Continue to review"), can_go_back=False)
            self.footer.say("", "")
            self._on_period()
        elif page == REVIEW:
            self.footer.show_steps(_("Continue to issue"), can_go_back=True)
        else:
            self._name_issuing()
        if page != REVIEW:
            self.footer.on.setFocus()
        elif is_next:
            self.review.table.setFocus()
        self._subtitle()

    def _name_issuing(self) -> None:
        look = self._look
        words = documents_words(look) if look else ""
        text = _("Issue {documents}…").format(documents=words)
        self.footer.show_steps(text, can_go_back=True, icon="check")
        if look is not None:
            numbers = number_span((*look.numbers, *look.credit_numbers))
            self.footer.say(total_words(look, self._tools.formats), numbers)

    def _subtitle(self) -> None:
        of = self._look.of if self._look and self.page != PERIOD else None
        period = self._tools.formats.locale.period
        words = period(of.from_on, of.until_on) if of else ""
        self.header.set_title(_("Invoice run"), words)

    def _ask(self, of: InvoiceRunOf) -> None:
        self._asked += 1
        if self.footer.on.hasFocus():  # disabled, it would hand the focus to anybody
            here = self.review.table if self.page == REVIEW else self.period
            here.setFocus()
        self.footer.on.setEnabled(False)
        self.footer.say(_("Looking…"))
        self._tools.jobs.run(
            self,
            partial(read_look, self._tools.office, of),
            done=partial(self._on_look, self._asked),
            failed=self._on_failed,
            words=_("Looking at the invoice run"),
        )

    def _on_look(self, asked: int, look: RunLook) -> None:
        if asked != self._asked:
            return
        self._look = look
        self._notice.hide()
        self.review.show_look(look)
        self._go_to(REVIEW)
        count = documents_words(look)
        money = total_words(look, self._tools.formats)
        self.footer.say(
            f"{count} · {money}" if money else count,
            _("Nothing has a number before page 3"),
        )
        self.footer.on.setEnabled(bool(look.preview.drafts))

    def _on_failed(self, error: OfficeError) -> None:
        self._banner.say(str(error))
        self._banner.show()
        self._notice.show()
        self.footer.say("", "")
        self.footer.on.setEnabled(self.page != PERIOD or self.period.of is not None)

    def _on_families(self, rows: tuple[HouseholdRow, ...]) -> None:
        self.period.show_families(rows)

    def _on_period(self) -> None:
        if self.page == PERIOD:
            self.footer.on.setEnabled(self.period.of is not None)

    def _on_back(self) -> None:
        self._notice.hide()
        if self.page == ISSUE:
            self._go_to(REVIEW)
            self.look_again()
        else:
            self._go_to(PERIOD)

    def _on_on(self) -> None:
        if self.page == PERIOD and (of := self.period.of) is not None:
            self.period.keep()
            self._ask(of)
        elif self.page == REVIEW and self._look is not None:
            self.issue.show_look(self._look)
            self._go_to(ISSUE)
        elif self.page == ISSUE:
            self._confirm()

    def _confirm(self) -> None:
        look = self._look
        if look is None:
            return
        question = last_question(look, self._tools.formats)
        self._key = uuid4().hex
        self._tools.prompts.ask(self, question, self._start)

    def _start(self) -> None:
        look = self._look
        if look is None or self.is_under_way:
            return
        self._watch = RunWatch(self)
        self._watch.moved.connect(self._on_moved)
        self.issue.show_under_way()
        self.footer.show_steps("", can_go_back=False)
        self.footer.close_button.setVisible(False)
        self.footer.say("", "")
        of = look.of
        request = StartRun(
            of.from_on, of.until_on, of.on, self._key, of.household_ids, of.payer_ids
        )
        self._tools.jobs.run(
            self,
            partial(self._tools.office.invoices.run, request, self._watch),
            done=self._on_done,
            failed=self._on_refused,
            words=_("Issuing invoices"),
        )

    def _on_moved(self, progress: Progress) -> None:
        self.issue.progress.show_progress(progress)

    def _on_stop(self) -> None:
        if self._watch is not None:
            self._watch.stop()

    def _on_done(self, done: RunDone) -> None:
        self._end_watch()
        look = self._look
        total = total_words(look, self._tools.formats) if look else ""
        self.issue.show_done(done, total)
        self.steps.go_to(ISSUE if done.left else ISSUE + 1)
        self.footer.close_button.setVisible(True)
        if not done.left:
            self.period.forget()
        count = len(done.document_ids)
        words = ngettext("{count} document issued.", "{count} documents issued.", count)
        self.said.emit(Word(words.format(count=count)))
        self.issued.emit(done)

    def _on_refused(self, error: OfficeError) -> None:
        self._end_watch()
        self.issue.show_failed(str(error))
        self._name_issuing()
        self.footer.close_button.setVisible(True)

    def _end_watch(self) -> None:
        if self._watch is not None:
            self._watch.deleteLater()
            self._watch = None

    def _on_rules(self) -> None:
        self.went.emit(Link(Place.SETTINGS, "policies"))

    def _on_closed(self) -> None:
        if self.page != PERIOD and self.steps.is_done:
            self._on_finished()
            return
        self.period.keep()
        self.closed.emit()

    def _on_finished(self) -> None:
        self._look = None
        self.review.problems.forget()
        self._go_to(PERIOD)
        self.closed.emit()

    def _on_save(self) -> None:
        self._tools.prompts.choose_folder(self, _("Save PDF files"), self._save)

    def _save(self, folder: Path) -> None:
        look = self._look
        if look is None:
            return
        period = PeriodOf(look.of.from_on, look.of.until_on, look.of.on)
        self._tools.jobs.run(
            self,
            partial(self._tools.office.printing.write_documents, folder, period),
            done=self._on_saved,
            failed=self._on_failed,
            words=_("Writing PDF files"),
        )

    def _on_saved(self, paths: tuple[Path, ...]) -> None:
        words = ngettext("{count} file written.", "{count} files written.", len(paths))
        self.said.emit(Word(words.format(count=len(paths))))
