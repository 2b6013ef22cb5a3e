"""A payer's account: line by line, what is open and on account, and as a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from app.models.values.errors import OfficeError
from app.services.billing.ledger import FindDocuments
from app.services.billing.postings import AccountEntry
from app.services.billing.statements import AgeRow
from app.services.desk import MissingRecordError
from app.services.documents.naming import file_name
from app.services.office import Office
from app.text import _
from app.views.formats import Formats
from app.views.invoices.paying import (
    CreditUseDialog,
    Payee,
    RefundDialog,
    today_of,
)
from app.views.invoices.reminding import ReminderDialog
from app.views.papers.preview import PaperView
from app.views.papers.printing import PaperOut
from app.views.tables.columns import Column
from app.views.tables.view import DataTable
from app.views.tools import Tools, Word
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.feedback import Banner
from app.views.widgets.inputs import DateEdit
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import Line

A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Account:
    """A payer's account, with what is on it to use."""

    entries: tuple[AccountEntry, ...]
    on_account: int
    balance: int


def read_account(office: Office, payer_id: int) -> Account:
    """Read an account and what lies on it unused."""
    ages: dict[int, AgeRow] = {row.payer_id: row for row in office.ledger.ageing()}
    entries = office.ledger.account(payer_id)
    row = ages.get(payer_id)
    if row is None:
        return Account(entries, 0, entries[-1].balance if entries else 0)
    return Account(entries, row.on_account, row.balance)


def payee_of(office: Office, payer_id: int) -> Payee:
    """Read whose account it is.

    Raises:
        MissingRecordError: This payer was never billed.
    """
    found = office.ledger.documents(FindDocuments(payer_id=payer_id, limit=1))
    if not found:
        raise MissingRecordError(_("account"))
    return Payee(payer_id, found[0].payer, found[0].currency)


@dataclass(frozen=True, slots=True)
class _Columns:
    formats: Formats
    currency: str

    def all(self) -> tuple[Column[AccountEntry], ...]:
        """List the columns in order."""
        sign = self.formats.sign(self.currency)
        return (
            Column("on", _("Date"), self._on, "date", _day, width=104),
            Column("text", _("What"), _what, stretch=True, width=160),
            Column(
                "charge", f"{_('Charged')} {sign}", self._charge, "money", _charge, 100
            ),
            Column("paid", f"{_('Paid')} {sign}", self._paid, "money", _payment, 100),
            Column(
                "balance", f"{_('Balance')} {sign}", self._rest, "money", _balance, 104
            ),
        )

    def _on(self, row: AccountEntry) -> str:
        return self.formats.date(row.on)

    def _charge(self, row: AccountEntry) -> str:
        return self._amount(row.charge)

    def _paid(self, row: AccountEntry) -> str:
        return self._amount(row.payment)

    def _rest(self, row: AccountEntry) -> str:
        return self.formats.amount(row.balance, self.currency)

    def _amount(self, minor: int) -> str:
        return self.formats.amount(minor, self.currency) if minor else ""


def _day(row: AccountEntry) -> date:
    return row.on


def _what(row: AccountEntry) -> str:
    return f"{row.text} {row.document}".strip()


def _charge(row: AccountEntry) -> int:
    return row.charge


def _payment(row: AccountEntry) -> int:
    return row.payment


def _balance(row: AccountEntry) -> int:
    return row.balance


class AccountDialog(QDialog):
    """Shows an account beside the statement that a payer would get.

    Signals:
        said: Something was done that is worth a word; carries a Word.
    """

    said = Signal(object)

    def __init__(self, parent: QWidget, tools: Tools, payee: Payee) -> None:
        super().__init__(parent)
        self._tools, self._payee = tools, payee
        self._account = Account((), 0, 0)
        title = _("Account of {payer}").format(payer=payee.name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        room = parent.window().size()
        self.resize(
            min(scaled(1040), room.width() * 8 // 10),
            min(scaled(680), room.height() * 8 // 10),
        )
        self._sum = Line("", "medium", "text2", tabular=True)
        self._error = Banner("", "err")
        self._error.hide()
        self.table: DataTable[AccountEntry] = DataTable(
            _Columns(tools.formats, payee.currency).all(),
            key=hash,
            noun=(_("entry"), _("entries")),
            name="account",
            state=tools.state,
            formats=tools.formats,
        )
        self.paper = PaperView(tools)
        self.out = PaperOut(tools, self)
        self.out.done.connect(self._on_out)
        self.out.failed.connect(self._on_failed)
        self._make_fields()
        self._lay_out(title)
        self.finished.connect(self.deleteLater)
        tools.bus.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read the account once more."""
        self._tools.jobs.run(
            self,
            partial(read_account, self._tools.office, self._payee.payer_id),
            done=self._on_read,
            failed=self._on_failed,
        )
        self._draw()

    def _make_fields(self) -> None:
        formats, today = self._tools.formats, today_of(self._tools)
        self.from_on = DateEdit(today - A_YEAR, formats, today)
        self.until_on = DateEdit(today, formats, today)
        self.from_on.setAccessibleName(_("From"))
        self.until_on.setAccessibleName(_("To"))
        self.from_on.checked.connect(self._draw)
        self.until_on.checked.connect(self._draw)
        self.use = Button(_("Use credit…"), "coins")
        self.refund = Button(_("Refund…"), "undo-2")
        self.remind = Button(_("Reminder…"), "bell")
        self.save = Button(_("Save PDF…"), "download")
        self.print_button = Button(_("Print…"), "printer")
        self.close_button = Button(_("Close"))
        self.use.clicked.connect(self._on_use)
        self.refund.clicked.connect(self._on_refund)
        self.remind.clicked.connect(self._on_remind)
        self.save.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self, title: str) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(holder(down(self.paper, margins=(16, 0, 0, 0))))
        split.setSizes([600, 380])
        dates = across(Line(_("Statement"), width=72), self.from_on, self.until_on, 0)
        buttons = across(
            self.use,
            self.refund,
            self.remind,
            0,
            self.save,
            self.print_button,
            self.close_button,
        )
        self.setLayout(
            down(
                ElideLabel(title, "panel"),
                self._sum,
                self._error,
                dates,
                split,
                buttons,
                spacing=12,
                margins=(20, 16, 20, 16),
            )
        )
        self.layout().setStretch(4, 1)  # type: ignore[union-attr]

    def _draw(self) -> None:
        first, last = self.from_on.day, self.until_on.day
        if first is None or last is None or last < first:
            self.paper.show_words(_("Choose two dates, the first one first."))
            return
        previews = self._tools.office.previews
        self.paper.show_job(
            partial(previews.account, self._payee.payer_id, first, last)
        )

    def _on_read(self, account: Account) -> None:
        self._account = account
        self._error.hide()
        self.table.show_rows(account.entries)
        formats, currency = self._tools.formats, self._payee.currency
        words = _("{balance} to pay · {credit} on account")
        self._sum.say(
            words.format(
                balance=formats.money(account.balance, currency),
                credit=formats.money(account.on_account, currency),
            )
        )
        self.use.setEnabled(
            account.on_account > 0 and account.balance + account.on_account > 0
        )
        self.refund.setEnabled(account.on_account > 0)

    def _on_failed(self, error: OfficeError) -> None:
        self._error.say(str(error))
        self._error.show()

    def _on_changed(self) -> None:
        self.reload()

    def _on_use(self) -> None:
        dialog = CreditUseDialog(
            self, self._tools, self._payee, self._account.on_account
        )
        dialog.told.connect(self._on_told)
        dialog.open()

    def _on_refund(self) -> None:
        dialog = RefundDialog(self, self._tools, self._payee, self._account.on_account)
        dialog.told.connect(self._on_told)
        dialog.open()

    def _on_remind(self) -> None:
        ReminderDialog(self, self._tools, self._payee).open()

    def _on_told(self, word: Word) -> None:
        self.said.emit(word)

    def _on_out(self, sentence: str) -> None:
        self.said.emit(Word(sentence))

    def _on_save(self) -> None:
        if self.paper.paper is not None:
            name = file_name("", self._payee.name, _("Account statement"))
            self.out.save_paper(self.paper.paper, name)

    def _on_print(self) -> None:
        if self.paper.paper is not None:
            self.out.print_paper(self.paper.paper, self.windowTitle())
