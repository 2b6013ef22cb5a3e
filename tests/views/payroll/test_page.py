"""Payroll: five clicks for a month, every amount down to its sessions, own pay only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models.values.payroll import PayRunState
from app.services.payroll.requests import PayRunDone, StartPayRun
from app.views.papers.large import LargePaper
from app.views.payroll.forms import (
    DEDUCTION,
    WORK,
    AnswerDialog,
    AskDialog,
    InvoiceDialog,
    LineDialog,
    PaidDialog,
)
from app.views.payroll.page import PayrollPage
from app.views.payroll.rows import TIMES
from app.views.payroll.running.wizard import CHECK, PERIOD
from app.views.tools import Link, Place, Tools
from tests.fakes import ScriptedPrompts
from tests.views.hands import Hands


def dialog(page: PayrollPage, kind: type[QDialog]) -> QDialog:
    """Give the window that is open now."""
    return next(each for each in page.findChildren(kind) if each.isVisible())


def test_a_month_is_paid_in_five_clicks(
    page: PayrollPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    hands, on = Hands(), page.wizard.footer.on
    hands.click(page.runs.start)
    assert page.wizard.page == PERIOD
    assert page.wizard.from_on.day == date(2026, 2, 1)
    hands.click(on)
    assert page.wizard.page == CHECK
    assert not on.isEnabled()
    hands.click(page.wizard.check.tick_all)
    hands.click(on)
    (question,) = prompts.asked
    assert hands.clicks + len(prompts.asked) <= 5
    (run,) = tools.office.pay_runs.runs()
    assert run.state is PayRunState.APPROVED
    assert tools.formats.money(run.net) in question.title
    assert page.runs.isVisible()
    assert page.runs.run == run


def test_going_on_leads_to_the_tutors_to_be_checked(page: PayrollPage) -> None:
    page.start_run()
    on = page.wizard.footer.on
    on.setFocus()
    on.click()
    assert page.wizard.page == CHECK
    assert page.wizard.check.board.table.hasFocus()
    on.setFocus()
    page.wizard.look_again()
    assert page.wizard.check.board.table.hasFocus()


def test_only_those_who_are_ticked_are_paid(page: PayrollPage, tools: Tools) -> None:
    page.start_run()
    page.wizard.footer.on.click()
    page.wizard.check.tick_current()
    (chosen,) = page.wizard.check.chosen
    page.wizard.footer.on.click()
    statements = tools.office.pay_runs.statements()
    assert [row.tutor_id for row in statements] == [chosen.pay.tutor_id]
    assert statements[0].net == chosen.pay.net


def test_a_tick_is_taken_away_and_nothing_can_be_approved(page: PayrollPage) -> None:
    page.start_run()
    page.wizard.footer.on.click()
    page.wizard.check.tick_current()
    assert page.wizard.footer.on.isEnabled()
    page.wizard.check.tick_current()
    assert not page.wizard.footer.on.isEnabled()


@pytest.mark.usefixtures("paid")
def test_every_amount_opens_its_sum(page: PayrollPage, qtbot: QtBot) -> None:
    board = page.runs.board
    for row in board.rows:
        board.table.select(row.pay.tutor_id)
        *amounts, net = board.pay.amounts.model.rows
        assert sum(each.amount for each in amounts) == net.amount == row.pay.net
        for amount in amounts:
            if amount.lines:
                assert sum(line.amount for line in amount.lines) == amount.amount
                assert amount.sum
    line = next(each for each in board.pay.lines.model.rows if each.session_id)
    with qtbot.waitSignal(page.went) as went:
        board.pay.lines.opened.emit(line)
    assert went.args == [Link(Place.CALENDAR, "session", line.session_id or 0)]


@pytest.mark.usefixtures("paid")
def test_hours_by_rate_are_written_out(page: PayrollPage) -> None:
    ann = next(row for row in page.runs.board.rows if row.pay.tutor == "Ann Teacher")
    page.runs.board.table.select(ann.pay.tutor_id)
    first = page.runs.board.pay.amounts.model.rows[0]
    assert first.sum.endswith(f"h {TIMES} 27.00")


@pytest.mark.usefixtures("paid")
def test_a_correction_is_added_and_comes_with_the_next_run(page: PayrollPage) -> None:
    page.runs.board.add.click()
    form = dialog(page, LineDialog)
    assert isinstance(form, LineDialog)
    form.amount.show_value(-500)
    form.submit()
    assert form.isVisible()
    form.reason.setText("Paid twice")
    form.submit()
    page.start_run()
    page.wizard.until_on.show_day(date(2026, 3, 31))
    page.wizard.footer.on.click()
    (row,) = page.wizard.check.board.rows
    assert row.pay.net == -500


def test_other_work_and_deductions_are_added(page: PayrollPage) -> None:
    page.start_run()
    page.wizard.footer.on.click()
    before = page.wizard.check.board.rows[0].pay
    for kind in (WORK, DEDUCTION):
        page.wizard.check.board.add.click()
        form = dialog(page, LineDialog)
        assert isinstance(form, LineDialog)
        form.kind.choose(kind)
        form.amount.show_value(1000)
        form.reason.setText("Open day")
        form.submit()
        if form.isVisible():
            form.reject()
    page.wizard.look_again()
    after = next(
        row.pay
        for row in page.wizard.check.board.rows
        if row.pay.tutor_id == before.tutor_id
    )
    assert after.deducted == before.deducted + 1000


@pytest.mark.usefixtures("paid")
def test_a_run_is_marked_as_paid(page: PayrollPage, tools: Tools) -> None:
    page.go_on.trigger()
    form = dialog(page, PaidDialog)
    assert isinstance(form, PaidDialog)
    form.submit()
    page.refresh()
    (run,) = tools.office.pay_runs.runs()
    assert run.state is PayRunState.PAID
    assert not page.runs.cancel.isVisible()
    assert not page.runs.next.isVisible()


@pytest.mark.usefixtures("paid")
def test_an_unpaid_run_is_cancelled_after_a_question(
    page: PayrollPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    page.cancel.trigger()
    (question,) = prompts.asked
    assert question.is_danger
    assert any(run.is_cancelled for run in tools.office.pay_runs.runs())


def test_a_run_that_was_opened_elsewhere_is_checked_and_approved(
    tools: Tools, page: PayrollPage
) -> None:
    days = (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))
    tools.office.pay_runs.start(StartPayRun(*days, "elsewhere"))
    page.refresh()
    assert page.runs.run is not None
    states = [page.runs.run.state]
    assert page.runs.board.pay.amounts.model.rows
    for _step in range(2):
        page.go_on.trigger()
        states.append(page.runs.run.state)
    assert states == [PayRunState.OPEN, PayRunState.CHECKED, PayRunState.APPROVED]


def test_pay_is_kept_as_files(
    paid: PayRunDone, page: PayrollPage, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.path = tmp_path / "pay.csv"
    page.export.trigger()
    assert prompts.path.read_text("utf-8-sig").startswith("statement,tutor,kind")
    prompts.path = tmp_path
    page.runs.save_statements()
    assert len(list(tmp_path.glob("*.pdf"))) == len(paid.statements)


@pytest.mark.usefixtures("paid")
def test_a_statement_is_shown_as_it_is_printed(page: PayrollPage) -> None:
    page.runs.board.paper.click()
    large = dialog(page, LargePaper)
    assert isinstance(large, LargePaper)
    assert large.view.paper is not None
    large.close()


def test_a_tutor_sees_the_own_statements_only(
    own_page: PayrollPage, paid: PayRunDone
) -> None:
    assert own_page.own is not None
    (row,) = own_page.own.table.model.rows
    assert row.tutor_id == paid.statements[0].tutor_id
    assert own_page.own.pay.amounts.model.rows[-1].amount == row.net
    assert not hasattr(own_page, "runs")


def test_a_question_is_asked_shown_and_answered(
    own_page: PayrollPage, page: PayrollPage, tools: Tools
) -> None:
    assert own_page.own is not None
    own_page.own.ask.click()
    asked = dialog(own_page, AskDialog)
    assert isinstance(asked, AskDialog)
    asked.text.setPlainText("It was two hours.")
    asked.submit()
    page.refresh()
    board = page.runs.board
    board.table.select(tools.office.pay_lines.questions()[0].tutor_id)
    board.pay.show_explained(
        tools.office.pay_book.explain_statement(
            tools.office.pay_runs.statements()[0].statement_id
        )
    )
    board.pay.answer.click()
    form = dialog(page, AnswerDialog)
    assert isinstance(form, AnswerDialog)
    form.text.setPlainText("You are right.")
    form.submit()
    assert not tools.office.pay_lines.questions()


def test_a_contractors_invoice_is_noted_before_the_statement_is_frozen(
    page: PayrollPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    page.start_run()
    page.wizard.footer.on.click()
    board = page.wizard.check.board
    rows = {row.pay.tutor: row.pay for row in board.rows}
    employed = next(name for name in rows if name != "Cem Teacher")
    board.table.select(rows[employed].tutor_id)
    assert board.invoice.isHidden()
    board.table.select(rows["Cem Teacher"].tutor_id)
    assert (board.invoice.isHidden(), board.invoice.text()) == (
        False,
        "Their invoice…",
    )
    board.invoice.click()
    form = dialog(page, InvoiceDialog)
    assert isinstance(form, InvoiceDialog)
    form.number.setText("C-2026-07")
    form.submit()
    page.wizard.look_again()
    assert board.invoice.text() == "Their invoice C-2026-07"
    page.wizard.check.tick_current()
    page.wizard.footer.on.click()
    assert prompts.asked
    [statement] = tools.office.pay_runs.statements()
    assert (statement.tutor, statement.their_invoice) == ("Cem Teacher", "C-2026-07")
    shown = page.runs.board.invoice
    assert (shown.text(), shown.isEnabled()) == ("Their invoice C-2026-07", False)
