"""What can be done with the chosen invoices: pay, correct, write off, print, export."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.models.values.errors import OfficeError
from app.services.billing.settlements import Settlement
from app.services.documents.naming import file_name
from app.text import _
from app.views.form_dialog import OfficeForm
from app.views.invoices.account import AccountDialog, payee_of
from app.views.invoices.crediting import Creditable, CreditDialog, read_creditable
from app.views.invoices.listing import InvoiceList
from app.views.invoices.locking import LockDialog
from app.views.invoices.paying import (
    Payee,
    PaymentDialog,
    TakeBackDialog,
    WriteOffDialog,
    today_of,
)
from app.views.invoices.reasons import (
    why_no_correction,
    why_no_payment,
    why_no_reminder,
    why_no_write_off,
    why_not_one,
)
from app.views.invoices.reminding import ReminderDialog
from app.views.invoices.rows import InvoiceRow
from app.views.papers.drawing import Paper
from app.views.papers.large import LargePaper
from app.views.papers.printing import PaperOut
from app.views.possible import allow
from app.views.tables.exporting import CSV
from app.views.tools import Tools, Word


class InvoiceDeeds(QObject):
    """Carries out what is asked for the rows that are ticked, else for the current.

    Signals:
        said: Something was done, or cannot be; carries a Word.
    """

    said = Signal(object)

    def __init__(self, window: QWidget, shown: InvoiceList, tools: Tools) -> None:
        super().__init__(window)
        self._window, self._list, self._tools = window, shown, tools
        self._actions: tuple[QAction, ...] = ()
        self._more: list[QAction] = []
        self._out = PaperOut(tools, window)
        self._out.done.connect(self._say)
        self._out.failed.connect(self._refuse)
        inspector = shown.inspector
        inspector.large.connect(self.show_large)
        inspector.account.connect(self.show_account)
        inspector.taken_back.connect(self.take_back)
        shown.table.opened.connect(self._on_opened)
        shown.chosen.connect(self._on_chosen)
        shown.view.said.connect(self.said)
        shown.more.clicked.connect(self._on_more)

    def use(self, *actions: QAction, more: Sequence[QAction]) -> None:
        """Know the commands: which to say are possible now, and what else there is."""
        self._actions, self._more = actions, list(more)
        pay, correct, _off, account, _remind = actions
        for action, icon in (
            (pay, "banknote"),
            (correct, "file-x"),
            (account, "wallet"),
        ):
            words = action.text().replace("&", "")
            button = self._list.bulk.add(words, icon)
            button.clicked.connect(action.trigger)

    def pay(self) -> None:
        """Record a payment for what is chosen; all must be of one payer."""
        rows = [row for row in self._list.targets() if row.is_payable]
        why_not = why_no_payment(rows)
        if why_not:
            self._say(why_not)
        else:
            self._open(PaymentDialog(self._window, self._tools, rows))

    def correct(self) -> None:
        """Take the current invoice back, whole or by line."""
        row = self._row()
        if row is None or not row.is_invoice:
            self._say(_("Choose an issued invoice to correct."))
            return
        self._tools.jobs.run(
            self,
            partial(read_creditable, self._tools.office, row, today_of(self._tools)),
            done=partial(self._on_creditable, row),
            failed=self._refuse,
        )

    def write_off(self) -> None:
        """Give up what is open on the current invoice."""
        row = self._row()
        if row is None or not row.is_payable:
            self._say(_("Choose an invoice with an open amount."))
            return
        self._open(WriteOffDialog(self._window, self._tools, row))

    def take_back(self, settled: Settlement) -> None:
        """Take a payment of the current invoice back."""
        row = self._list.inspector.row
        if row is not None:
            self._open(TakeBackDialog(self._window, self._tools, row, settled))

    def show_account(self) -> None:
        """Show the account of the current row's payer."""
        row = self._row()
        if row is None:
            return
        self._show_account(Payee(row.payer_id, row.payer, row.currency))

    def remind(self) -> None:
        """Show the reminder that the current row's payer would get."""
        row = self._row()
        if row is not None:
            payee = Payee(row.payer_id, row.payer, row.currency)
            ReminderDialog(self._window, self._tools, payee).open()

    def ask_account(self, payer_id: int) -> None:
        """Show the account of a payer who was billed before."""
        work = partial(payee_of, self._tools.office, payer_id)
        run = self._tools.jobs.run
        run(self, work, done=self._show_account, failed=self._refuse)

    def _show_account(self, payee: Payee) -> None:
        dialog = AccountDialog(self._window, self._tools, payee)
        dialog.said.connect(self.said)
        dialog.open()

    def lock(self) -> None:
        """Lock a period."""
        self._tools.jobs.run(
            self,
            self._tools.office.locks.first_open_day,
            done=self._on_first_open,
            failed=self._refuse,
        )

    def show_large(self) -> None:
        """Show the document large."""
        paper, row = self._paper(), self._row()
        if paper is not None and row is not None:
            title = self._title(row)
            name = self._file_name(row)
            large = LargePaper(self._window, self._tools, title, name)
            large.view.show_paper(paper)
            large.open()

    def print_(self) -> None:
        """Print the document."""
        paper, row = self._paper(), self._row()
        if paper is not None and row is not None:
            self._out.print_paper(paper, self._title(row))

    def save(self) -> None:
        """Keep the document as a file."""
        paper, row = self._paper(), self._row()
        if paper is not None and row is not None:
            self._out.save_paper(paper, self._file_name(row))

    def export(self) -> None:
        """Keep what the list shows as a file."""
        self._list.view.files.save(CSV)

    def _row(self) -> InvoiceRow | None:
        rows = self._list.targets()
        return rows[0] if rows else None

    def _paper(self) -> Paper | None:
        paper = self._list.inspector.paper.paper
        if paper is None:
            self._say(_("Choose an invoice first."))
        return paper

    def _title(self, row: InvoiceRow) -> str:
        return row.name[:1].upper() + row.name[1:]

    def _file_name(self, row: InvoiceRow) -> str:
        kind = _("Invoice") if row.total >= 0 else _("Credit note")
        return file_name(row.number or _("Draft"), row.payer, kind)

    def _open(self, dialog: OfficeForm) -> None:
        dialog.told.connect(self._on_told)
        dialog.open()

    def _on_told(self, word: object) -> None:
        if isinstance(word, Word):
            self.said.emit(word)

    def _on_opened(self, _row: object) -> None:
        self.show_large()

    def _on_creditable(self, row: InvoiceRow, found: Creditable) -> None:
        self._open(CreditDialog(self._window, self._tools, row, found))

    def _on_first_open(self, first: date) -> None:
        self._open(LockDialog(self._window, self._tools, first))

    def _on_chosen(self) -> None:
        if not self._actions:
            return
        rows: Sequence[InvoiceRow] = self._list.targets()
        pay, correct, off, account, remind = self._actions
        allow(pay, why_no_payment(rows))
        allow(correct, why_no_correction(rows))
        allow(off, why_no_write_off(rows))
        allow(account, why_not_one(rows))
        allow(remind, why_no_reminder(rows))
        for button, action in zip(
            self._list.bulk.buttons, (pay, correct, account), strict=False
        ):
            button.setEnabled(action.isEnabled())

    def _on_more(self) -> None:
        menu = QMenu(self._list)
        menu.addActions(self._more)
        menu.aboutToHide.connect(menu.deleteLater)
        button = self._list.more
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 4)))

    def _say(self, sentence: str) -> None:
        self.said.emit(Word(sentence))

    def _refuse(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))
