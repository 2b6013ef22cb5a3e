"""Lays widgets out like the words of a text."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QWidget

_APART = 3  # px; fields stand a little apart from the words
_LEAST = 160


class FlowLayout(QLayout):
    """Goes from left to right, then on to a new line."""

    def __init__(self, gap: int = 4, line_gap: int = 4) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802  Qt's own name
        self._items.append(item)

    def count(self) -> int:
        """Count what is laid out."""
        return len(self._items)

    def itemAt(self, at: int) -> QLayoutItem | None:  # noqa: N802  Qt's own name
        return self._items[at] if 0 <= at < len(self._items) else None

    def takeAt(self, at: int) -> QLayoutItem | None:  # noqa: N802  Qt's own name
        return self._items.pop(at) if 0 <= at < len(self._items) else None

    def hasHeightForWidth(self) -> bool:  # noqa: N802  Qt's own name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  Qt's own name
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802  Qt's own name
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return QSize(2 * _LEAST, self.heightForWidth(4 * _LEAST))

    def minimumSize(self) -> QSize:  # noqa: N802  Qt's own name
        return QSize(_LEAST, 32)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y = rect.x(), rect.y()
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in self._items:
            hint = item.sizeHint().expandedTo(item.minimumSize())
            hint = hint.boundedTo(item.maximumSize())
            apart = 0 if isinstance(item.widget(), QLabel) else _APART
            x += apart if line else 0
            if line and _closes(item):
                x -= self._gap + _APART
            if line and x + hint.width() > rect.right() + 1:
                y += _set(line, y, move=move) + self._line_gap
                x, line = rect.x(), []
            line.append((item, x, hint))
            x += hint.width() + apart + self._gap
        return y + _set(line, y, move=move) - rect.y()


class FlowWidget(QWidget):
    """Holds a text of widgets, and is never lower than its lines need.

    Attributes:
        flow: where the words and fields go.
    """

    def __init__(self, gap: int = 4, line_gap: int = 4) -> None:
        super().__init__()
        self.flow = FlowLayout(gap, line_gap)
        self.setLayout(self.flow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMinimumHeight(self.flow.heightForWidth(self.width()))


def _closes(item: QLayoutItem) -> bool:
    """Say whether it is a word that begins with a full stop or comma."""
    widget = item.widget()
    return isinstance(widget, QLabel) and widget.text()[:1] in {".", ",", ";"}


def _set(line: list[tuple[QLayoutItem, int, QSize]], y: int, *, move: bool) -> int:
    """Put the things of a line on one middle, and give the line's height."""
    height = max((hint.height() for _item, _x, hint in line), default=0)
    if move:
        for item, x, hint in line:
            top = y + (height - hint.height()) // 2
            item.setGeometry(QRect(x, top, hint.width(), hint.height()))
    return height
