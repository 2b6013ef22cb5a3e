"""Keys of commands are changed, refused where they clash, and put back."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.views.appearance import Appearance
from app.views.key_choices import KeyChoices, clash, plain
from app.views.settings.page import SettingsPage
from app.views.settings.shortcuts import ChangeKeys, ShortcutsSection
from app.views.shell.main_window import MainWindow
from app.views.tools import Place, Tools

SEARCH = "Search or run a command"


def section_of(window: MainWindow) -> ShortcutsSection:
    window.go_to(Place.SETTINGS.value)
    page = window.page
    assert isinstance(page, SettingsPage)
    page.show_section("shortcuts")
    section = page.section
    assert isinstance(section, ShortcutsSection)
    return section


def choose(section: ShortcutsSection, name: str) -> None:
    rows = section.list.table.model.rows
    assert section.list.table.select(next(r.number for r in rows if r.name == name))


def keys_of(window: MainWindow, name: str) -> list[str]:
    actions = window.findChildren(QAction)
    commands = KeyChoices(window.tools.state).commands(actions)
    return [one.keys for one in commands if one.name == name]


def dialog_of(section: ShortcutsSection, name: str, keys: str) -> ChangeKeys:
    choose(section, name)
    section.ask_keys()
    dialog = section.findChildren(ChangeKeys)[-1]
    dialog.keys.setKeySequence(QKeySequence(keys))
    dialog.submit()
    return dialog


def actions_of(actions: list[QAction], names: list[str]) -> list[QAction]:
    """Give the commands themselves that are listed under these names."""
    found = [one for one in actions if plain(one.text()) in names]
    return [one for one in found if one.menu() is None]


def test_a_command_gets_other_keys_and_keeps_them(
    window: MainWindow, qtbot: QtBot, tools: Tools
) -> None:
    section = section_of(window)
    dialog_of(section, SEARCH, "Ctrl+Shift+Y")
    assert keys_of(window, SEARCH) == ["Ctrl+Shift+Y"]
    row = section.list.current()
    assert row is not None
    assert row.is_changed
    assert row.own == "Ctrl+K"
    looks = Appearance.of(tools.state)
    assert looks is not None
    again = MainWindow(tools, Actor("Ann", Role.OWNER), "Office", looks)
    qtbot.addWidget(again)
    assert keys_of(again, SEARCH) == ["Ctrl+Shift+Y"]


def test_keys_of_another_command_are_refused(window: MainWindow) -> None:
    section = section_of(window)
    dialog = dialog_of(section, SEARCH, "Ctrl+B")
    assert "“Sidebar”" in dialog.keys.accessibleDescription()
    assert dialog.isVisible()
    dialog.reject()
    assert keys_of(window, SEARCH) == ["Ctrl+K"]


def test_keys_are_taken_away_and_put_back(window: MainWindow) -> None:
    section = section_of(window)
    dialog_of(section, SEARCH, "")
    assert keys_of(window, SEARCH) == [""]
    choose(section, SEARCH)
    section.reset()
    assert keys_of(window, SEARCH) == ["Ctrl+K"]
    dialog_of(section, SEARCH, "")
    dialog_of(section, "Sidebar", "Ctrl+K")
    choose(section, SEARCH)
    section.reset()  # its own keys are the sidebar's now
    assert keys_of(window, SEARCH) == [""]
    assert "Sidebar" in window.recent[0].sentence
    section.reset_all()
    assert keys_of(window, SEARCH) == ["Ctrl+K"]
    assert keys_of(window, "Sidebar") == ["Ctrl+B"]


def test_two_pages_may_use_the_same_keys(window: MainWindow) -> None:
    window.go_to(Place.TASKS.value)
    window.go_to(Place.JOURNAL.value)
    actions = window.findChildren(QAction)
    undo = QKeySequence("Ctrl+N")  # a new task, on that page only
    assert clash(actions, "Undo this change", undo) == ""
    assert clash(actions, SEARCH, undo) == "New task"


def test_commands_have_names_of_their_own_in_any_language(window: MainWindow) -> None:
    for place in Place:
        window.go_to(place.value)
    actions = window.findChildren(QAction)
    commands = KeyChoices(window.tools.state).commands(actions)
    assert len(commands) > len(Place)
    names: dict[str, set[str]] = {}
    for action in actions_of(actions, [one.name for one in commands]):
        assert action.objectName(), action.text()
        names.setdefault(action.objectName(), set()).add(action.text())
    assert {name: texts for name, texts in names.items() if len(texts) > 1} == {}


def test_chosen_keys_are_kept_when_the_language_changes(window: MainWindow) -> None:
    section = section_of(window)
    dialog_of(section, SEARCH, "Ctrl+Shift+Y")
    for language in ("Search or run a command…", "Suchen oder Befehl geben…"):
        translated = QAction(language, window)
        translated.setObjectName("window/palette")
        translated.setShortcut(QKeySequence("Ctrl+K"))
        KeyChoices(window.tools.state).take([translated])
        assert translated.shortcut() == QKeySequence("Ctrl+Shift+Y")
