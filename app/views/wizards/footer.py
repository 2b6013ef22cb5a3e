"""The line under a wizard: back, what was counted, and the one way on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.text import _
from app.views.sizing import fix_height
from app.views.widgets.buttons import Button
from app.views.widgets.laying import across, down
from app.views.widgets.rows import HairLine, Line


class WizardFooter(QFrame):
    """Leads through a wizard.

    Signals:
        gone_back: To the page before.
        gone_on: To the page after, or to what the wizard is for.
        closed: Out of the wizard; what was chosen is kept.
    """

    gone_back = Signal()
    gone_on = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "surface")
        fix_height(self, 57)
        self.back = Button(_("Back"), "chevron-left")
        self.close_button = Button(_("Close"), kind="ghost")
        self.on = Button(_("Continue"), "arrow-right", "primary")
        self.back.clicked.connect(self._on_back)
        self.close_button.clicked.connect(self._on_closed)
        self.on.clicked.connect(self._on_on)
        self._sum = Line("", "strong", tabular=True, right=True)
        self._note = Line("", "small", "text2", tabular=True, right=True)
        sums = down(0, self._sum, self._note, 0, spacing=1)
        row = across(self.back, self.close_button, margins=(16, 0, 16, 0))
        row.addSpacing(16)
        row.addLayout(sums, 1)
        row.addSpacing(8)
        row.addWidget(self.on)
        self.setLayout(down(HairLine(), row, spacing=0))

    def say(self, total: str, note: str = "") -> None:
        """Show what was counted so far, and a word on it."""
        self._sum.say(total)
        self._note.say(note)

    def show_steps(self, way_on: str, *, can_go_back: bool, icon: str = "") -> None:
        """Name the way on, and say whether there is a way back."""
        self.on.setText(way_on)
        self.on.set_icon(icon or "arrow-right")
        self.on.setVisible(bool(way_on))
        self.back.setVisible(can_go_back)

    def _on_back(self) -> None:
        self.gone_back.emit()

    def _on_on(self) -> None:
        self.gone_on.emit()

    def _on_closed(self) -> None:
        self.closed.emit()
