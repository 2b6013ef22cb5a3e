"""The page of tasks: what waits, whose it is, by when, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QAction

from app.models.values.schedule import local_date
from app.text import _, ngettext
from app.views import icons
from app.views.list_page import ListPage
from app.views.possible import allow
from app.views.tables.chips import ALL, Filter
from app.views.tables.view import DataTable
from app.views.tasks.columns import columns
from app.views.tasks.dialogs import GiveTasks, MoveTasks, NewTask
from app.views.tasks.inspector import TaskInspector
from app.views.tasks.reading import (
    TaskLine,
    TaskList,
    is_late,
    is_mine,
    is_today,
    read_tasks,
)
from app.views.tools import Link, Place, Tools, Word
from app.views.widgets.feedback import BulkBar, EmptyState


class TasksPage(ListPage):
    """Lists what is to be done, and has it done, put off or given away."""

    place = Place.TASKS
    title = _("Tasks")
    icon = "circle-check"
    tables = frozenset(("task", "tutor"))

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools, _table(tools), _filters(), _("Filter tasks"))
        self._list = TaskList((), {})
        self._wanted = 0
        self._make_commands()
        primary = self.header.add_primary(_("New task"))
        primary.clicked.connect(self.ask_new)
        self._fill()
        self._make_inspector()

    @property
    def today(self) -> date:
        """The office's day."""
        return local_date(self.tools.clock.now(), self.tools.formats.zone)

    def refresh(self) -> None:
        """Read the tasks once more."""
        work = partial(read_tasks, self.tools.office, self.today)
        self.tools.jobs.run(self, work, done=self._show)

    def show_link(self, link: Link) -> None:
        """Show one task."""
        if link.kind == "task":
            self._wanted = link.id
            self.table.select(link.id)

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give what can be done with tasks."""
        edit = [self.done, self.give, self.move_day]
        return {"file": [self.new], "edit": edit, **super().commands()}

    def ask_new(self) -> None:
        """Ask for a new task."""
        dialog = NewTask(self.tools, self._list.owners, self.today, self)
        dialog.succeeded.connect(self._on_added)
        dialog.open()

    def finish(self) -> None:
        """Mark the chosen tasks as done."""
        lines = self.table.targets()
        if lines:
            rows = [line.row for line in lines]
            work = partial(self.tools.office.tasks.finish_tasks, rows)
            self.tools.jobs.run(self, work, done=self._on_finished)

    def ask_day(self) -> None:
        """Ask for another day of the chosen tasks."""
        lines = self.table.targets()
        if lines:
            change = self.tools.office.tasks.change_tasks
            dialog = MoveTasks(self.tools, lines, self.today, change, self)
            dialog.succeeded.connect(self._on_changed_tasks)
            dialog.open()

    def ask_owner(self) -> None:
        """Ask whose the chosen tasks are from now on."""
        lines = self.table.targets()
        if lines:
            change = self.tools.office.tasks.change_tasks
            dialog = GiveTasks(self.tools, lines, self._list.owners, change, self)
            dialog.succeeded.connect(self._on_changed_tasks)
            dialog.open()

    def _make_commands(self) -> None:
        self.new = self.command(_("&New task…"), self.ask_new, "Ctrl+N", "plus")
        self.done = self.command(_("Task &done"), self.finish, "Ctrl+Return", "check")
        self.give = self.command(_("&Give task to…"), self.ask_owner, icon="user")
        self.move_day = self.command(
            _("Move task's d&ate…"), self.ask_day, icon="calendar-clock"
        )

    def _fill(self) -> None:
        self.table.set_actions([self.done, self.give, self.move_day])
        nothing = EmptyState(
            "circle-check",
            _("Nothing to do"),
            _("Tasks come from the office's rules, or are noted by hand."),
            second=_("New task"),
        )
        nothing.second.clicked.connect(self.ask_new)
        self.table.set_empty(nothing)
        self.bulk = BulkBar()
        for action in (self.done, self.give, self.move_day):
            words = action.text().replace("&", "")
            button = self.bulk.add(words, icons.name_of(action))
            button.clicked.connect(action.trigger)
        self.bulk.cleared.connect(self.table.clear_selection)
        self.bulk.hide()
        self.table.selection_changed.connect(self._on_selection)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_opened)
        self.add_strip(self.bulk)
        self.set_content(self.table)

    def _make_inspector(self) -> None:
        self.inspector = TaskInspector(self.tools.formats)
        self.inspector.done.connect(self.finish)
        self.inspector.later.connect(self.ask_day)
        self.inspector.went.connect(self.went)
        self.add_inspector(self.inspector)
        self._allow()

    def _show(self, tasks: TaskList) -> None:
        self._list = tasks
        self.table.show_rows(tasks.lines)
        if self._wanted and self.table.select(self._wanted):
            self._wanted = 0
        late = sum(map(is_late, tasks.lines))
        words = ngettext("{n} open task", "{n} open tasks", len(tasks.lines))
        due = _("{n} late").format(n=late)
        self.noted.emit(f"{words.format(n=len(tasks.lines))} · {due}")

    def _allow(self) -> None:
        why_not = "" if self.table.targets() else _("Choose a task first.")
        for action in (self.done, self.give, self.move_day):
            allow(action, why_not)

    def _on_selection(self) -> None:
        self._allow()
        count = len(self.table.selected())
        self.bulk.setVisible(count > 0)
        words = _("{n} selected").format(n=count)
        self.bulk.show_selection(words if count else "")

    def _on_current(self, line: TaskLine | None) -> None:
        self._allow()
        self.show_inspector(is_chosen=line is not None)
        if line is not None:
            self.inspector.show_line(line)

    def _on_opened(self, line: TaskLine) -> None:
        if line.link is not None:
            self.went.emit(line.link)

    def _on_added(self, task_id: int) -> None:
        self._wanted = task_id
        self.said.emit(Word(_("The task was added."), can_undo=True))

    def _on_finished(self, count: int) -> None:
        self.table.clear_selection()
        words = ngettext("{n} task is done.", "{n} tasks are done.", count)
        self.said.emit(Word(words.format(n=count), can_undo=True))

    def _on_changed_tasks(self, count: int) -> None:
        words = ngettext("{n} task was changed.", "{n} tasks were changed.", count)
        self.said.emit(Word(words.format(n=count), can_undo=True))


def _table(tools: Tools) -> DataTable[TaskLine]:
    return DataTable(
        columns(tools.formats),
        key=_task_id,
        noun=(_("open task"), _("open tasks")),
        name="tasks",
        state=tools.state,
        checkable=True,
    )


def _filters() -> tuple[Filter[TaskLine], ...]:
    return (
        Filter(ALL, _("All")),
        Filter("office", _("Office"), is_mine),
        Filter("late", _("Late"), is_late),
        Filter("today", _("Today"), is_today),
    )


def _task_id(line: TaskLine) -> int:
    return line.row.task_id
