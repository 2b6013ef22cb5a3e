"""Takes invoices back: whole or by line, for good, to be billed again, or anew now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from app.models.values.billing import ChargeKind, DocumentKind
from app.services.billing.ledger import LineRow
from app.services.billing.requests import Credited, CreditInvoice, Reissued
from app.services.office import Office
from app.text import _, ngettext
from app.views.invoices.paying import ReasonForm, link_to_document
from app.views.invoices.rows import InvoiceRow
from app.views.prompts import Question
from app.views.tools import Link, Place, Tools, Word
from app.views.typography import label, scaled, set_role
from app.views.widgets.cards import repolish

END, AGAIN, ANEW = range(3)
WIDTH = 600


@dataclass(frozen=True, slots=True)
class Creditable:
    """What can be taken back of an invoice, and the number that it would get."""

    lines: tuple[LineRow, ...]
    number: str


def read_creditable(office: Office, row: InvoiceRow, today: date) -> Creditable:
    """Read the lines of an invoice and the next number of credit notes."""
    lines = office.ledger.lines(row.document_id)
    numbers = office.numbers.upcoming(DocumentKind.CREDIT_NOTE, today, 1)
    return Creditable(
        tuple(line for line in lines if line.kind is not ChargeKind.DISCOUNT),
        numbers[0],
    )


class CreditDialog(ReasonForm):
    """Issues a credit note; the last word is asked once more, with number and sum."""

    def __init__(
        self, parent: QWidget, tools: Tools, row: InvoiceRow, found: Creditable
    ) -> None:
        self._row, self._found = row, found
        title = _("Correct invoice {number}").format(number=row.number)
        super().__init__(parent, tools, title, _("Issue credit note…"), WIDTH)
        repolish(self.verb_button, "kind", "danger")  # the last question is filled
        sentence = _(
            "An issued invoice stays as it is. A credit note {number} takes back the "
            "lines that you tick."
        )
        self.add_text(sentence.format(number=found.number))
        self.lines = self._list_of(found.lines)
        self.form.addWidget(label(_("Lines to take back"), "strong"))
        self.form.addWidget(self.lines, 1)
        self._add_ways()
        self.add_reason_rows()

    @property
    def way(self) -> int:
        """What becomes of what is taken back."""
        return self._ways.checkedId()

    def choose_way(self, way: int) -> None:
        """Choose what becomes of what is taken back."""
        self._ways.button(way).setChecked(True)

    def commit(self) -> None:
        """Ask once more, naming number and sum, then do it."""
        read = self.read_reason()
        if read is None:
            return
        ticked = self._ticked()
        if not ticked:
            self.complain(_("Tick at least one line."))
            return
        reason, on = read
        chosen = None if len(ticked) == len(self._found.lines) else tuple(ticked)
        request = CreditInvoice(
            self._row.document_id,
            on,
            reason,
            self.key,
            line_ids=chosen,
            rebill=self.way == AGAIN,
        )
        work = partial(self.tools.office.credits.preview, request)
        self.ask(work, partial(self._confirm, request, len(ticked)))

    def _confirm(self, request: CreditInvoice, lines: int, total: int) -> None:
        self.verb_button.setEnabled(True)
        question = self._question(lines, total)
        self.tools.prompts.ask(self, question, partial(self._go, request))

    def _list_of(self, lines: Sequence[LineRow]) -> QListWidget:
        made = QListWidget()
        made.setAccessibleName(_("Lines to take back"))
        formats, currency = self.tools.formats, self._row.currency
        for line in lines:
            day = formats.date(line.service_on)
            money = formats.money(line.amount, currency)
            item = QListWidgetItem(f"{day}   {line.text}   {money}")
            item.setData(Qt.ItemDataRole.UserRole, line.line_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            made.addItem(item)
        set_role(made, "body", tabular=True)
        made.setMinimumHeight(scaled(120))
        return made

    def _add_ways(self) -> None:
        self._ways = QButtonGroup(self)
        words = {
            AGAIN: _("Bill it again with the next run, as it is closed out by then"),
            ANEW: _("Issue a new invoice now, with today's names and addresses"),
            END: _("Do not bill it again"),
        }
        for way, text in words.items():
            button = QRadioButton(text)
            set_role(button, "body")
            self._ways.addButton(button, way)
            self.form.addWidget(button)
        self.choose_way(AGAIN)

    def _ticked(self) -> list[int]:
        items = (self.lines.item(place) for place in range(self.lines.count()))
        return [
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        ]

    def _question(self, count: int, total: int) -> Question:
        money = self.tools.formats.money(total, self._row.currency)
        title = _("Issue credit note {credit} over {money} for {number}?")
        lines = ngettext("{count} line", "{count} lines", count)
        after = {
            AGAIN: _("The next run bills it again."),
            ANEW: _("A new invoice with the next number follows at once."),
            END: _("It is not billed again."),
        }[self.way]
        consequence = _(
            "{lines} of {payer}, with discounts and tax. {after} A credit note cannot "
            "be taken back."
        )
        return Question(
            title.format(
                credit=self._found.number, money=money, number=self._row.number
            ),
            consequence.format(
                lines=lines.format(count=count),
                payer=self._row.payer,
                after=after,
            ),
            _("Issue credit note"),
            _("Keep the invoice"),
            is_danger=True,
        )

    def _go(self, request: CreditInvoice) -> None:
        credits_ = self.tools.office.credits
        if self.way == ANEW:
            work = partial(credits_.correct_and_reissue, request, _nothing)
            self.ask(work, self._on_reissued)
        else:
            self.ask(partial(credits_.credit, request), self._on_credited)

    def _on_credited(self, credited: Credited) -> None:
        words = _("Credit note {number} issued for {invoice}.")
        words = words.format(number=self._found.number, invoice=self._row.number)
        link, link_text = self._way_on(credited.document_id)
        self.finish(Word(words, link=link, link_text=link_text))

    def _on_reissued(self, done: Reissued) -> None:
        words = _("{invoice} was credited and issued anew.")
        shown = done.document_ids[0] if done.document_ids else done.credit_note_id
        self.finish(
            Word(
                words.format(invoice=self._row.number),
                link=link_to_document(shown),
                link_text=_("Show it"),
            )
        )

    def _way_on(self, credit_note_id: int) -> tuple[Link, str]:
        sessions = [line.session_id for line in self._found.lines if line.session_id]
        if self.way == AGAIN and sessions:
            return Link(Place.CLOSE_OUT, "session", sessions[0]), _("Correct close-out")
        return link_to_document(credit_note_id), _("Show it")


def _nothing() -> None:
    """Leave the close-outs as they are."""
