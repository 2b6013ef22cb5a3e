"""What is on the screen while the program is still being read from the disk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views import theme, typography
from app.views.state import State

GEOMETRY = "window/geometry"
SMALLEST, FIRST = (1024, 640), (1440, 900)
_MENU, _SIDE, _HEAD, _FOOT = 28, 204, 56, 24  # px of the frame's parts


class Curtain(QWidget):
    """The empty frame of the main window, at its place, with a word in the middle.

    Signals:
        painted: It was on the screen for the first time.
    """

    painted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._is_seen = False
        self.words = _("Opening the office…")
        self.setAccessibleName(self.words)
        self.setWindowTitle("Chalkbook")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        geometry = state.bytes(GEOMETRY)
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def paintEvent(self, _event: QPaintEvent) -> None:
        scaled = typography.scaled
        painter = QPainter(self)
        whole = QRectF(self.rect())
        painter.fillRect(whole, theme.color("sidebar"))
        page = whole.adjusted(scaled(_SIDE), scaled(_MENU), 0, -scaled(_FOOT))
        painter.fillRect(page, theme.color("window"))
        head = QRectF(page.left(), page.top(), page.width(), scaled(_HEAD))
        painter.fillRect(head, theme.color("surface"))
        edge = QRectF(page.left(), page.top(), 1, page.height())
        painter.fillRect(edge, theme.color("border"))
        line = QRectF(head.left(), head.bottom(), head.width(), 1)
        painter.fillRect(line, theme.color("border"))
        painter.setFont(typography.font())
        painter.setPen(theme.color("text2"))
        painter.drawText(page, Qt.AlignmentFlag.AlignCenter, self.words)
        painter.end()
        if not self._is_seen:
            self._is_seen = True
            QTimer.singleShot(0, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
