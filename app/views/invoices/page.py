"""The page of invoices: who owes what, and the run that makes new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QStackedWidget

from app.models.values.errors import OfficeError
from app.text import _
from app.views import icons
from app.views.command_names import name_command
from app.views.invoices.deeds import InvoiceDeeds
from app.views.invoices.listing import InvoiceList
from app.views.invoices.paying import today_of
from app.views.invoices.reading import Listed, read_list
from app.views.invoices.running.wizard import RunWizard
from app.views.page import Page
from app.views.tools import Link, Place, Tools
from app.views.widgets.feedback import EmptyState


class InvoicesPage(Page):
    """Shows every invoice; the run takes the page's place while it is made."""

    place = Place.INVOICES
    title = _("Invoices")
    icon = "receipt"
    tables = frozenset(
        {
            "document",
            "document_line",
            "payment",
            "allocation",
            "write_off",
            "charge",
            "payer",
            "household",
            "student",
        }
    )

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._wanted = 0
        self.list = InvoiceList(tools)
        self.wizard = RunWizard(tools)
        self._failed = EmptyState(
            "circle-alert", _("Invoices cannot be shown"), "", _("Try again")
        )
        self._failed.primary.clicked.connect(self.refresh)
        self._stack = QStackedWidget()
        for widget in (self.list, self.wizard, self._failed):
            self._stack.addWidget(widget)
        self.set_content(self._stack)
        self.deeds = InvoiceDeeds(self, self.list, tools)
        self._make_commands()
        self._connect()
        self.setFocusProxy(self.list.table)

    def refresh(self) -> None:
        """Read the list once more; the run looks again by itself."""
        tools = self.tools
        self.tools.jobs.run(
            self,
            partial(read_list, tools.office, tools.clock, tools.formats),
            done=self._on_read,
            failed=self._on_failed,
        )
        if self._stack.currentWidget() is self.wizard:
            self.wizard.look_again()

    def show_link(self, link: Link) -> None:
        """Show a document, a family's or payer's invoices, or the run."""
        if link.kind == "run":
            self.start_run()
            return
        self.leave_run()
        if link.kind == "document":
            self._wanted = link.id
            self.list.show_document(link.id)
        elif link.kind == "standing":
            self.list.choose_standing(link.tab)
        elif link.kind == "family":
            self.list.choose_standing("")
            self.list.search.setText(link.tab)
        elif link.kind == "account":
            self.deeds.ask_account(link.id)

    def standing(self) -> Mapping[str, str]:
        """Say what is filtered and chosen."""
        row = self.list.table.current()
        return {
            "filter": self.list.search.text(),
            "standing": self.list.chips.current,
            "document": str(row.key if row is not None else 0),
            "run": "1" if self._stack.currentWidget() is self.wizard else "",
        }

    def stand(self, standing: Mapping[str, str]) -> None:
        """Filter and choose as it was."""
        self.list.search.setText(standing.get("filter", ""))
        self.list.choose_standing(standing.get("standing", ""))
        self.list.table.select(int(standing.get("document", "0")))
        if not standing.get("run"):
            self.leave_run()

    def find_in_page(self) -> None:
        """Go to the filter."""
        self.list.search.setFocus()
        self.list.search.selectAll()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give what can be done with invoices."""
        return {
            "file": [self.print_, self.save, self.export],
            "view": [self.inspect],
            "billing": [
                self.run,
                self.pay,
                self.correct,
                self.write_off,
                self.account,
                self.remind,
                self.lock,
            ],
        }

    def poses(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """List the later pages of an invoice run."""
        go_on = self.wizard.footer.on.click
        return (
            ("", self.start_run),
            ("", self._reach_to_today),
            ("run-review", go_on),
            ("run-issue", go_on),
            ("", self.leave_run),
        )

    def start_run(self) -> None:
        """Begin an invoice run, or go on with the one that was left."""
        self._stack.setCurrentWidget(self.wizard)
        self.wizard.begin()

    def leave_run(self) -> None:
        """Go back to the list; what was chosen for the run is kept."""
        if self._stack.currentWidget() is not self.list:
            self._stack.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def _reach_to_today(self) -> None:
        """Let a run take what is open by now, whatever was billed before."""
        self.wizard.period.until_on.show_day(today_of(self.tools))

    def _make_commands(self) -> None:
        deeds = self.deeds
        self.run = self._key(_("&Invoice run…"), self.start_run, "I", "receipt")
        self.pay = self._key(_("Record &payment…"), deeds.pay, "R", "banknote")
        self.correct = self._key(_("&Correct or credit…"), deeds.correct, "V", "file-x")
        self.write_off = self._key(_("&Write off…"), deeds.write_off, "", "ban")
        self.account = self._key(_("&Account…"), deeds.show_account, "", "wallet")
        remind = _("Re&minder…")
        self.remind = self._key(remind, deeds.remind, "", "bell")
        self.lock = self._key(_("&Lock period…"), deeds.lock, "", "lock")
        self.print_ = self.command(_("&Print…"), deeds.print_, "Ctrl+P", "printer")
        self.save = self._key(_("&Save PDF…"), deeds.save, "", "download")
        export = _("&Export as CSV…")
        self.export = self.command(export, deeds.export, "Ctrl+Shift+E", "download")
        toggle = self.list.toggle_inspector
        self.inspect = self.command(_("&Inspector"), toggle, "Ctrl+I", "panel-right")
        self.list.table.set_actions(
            [self.pay, self.correct, self.write_off, self.account, self.save]
        )
        self.list.table.grid.addAction(self.run)
        possible = (
            *(self.pay, self.correct, self.write_off, self.account),
            self.remind,
        )
        deeds.use(*possible, more=[*possible, self.print_, self.save, self.lock])

    def _key(self, text: str, slot: object, key: str, icon: str) -> QAction:
        """Make a command whose single letter acts only in the list."""
        made = QAction(text, self)
        name_command(made, self.place.value, slot)
        if key:
            made.setShortcut(QKeySequence(key))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        icons.set_name(made, icon)
        made.triggered.connect(slot)
        return made

    def _connect(self) -> None:
        shown = self.list
        shown.noted.connect(self.noted)
        shown.run.clicked.connect(self.start_run)
        shown.empty.second.clicked.connect(self.start_run)
        shown.inspector.went.connect(self.went)
        self.deeds.said.connect(self.said)
        self.wizard.closed.connect(self.leave_run)
        self.wizard.went.connect(self.went)
        self.wizard.said.connect(self.said)
        self.wizard.issued.connect(self._on_issued)

    def _on_issued(self, _done: object) -> None:
        self.refresh()

    def _on_read(self, listed: Listed) -> None:
        if self._stack.currentWidget() is self._failed:
            self._stack.setCurrentWidget(self.list)
        self.list.show_listed(listed)
        if self._wanted:
            self.list.show_document(self._wanted)
            self._wanted = 0

    def _on_failed(self, error: OfficeError) -> None:
        if self._stack.currentWidget() is self.list:
            self._failed.set_texts(_("Invoices cannot be shown"), str(error))
            self._stack.setCurrentWidget(self._failed)
