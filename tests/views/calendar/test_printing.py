"""Printing the calendar: two keys for a tutor's week, and every other sheet."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.views.calendar.printing import Kind, PrintWindow
from app.views.calendar.views import View
from app.views.papers.drawing import pages_of
from tests.fakes import ScriptedPrompts
from tests.services.documents.reading import text
from tests.views.calendar.conftest import SATURDAY, Desk, book

CTRL = Qt.KeyboardModifier.ControlModifier
TEN = datetime.combine(SATURDAY, time(10))


def opened(desk: Desk) -> PrintWindow:
    """Press Ctrl+P, and give the window that opens."""
    desk.page.canvas.setFocus()
    desk.press(Qt.Key.Key_P, CTRL)
    window = desk.page.around.printing.window
    assert window is not None
    desk.qtbot.waitUntil(window._print.hasFocus)
    return window


def test_control_p_and_enter_print_a_tutors_week(
    desk: Desk, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.path = tmp_path / "week.pdf"
    number = book(desk, TEN)
    desk.page.canvas.select(number)
    desk.hands.keys = 0
    window = opened(desk)
    assert window._kind() is Kind.WEEK
    desk.press(Qt.Key.Key_Return)
    assert desk.hands.keys == 2
    [page] = pages_of(prompts.path.read_bytes(), 72)
    assert page.width() > page.height()
    assert desk.page.around.printing.window is None
    assert prompts.titles
    assert "printer" in desk.toast.accessibleName()


def test_the_sheet_is_of_the_chosen_sessions_tutor(desk: Desk) -> None:
    number = book(desk, TEN, tutor=1)
    desk.page.canvas.select(number)
    window = opened(desk)
    card = desk.card(number)
    assert window.whose.currentText() == card.tutors[0][1]
    assert window.view.paper is not None
    words = text(window.view.paper.pdf)
    assert card.tutors[0][1] in words
    assert "10:00" in words
    window.reject()


@pytest.mark.parametrize(
    ("view", "kind"),
    [
        (View.WEEK, Kind.WEEK),
        (View.TUTORS_WEEK, Kind.WEEK),
        (View.DAY, Kind.DAY),
        (View.TUTORS, Kind.DAY),
        (View.MONTH, Kind.AGENDA),
    ],
)
def test_what_is_shown_is_proposed(desk: Desk, view: View, kind: Kind) -> None:
    desk.page.show_view(view)
    window = opened(desk)
    assert window._kind() is kind
    assert window.view.paper is not None
    window.reject()


def test_every_kind_can_be_drawn(desk: Desk) -> None:
    number = book(desk, TEN)
    desk.page.canvas.select(number)
    window = opened(desk)
    for kind in Kind:
        window.kinds.choose(kind)
        if window.whose.isHidden() and kind is Kind.ROOM:
            continue
        assert window.view.paper is not None, kind
    window.reject()


def test_escape_prints_nothing(desk: Desk, prompts: ScriptedPrompts) -> None:
    opened(desk)
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.around.printing.window is None
    assert prompts.titles == []


def test_a_sheet_is_saved_under_a_name(
    desk: Desk, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.path = tmp_path / "sheet.pdf"
    window = opened(desk)
    window._on_save()
    assert prompts.path.read_bytes().startswith(b"%PDF")
    assert prompts.proposed[0].endswith(".pdf")


def test_a_sheet_that_cannot_be_written_says_so(
    desk: Desk, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.path = tmp_path  # a folder
    window = opened(desk)
    window._on_save()
    assert window._note.isVisible()
    assert window._note.text()
    window.reject()


def test_enter_before_the_sheet_is_drawn_prints_it_when_it_is(
    desk: Desk, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    prompts.path = tmp_path / "week.pdf"
    window = opened(desk)
    paper = window.view.paper
    assert paper is not None
    window.view.show_words("Drawing the document…")
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert not prompts.path.exists()
    window.view.show_paper(paper)
    assert prompts.path.exists()
