"""The task that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.text import _
from app.views.formats import Formats
from app.views.tasks.reading import TaskLine
from app.views.tools import Link
from app.views.widgets.buttons import Button
from app.views.widgets.labels import Pill, fact
from app.views.widgets.panels import Inspector


class TaskInspector(Inspector):
    """Shows a task and what can be done with it.

    Signals:
        done: It is done.
        later: It gets another day.
        went: The record is wanted that it is about; carries its Link.
    """

    done = Signal()
    later = Signal()
    went = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("Task"), "")
        self._formats = formats
        self._link: Link | None = None
        done = Button(_("Done"), "check")
        done.clicked.connect(self.done)
        later = Button(_("Later…"), "clock")
        later.clicked.connect(self.later)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(done)
        row.addWidget(later)
        self.footer.addLayout(row)

    def show_line(self, line: TaskLine) -> None:
        """Show a task."""
        self.set_title(_("Task"), line.row.what)
        self.clear_body()
        if line.state:
            self.body.addWidget(Pill(line.state, line.tone, "clock"))
        self.body.addWidget(fact(_("Owner"), line.owner))
        due = self._formats.date(line.row.due_on) or _("any time")
        self.body.addWidget(fact(_("Due"), due))
        self.body.addWidget(fact(_("From"), line.source))
        self.body.addWidget(fact(_("Noted"), self._formats.stamp(line.row.made_at)))
        self._link = line.link
        if self._link is not None:
            button = Button(_("Open what it is about"), "external-link", compact=True)
            button.clicked.connect(self._on_open)
            self.body.addWidget(button)

    def _on_open(self) -> None:
        if self._link is not None:
            self.went.emit(self._link)
