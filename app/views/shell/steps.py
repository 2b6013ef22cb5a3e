"""Undo and redo over all pages, from the office's journal."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from app.models.values.changes import Changes
from app.models.values.errors import OfficeError
from app.services.journal import StepTaken, Undone
from app.services.office import Office
from app.text import _
from app.views import icons
from app.views.command_names import name_command
from app.views.possible import allow
from app.views.tools import Link, Place, Tools, Word

Stacks = tuple[Sequence[StepTaken], Sequence[StepTaken]]

# where a record of a table is shown, and as what
SHOWN = {
    "session": (Place.CALENDAR, "session"),
    "attendance": (Place.CALENDAR, ""),
    "series": (Place.CALENDAR, ""),
    "close_out": (Place.CLOSE_OUT, ""),
    "student": (Place.STUDENTS, "student"),
    "household": (Place.STUDENTS, "household"),
    "tutor": (Place.TUTORS, "tutor"),
    "payment": (Place.INVOICES, ""),
    "pay_run": (Place.PAYROLL, ""),
    "task": (Place.TASKS, "task"),
}


def place_of(records: Sequence[tuple[str, int]]) -> Link | None:
    """Find where the first record that has a page of its own is shown."""
    for table, row_id in records:
        if table in SHOWN:
            place, kind = SHOWN[table]
            return Link(place, kind, row_id if kind else 0)
    return None


def stacks_of(office: Office) -> Stacks:
    """Read what can be undone and redone, the next one first."""
    return office.journal.undoable(), office.journal.redoable()


class Steps(QObject):
    """The commands Undo and Redo, which name the step that they are about.

    Signals:
        went: The place that was changed; carries its Link.
        said: What was taken back; carries a Word.
    """

    went = Signal(object)
    said = Signal(object)

    def __init__(self, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._stacks: Stacks = ((), ())
        self._is_turning = False
        self._waiting: deque[Callable[[], None]] = deque()
        self.latest = 0  # the number of the step that was taken last at this desk
        self.undo_action = self._action(self.undo, QKeySequence.StandardKey.Undo)
        self.redo_action = self._action(self.redo, QKeySequence.StandardKey.Redo)
        keys = [each.toString() for each in self.redo_action.shortcuts()]
        keys += ["Ctrl+Y", "Ctrl+Shift+Z"]  # one key twice would mean none
        self.redo_action.setShortcuts([*map(QKeySequence, dict.fromkeys(keys))])
        tools.bus.changed.connect(self._on_changed)
        self._show(self._stacks)

    def read(self) -> None:
        """Read what can be undone."""
        work = partial(stacks_of, self._tools.office)
        self._tools.jobs.run(self, work, done=self._show)

    def undo(self) -> None:
        """Take the last step back."""
        self._in_turn(self._undo_last)

    def undo_one(self, step: int) -> None:
        """Take one step back, which need not be the last."""
        self._in_turn(partial(self._take_back, step))

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._in_turn(self._redo_last)

    def _in_turn(self, deed: Callable[[], None]) -> None:
        """Do something now, or when it is known again what can be undone."""
        if self._is_turning:
            self._waiting.append(deed)
        else:
            deed()

    def _undo_last(self) -> None:
        self._turn(self._stacks[0])

    def _redo_last(self) -> None:
        self._turn(self._stacks[1])

    def _turn(self, steps: Sequence[StepTaken]) -> None:
        if steps:
            self._take_back(steps[0].step)

    def _take_back(self, step: int) -> None:
        self._is_turning = True
        work = partial(self._tools.office.journal.undo, step)
        run = self._tools.jobs.run
        run(self, work, done=self._on_turned, failed=self._on_refused)

    def _settle(self) -> None:
        """Read what can be undone now, and then do what was asked meanwhile."""
        work = partial(stacks_of, self._tools.office)
        run = self._tools.jobs.run
        run(self, work, done=self._on_settled, failed=self._on_unsettled)

    def _on_settled(self, stacks: Stacks) -> None:
        self._show(stacks)
        self._is_turning = False
        while self._waiting and not self._is_turning:
            self._waiting.popleft()()

    def _on_unsettled(self, error: OfficeError) -> None:
        self._is_turning = False
        self._waiting.clear()
        self.said.emit(Word(str(error)))

    def _action(self, slot: object, key: QKeySequence.StandardKey) -> QAction:
        made = QAction(self)
        name_command(made, "window", slot)
        made.setShortcuts(QKeySequence.keyBindings(key))
        icons.set_name(made, "undo-2")
        made.triggered.connect(slot)
        return made

    def _show(self, stacks: Stacks) -> None:
        self._stacks = stacks
        undo, redo = stacks
        self.undo_action.setText(_words(_("&Undo"), undo))
        self.redo_action.setText(_words(_("&Redo"), redo))
        allow(self.undo_action, "" if undo else _("Nothing to take back"))
        allow(self.redo_action, "" if redo else _("Nothing was taken back"))

    def _on_turned(self, done: Undone) -> None:
        self.said.emit(Word(_("Taken back: {action}").format(action=done.action)))
        link = place_of(done.records)
        if link is not None:
            self.went.emit(link)
        self._settle()

    def _on_refused(self, error: OfficeError) -> None:
        self._waiting.clear()  # what was meant to follow may not fit any more
        self._settle()
        self.said.emit(Word(str(error)))

    def _on_changed(self, changes: Changes) -> None:
        self.latest = changes.step or self.latest
        self.read()


def _words(verb: str, steps: Sequence[StepTaken]) -> str:
    if not steps:
        return verb
    action = steps[0].action.replace("&", "&&")
    return f"{verb}: {action}"
