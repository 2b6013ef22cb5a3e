"""The hands of a random visitor: every deed is chosen by chance and told in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from shiboken6 import isValid

from app.views.shell.main_window import MainWindow
from app.views.tools import Link
from tests.mischief import targets, texts

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
TWICE, LET_GO = QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease
NO_KEYS = Qt.KeyboardModifier.NoModifier
HELD = texts.MODIFIERS[:10]
SIZES = ((900, 600), (1024, 640), (1100, 700), (1440, 900), (1920, 1200))
LOOKS = ("Light", "Dark", "Larger text", "Smaller text", "Look like the system")
LEAVES = "Quit"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that will be done.

    Attributes:
        words: what, to be kept before it is done.
        front: where.
    """

    words: str
    do: Callable[[], object]
    front: QWidget | None = None


Choose = Callable[[QWidget, QWindow], Deed]
NOTHING = Deed("nothing could be reached", bool)


def plain(text: str) -> str:
    """Give a command's name without its access key and dots."""
    return text.replace("&", "").rstrip("…")


class Hands:
    """Chooses one deed after the other."""

    def __init__(self, window: MainWindow, chance: Random) -> None:
        self._window, self._chance = window, chance
        self._ways: dict[Choose, float] = {
            self._click: 30,
            self._key: 20,
            self._command: 9,
            self._type: 9,
            self._double_click: 6,
            self._drag: 6,
            self._right_click: 5,
            self._wheel: 4,
            self._go: 4,
            self._type_otherwise: 3,
            self._resize: 0.6,
            self._look: 0.6,
        }

    def choose(self) -> Deed:
        """Choose what to do now."""
        front = targets.front(self._window, self._chance)
        handle = targets.handle_of(front)
        if handle is None:
            return NOTHING
        ways = tuple(self._ways)
        way = self._chance.choices(ways, tuple(self._ways.values()))[0]
        deed = way(front, handle)
        return Deed(f"{type(front).__name__}: {deed.words}", deed.do, front)

    def _click(self, front: QWidget, handle: QWindow) -> Deed:
        point, what = targets.spot(front, self._chance)
        held = self._chance.choice(HELD)
        do = partial(click, handle, LEFT, held, point)
        return Deed(f"click on {what} {point.toTuple()} {held.name}", do)

    def _right_click(self, front: QWidget, handle: QWindow) -> Deed:
        point, what = targets.spot(front, self._chance)
        do = partial(click, handle, RIGHT, NO_KEYS, point)
        return Deed(f"right click on {what} {point.toTuple()}", do)

    def _double_click(self, front: QWidget, handle: QWindow) -> Deed:
        point, what = targets.spot(front, self._chance)
        do = partial(double_click, front, handle, point)
        return Deed(f"double click on {what} {point.toTuple()}", do)

    def _drag(self, front: QWidget, handle: QWindow) -> Deed:
        start, what = targets.spot(front, self._chance)
        end, where = targets.spot(front, self._chance)
        held = self._chance.choice(HELD)
        words = f"drag {what} {start.toTuple()} to {where} {end.toTuple()} {held.name}"
        return Deed(words, partial(drag, handle, held, start, end))

    def _wheel(self, front: QWidget, handle: QWindow) -> Deed:
        point, what = targets.spot(front, self._chance)
        turn = QPoint(0, self._chance.choice((-1200, -120, 120, 1200)))
        held = self._chance.choice(HELD)
        none = QPoint(0, 0)
        do = partial(QTest.wheelEvent, handle, point, turn, none, held)
        return Deed(f"wheel {turn.y()} on {what} {point.toTuple()} {held.name}", do)

    def _key(self, front: QWidget, handle: QWindow) -> Deed:
        key, held = texts.key(self._chance)
        if isinstance(front, QMenu):
            held = NO_KEYS  # a menu is gone as soon as Alt is pressed, before the key
        do = partial(press_key, handle, key, held)
        return Deed(f"key {held.name} {key.name}", do)

    def _type(self, front: QWidget, _handle: QWindow) -> Deed:
        text = self._chance.choice(texts.ASCII)
        do = partial(QTest.keyClicks, focus_in(front), text)
        return Deed(f"type {text!r}", do)

    def _type_otherwise(self, front: QWidget, handle: QWindow) -> Deed:
        """Write letters that no key has, as input methods and pasting do."""
        text = self._chance.choice(texts.OTHERS)
        if self._chance.random() < 0.5:
            return Deed(f"compose {text!r}", partial(compose, focus_in(front), text))
        return Deed(f"paste {text!r}", partial(paste, handle, text))

    def _command(self, front: QWidget, handle: QWindow) -> Deed:
        if front is not self._window:
            return self._key(front, handle)
        actions = [
            one
            for one in self._window.menus.everything()
            if one.isEnabled() and one.isVisible()
        ]
        found = [one for one in actions if plain(one.text()) not in (*LOOKS, LEAVES)]
        action = self._chance.choice(found)
        return Deed(f"command “{plain(action.text())}”", action.trigger)

    def _look(self, front: QWidget, handle: QWindow) -> Deed:
        if front is not self._window:
            return self._key(front, handle)
        actions = self._window.menus.everything()
        found = [one for one in actions if plain(one.text()) in LOOKS]
        action = self._chance.choice(found)
        return Deed(f"command “{plain(action.text())}”", action.trigger)

    def _go(self, front: QWidget, handle: QWindow) -> Deed:
        if front is not self._window:
            return self._click(front, handle)
        place = self._chance.choice(self._window.places)
        return Deed(f"go to {place}", partial(self._window.go, Link(place)))

    def _resize(self, _front: QWidget, _handle: QWindow) -> Deed:
        size = self._chance.choice(SIZES)
        return Deed(f"resize to {size}", partial(self._window.resize, *size))


def focus_in(front: QWidget) -> QWidget:
    """Give where typed letters arrive."""
    return QApplication.focusWidget() or front


def still_there(handle: QWindow) -> bool:
    """Say whether a window did not go while it was pressed on."""
    return isValid(handle) and handle in QGuiApplication.allWindows()


def press_key(handle: QWindow, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    """Press a key, and let it go where its window is still there."""
    QTest.keyPress(handle, key, held)
    if still_there(handle):
        QTest.keyRelease(handle, key, held)


def click(
    handle: QWindow, button: Qt.MouseButton, held: Qt.KeyboardModifier, spot: QPoint
) -> None:
    """Press a button of the mouse, and let it go."""
    QTest.mousePress(handle, button, held, spot)
    if still_there(handle):
        QTest.mouseRelease(handle, button, held, spot)


def double_click(front: QWidget, handle: QWindow, spot: QPoint) -> None:
    """Click twice; the second click meets what the first one brought there."""
    click(handle, LEFT, NO_KEYS, spot)
    if not still_there(handle) or not isValid(front):
        return
    met = front.childAt(spot) or front
    inside = QPointF(met.mapFrom(front, spot))
    outside = QPointF(front.mapToGlobal(spot))
    for kind, down in ((TWICE, LEFT), (LET_GO, Qt.MouseButton.NoButton)):
        if isValid(met):
            event = QMouseEvent(kind, inside, outside, LEFT, down, NO_KEYS)
            QApplication.sendEvent(met, event)


def drag(
    handle: QWindow, held: Qt.KeyboardModifier, start: QPoint, end: QPoint
) -> None:
    """Press at a point, go to another in three steps, and let go there."""
    QTest.mousePress(handle, LEFT, held, start)
    for share in (1, 2, 3):
        if still_there(handle):
            QTest.mouseMove(handle, start + (end - start) * share / 3)
    if still_there(handle):
        QTest.mouseRelease(handle, LEFT, held, end)


def compose(widget: QWidget, text: str) -> None:
    """Write a text as an input method does."""
    event = QInputMethodEvent("~", [])
    QApplication.sendEvent(widget, event)
    if isValid(widget):
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(widget, event)


def paste(handle: QWindow, text: str) -> None:
    """Write a text by pasting it."""
    QGuiApplication.clipboard().setText(text)
    press_key(handle, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
