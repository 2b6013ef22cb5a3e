"""Forms for money: what came in, what goes back, what nobody will pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import uuid4

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.models.values.schedule import local_date
from app.services.billing.requests import (
    Allocated,
    Received,
    ReceivePayment,
    RefundPayment,
    ReversePayment,
    UseCredit,
    WriteOffInvoice,
)
from app.services.billing.settlements import Settlement
from app.text import _
from app.views.form_dialog import OfficeForm
from app.views.invoices.rows import InvoiceRow
from app.views.tools import Link, Place, Tools, Word
from app.views.typography import set_role
from app.views.widgets.inputs import ComboBox, DateEdit, MoneyField

METHOD = "invoices/method"


def today_of(tools: Tools) -> date:
    """Give today's date on the office's wall clock."""
    return local_date(tools.clock.now(), tools.formats.zone)


def methods() -> tuple[str, ...]:
    """List the usual ways of paying."""
    return (_("Bank transfer"), _("Card"), _("Cash"), _("Direct debit"), _("Cheque"))


@dataclass(frozen=True, slots=True)
class Payee:
    """Whose account money goes to."""

    payer_id: int
    name: str
    currency: str


class MoneyForm(OfficeForm):
    """A form with an amount and a date."""

    def __init__(
        self, parent: QWidget, tools: Tools, title: str, verb: str, currency: str
    ) -> None:
        super().__init__(parent, tools, title, verb)
        self.key = uuid4().hex
        self.amount = MoneyField(None, tools.formats, currency)
        today = today_of(tools)
        self.on = DateEdit(today, tools.formats, today)
        self.method = ComboBox(*methods())
        self.method.setEditable(True)
        self.method.setCurrentText(tools.state.text(METHOD, methods()[0]))
        self.reference = QLineEdit()
        set_role(self.reference, "body")

    def add_money_rows(self) -> None:
        """Add amount, date, method and reference."""
        self.amount_row = self.add_field(_("Amount"), self.amount)
        self.on_row = self.add_field(_("Date"), self.on)
        self.add_field(_("Method"), self.method)
        self.add_field(_("Reference"), self.reference, optional=True)
        self.amount.setFocus()
        self.amount.selectAll()

    def read_money(self) -> tuple[int, date] | None:
        """Give amount and date; else say what is missing."""
        if not self.amount.minor or self.amount.minor < 0:
            self.complain(_("Type an amount above zero."), self.amount_row)
            return None
        if self.on.day is None:
            self.complain(_("Choose a date."), self.on_row)
            return None
        self.tools.state.keep(METHOD, self.method.currentText())
        return self.amount.minor, self.on.day


class PaymentDialog(MoneyForm):
    """Records a payment: the open amount today, unless something else is typed."""

    def __init__(
        self, parent: QWidget, tools: Tools, rows: Sequence[InvoiceRow]
    ) -> None:
        first = rows[0]
        self._rows, self._payer = list(rows), first.payer
        super().__init__(
            parent, tools, _("Record payment"), _("Record payment"), first.currency
        )
        open_sum = sum(row.open for row in rows)
        self.amount.show_value(open_sum)
        numbers = ", ".join(row.number for row in rows)
        words = _("{payer} for {numbers}, {open} open.")
        money = tools.formats.money(open_sum, first.currency)
        self.add_text(words.format(payer=first.payer, numbers=numbers, open=money))
        self.add_money_rows()
        self.oldest = QCheckBox(_("Settle the oldest invoices first"))
        self.oldest.setToolTip(
            _("Otherwise the money goes to those above, the rest on account.")
        )
        set_role(self.oldest, "body")
        self.form.addWidget(self.oldest)

    def commit(self) -> None:
        """Record it."""
        read = self.read_money()
        if read is None:
            return
        amount, on = read
        first = self._rows[0]
        to = (
            ()
            if self.oldest.isChecked()
            else tuple(row.document_id for row in self._rows)
        )
        request = ReceivePayment(
            first.payer_id,
            amount,
            on,
            self.key,
            self.method.currentText().strip(),
            self.reference.text().strip(),
            to,
            first.currency,
        )
        self.ask(partial(self.tools.office.payments.receive, request), self._on_done)

    def _on_done(self, received: Received) -> None:
        first = self._rows[0]
        money = self.tools.formats.money(self.amount.minor or 0, first.currency)
        sentence = _("Payment of {money} recorded for {payer}.")
        words = sentence.format(money=money, payer=self._payer)
        if received.on_account > 0:
            rest = self.tools.formats.money(received.on_account, first.currency)
            words += " " + _("{rest} is on account.").format(rest=rest)
        self.finish(Word(words))


class RefundDialog(MoneyForm):
    """Records money that went back, out of the credit on account."""

    def __init__(
        self, parent: QWidget, tools: Tools, payee: Payee, on_account: int
    ) -> None:
        title = _("Refund {payer}").format(payer=payee.name)
        super().__init__(parent, tools, title, _("Record refund"), payee.currency)
        self._payee = payee
        money = tools.formats.money(max(on_account, 0), payee.currency)
        self.add_text(_("{money} is on account.").format(money=money))
        self.amount.show_value(max(on_account, 0))
        self.add_money_rows()

    def commit(self) -> None:
        """Record it."""
        read = self.read_money()
        if read is None:
            return
        request = RefundPayment(
            self._payee.payer_id,
            read[0],
            read[1],
            self.key,
            self.method.currentText().strip(),
            self.reference.text().strip(),
        )
        self.ask(partial(self.tools.office.payments.refund, request), self._on_done)

    def _on_done(self, _received: Received) -> None:
        money = self.tools.formats.money(self.amount.minor or 0, self._payee.currency)
        sentence = _("Refund of {money} recorded for {payer}.")
        self.finish(Word(sentence.format(money=money, payer=self._payee.name)))


class CreditUseDialog(OfficeForm):
    """Sets credit on account against open invoices, the oldest first."""

    def __init__(
        self, parent: QWidget, tools: Tools, payee: Payee, on_account: int
    ) -> None:
        title = _("Use credit of {payer}").format(payer=payee.name)
        super().__init__(parent, tools, title, _("Use credit"))
        self._payee, self._key = payee, uuid4().hex
        money = tools.formats.money(on_account, payee.currency)
        sentence = _(
            "{money} on account is set against the open invoices, the oldest due date "
            "first."
        )
        self.add_text(sentence.format(money=money))

    def commit(self) -> None:
        """Do it."""
        request = UseCredit(self._payee.payer_id, today_of(self.tools), self._key)
        self.ask(partial(self.tools.office.payments.use_credit, request), self._on_done)

    def _on_done(self, allocated: tuple[Allocated, ...]) -> None:
        total = sum(each.amount for each in allocated)
        money = self.tools.formats.money(total, self._payee.currency)
        self.finish(Word(_("{money} of credit used.").format(money=money)))


class ReasonForm(OfficeForm):
    """A form for something final that needs a reason and a date."""

    def __init__(
        self, parent: QWidget, tools: Tools, title: str, verb: str, width: int = 420
    ) -> None:
        super().__init__(parent, tools, title, verb, width=width, is_danger=True)
        self.key = uuid4().hex
        self.reason = QLineEdit()
        set_role(self.reason, "body")
        today = today_of(tools)
        self.on = DateEdit(today, tools.formats, today)

    def add_reason_rows(self) -> None:
        """Add reason and date."""
        self.reason_row = self.add_field(_("Reason"), self.reason)
        self.on_row = self.add_field(_("Date"), self.on)
        self.reason.setFocus()

    def read_reason(self) -> tuple[str, date] | None:
        """Give reason and date; else say what is missing."""
        if not self.reason.text().strip():
            self.complain(_("Say why; it stays with the record."), self.reason_row)
            return None
        if self.on.day is None:
            self.complain(_("Choose a date."), self.on_row)
            return None
        return self.reason.text().strip(), self.on.day


class WriteOffDialog(ReasonForm):
    """Gives up what is open on an invoice, with the reason."""

    def __init__(self, parent: QWidget, tools: Tools, row: InvoiceRow) -> None:
        self._row = row
        money = tools.formats.money(row.open, row.currency)
        verb = _("Write off {money}").format(money=money)
        title = _("Write off the rest of {number}").format(number=row.number)
        super().__init__(parent, tools, title, verb)
        sentence = _(
            "{money} of {payer} will no longer be owed. The invoice stays as it is; "
            "this cannot be undone."
        )
        self.add_text(sentence.format(money=money, payer=row.payer))
        self.add_reason_rows()

    def commit(self) -> None:
        """Do it."""
        read = self.read_reason()
        if read is None:
            return
        request = WriteOffInvoice(self._row.document_id, read[1], read[0], self.key)
        self.ask(partial(self.tools.office.payments.write_off, request), self._on_done)

    def _on_done(self, amount: int) -> None:
        money = self.tools.formats.money(amount, self._row.currency)
        words = _("{money} of {number} written off.")
        self.finish(Word(words.format(money=money, number=self._row.number)))


class TakeBackDialog(ReasonForm):
    """Takes a payment back, such as one that bounced."""

    def __init__(
        self, parent: QWidget, tools: Tools, row: InvoiceRow, settled: Settlement
    ) -> None:
        self._settled = settled
        money = tools.formats.money(settled.amount, row.currency)
        title = _("Take back the payment of {money}").format(money=money)
        super().__init__(parent, tools, title, _("Take payment back"))
        sentence = _(
            "The whole payment of {day} by {payer} is reversed; the invoices that it "
            "settled are open again."
        )
        day = tools.formats.date(settled.on)
        self.add_text(sentence.format(day=day, payer=row.payer))
        self.add_reason_rows()

    def commit(self) -> None:
        """Do it."""
        read = self.read_reason()
        if read is None or self._settled.payment_id is None:
            return
        request = ReversePayment(self._settled.payment_id, read[1], read[0], self.key)
        work = partial(self.tools.office.payments.reverse_payment, request)
        self.ask(work, self._on_done)

    def _on_done(self, _received: Received) -> None:
        self.finish(Word(_("The payment was taken back.")))


def link_to_document(document_id: int) -> Link:
    """Lead to a document in the list."""
    return Link(Place.INVOICES, "document", document_id)
