"""A desk of the office as a person finds it: a window, its jobs, and two hands."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as QtTimeoutError
from pytestqt.qtbot import QtBot

from app.desktop import Desktop
from app.services.clock import Clock
from app.services.office import Office
from app.views.appearance import Appearance
from app.views.state import State
from app.views.tables.view import DataTable
from app.views.widgets.feedback import Popover
from app.views.widgets.rows import Line

W = TypeVar("W", bound=QWidget)
SPACES = {0xA0: " ", 0x202F: " "}  # those at which no line breaks
PATIENCE = 10_000  # milliseconds
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """A window on an office with everything that works behind it.

    Attributes:
        desktop: the parts that the program itself starts.
        crashes: reports of what nobody expected.
    """

    def __init__(
        self, address: str, clock: Clock, remembered: Path, qtbot: QtBot
    ) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._qtbot, self._hook = qtbot, sys.excepthook
        state = State(QSettings(str(remembered), QSettings.Format.IniFormat))
        self.appearance = Appearance(app, state)
        self.desktop = Desktop(address, clock, state, self.appearance)
        self.crashes: list[str] = []
        self.desktop.reports.caught.connect(self.crashes.append)
        self.window = self.desktop.window
        self.window.show()
        self.come_forward()
        self.rest()

    @property
    def office(self) -> Office:
        """The services, to compare what is shown with what holds."""
        return self.desktop.office

    def close(self) -> None:
        """Close the window and end its jobs."""
        for box in list(self.dialogs()):
            box.close()
        self.window.close()
        self.desktop.close()
        self.desktop.garbage.deleteLater()
        self.appearance.deleteLater()
        sys.excepthook = self._hook
        assert not self.crashes, self.crashes[0]

    def gone(self) -> None:
        """Wait until no dialog stands before the window, and all is read again."""
        self.until(lambda: self.front() is self.window, "the dialog closed")
        self.rest()

    def come_forward(self) -> None:
        """Make it the window that keys go to."""
        self.until(self._is_in_front, "the window in front")

    def _is_in_front(self) -> bool:
        if not self.window.isActiveWindow():
            self.window.raise_()
            self.window.activateWindow()
        return self.window.isActiveWindow()

    def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds, or say what did not."""
        try:
            self._qtbot.waitUntil(holds, timeout=PATIENCE)
        except QtTimeoutError:
            message = f"never saw {what}; the window shows:\n{self.shown()}"
            raise AssertionError(message) from None
        assert not self.crashes, self.crashes[0]

    def rest(self) -> None:
        """Wait until no job is under way, and the page has been read again."""
        self.until(self._is_at_rest, "the jobs at rest")

    def _is_at_rest(self) -> bool:
        is_due = self.window.page._timer.isActive()
        return self.desktop.jobs.is_idle and not is_due

    def dialogs(self) -> Iterator[QDialog]:
        """Give the windows that stand before this desk's main window, last first."""
        for box in reversed(self.window.findChildren(QDialog)):
            if box.isVisible():
                yield box

    def front(self) -> QWidget:
        """Give the window, small or large, that a person would use now."""
        small = [one for one in self.window.findChildren(Popover) if one.isVisible()]
        return next(self.dialogs(), small[-1] if small else self.window)

    def all(self, kind: type[W]) -> list[W]:
        """Give what can be seen of a kind in the front window."""
        return [one for one in self.front().findChildren(kind) if one.isVisible()]

    def find(self, kind: type[W], name: str) -> W:
        """Give the one thing that has a name, once it can be used."""
        found: list[W] = []

        def look() -> bool:
            found[:] = [one for one in self.all(kind) if name in names_of(one)]
            return any(one.isEnabled() for one in found)

        self.until(look, f"{kind.__name__} “{name}”")
        return next(one for one in found if one.isEnabled())

    def click(self, name: str) -> None:
        """Press a button by its words."""
        self.press(self.find(QAbstractButton, name))

    def press(self, widget: QWidget) -> None:
        """Press on a widget."""
        if isinstance(widget, QCheckBox | QRadioButton):
            spot = QPoint(10, widget.height() // 2)
        else:
            spot = widget.rect().center()
        QTest.mouseClick(widget, LEFT, NO_KEYS, spot)

    def write(self, name: str, text: str) -> None:
        """Put a text in a field, instead of what stood there."""
        field = self.find(QWidget, name)
        self.write_into(field, text)

    def write_into(self, field: QWidget, text: str) -> None:
        """Put a text into a field that was found."""
        inner = field
        if isinstance(field, QComboBox):
            edit = field.lineEdit()
            assert edit is not None, f"{names_of(field)} cannot be written in"
            inner = edit
        if isinstance(field, QAbstractSpinBox):
            inner = field.lineEdit()
        assert isinstance(inner, QLineEdit | QPlainTextEdit)
        QTest.mouseClick(
            inner.viewport() if isinstance(inner, QPlainTextEdit) else inner, LEFT
        )
        QTest.keyClick(inner, Qt.Key.Key_A, CTRL)
        if text:
            QTest.keyClicks(inner, text)
        else:
            QTest.keyClick(inner, Qt.Key.Key_Delete)
        assert text in _content(inner), f"“{text}” did not arrive: {_content(inner)}"

    def choose(self, name: str, word: str) -> None:
        """Choose an entry of a list that opens, by the keys."""
        box = self.find(QComboBox, name)
        self.choose_in(box, word)

    def choose_in(self, box: QComboBox, word: str) -> None:
        """Choose an entry of a list that was found."""
        words = [box.itemText(row) for row in range(box.count())]
        wanted = next((row for row, each in enumerate(words) if word in each), None)
        assert wanted is not None, f"no “{word}” among {words}"
        box.setFocus()
        while box.currentIndex() != wanted:
            before = box.currentIndex()
            key = Qt.Key.Key_Down if before < wanted else Qt.Key.Key_Up
            QTest.keyClick(box, key)
            assert box.currentIndex() != before, f"“{word}” cannot be chosen"

    def key(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS, times: int = 1
    ) -> None:
        """Press a key where the cursor is."""
        for _time in range(times):
            QTest.keyClick(self._cursor(), key, modifiers)

    def type(self, text: str) -> None:
        """Type where the cursor is."""
        QTest.keyClicks(self._cursor(), text)

    def _cursor(self) -> QWidget:
        if QApplication.activeWindow() is None:
            self.come_forward()  # a screen without a person forgets which is in front
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup  # such as the names that a field proposes
        front, spot = self.front(), QApplication.focusWidget()
        if spot is not None and front.isAncestorOf(spot):
            return spot
        inner: QWidget | None = front.focusWidget()
        return front if inner is None else inner

    def tab(self, word: str) -> None:
        """Open a part of a record."""
        for bar in self.all(QTabBar):
            for place in range(bar.count()):
                if plain(bar.tabText(place)) == word:
                    QTest.mouseClick(bar, LEFT, NO_KEYS, bar.tabRect(place).center())
                    return
        pytest.fail(f"no tab “{word}”")

    def go(self, place: str) -> None:
        """Go to a page by the sidebar."""
        item = self.window.sidebar.items[place]
        QTest.mouseClick(item, LEFT, pos=QPoint(20, item.height() // 2))
        self.until(lambda: self.window.here.place.value == place, place)
        self.rest()

    def find_by_palette(self, words: str) -> None:
        """Go to the first that the palette finds, once that is what was typed."""
        self.key(Qt.Key.Key_K, CTRL)
        palette, wanted = self.window.palette_box, words.lower()
        self.until(palette.isVisible, "the palette")
        QTest.keyClicks(palette.box, words)
        self.until(
            lambda: wanted in str(palette.answers[:1]).lower(), f"“{words}” found"
        )
        QTest.keyClick(palette.box, Qt.Key.Key_Return)
        self.until(lambda: not palette.isVisible(), "the palette closed")
        self.rest()

    def pick(self, words: str) -> None:
        """Press an entry of the menu that is open."""
        menu = self.menu()
        for action in menu.actions():
            if plain(action.text()) == words and action.isEnabled():
                self._press_action(menu, action)
                return
        offered = [plain(action.text()) for action in menu.actions()]
        pytest.fail(f"no “{words}” among {offered}")

    def menu(self) -> QMenu:
        """Give the menu that is open, once it is."""

        def open_menu() -> QMenu | None:
            popup = QApplication.activePopupWidget()
            return popup if isinstance(popup, QMenu) else None

        self.until(lambda: open_menu() is not None, "a menu")
        menu = open_menu()
        assert menu is not None
        return menu

    def table(self, holding: str = "") -> DataTable[object]:
        """Give the table that shows a text."""
        found: list[DataTable[object]] = []

        def look() -> bool:
            found[:] = [
                table
                for table in self.all(DataTable)
                if any(holding in row for row in rows_of(table))
            ]
            return bool(found)

        self.until(look, f"a table with “{holding}”")
        return found[0]

    def row(self, text: str, *, menu: bool = False) -> None:
        """Press the row of a table that shows a text."""
        table = self.table(text)
        number = next(row for row, each in enumerate(rows_of(table)) if text in each)
        index = table.grid.model().index(number, table.grid.naming_column())
        table.grid.scrollTo(index)
        spot = table.grid.visualRect(index).center()
        button = Qt.MouseButton.RightButton if menu else LEFT
        QTest.mouseClick(table.grid.viewport(), button, NO_KEYS, spot)

    def sees(self, text: str) -> None:
        """Wait until a text can be read in the front window."""
        self.until(lambda: text in self.shown(), f"“{text}”")

    def shown(self) -> str:
        """Give what can be read in the front window, a line for each thing."""
        front = self.front()
        widgets = [front, *front.findChildren(QWidget)]
        lines: list[str] = [front.windowTitle()]
        for one in widgets:
            if one.isVisible():
                lines.extend(text for text in texts_of(one) if text)
        return "\n".join(dict.fromkeys(lines)).translate(SPACES)

    def _press_action(self, menu: QMenu, action: QAction) -> None:
        QTest.mouseClick(menu, LEFT, NO_KEYS, menu.actionGeometry(action).center())


def plain(words: str) -> str:
    """Take out what only Qt reads."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&")


def names_of(widget: QWidget) -> set[str]:
    """Say by what a thing can be asked for."""
    found = {widget.accessibleName(), widget.objectName()}
    if isinstance(widget, QAbstractButton):
        found.add(plain(widget.text()))
    if isinstance(widget, QLineEdit):
        found.add(widget.placeholderText())
    return {name for name in found if name}


def texts_of(widget: QWidget) -> list[str]:
    """Say what can be read in a thing."""
    found = [widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, QAbstractButton | QLabel):
        found.append(plain(widget.text()))
    elif isinstance(widget, QLineEdit):
        found.append(widget.text())
    elif isinstance(widget, QComboBox):
        found.append(widget.currentText())
    elif isinstance(widget, QPlainTextEdit):
        found.append(widget.toPlainText())
    elif isinstance(widget, DataTable):
        found.extend(rows_of(widget))
    elif isinstance(widget, Line):
        found.append(widget.text)
    return found


def rows_of(table: DataTable[object]) -> list[str]:
    """Give the rows that a table shows, in order, cells apart by a bar."""
    model = table.grid.model()
    columns = [
        column
        for column in range(model.columnCount())
        if not table.grid.isColumnHidden(column)
    ]
    return [
        " | ".join(str(model.index(row, column).data() or "") for column in columns)
        for row in range(model.rowCount())
    ]


def _content(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
