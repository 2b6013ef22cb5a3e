"""Asking for a task: a new one, another day, another owner."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from app.services.tasks import OFFICE, AddTask, ChangeTask
from app.text import _
from app.views.form_dialog import RequestDialog
from app.views.tasks.reading import TaskLine
from app.views.tools import Tools
from app.views.widgets.cards import FormRow
from app.views.widgets.inputs import ComboBox, DateEdit


class NewTask(RequestDialog[AddTask, int]):
    """Asks what is to be done, by whom and until when."""

    def __init__(
        self, tools: Tools, owners: Mapping[str, str], today: date, parent: QWidget
    ) -> None:
        super().__init__(
            _("New task"),
            tools.jobs,
            tools.office.tasks.add_task,
            parent,
            verb=_("Add task"),
        )
        self.what = QLineEdit()
        self.what.setPlaceholderText(_("Call Mrs Hoffmann back about Tuesday"))
        self.day = DateEdit(None, tools.formats, today)
        self.owner = ComboBox()
        self.owner.fill([(name, key) for key, name in owners.items()], OFFICE)
        self._what_row = self.add_row(FormRow(_("What"), self.what))
        self._day_row = self.add_row(FormRow(_("Until"), self.day, optional=True))
        self.add_row(FormRow(_("Whose"), self.owner))
        self.what.setFocus()

    def request(self) -> AddTask | None:
        """Say what was typed; nothing while a field is at fault."""
        what, fault = self.what.text().strip(), self.day.error()
        self._what_row.set_error("" if what else _("Say what is to be done."))
        self._day_row.set_error(fault)
        if not what or fault:
            (self.day if what else self.what).setFocus()
            return None
        return AddTask(what, self.day.day, str(self.owner.currentData()))


class _ChangeTasks(RequestDialog[Sequence[ChangeTask], int]):
    """Changes one thing of several tasks."""

    def __init__(
        self,
        title: str,
        verb: str,
        tools: Tools,
        lines: Sequence[TaskLine],
        carry_out: Callable[[Sequence[ChangeTask]], int],
        parent: QWidget,
    ) -> None:
        super().__init__(title, tools.jobs, carry_out, parent, verb=verb, width=360)
        self.lines = lines


class MoveTasks(_ChangeTasks):
    """Asks for another day."""

    def __init__(
        self,
        tools: Tools,
        lines: Sequence[TaskLine],
        today: date,
        carry_out: Callable[[Sequence[ChangeTask]], int],
        parent: QWidget,
    ) -> None:
        super().__init__(_("Move the date"), _("Move"), tools, lines, carry_out, parent)
        self.day = DateEdit(lines[0].row.due_on or today, tools.formats, today)
        self._row = self.add_row(FormRow(_("Until"), self.day))
        self.day.setFocus()
        self.day.selectAll()

    def request(self) -> Sequence[ChangeTask] | None:
        """Say which tasks get which day; nothing while it is at fault."""
        fault = self.day.error() or ("" if self.day.day else _("Give a day."))
        self._row.set_error(fault)
        if fault:
            return None
        return [
            ChangeTask(line.row.task_id, line.row.version, due_on=self.day.day)
            for line in self.lines
        ]


class GiveTasks(_ChangeTasks):
    """Asks for another owner."""

    def __init__(
        self,
        tools: Tools,
        lines: Sequence[TaskLine],
        owners: Mapping[str, str],
        carry_out: Callable[[Sequence[ChangeTask]], int],
        parent: QWidget,
    ) -> None:
        super().__init__(_("Give to"), _("Give"), tools, lines, carry_out, parent)
        self.owner = ComboBox()
        choices = [(name, key) for key, name in owners.items()]
        self.owner.fill(choices, lines[0].row.owner)
        self.add_row(FormRow(_("Whose"), self.owner))
        self.owner.setFocus()

    def request(self) -> Sequence[ChangeTask] | None:
        """Say which tasks get which owner."""
        owner = str(self.owner.currentData())
        return [
            ChangeTask(line.row.task_id, line.row.version, owner=owner)
            for line in self.lines
        ]
