"""The answers of the palette under their captions, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.shell.answers import Answer, grouped
from app.views.shell.palette_line import AnswerLine, Caption


class AnswerRows(QWidget):
    """Shows answers by group.

    Attributes:
        lines: one for each answer, from above.
        captions: the names of the groups.

    Signals:
        pressed: A line was clicked; carries it.
    """

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[AnswerLine] = []
        self.captions: list[Caption] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(0)

    @property
    def chosen(self) -> int:
        """Say at which place the chosen line stands."""
        found = [at for at, line in enumerate(self.lines) if line.is_chosen]
        return found[0] if found else 0

    def show_answers(self, answers: Sequence[Answer]) -> None:
        """Show these answers in place of the former ones."""
        for former in (*self.lines, *self.captions):
            self._column.removeWidget(former)
            former.hide()
            former.deleteLater()
        self.lines = [AnswerLine(one) for one in grouped(answers)]
        self.captions = []
        group = ""
        for line in self.lines:
            if line.answer.group != group:
                group = line.answer.group
                self.captions.append(Caption(group))
                self._add(self.captions[-1])
            line.pressed.connect(self.pressed)
            self._add(line)
        self.choose(0)

    def choose(self, at: int) -> None:
        """Choose another line."""
        for number, line in enumerate(self.lines):
            line.is_chosen = number == at
            line.update()

    def _add(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        widget.show()  # what is not shown yet has no height
