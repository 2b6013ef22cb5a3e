"""The sheet of keys tells them by area, and finds them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.views.shell.help import KeyboardSheet, under
from app.views.shell.main_window import MainWindow


def sheet_of(window: MainWindow, place: str) -> KeyboardSheet:
    window.go_to(place)
    QTest.keyClick(window, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    found = [one for one in window.findChildren(KeyboardSheet) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def test_keys_stand_by_area_the_pages_own_first(window: MainWindow) -> None:
    sheet = sheet_of(window, "tasks")
    titles = [head.text(0) for head in sheet.areas()]
    assert titles[0] == "Tasks"
    assert {"File", "Edit", "View", "Go", "Help", "In lists", "In forms"} < set(titles)
    own = sheet.areas()[0]
    names = [item.text(0) for item in under(own)]
    assert "New task" in names
    everything = [
        (item.text(0), item.text(1)) for head in sheet.areas() for item in under(head)
    ]
    assert len(set(everything)) == len(everything)
    assert all(name and keys for name, keys in everything)
    sheet.close()


def test_a_heading_without_a_find_is_hidden(window: MainWindow) -> None:
    sheet = sheet_of(window, "tasks")
    sheet.field.setText("new task")
    shown = [head.text(0) for head in sheet.areas() if not head.isHidden()]
    assert shown == ["Tasks"]
    sheet.field.setText("in lists")
    shown_heads = [head for head in sheet.areas() if not head.isHidden()]
    assert [head.text(0) for head in shown_heads] == ["In lists"]
    assert not any(item.isHidden() for item in under(shown_heads[0]))
    sheet.close()
