"""Hands at a window: presses that are counted, as a person would make them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


@dataclass
class Hands:
    """Presses buttons and keys, and counts what was pressed.

    Attributes:
        clicks: presses of the mouse.
        keys: presses of keys.
        drags: ways with the button held.
    """

    clicks: int = 0
    keys: int = 0
    drags: int = 0

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

    def drag(
        self,
        widget: QWidget,
        start: QPoint,
        end: QPoint,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        drop: bool = True,
    ) -> None:
        """Press at a point, go to another in three steps, and let go there."""
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(widget, left, keys, start)
        for share in (1, 2, 3):
            QTest.mouseMove(widget, start + (end - start) * share / 3)
        if drop:
            QTest.mouseRelease(widget, left, keys, end)
        self.drags += 1
