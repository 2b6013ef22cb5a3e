"""Where a random visitor may press: the window in front, and what stands in it."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from app.views.shell.main_window import MainWindow

PRESSED = (
    QAbstractButton,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QPlainTextEdit,
    QTextEdit,
    QTabBar,
    QHeaderView,
    QAbstractItemView,
)
BESIDE = 0.2  # share of the deeds that go to a window beside, where there is one


def front(window: MainWindow, chance: Random) -> QWidget:
    """Give the window that a person would use now."""
    above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if above is not None and above.isVisible():
        return above
    beside = [
        one
        for one in QApplication.topLevelWidgets()
        if one is not window and one.isVisible()
    ]
    if beside and chance.random() < BESIDE:
        return chance.choice(beside)
    return window


def handle_of(front: QWidget) -> QWindow | None:
    """Give what the system calls a window, if it is shown.

    ``windowHandle`` is not asked: Python forgets what belongs to a widget, as the
    menus of a window, as soon as it lets go of the handle that it was given there.
    """
    number = front.winId()
    shown = QGuiApplication.topLevelWindows()
    return next((one for one in shown if one.winId() == number), None)


def name_of(widget: QWidget) -> str:
    """Name a widget for whoever reads what was done."""
    words = widget.accessibleName() or str(widget.property("text") or "")
    return f"{type(widget).__name__} “{words[:40]}”"


def thing(window: QWidget, chance: Random) -> QWidget | None:
    """Choose something in a window that is made to be pressed, if there is any."""
    found = [
        one
        for one in window.findChildren(QWidget)
        if isinstance(one, PRESSED)
        and one.isVisible()
        and one.isEnabled()
        and one.window() is window
        and not one.visibleRegion().isEmpty()
    ]
    return chance.choice(found) if found else None


def spot(window: QWidget, chance: Random) -> tuple[QPoint, str]:
    """Choose a point of a window, mostly on something, and say what stands there."""
    if isinstance(window, QMenu):
        lines = [one for one in window.actions() if one.isVisible()]
        if lines and chance.random() < 0.8:
            line = chance.choice(lines)
            return window.actionGeometry(line).center(), f"line “{line.text()}”"
    chosen = thing(window, chance) if chance.random() < 0.7 else None
    if chosen is None:
        return _anywhere(window, chance)
    shown = chosen.visibleRegion().boundingRect()
    inside = QPoint(
        chance.randint(shown.left(), shown.right()),
        chance.randint(shown.top(), shown.bottom()),
    )
    if isinstance(chosen, QAbstractButton):
        inside = shown.center()
    return chosen.mapTo(window, inside), name_of(chosen)


def _anywhere(window: QWidget, chance: Random) -> tuple[QPoint, str]:
    width, height = max(window.width(), 1), max(window.height(), 1)
    point = QPoint(chance.randrange(width), chance.randrange(height))
    met = window.childAt(point)
    return point, name_of(met) if met is not None else "nothing"
