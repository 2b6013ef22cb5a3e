"""F6 goes round the parts of every page, and Tab follows what is seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QSpinBox, QWidget
from shiboken6 import dump, isValid

from app.views.shell.main_window import MainWindow
from app.views.shell.panes import FRAMES, focusable_in, part_of, takes_tab
from app.views.tools import Place, Word
from tests.views.hands import Hands

PLACES = tuple(Place)


@pytest.fixture(autouse=True)
def _active(window: MainWindow) -> None:
    window.activateWindow()
    for _turn in range(200):
        QApplication.processEvents()
        if QApplication.activeWindow() is window:
            break


def turn(window: MainWindow, *, back: bool = False) -> str:
    """Press F6, and give the part that has the keyboard then."""
    shift = Qt.KeyboardModifier.ShiftModifier
    keys = shift if back else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(window, Qt.Key.Key_F6, keys)
    return window.panes.here


@pytest.mark.parametrize("place", PLACES)
def test_f6_enters_every_part_once_and_comes_round(
    window: MainWindow, place: Place
) -> None:
    window.go_to(place.value)
    names = [pane.name for pane in window.panes.all()]
    assert names[0] == "sidebar"
    assert "content" in names
    assert names == [name for name in ("sidebar", "notices", *FRAMES) if name in names]
    window.sidebar.items[place.value].setFocus()
    seen = [turn(window) for _name in names]
    assert seen == [*names[1:], "sidebar"]
    seen = [turn(window, back=True) for _name in names]
    assert seen == [*reversed(names[1:]), "sidebar"]


def tab_stops(part: QWidget) -> list[QWidget]:
    """List what the Tab key reaches in a part, in its order."""
    found: list[QWidget] = []
    one = part.nextInFocusChain()
    while one is not None and one is not part:
        if part.isAncestorOf(one) and takes_tab(one):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def test_the_menus_outlive_what_the_parts_were_asked_for(window: MainWindow) -> None:
    field = QLineEdit(window.page)
    field.show()
    window.next_pane()
    field.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not isValid(field)
    window.go_to("tasks")
    assert window.menus.everything()


def test_a_field_stays_a_part_of_where_it_stands(window: MainWindow) -> None:
    holder = QWidget(window.page)
    field = QSpinBox(holder)
    holder.show()
    assert focusable_in(holder) == [field]
    parents = [line for line in dump(field).splitlines() if line.startswith("parent")]
    assert len(parents) == 1
    assert "QWidget " in parents[0]


@pytest.mark.parametrize("place", PLACES)
def test_tab_goes_on_as_the_eye_does(window: MainWindow, place: Place) -> None:
    window.go_to(place.value)
    page = window.page
    parts = [part_of(page, one) for one in tab_stops(page)]
    first_seen = list(dict.fromkeys(parts))
    order = [name for name in FRAMES if name in first_seen]
    assert first_seen == order, first_seen
    header = [one for one in tab_stops(page) if part_of(page, one) == "header"]
    lefts = [one.mapTo(page, QPoint()).x() for one in header]
    assert lefts == sorted(lefts), [one.accessibleName() for one in header]


def test_a_word_in_passing_is_reached_and_left(window: MainWindow) -> None:
    window.go_to(Place.STUDENTS.value)
    window.page.setFocus()
    before = QApplication.focusWidget()
    window.say(Word("The family was added.", can_undo=True))
    hands = Hands()
    while window.panes.here != "toast":
        turn(window)
        hands.keys += 1
        assert hands.keys < 10
    toast = window.toasts.current
    assert toast is not None
    assert toast.is_waiting
    hands.press(Qt.Key.Key_Escape)
    assert window.toasts.current is None
    assert window.panes.here != ""
    assert before is not None


def test_the_toast_gives_the_keyboard_back(window: MainWindow) -> None:
    window.go_to(Place.STUDENTS.value)
    window.page.setFocus()
    before = QApplication.focusWidget()
    window.say(Word("Saved."))
    assert window.toasts.focus()
    Hands().press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_a_session_is_begun_from_anywhere(window: MainWindow) -> None:
    window.go_to(Place.INVOICES.value)
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_N, keys)
    assert window.here.place is Place.CALENDAR
