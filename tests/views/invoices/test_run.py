"""The invoice run: five clicks, exceptions first, numbers last, and a way to stop."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.services.billing.requests import RunDone, RunException, RunPreview, Trouble
from app.services.people.requests import AddHousehold, NewPayer
from app.views.invoices.page import InvoicesPage
from app.views.invoices.running.looking import Fix, number_span, problems_of
from app.views.invoices.running.problems import ProblemRow
from app.views.invoices.running.wizard import ISSUE, PERIOD, REVIEW, RunWizard
from app.views.tools import Place, Tools
from app.views.wizards.watching import Progress
from tests.fakes import ScriptedPrompts
from tests.month import HELD_BACK
from tests.views.hands import Hands


class Stopper(QObject):
    """Somebody who presses Stop when two documents are out."""

    def __init__(self, wizard: RunWizard) -> None:
        super().__init__(wizard)
        self._wizard, self.is_on = wizard, True
        wizard.issue.progress.moved.connect(self._on_moved)

    def _on_moved(self, progress: Progress) -> None:
        if self.is_on and progress.done == 2:
            self._wizard.issue.progress.stop.click()


def test_a_month_is_issued_in_five_clicks(
    page: InvoicesPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    hands, on = Hands(), page.wizard.footer.on
    hands.click(page.list.run)
    assert page.wizard.page == PERIOD
    assert page.wizard.period.from_on.day == date(2026, 2, 1)
    hands.click(on)
    assert page.wizard.page == REVIEW
    assert not tools.office.ledger.documents()
    hands.click(on)
    assert page.wizard.page == ISSUE
    assert not tools.office.ledger.documents()
    hands.click(on)
    (question,) = prompts.asked
    documents = tools.office.ledger.documents()
    assert documents
    assert f"Issue {len(documents)} invoices" in question.title
    assert documents[-1].number in question.consequence
    assert hands.clicks + len(prompts.asked) <= 5
    assert page.wizard.steps.is_done


def test_going_on_leads_into_the_next_step(page: InvoicesPage) -> None:
    page.start_run()
    wizard = page.wizard
    wizard.footer.on.setFocus()
    wizard.footer.on.click()
    assert wizard.page == REVIEW
    assert wizard.review.table.hasFocus()
    wizard.footer.on.setFocus()
    wizard.look_again()
    assert wizard.review.table.hasFocus()
    wizard.footer.on.click()
    assert wizard.page == ISSUE
    assert wizard.footer.on.hasFocus()


def test_nothing_is_issued_without_the_last_word(
    page: InvoicesPage, tools: Tools, prompts: ScriptedPrompts
) -> None:
    prompts.agrees = False
    page.start_run()
    for _step in range(3):
        page.wizard.footer.on.click()
    assert not tools.office.ledger.documents()
    assert page.wizard.page == ISSUE


def test_what_holds_back_stands_first_and_is_settled_in_its_place(
    page: InvoicesPage,
) -> None:
    page.start_run()
    page.wizard.footer.on.click()
    card = page.wizard.review.problems
    first = card.left[0]
    assert first.is_blocking
    assert first.fix is Fix.ADDRESS
    row = next(each for each in card.findChildren(ProblemRow) if each.problem == first)
    field = row.findChild(QLineEdit)
    assert field is not None
    before = len(page.wizard.review.table.model.rows)
    field.setText("5 New Road, London")
    field.returnPressed.emit()
    assert all(each.fix is not Fix.ADDRESS for each in card.left)
    assert len(page.wizard.review.table.model.rows) == before + 1
    families = {each.draft.household for each in page.wizard.review.table.model.rows}
    assert HELD_BACK in families


def test_what_may_be_so_is_accepted(page: InvoicesPage) -> None:
    page.start_run()
    page.wizard.footer.on.click()
    card = page.wizard.review.problems
    before = len(card.left)
    acceptable = sum(each.is_acceptable for each in card.left)
    card.accept_all.click()
    assert len(card.left) == before - acceptable


def test_what_is_settled_elsewhere_is_a_click_away() -> None:
    row = RunException(Trouble.NOT_CLOSED, "It is open.", 1, None, 7)
    (problem,) = problems_of(RunPreview((row,), ()))
    assert problem.link is not None
    assert (problem.link.place, problem.link.id) == (Place.CLOSE_OUT, 7)


def test_only_some_families_are_billed(page: InvoicesPage) -> None:
    page.start_run()
    period = page.wizard.period
    period._choice.button(1).click()
    assert not page.wizard.footer.on.isEnabled()
    period._list.item(0).setCheckState(Qt.CheckState.Checked)
    assert page.wizard.footer.on.isEnabled()
    page.wizard.footer.on.click()
    assert len(page.wizard.review.table.model.rows) <= 2


def test_a_stopped_run_leaves_whole_documents_and_goes_on(
    page: InvoicesPage, tools: Tools, qtbot: QtBot
) -> None:
    page.start_run()
    wizard = page.wizard
    wizard.footer.on.click()
    wizard.footer.on.click()
    count = len(wizard.review.table.model.rows)
    stopper = Stopper(wizard)
    with qtbot.waitSignal(wizard.issued) as done:
        wizard.footer.on.click()
    stopped: RunDone = done.args[0]
    assert (len(stopped.document_ids), stopped.left) == (2, count - 2)
    assert not wizard.issue.more.isHidden()
    stopper.is_on = False
    wizard.issue.more.click()
    assert len(tools.office.ledger.documents()) == count
    wizard.issue.close_button.click()
    assert page.list.isVisible()


def test_a_run_that_was_left_is_taken_up_again(page: InvoicesPage) -> None:
    page.start_run()
    page.wizard.period.from_on.show_day(date(2026, 1, 1))
    page.wizard.footer.on.click()
    page.wizard.footer.close_button.click()
    assert page.list.isVisible()
    page.start_run()
    assert page.wizard.page == REVIEW
    assert page.wizard.period.from_on.day == date(2026, 1, 1)


@pytest.mark.usefixtures("issued")
def test_a_refusal_is_shown_and_nothing_lost(page: InvoicesPage, tools: Tools) -> None:
    tools.office.households.add_household(
        AddHousehold("New", payers=(NewPayer("New", "1 Street", ""),))
    )
    page.start_run()
    wizard = page.wizard
    wizard.period.from_on.show_day(date(2026, 3, 1))
    wizard.period.until_on.show_day(date(2026, 3, 3))
    wizard.period.on.show_day(date(2026, 2, 1))
    wizard.footer.on.click()
    wizard.footer.on.click()
    if wizard.page == ISSUE:
        wizard.footer.on.click()
        assert not wizard.issue.error.isHidden()
        assert wizard.footer.on.isVisible()


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((), ""), (("A-1",), "A-1"), (("A-1", "A-2", "A-3"), "A-1 … A-3")],
)
def test_numbers_are_written_from_first_to_last(
    numbers: tuple[str, ...], words: str
) -> None:
    assert number_span(numbers) == words
