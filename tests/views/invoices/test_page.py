"""The page of invoices: what is listed, and what can be done with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
)
from pytestqt.qtbot import QtBot

from app.models.values.billing import DocumentKind
from app.services.billing.ledger import DocumentRow
from app.services.billing.requests import RunDone
from app.views.formats import DASH
from app.views.invoices.account import AccountDialog
from app.views.invoices.crediting import END, CreditDialog
from app.views.invoices.locking import LockDialog
from app.views.invoices.page import InvoicesPage
from app.views.invoices.paying import (
    PaymentDialog,
    RefundDialog,
    TakeBackDialog,
    WriteOffDialog,
)
from app.views.invoices.rows import Standing
from app.views.papers.large import LargePaper
from app.views.tools import Link, Place, Tools, Word
from app.views.widgets.buttons import Chip
from tests.fakes import ScriptedPrompts
from tests.views.hands import Hands


def dialog(page: InvoicesPage, kind: type[QDialog]) -> QDialog:
    """Give the window that is open now."""
    return next(each for each in page.findChildren(kind) if each.isVisible())


def row_of(tools: Tools, document_id: int) -> DocumentRow:
    rows = tools.office.ledger.documents()
    return next(row for row in rows if row.document_id == document_id)


def standing_of(page: InvoicesPage) -> Standing | None:
    """Say where the chosen invoice stands."""
    row = page.list.table.current()
    return row.standing if row is not None else None


def test_drafts_and_invoices_are_counted_by_standing(
    issued: RunDone, page: InvoicesPage
) -> None:
    rows = page.list.table.model.rows
    assert {row.document_id for row in rows if not row.is_draft} == set(
        issued.document_ids
    )
    chips = {chip.text() for chip in page.list.chips.findChildren(Chip)}
    assert f"All {len(rows)}" in chips


def test_drafts_have_no_number_and_are_seen_as_paper(page: InvoicesPage) -> None:
    row = page.list.table.current()
    assert row is not None
    assert row.is_draft
    assert page.list.table.model.columns[1].text(row) == DASH
    paper = page.list.inspector.paper.paper
    assert paper is not None
    assert paper.pdf.startswith(b"%PDF")
    assert paper.pages[0].height() > paper.pages[0].width()


@pytest.mark.usefixtures("issued")
def test_a_chip_shows_only_its_standing(page: InvoicesPage) -> None:
    page.list.choose_standing(Standing.ISSUED)
    assert page.list.table.model.rows
    assert all(row.standing is Standing.ISSUED for row in page.list.table.model.rows)


def test_a_payment_takes_three_keys_at_most(
    issued: RunDone, page: InvoicesPage, tools: Tools, qtbot: QtBot
) -> None:
    invoice = issued.document_ids[0]
    open_sum = row_of(tools, invoice).open
    page.show_link(Link(Place.INVOICES, "document", invoice))
    hands = Hands()
    hands.press(Qt.Key.Key_R)
    form = dialog(page, PaymentDialog)
    assert isinstance(form, PaymentDialog)
    assert form.amount.minor == open_sum
    qtbot.waitUntil(form.isActiveWindow)
    hands.press(Qt.Key.Key_Return)
    assert hands.keys <= 3
    assert row_of(tools, invoice).open == 0
    qtbot.waitUntil(lambda: standing_of(page) is Standing.PAID)


def test_a_payment_of_nothing_is_refused_under_its_field(
    issued: RunDone, page: InvoicesPage
) -> None:
    page.show_link(Link(Place.INVOICES, "document", issued.document_ids[0]))
    page.pay.trigger()
    form = dialog(page, PaymentDialog)
    assert isinstance(form, PaymentDialog)
    form.amount.show_value(0)
    form.submit()
    assert form.isVisible()
    assert form.amount_row.field.accessibleDescription()
    form.reject()


def test_more_than_is_open_stays_on_account_and_goes_back(
    issued: RunDone, page: InvoicesPage, tools: Tools, qtbot: QtBot
) -> None:
    invoice = issued.document_ids[0]
    open_sum = row_of(tools, invoice).open
    page.show_link(Link(Place.INVOICES, "document", invoice))
    page.pay.trigger()
    form = dialog(page, PaymentDialog)
    assert isinstance(form, PaymentDialog)
    form.amount.show_value(open_sum + 1000)
    with qtbot.waitSignal(page.said) as said:
        form.submit()
    assert "on account" in said.args[0].sentence
    page.account.trigger()
    account = dialog(page, AccountDialog)
    assert isinstance(account, AccountDialog)
    assert account.paper.paper is not None
    account.refund.click()
    refund = next(each for each in account.findChildren(RefundDialog))
    assert refund.amount.minor == 1000
    refund.submit()
    assert not account.refund.isEnabled()
    account.reject()


def test_a_payment_is_taken_back(
    issued: RunDone, page: InvoicesPage, tools: Tools
) -> None:
    invoice = issued.document_ids[0]
    open_sum = row_of(tools, invoice).open
    page.show_link(Link(Place.INVOICES, "document", invoice))
    page.pay.trigger()
    form = dialog(page, PaymentDialog)
    assert isinstance(form, PaymentDialog)
    form.submit()
    page.refresh()
    (paid,) = page.list.inspector.settled.model.rows
    page.deeds.take_back(paid)
    back = dialog(page, TakeBackDialog)
    assert isinstance(back, TakeBackDialog)
    back.submit()
    assert back.isVisible()
    back.reason.setText("Bounced")
    back.submit()
    assert row_of(tools, invoice).open == open_sum


def test_an_invoice_is_credited_after_a_last_question(
    issued: RunDone, page: InvoicesPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    invoice = issued.document_ids[0]
    row = row_of(tools, invoice)
    page.show_link(Link(Place.INVOICES, "document", invoice))
    page.correct.trigger()
    form = dialog(page, CreditDialog)
    assert isinstance(form, CreditDialog)
    form.choose_way(END)
    form.reason.setText("Moved away")
    form.submit()
    (question,) = prompts.asked
    assert row.number in question.title
    note = tools.office.ledger.documents()[0]
    assert note.kind is DocumentKind.CREDIT_NOTE
    assert note.number in question.title
    assert tools.formats.money(note.total, note.currency) in question.title
    assert note.total == row.total


def test_an_invoice_is_corrected_and_issued_anew(
    issued: RunDone, page: InvoicesPage, tools: Tools
) -> None:
    invoice = issued.document_ids[0]
    page.show_link(Link(Place.INVOICES, "document", invoice))
    page.correct.trigger()
    form = dialog(page, CreditDialog)
    assert isinstance(form, CreditDialog)
    form.choose_way(1 + 1)
    form.reason.setText("Another address")
    form.submit()
    anew, note, *_rest = tools.office.ledger.documents()
    assert (anew.kind, note.kind) == (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE)
    assert anew.total == row_of(tools, invoice).total


def test_what_nobody_pays_is_written_off(
    issued: RunDone, page: InvoicesPage, tools: Tools
) -> None:
    invoice = issued.document_ids[0]
    page.show_link(Link(Place.INVOICES, "document", invoice))
    page.write_off.trigger()
    form = dialog(page, WriteOffDialog)
    assert isinstance(form, WriteOffDialog)
    form.reason.setText("Bankrupt")
    form.submit()
    assert row_of(tools, invoice).open == 0
    page.refresh()
    page.list.choose_standing(Standing.WRITTEN_OFF)
    assert [row.key for row in page.list.table.model.rows] == [invoice]


def test_a_line_leads_to_its_session(
    issued: RunDone, page: InvoicesPage, qtbot: QtBot
) -> None:
    page.show_link(Link(Place.INVOICES, "document", issued.document_ids[0]))
    inspector = page.list.inspector
    inspector.show_tab(1)
    line = next(each for each in inspector.lines.model.rows if each.session_id)
    inspector.lines.select(line.line_id)
    with qtbot.waitSignal(page.went) as went:
        inspector.lines.opened.emit(line)
    assert went.args == [Link(Place.CALENDAR, "session", line.session_id or 0)]


@pytest.mark.usefixtures("issued")
def test_the_list_is_kept_as_a_file(
    page: InvoicesPage, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.path = tmp_path / "list.csv"
    page.export.trigger()
    text = prompts.path.read_text("utf-8-sig")
    assert "INV-0001" in text
    assert text.splitlines()[0].startswith("Invoice,Family")


def test_a_document_is_kept_as_a_file_and_shown_large(
    issued: RunDone, page: InvoicesPage, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    page.show_link(Link(Place.INVOICES, "document", issued.document_ids[0]))
    prompts.path = tmp_path / "invoice.pdf"
    page.save.trigger()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert prompts.proposed[0].startswith("INV-0001")
    page.deeds.show_large()
    dialog(page, LargePaper).close()


def test_a_period_is_locked_and_opened(
    page: InvoicesPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    page.lock.trigger()
    form = dialog(page, LockDialog)
    assert isinstance(form, LockDialog)
    day = form.day.day
    form.submit()
    assert tools.office.locks.first_open_day() == day
    page.lock.trigger()
    again = dialog(page, LockDialog)
    assert isinstance(again, LockDialog)
    again.open_again.click()
    assert tools.office.locks.first_open_day().year == 1
    assert len(prompts.asked) == 2


@pytest.mark.usefixtures("issued")
def test_letters_in_the_filter_do_nothing_else(page: InvoicesPage) -> None:
    page.find_in_page()
    Hands().press(Qt.Key.Key_R)
    assert page.list.search.text().casefold() == "r"
    assert not [each for each in page.findChildren(PaymentDialog) if each.isVisible()]


@pytest.mark.usefixtures("issued")
def test_a_place_is_come_back_to(page: InvoicesPage) -> None:
    page.list.search.setText("Berg")
    page.list.choose_standing(Standing.ISSUED)
    standing = page.standing()
    page.list.search.clear()
    page.list.choose_standing("")
    page.stand(standing)
    assert page.list.search.text() == "Berg"
    assert page.list.chips.current == Standing.ISSUED


def test_what_cannot_be_done_is_said(page: InvoicesPage) -> None:
    said: list[Word] = []
    page.said.connect(said.append)
    page.deeds.pay()
    page.deeds.correct()
    page.deeds.write_off()
    assert len(said) == 3
    assert QApplication.activeModalWidget() is None


@pytest.mark.usefixtures("issued")
def test_everything_has_a_name(page: InvoicesPage) -> None:
    kinds = (QAbstractButton, QLineEdit, QAbstractItemView)
    nameless = [
        each
        for kind in kinds
        for each in page.findChildren(kind)
        if each.isVisible()
        and not (each.accessibleName() or getattr(each, "text", str)())
        and not each.objectName().startswith("qt_")
    ]
    assert not nameless


def test_a_filter_that_finds_nothing_outlives_a_refresh(page: InvoicesPage) -> None:
    page.list.search.setText("nobody is called so")
    page.refresh()
    assert not page.list.table.model.rows
    assert page.list.table.current() is None
