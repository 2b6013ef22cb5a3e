"""The one question that may stand beside the grid, and where it stands."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.views.widgets.feedback import Popover


class Asker(QObject):
    """Shows a question over a widget; another one takes its place.

    Signals:
        given_up: The question was closed without an answer.
    """

    given_up = Signal()

    def __init__(self, over: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._over = over
        self.question: Popover | None = None

    def ask(self, question: Popover, at: QPoint) -> None:
        """Show a question at a point of what it is laid over."""
        self.drop()
        self.question = question
        question.closed.connect(self._on_closed)
        question.place(self._over, at.x(), at.y())

    def drop(self) -> None:
        """Take the question away."""
        if self.question is not None:
            self.question.hide()
            self.question.deleteLater()
            self.question = None

    def _on_closed(self) -> None:
        self.drop()
        self.given_up.emit()
