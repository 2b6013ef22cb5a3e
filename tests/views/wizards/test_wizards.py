"""Forms keep what was typed until it is done; wizards say where one is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.models.values.errors import RuleError
from app.views.form_dialog import OfficeForm
from app.views.tools import Tools, Word
from app.views.widgets.inputs import MoneyField
from app.views.wizards.footer import WizardFooter
from app.views.wizards.steps import Steps
from app.views.wizards.watching import Progress, ProgressCard, RunWatch


class Naming(OfficeForm):
    """Asks for a name and refuses a bad one."""

    def __init__(self, parent: QWidget, tools: Tools) -> None:
        super().__init__(parent, tools, "Name it", "Name")
        self.name = QLineEdit()
        self.price = MoneyField(None, tools.formats)
        self.add_field("Name", self.name)
        self.price_row = self.add_field("Price", self.price, optional=True)

    def commit(self) -> None:
        """Name it."""
        self.ask(partial(self._work, self.name.text()), self._on_done)

    def _work(self, name: str) -> str:
        if name == "bad":
            message = "Choose another name."
            raise RuleError(message)
        return name

    def _on_done(self, name: str) -> None:
        self.finish(Word(name))


def test_a_refused_form_stays_as_it_was(tools: Tools, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = Naming(window, tools)
    form.name.setText("bad")
    form.submit()
    assert form.result() == 0
    assert form.name.text() == "bad"
    assert form.verb_button.isEnabled()
    form.name.setText("good")
    with qtbot.waitSignal(form.told) as told:
        QTest.keyClick(
            form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
    assert told.args == [Word("good")]


def test_what_cannot_be_read_is_said_under_its_field(
    tools: Tools, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    form = Naming(window, tools)
    form.price.setText("much")
    form.submit()
    assert form.price.accessibleDescription()
    assert form.result() == 0
    form.reject()


def test_steps_say_where_one_is(qtbot: QtBot) -> None:
    steps = Steps(("Period", "Review"))
    qtbot.addWidget(steps)
    assert steps.accessibleName() == "Step 1 of 2: Period"
    steps.go_to(1)
    assert steps.accessibleName() == "Step 2 of 2: Review"
    steps.go_to(2)
    assert steps.is_done


def test_the_way_on_has_its_words(qtbot: QtBot) -> None:
    footer = WizardFooter()
    qtbot.addWidget(footer)
    footer.show_steps("Issue 3 invoices…", can_go_back=False)
    assert footer.on.text() == "Issue 3 invoices…"
    assert footer.back.isHidden()
    with qtbot.waitSignal(footer.gone_on):
        footer.on.click()


def test_a_watch_tells_and_stops(qtbot: QtBot) -> None:
    watch, card = RunWatch(), ProgressCard("Issuing")
    qtbot.addWidget(card)
    watch.moved.connect(card.show_progress)
    card.stopped.connect(watch.stop)
    card.begin()
    heard: list[Progress] = []
    card.moved.connect(heard.append)
    assert watch.goes_on(0, 2, "Berg")
    card.stop.click()
    assert not watch.goes_on(1, 2, "Costa")
    assert [each.done for each in heard] == [0, 1]
