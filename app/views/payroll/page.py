"""The page of payroll: runs for the office, the own statements for a tutor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.values.errors import OfficeError
from app.services.payroll.requests import PayRunDone
from app.text import _, ngettext
from app.views.page import Page
from app.views.payroll.claims_pane import ClaimsPane
from app.views.payroll.forms import today_of
from app.views.payroll.own import OwnPay
from app.views.payroll.reading import Payroll, read_payroll
from app.views.payroll.running.wizard import PayWizard
from app.views.payroll.runs import RunsPane
from app.views.tools import Link, Place, Tools
from app.views.widgets.feedback import Banner, EmptyState
from app.views.widgets.laying import across, holder


class PayrollPage(Page):
    """Pays tutors; a tutor sees nothing but the own statements."""

    place = Place.PAYROLL
    title = _("Payroll")
    icon = "banknote"
    tables = frozenset(
        {
            "pay_run",
            "pay_statement",
            "pay_line",
            "pay_rate",
            "line_query",
            "deduction",
            "contractor_invoice",
            "missing_pay_rate",
            "expense",
            "mileage_claim",
            "session",
            "tutor",
        }
    )

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._wanted = 0
        self._found: Payroll | None = None
        self._before: QWidget | None = None
        self._stack = QStackedWidget()
        self.set_content(self._stack)
        self.own: OwnPay | None = None
        if tools.office.actor.is_office:
            self._make_office(tools)
        else:
            self.own = OwnPay(tools)
            self.own.went.connect(self.went)
            self.own.said.connect(self.said)
            self._stack.addWidget(self.own)
            self.setFocusProxy(self.own.table)

    def refresh(self) -> None:
        """Read the runs once more, or the own statements."""
        if self.own is not None:
            self.own.reload()
            return
        self.tools.jobs.run(
            self,
            partial(read_payroll, self.tools.office, self._wanted),
            done=self._on_read,
            failed=self._on_failed,
        )
        self.claims.reload()
        if self._stack.currentWidget() is self.wizard:
            self.wizard.look_again()

    def show_link(self, link: Link) -> None:
        """Show a run, waiting claims, or begin a run; to a tutor, a statement."""
        if self.own is not None:
            self.own.table.select(link.id)
        elif link.kind == "run":
            self._wanted = link.id
            self.leave_run()
            self.refresh()
        elif link.kind == "new":
            self.start_run()
        elif link.kind == "claims":
            self.show_claims()
            self.claims.choose(link.id)
        elif link.kind == "tutor":
            self.runs.board.table.select(link.id)

    def standing(self) -> Mapping[str, str]:
        """Say which run and tutor are shown."""
        if self.own is not None:
            return {}
        row = self.runs.board.table.current()
        return {
            "run": str(self._wanted),
            "tutor": str(row.pay.tutor_id if row is not None else 0),
        }

    def stand(self, standing: Mapping[str, str]) -> None:
        """Show the run and the tutor as they were."""
        if self.own is None:
            self._wanted = int(standing.get("run", "0"))
            self.refresh()
            self.runs.board.table.select(int(standing.get("tutor", "0")))

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give what can be done with pay."""
        if self.own is not None:
            return {"billing": [self.own.ask_action]}
        return {
            "file": [self.export],
            "billing": [self.start, self.go_on, self.cancel, self.decide],
        }

    def poses(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """List the later pages of a pay run."""
        if self.own is not None:
            return ()
        go_on = self.wizard.footer.on.click
        return (
            ("", self.start_run),
            ("", self._reach_to_today),
            ("run-check", go_on),
            ("", self.wizard.check.tick_unflagged),
            ("run-approve", go_on),
        )

    def show_claims(self) -> None:
        """Show the claims of tutors that wait for the office."""
        if self._stack.currentWidget() is not self.claims:
            self._before = self._stack.currentWidget()
        self._stack.setCurrentWidget(self.claims)
        self.claims.table.setFocus()

    def leave_claims(self) -> None:
        """Go back to the run, or to the wizard, that the person came from."""
        self._stack.setCurrentWidget(self._before or self.runs)
        self.refresh()

    def start_run(self) -> None:
        """Begin a pay run, or go on with the one that was left."""
        self._stack.setCurrentWidget(self.wizard)
        self.wizard.begin(self._found.runs if self._found else ())

    def leave_run(self) -> None:
        """Go back to the runs."""
        if self._stack.currentWidget() is not self.runs:
            self._stack.setCurrentWidget(self.runs)
        self.runs.board.table.setFocus()

    def _reach_to_today(self) -> None:
        """Let a run take what is open by now, whatever was paid before."""
        self.wizard.until_on.show_day(today_of(self.tools))

    def _make_office(self, tools: Tools) -> None:
        self.runs = RunsPane(tools)
        self.wizard = PayWizard(tools)
        self._failed = EmptyState(
            "circle-alert", _("Payroll cannot be shown"), "", _("Try again")
        )
        self._failed.primary.clicked.connect(self.refresh)
        self._make_claims(tools)
        for widget in (self.runs, self.wizard, self._failed, self.claims):
            self._stack.addWidget(widget)
        self.setFocusProxy(self.runs.board.table)
        self._make_commands()
        self._listen()

    def _make_claims(self, tools: Tools) -> None:
        self.claims = ClaimsPane(tools)
        self.claims.left.connect(self.leave_claims)
        self.claims.went.connect(self.went)
        self.claims.said.connect(self.said)
        self.claims.counted.connect(self._on_claims)
        self.waiting = Banner("", "warn", _("Decide…"))
        if self.waiting.button is not None:
            self.waiting.button.clicked.connect(self.show_claims)
        self._strip = holder(across(self.waiting, margins=(16, 12, 16, 12)))
        self._strip.hide()
        self.runs.put_under_header(self._strip)

    def _make_commands(self) -> None:
        runs = self.runs
        self.start = self.command(_("Pay &run…"), self.start_run, "", "banknote")
        self.go_on = self.command(
            _("&Next step of the pay run"), runs.go_on, "", "shield-check"
        )
        self.cancel = self.command(_("&Cancel the pay run…"), runs.cancel_run, "", "x")
        export = _("&Export pay as CSV…")
        self.export = self.command(export, runs.export_csv, "Ctrl+Shift+E", "download")
        self.decide = self.command(
            _("Claims of &tutors…"), self.show_claims, "", "receipt"
        )

    def _listen(self) -> None:
        runs = self.runs
        runs.chosen.connect(self._on_chosen)
        runs.started.connect(self.start_run)
        runs.went.connect(self.went)
        runs.said.connect(self.said)
        runs.noted.connect(self.noted)
        self.wizard.closed.connect(self.leave_run)
        self.wizard.went.connect(self.went)
        self.wizard.said.connect(self.said)
        self.wizard.approved.connect(self._on_approved)

    def _on_chosen(self, pay_run_id: int) -> None:
        self._wanted = pay_run_id
        self.refresh()

    def _on_approved(self, done: PayRunDone) -> None:
        self._wanted = done.pay_run_id or 0
        self.leave_run()
        self.refresh()

    def _on_claims(self, count: int) -> None:
        words = ngettext(
            "{n} claim of a tutor waits for a decision.",
            "{n} claims of tutors wait for a decision.",
            count,
        )
        self.waiting.say(words.format(n=count))
        self._strip.setVisible(count > 0)

    def _on_read(self, found: Payroll) -> None:
        self._found = found
        if self._stack.currentWidget() is self._failed:
            self._stack.setCurrentWidget(self.runs)
        self._wanted = found.chosen.pay_run_id if found.chosen else 0
        self.runs.show_payroll(found)

    def _on_failed(self, error: OfficeError) -> None:
        if self._stack.currentWidget() is self.runs:
            self._failed.set_texts(_("Payroll cannot be shown"), str(error))
            self._stack.setCurrentWidget(self._failed)
