"""Documents on paper: the way of the page, and who chooses the printer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views.papers.drawing import SCREEN_DPI, Paper, draw, pages_of
from app.views.papers.printing import PaperOut
from app.views.prompts import WindowPrompts
from app.views.tools import Tools
from tests.fakes import ScriptedPrompts

MONDAY = date(2026, 3, 9)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What asks for paper."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def week(tools: Tools) -> Paper:
    return draw(tools.office.schedules.week(1, MONDAY), SCREEN_DPI)


def account(tools: Tools) -> Paper:
    payer = tools.office.households.household(1).payers[0].payer_id
    return draw(tools.office.previews.account(payer, MONDAY, MONDAY), SCREEN_DPI)


def test_a_page_is_printed_the_way_it_lies(
    tools: Tools, window: QWidget, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    out = PaperOut(tools, window)
    ways = []
    for number, paper in enumerate((week(tools), account(tools))):
        prompts.path = tmp_path / f"{number}.pdf"
        out.print_paper(paper, "Paper")
        [page] = pages_of(prompts.path.read_bytes(), 72)
        ways.append(page.width() > page.height())
    assert ways == [True, False]


def test_who_chooses_no_printer_prints_nothing(
    tools: Tools, window: QWidget, prompts: ScriptedPrompts
) -> None:
    out = PaperOut(tools, window)
    told: list[str] = []
    out.done.connect(told.append)
    out.print_paper(week(tools), "Anna's week")
    assert told == []
    assert ["Anna's week" in title for title in prompts.titles] == [True]


@pytest.mark.parametrize("is_wanted", [True, False])
def test_the_window_of_the_system_goes_on_only_if_accepted(
    window: QWidget,
    qtbot: QtBot,
    tmp_path: Path,
    *,
    is_wanted: bool,
) -> None:
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "a.pdf"))
    went: list[bool] = []

    def go_on() -> None:
        went.append(True)

    window.show()
    WindowPrompts().choose_printer(window, "Print", printer, go_on)
    [dialog] = window.findChildren(QPrintDialog)
    with qtbot.waitSignal(dialog.finished):
        dialog.done(int(is_wanted))
    assert went == [True] * is_wanted
    QApplication.sendPostedEvents()
    window.close()
