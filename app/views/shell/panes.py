"""The parts of the window that F6 goes round: sidebar, header, content, inspector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFrame,
    QLineEdit,
    QWidget,
)

from app.views.page import Page
from app.views.shell.notices import Notices
from app.views.widgets.sidebar import Sidebar
from app.views.widgets.toasts import ToastQueue

FRAMES = ("header", "left", "content", "right")  # in the order in which they are read
FIELDS = (QAbstractSpinBox, QComboBox)
LINE = 32  # px; what has its middle in the same of them is read from left to right


@dataclass(frozen=True, slots=True)
class Pane:
    """A part of the window with something in it that takes the keyboard.

    Attributes:
        best: where the cursor goes when the part is entered.
    """

    name: str
    best: QWidget


def framed_in(page: QWidget) -> list[QFrame]:
    """List the parts of a page that can be seen, besides its content."""
    return [
        one
        for one in page.findChildren(QFrame)
        if one.isVisible() and one.property("frame") in {"header", "left", "right"}
    ]


def focusable_in(part: QWidget) -> Sequence[QWidget]:
    """List where the Tab key stops in a part, as they are read: line by line.

    Qt's own chain is not followed: Python takes what ``nextInFocusChain`` gives for a
    part of what was asked, so that the window's menus went when a field of it went.
    """

    def place(one: QWidget) -> tuple[int, int]:
        middle = one.mapTo(part, one.rect().center())
        return middle.y() // LINE, middle.x()

    return sorted(filter(takes_tab, part.findChildren(QWidget)), key=place)


def takes_tab(widget: QWidget) -> bool:
    """Say whether the Tab key stops at a widget."""
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    is_stop = policy == Qt.FocusPolicy.TabFocus and not is_line_of_a_field(widget)
    return is_stop and widget.isVisible() and widget.isEnabled()


def is_line_of_a_field(widget: QWidget) -> bool:
    """Say whether a line stands in a field that takes its focus: a date, a list.

    ``focusProxy`` would tell, but Python takes the field for a part of its own line
    from then on, and never lets go of either.
    """
    field = widget.parentWidget()
    return isinstance(widget, QLineEdit) and isinstance(field, FIELDS)


class Window(Protocol):
    """What has parts to go round."""

    sidebar: Sidebar
    notices: Notices
    toasts: ToastQueue

    @property
    def page(self) -> Page:
        """The page that is shown."""


class Panes:
    """Goes round the parts of a window with the keyboard."""

    def __init__(self, window: Window) -> None:
        self._window = window

    @property
    def here(self) -> str:
        """Name the part that has the keyboard; empty for none."""
        window, focus = self._window, QApplication.focusWidget()
        if focus is None:
            return ""
        toast = window.toasts.current
        if toast is not None and toast.isAncestorOf(focus):
            return "toast"
        if window.sidebar.isAncestorOf(focus):
            return "sidebar"
        if window.notices.isAncestorOf(focus):
            return "notices"
        return part_of(window.page, focus)

    def all(self) -> Sequence[Pane]:
        """List the parts that can be entered now, in the order of reading."""
        window = self._window
        found = [("sidebar", window.sidebar.active), ("notices", _best(window.notices))]
        framed = framed_in(window.page)
        by_name = {str(frame.property("frame")): frame for frame in framed}
        for name in FRAMES:
            if name == "content":
                found.append((name, _best_content(window.page, framed)))
            elif name in by_name:
                found.append((name, _best(by_name[name])))
        return [Pane(name, best) for name, best in found if best is not None]

    def turn(self, step: int) -> None:
        """Enter the next part, or the one before; what was told last comes last."""
        panes, here = self.all(), self.here
        names = [pane.name for pane in panes]
        toast = self._window.toasts
        if here == "toast":
            at = 0 if step > 0 else len(panes) - 1
        else:
            at = names.index(here) + step if here in names else 0
        if at in {-1, len(panes)} and toast.focus():
            return
        panes[at % len(panes)].best.setFocus(Qt.FocusReason.ShortcutFocusReason)


def part_of(page: Page, focus: QWidget) -> str:
    """Name the part of a page that something is in; empty if it is not in it."""
    if not page.isAncestorOf(focus):
        return "content" if focus is page else ""
    holders = [one for one in framed_in(page) if one.isAncestorOf(focus)]
    return str(holders[0].property("frame")) if holders else "content"


def _best(part: QWidget) -> QWidget | None:
    """Give where the cursor was in a part, else the first place for it."""
    if not part.isVisible():
        return None
    stops = focusable_in(part)
    last = part.focusWidget()
    return last if last in stops else next(iter(stops), None)


def _best_content(page: QWidget, framed: Sequence[QFrame]) -> QWidget | None:
    proxy = page.focusProxy()
    while proxy is not None and proxy.focusProxy() is not None:
        proxy = proxy.focusProxy()
    own = [
        one
        for one in focusable_in(page)
        if not any(frame.isAncestorOf(one) for frame in framed)
    ]
    last = page.focusWidget()
    for wished in (last, proxy):
        if wished in own:
            return wished
    return own[0] if own else None
