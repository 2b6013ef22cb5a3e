"""The window leads to every page, finds everything, takes steps back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.resources import resource
from app.views import icons
from app.views.appearance import Appearance, Wanted
from app.views.shell.answers import command_answer
from app.views.shell.main_window import MainWindow
from app.views.theme import Scheme, current
from app.views.tools import Link, Place, Tools, Word


def test_every_place_is_reached_by_the_sidebar(window: MainWindow) -> None:
    for place in window.places:
        item = window.sidebar.items[place.value]
        QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=QPoint(30, 16))
        assert window.here.place is place
        assert window.stack.currentWidget() is window.page
        assert window.page.title in window.windowTitle()


def test_every_place_is_reached_by_its_key(window: MainWindow) -> None:
    keyed = [item for item in window.sidebar.items.values() if item.entry.keys]
    assert len(keyed) >= 5
    for item in keyed:
        action = next(
            one
            for one in window.menus.everything()
            if one.shortcut().toString() == item.entry.keys
        )
        action.trigger()
        assert window.here.place.value == item.entry.key


def test_back_leads_to_where_the_window_was(window: MainWindow) -> None:
    first, second = window.places[0], window.places[1]
    window.go_to(first.value)
    window.go_to(second.value)
    window.back()
    assert window.here.place is first
    window.forward()
    assert window.here.place is second


@pytest.mark.parametrize("place", [Place.TASKS, Place.CALENDAR, Place.INVOICES])
def test_the_mouse_leads_back_and_forward_over_any_list(
    window: MainWindow, place: Place
) -> None:
    window.go_to(Place.TODAY.value)
    window.go_to(place.value)
    for area in window.page.findChildren(QAbstractScrollArea):
        if area.isVisible():
            QTest.mouseClick(area.viewport(), Qt.MouseButton.BackButton)
            assert window.here.place is Place.TODAY
            QTest.mouseClick(window, Qt.MouseButton.ForwardButton)
            assert window.here.place is place


def test_the_palette_finds_a_person_and_goes_there(window: MainWindow) -> None:
    name = window.tools.office.households.students()[0].name
    window.open_palette(name[:5])
    answer = window.palette_box.answers[0]
    assert answer.link is not None
    QTest.keyClick(window.palette_box.box, Qt.Key.Key_Return)
    assert window.here == answer.link
    assert not window.palette_box.isVisible()


def test_the_palette_runs_a_command(window: MainWindow) -> None:
    window.go_to(Place.TODAY.value)
    window.open_palette(">payroll")
    assert window.palette_box.answers[0].action is not None
    QTest.keyClick(window.palette_box.box, Qt.Key.Key_Return)
    assert window.here.place is Place.PAYROLL


def test_the_palette_says_when_there_is_nothing(window: MainWindow) -> None:
    window.open_palette("#qqqqqqq")
    assert window.palette_box.answers == ()
    QTest.keyClick(window.palette_box.box, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()


def test_undo_names_the_step_and_takes_it_back(window: MainWindow) -> None:
    office = window.tools.office
    before = len(office.catalog.subjects())
    office.catalog.add_subject("Astronomy")
    window.steps.read()
    assert "subject" in window.steps.undo_action.text()
    window.steps.undo_action.trigger()
    assert len(office.catalog.subjects()) == before
    window.steps.redo_action.trigger()
    assert len(office.catalog.subjects()) == before + 1


def test_a_word_offers_the_way_back(window: MainWindow) -> None:
    office = window.tools.office
    before = len(office.catalog.subjects())
    office.catalog.add_subject("Astronomy")
    window.steps.read()
    window.say(Word("The subject was added.", can_undo=True))
    toast = window.toasts.current
    assert toast is not None
    assert toast.button is not None
    toast.button.click()
    assert len(office.catalog.subjects()) == before
    assert window.recent[-1].sentence == "The subject was added."


def test_a_word_takes_back_its_own_step(window: MainWindow) -> None:
    office = window.tools.office
    before = {row.name for row in office.catalog.subjects()}
    for name in ("Astronomy", "Botany"):
        office.catalog.add_subject(name)
        window.say(Word(f"{name} was added.", can_undo=True))
    toast = window.toasts.current
    assert toast is not None
    assert "Astronomy" in toast.accessibleName()
    assert toast.button is not None
    toast.button.click()
    left = {row.name for row in office.catalog.subjects()} - before
    assert left == {"Botany"}


def test_a_narrow_window_has_a_rail(window: MainWindow) -> None:
    window.resize(1440, 900)
    wide = window.sidebar.width()
    window.resize(1024, 640)
    assert window.sidebar.width() < wide


def test_the_scheme_changes_at_once(window: MainWindow) -> None:
    window.appearance.choose(Wanted.DARK)
    assert current.scheme is Scheme.DARK
    window.appearance.choose(Wanted.LIGHT)
    assert current.scheme == Scheme.LIGHT  # type: ignore[comparison-overlap]


def test_everything_that_can_be_used_has_a_name(window: MainWindow) -> None:
    nameless = []
    for place in window.places:
        window.go_to(place.value)
        for widget in window.findChildren(QWidget):
            if not widget.isVisible() or not widget.isEnabled():
                continue
            if not isinstance(widget, QAbstractButton | QLineEdit):
                continue
            text = widget.text() if isinstance(widget, QAbstractButton) else ""
            if not (widget.accessibleName() or text or _inner(widget)):
                nameless.append(f"{place}: {widget}")
    assert not nameless, "\n".join(nameless)


def test_every_command_of_a_page_stands_in_a_menu(window: MainWindow) -> None:
    for place in window.places:
        window.go_to(place.value)
        listed = {id(action) for action in window.menus.everything()}
        for actions in window.page.commands().values():
            assert {id(action) for action in actions} <= listed


def test_every_command_shows_an_icon_that_is_there(window: MainWindow) -> None:
    shown = set[str]()
    for place in window.places:
        window.go_to(place.value)
        shown |= {icons.name_of(one) for one in window.menus.everything()}
    shown.discard("")
    assert len(shown) > 10
    assert [name for name in shown if not resource(f"icons/{name}.svg").is_file()] == []
    pictures = {command_answer(one).icon for one in window.menus.everything()}
    assert {"calendar-plus", "log-out", "palette"} <= pictures
    assert command_answer(QAction("Without a picture")).icon == "command"


def test_two_commands_of_a_page_share_no_key(window: MainWindow) -> None:
    for place in window.places:
        window.go_to(place.value)
        keys: dict[str, str] = {}
        for action in window.menus.everything():
            for key in action.shortcuts():
                text = key.toString()
                other = keys.setdefault(text, action.text())
                assert other == action.text(), f"{place}: {text}"


def test_an_unknown_place_changes_nothing(qtbot: QtBot, tools: Tools) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    tutor = Actor("Anna", Role.TUTOR, 1)
    office = tools.office.acting_as(tutor)
    own = Tools(
        office,
        tools.jobs,
        tools.bus,
        tools.prompts,
        tools.formats,
        tools.clock,
        tools.state,
    )
    window = MainWindow(own, tutor, "Chalk & Co", Appearance(app, tools.state))
    qtbot.addWidget(window)
    here = window.here
    assert Place.INVOICES not in window.places
    window.go(Link(Place.INVOICES))
    assert window.here == here
    window.close()


def _inner(widget: QWidget) -> bool:
    """Say whether Qt itself uses a widget inside another one."""
    return widget.objectName().startswith("qt_")
