"""Page 3 of an invoice run: what will happen, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services.billing.requests import RunDone, RunException
from app.text import _, ngettext
from app.views.formats import Formats
from app.views.invoices.running.looking import (
    RunLook,
    documents_words,
    number_span,
    sums_by_currency,
)
from app.views.prompts import Question
from app.views.sizing import fix_width
from app.views.tools import Tools
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card
from app.views.widgets.feedback import Banner
from app.views.widgets.labels import fact
from app.views.widgets.laying import across, down
from app.views.widgets.panels import empty
from app.views.wizards.watching import ProgressCard

WIDTH = 600
READY, UNDER_WAY, DONE = range(3)


class IssuePage(QWidget):
    """Facts before, progress meanwhile, and a list of what came of it.

    Signals:
        stopped: The person wants the run to stop.
        resumed: The rest is to be issued, too.
        saved: The files are wanted.
        finished: The person has seen it.
    """

    stopped = Signal()
    resumed = Signal()
    saved = Signal()
    finished = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self.facts = Card(_("This is what will happen"))
        self.held = Card(_("Left out"))
        self.progress = ProgressCard(_("Issuing"))
        self.progress.stopped.connect(self.stopped)
        self.error = Banner("", "err")
        self.error.hide()
        self._result = Card()
        self._stack = QStackedWidget()
        self._make_result()
        ready = QWidget()
        ready.setLayout(down(self.facts, self.held, 0, spacing=16))
        meanwhile = Card(padding=0)
        meanwhile.body.addWidget(self.progress)
        under_way = QWidget()
        under_way.setLayout(down(meanwhile, 0))
        done = QWidget()
        done.setLayout(down(self._result, 0, spacing=16))
        for page in (ready, under_way, done):
            fix_width(page, WIDTH)
            self._stack.addWidget(page)
        fix_width(self._stack, WIDTH)
        fix_width(self.error, WIDTH)
        column = down(self.error, self._stack, spacing=16, margins=(24, 24, 24, 24))
        self.setLayout(across(0, column, 0))

    def show_look(self, look: RunLook) -> None:
        """Say exactly what will be issued."""
        formats = self._tools.formats
        empty(self.facts.body)
        rows = [
            (_("Documents"), documents_words(look)),
            (_("Issue date"), formats.date(look.of.on)),
            (
                _("Period"),
                formats.locale.period(look.of.from_on, look.of.until_on),
            ),
            (_("Invoice numbers"), number_span(look.numbers)),
            (_("Credit note numbers"), number_span(look.credit_numbers)),
            (_("With an e-mail address"), self._mailed(look)),
            (_("Total"), total_words(look, formats)),
        ]
        for name, value in rows:
            if value:
                self.facts.body.addWidget(fact(name, value))
        words = _(
            "Documents get their numbers now and can then only be corrected by credit "
            "note."
        )
        self.facts.body.addWidget(label(words, "small", "text2", wrap=True))
        held = [each for each in look.preview.exceptions if each.is_blocking]
        self._fill_held(held)
        self.error.hide()
        self._stack.setCurrentIndex(READY)

    def show_under_way(self) -> None:
        """Show how far it is."""
        self.error.hide()
        self.progress.begin()
        self._stack.setCurrentIndex(UNDER_WAY)
        self.progress.stop.setFocus()

    def show_failed(self, sentence: str) -> None:
        """Say why nothing more was issued."""
        self.error.say(sentence)
        self.error.show()
        self._stack.setCurrentIndex(READY)

    def show_done(self, done: RunDone, total: str) -> None:
        """List what was issued, what was left out and what is left."""
        empty(self._lines)
        count = len(done.document_ids)
        words = ngettext("{count} document issued", "{count} documents issued", count)
        self._title.setText(words.format(count=count))
        if total and not done.left:
            self._lines.addWidget(fact(_("Total"), total))
        if done.left:
            words = ngettext(
                "You stopped it: {count} document was not issued. What was issued "
                "stays issued.",
                "You stopped it: {count} documents were not issued. What was issued "
                "stays issued.",
                done.left,
            )
            sentence = words.format(count=done.left)
            self._lines.addWidget(label(sentence, "body", "warn", wrap=True))
        if done.held_back:
            self._lines.addWidget(label(_("Left out"), "strong"))
        for each in done.held_back:
            self._lines.addWidget(label(each.sentence, "small", "text2", wrap=True))
        self.more.setVisible(bool(done.left))
        self._stack.setCurrentIndex(DONE)
        (self.more if done.left else self.close_button).setFocus()

    def _make_result(self) -> None:
        self._title = label("", "panel")
        self._lines = down()
        self.more = Button(_("Issue the rest"), "arrow-right", "primary")
        self.files = Button(_("Save PDF files…"), "download")
        self.close_button = Button(_("Show invoices"), "receipt")
        self.more.clicked.connect(self.resumed)
        self.files.clicked.connect(self.saved)
        self.close_button.clicked.connect(self.finished)
        self._result.body.addWidget(self._title)
        self._result.body.addLayout(self._lines)
        self._result.body.addLayout(across(self.more, self.close_button, self.files, 0))

    def _fill_held(self, held: Sequence[RunException]) -> None:
        empty(self.held.body)
        for each in held:
            self.held.body.addWidget(label(each.sentence, "small", "text2", wrap=True))
        self.held.setVisible(bool(held))

    def _mailed(self, look: RunLook) -> str:
        drafts = look.preview.drafts
        mailed = sum(bool(draft.email.strip()) for draft in drafts)
        words = _("{count} of {all}")
        return words.format(count=mailed, all=len(drafts))


def total_words(look: RunLook, formats: Formats) -> str:
    """Write what a run bills."""
    sums = sums_by_currency(look.preview.drafts)
    return " + ".join(formats.money(sums[each], each) for each in sums)


def last_question(look: RunLook, formats: Formats) -> Question:
    """Ask for the last word, naming what is issued, its sum and its numbers."""
    money, documents = total_words(look, formats), documents_words(look)
    title = _("Issue {documents}, {money}?")
    numbers = " · ".join(
        number_span(each) for each in (look.numbers, look.credit_numbers) if each
    )
    consequence = ngettext(
        "It gets the number {numbers} and can then only be corrected by credit note.",
        "They get the numbers {numbers} and can then only be corrected by credit note.",
        len(look.numbers) + len(look.credit_numbers),
    )
    return Question(
        title.format(documents=documents, money=money),
        consequence.format(numbers=numbers),
        _("Issue {documents}").format(documents=documents),
        _("Keep editing"),
    )
