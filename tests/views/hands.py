"""Hands at a window: presses that are counted, as a person would make them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


@dataclass
class Hands:
    """Presses buttons and keys, and counts what was pressed.

    Attributes:
        clicks: presses of the mouse.
        keys: presses of keys.
    """

    clicks: int = 0
    keys: int = 0

    def click(self, widget: QWidget) -> None:
        """Press a button that can be seen and used."""
        assert widget.isVisible()
        assert widget.isEnabled()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.clicks += 1

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        """Press a key where the cursor is."""
        at = widget or QApplication.focusWidget()
        assert at is not None
        QTest.keyClick(at, key)
        self.keys += 1
