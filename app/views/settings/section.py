"""A section of the settings: cards of fields, saved as soon as they are left."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.models.values.errors import OfficeError
from app.views.tools import Tools, Word
from app.views.typography import scaled

T = TypeVar("T")

READABLE = 760  # px; lines of a form that are longer are hard to follow
MARGIN, GAP = 24, 16


class Section(QWidget):
    """One section of the settings.

    Signals:
        went: The person wants to go somewhere else; carries a Link.
        said: Something was changed; carries a Word.
    """

    went = Signal(object)
    said = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.tools = tools
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        self.column.setSpacing(GAP)

    def refresh(self) -> None:
        """Read what is shown once more, keeping what is being typed."""

    def add(self, widget: QWidget) -> None:
        """Add a card under those that are there, no wider than reads well."""
        widget.setMaximumWidth(scaled(READABLE))
        policy = QSizePolicy.Policy
        widget.setSizePolicy(policy.Preferred, policy.Maximum)
        self.column.addWidget(widget)

    def run(
        self, work: Callable[[], T], done: Callable[[T], None], words: str = ""
    ) -> None:
        """Have a service do something, and say so if it refuses."""
        self.tools.jobs.run(self, work, done=done, failed=self.refuse, words=words)

    def refuse(self, error: OfficeError) -> None:
        """Say why nothing was done, and show what holds."""
        self.said.emit(Word(str(error)))
        self.refresh()

    def tell(self, sentence: str) -> None:
        """Tell what was changed, with a way back."""
        self.said.emit(Word(sentence, can_undo=True))
