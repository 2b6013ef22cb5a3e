"""What is on the screen while the program is still being read from the disk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views import theme, typography
from app.views.state import State

GEOMETRY = "window/geometry"
SMALLEST, FIRST = (1024, 640), (1440, 900)
PATIENCE = 1000  # milliseconds that a window may stay unseen, as on a locked screen
_MENU, _SIDE, _HEAD, _FOOT = 28, 204, 56, 24  # px of the frame's parts


class Curtain(QWidget):
    """The empty frame of the main window, at its place, with a word in the middle.

    Signals:
        painted: It was on the screen for the first time, or waited for that in vain.
        closed: Somebody closed it.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._is_seen = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._be_seen)
        self.words = _("Opening the office…")
        self.setAccessibleName(self.words)
        self.setWindowTitle("Chalkbook")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        geometry = state.bytes(GEOMETRY)
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_seen:
            self._timer.start(PATIENCE)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self._timer.stop()
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        scaled = typography.scaled
        with QPainter(self) as painter:
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
        if not self._is_seen:
            self._is_seen = True
            self._timer.start(0)

    def _be_seen(self) -> None:
        self._is_seen = True
        self.painted.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.update()
