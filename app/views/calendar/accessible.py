"""The painted sessions as things that screen readers find: name, role, place, focus.

Each session is a small object of its own, because an interface without one does not
outlive its first use; and Python keeps every interface, because Qt does not.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QColor,
    QGuiApplication,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from app.text import _
from app.views.calendar.blocks import Block
from app.views.calendar.ground import Ground
from app.views.calendar.painting import rect_of
from app.views.calendar.scene import Placed
from app.views.formats import Formats

Key = tuple[int, int]  # a session's number and its column


def called(block: Block, formats: Formats) -> str:
    """Name a session in one sentence: who, what, when, with whom, how far it is."""
    card = block.card
    students = ", ".join(one.name for one in card.students)
    when = _("{day} {start} to {end}").format(
        day=formats.day_of(card.starts_at),
        start=formats.clock(card.starts_at),
        end=formats.clock(card.ends_at),
    )
    tutors = ", ".join(name for _id, name in card.tutors)
    parts = [
        students,
        card.offering,
        when,
        _("with {tutors}").format(tutors=tutors) if tutors else "",
        block.look.word.lower(),
        _("clash") if block.is_clash else "",
        _("on invoice {number}").format(number=block.mark.invoice)
        if block.mark.invoice
        else "",
    ]
    return ", ".join(part for part in parts if part)


class SessionNode(QObject):
    """One drawn session, as an object that can be named and focused."""

    def __init__(self, board: Board, placed: Placed) -> None:
        super().__init__(board)
        self.board, self.placed = board, placed
        self.interface: QAccessibleInterface | None = None


class Board(Ground):
    """A grid whose sessions can be heard."""

    formats: Formats
    selected: tuple[int, ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.interface: QAccessibleInterface | None = None
        self._nodes: dict[Key, SessionNode] = {}
        _install()

    def nodes(self) -> list[SessionNode]:
        """Give the drawn sessions in the order of time."""
        former, self._nodes = self._nodes, {}
        placed = sorted(self.scene.placed, key=_by_time)
        for one in placed:
            key = (one.block.session_id, one.column)
            node = former.pop(key, None) or SessionNode(self, one)
            node.placed = one
            self._nodes[key] = node
        for gone in former.values():
            gone.deleteLater()
        return list(self._nodes.values())

    def heard(self) -> SessionNode | None:
        """Give the session that the keyboard is at."""
        if not self.selected or self.hasFocus() is False:
            return None
        found = (
            one
            for one in self.nodes()
            if one.placed.block.session_id == self.selected[-1]
        )
        return next(found, None)

    def tell_focus(self) -> None:
        """Tell screen readers which session the keyboard is at."""
        node = self.heard()
        if node is not None and QAccessible.isActive():
            event = QAccessibleEvent(node, QAccessible.Event.Focus)
            QAccessible.updateAccessibility(event)


class _BoardInterface(QAccessibleWidget):
    """The grid, whose children are its sessions."""

    def __init__(self, board: Board) -> None:
        super().__init__(board, QAccessible.Role.List)
        self._board = board

    def childCount(self) -> int:
        return len(self._board.nodes())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        nodes = self._board.nodes()
        if not 0 <= index < len(nodes):
            return None
        return QAccessible.queryAccessibleInterface(nodes[index])

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        nodes: list[QObject] = list(self._board.nodes())
        wanted = child.object()
        return nodes.index(wanted) if wanted in nodes else -1

    def childAt(  # type: ignore[override]  # noqa: N802
        self, x: int, y: int
    ) -> QAccessibleInterface | None:
        for node in self._board.nodes():
            found = QAccessible.queryAccessibleInterface(node)
            if found.rect().contains(x, y):
                return found
        return None

    def focusChild(  # type: ignore[override]  # noqa: N802
        self,
    ) -> QAccessibleInterface | None:
        node = self._board.heard()
        return QAccessible.queryAccessibleInterface(node) if node else None


class _SessionInterface(QAccessibleInterface):
    """A session in the grid."""

    def __init__(self, node: SessionNode) -> None:
        super().__init__()
        self._node = node

    def isValid(self) -> bool:  # noqa: N802
        return True

    def object(self) -> QObject:
        return self._node

    def window(self) -> QWindow | None:  # type: ignore[override]
        return handle_of(self._node.board)

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._node.board)

    def childCount(self) -> int:
        return 0

    def child(self, _index: int) -> None:  # type: ignore[override]
        return None

    def childAt(  # type: ignore[override]  # noqa: N802
        self, _x: int, _y: int
    ) -> None:
        return None

    def indexOfChild(self, _child: QAccessibleInterface) -> int:  # noqa: N802
        return -1

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def text(self, kind: QAccessible.Text) -> str:
        if kind is QAccessible.Text.Name:
            return called(self._node.placed.block, self._node.board.formats)
        return ""

    def setText(self, _kind: QAccessible.Text, _text: str) -> None:  # noqa: N802
        """Leave the name as it is; it follows the session."""

    def foregroundColor(self) -> QColor:  # noqa: N802
        return QColor()

    def backgroundColor(self) -> QColor:  # noqa: N802
        return QColor()

    def rect(self) -> QRect:
        board = self._node.board
        box = rect_of(self._node.placed.box(board.grid())).toRect()
        return QRect(board.viewport().mapToGlobal(box.topLeft()), box.size())

    def state(self) -> QAccessible.State:
        board, state = self._node.board, QAccessible.State()
        number = self._node.placed.block.session_id
        box = rect_of(self._node.placed.box(board.grid())).toRect()
        is_chosen = number in board.selected
        state.focusable = state.selectable = state.multiSelectable = True
        state.selected = is_chosen
        state.focused = is_chosen and board.heard() is self._node
        state.offscreen = not board.viewport().rect().intersects(box)
        return state


def handle_of(widget: QWidget) -> QWindow | None:
    """Give what the system calls the window of a widget, while it is shown.

    ``windowHandle`` is not asked: Python takes the handle for a part of the window
    from then on, and keeps it when Qt has made another.
    """
    number = widget.window().effectiveWinId()
    shown = (one for one in QGuiApplication.topLevelWindows() if one.isVisible())
    return next((one for one in shown if one.winId() == number), None)


def _made(_kind: str, thing: QObject) -> QAccessibleInterface | None:
    """Make the interface of a grid or session; others are Qt's own affair."""
    if isinstance(thing, Board):
        thing.interface = _BoardInterface(thing)
        return thing.interface
    if isinstance(thing, SessionNode):
        thing.interface = _SessionInterface(thing)
        return thing.interface
    return None


def _install() -> None:
    """Offer these interfaces to Qt, once."""
    if not _installed:
        QAccessible.installFactory(_made)
        _installed.append(_made)


_installed: list[object] = []  # what Qt was offered must not go


def _by_time(one: Placed) -> tuple[int, int]:
    return one.column, one.block.start
