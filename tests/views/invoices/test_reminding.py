"""The reminder is seen before it is printed, from the account of its payer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.services.billing.requests import RunDone
from app.views.invoices.account import AccountDialog
from app.views.invoices.page import InvoicesPage
from app.views.invoices.reminding import ReminderDialog
from app.views.tools import Link, Place, Tools
from tests.fakes import FakeClock, ScriptedPrompts


def reminding(page: InvoicesPage, invoice: int) -> ReminderDialog:
    page.show_link(Link(Place.INVOICES, "document", invoice))
    page.account.trigger()
    account = next(iter(page.findChildren(AccountDialog)))
    account.remind.click()
    return next(iter(account.findChildren(ReminderDialog)))


def test_a_late_payer_is_reminded_on_paper(
    issued: RunDone,
    clock: FakeClock,
    page: InvoicesPage,
    prompts: ScriptedPrompts,
    tmp_path: Path,
) -> None:
    clock.set(2026, 7, 1, 9)
    shown = reminding(page, issued.document_ids[0])
    first = shown.paper.paper
    assert first is not None
    shown.level.setCurrentIndex(2)
    second = shown.paper.paper
    assert second is not None
    assert second.pdf != first.pdf
    prompts.path = tmp_path / "reminder.pdf"
    shown.save.click()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert prompts.proposed[0].endswith("Reminder.pdf")
    shown.pay_by.show_day(date(2026, 6, 30))
    shown.pay_by.checked.emit()
    assert not shown.save.isEnabled()
    assert not shown.print_button.isEnabled()


def test_the_command_reminds_whoever_is_late(
    issued: RunDone, clock: FakeClock, page: InvoicesPage
) -> None:
    page.show_link(Link(Place.INVOICES, "document", issued.document_ids[0]))
    assert not page.remind.isEnabled()
    assert "overdue" in page.remind.toolTip()
    clock.set(2026, 7, 1, 9)
    page.refresh()
    assert page.remind.isEnabled()
    page.remind.trigger()
    shown = next(iter(page.findChildren(ReminderDialog)))
    assert shown.paper.paper is not None


def test_the_day_to_pay_by_lies_ahead(
    issued: RunDone, page: InvoicesPage, tools: Tools
) -> None:
    shown = reminding(page, issued.document_ids[0])
    today = tools.formats.local(tools.clock.now()).date()
    assert shown.pay_by.day is not None
    assert (shown.pay_by.day - today).days == 14
