"""Tasks: what somebody has to do, made by people and by the office's rules.

A rule makes its task once for each cause, known by a key, finishes it when the cause
is gone, and opens it again when the cause comes back. What a person has finished
stays finished.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.models.database import Transaction
from app.models.office import Task
from app.models.people import Tutor
from app.models.values import entries
from app.models.values.actors import Actor
from app.models.values.errors import InputError, RuleError
from app.models.values.schedule import local_date
from app.models.values.unchanged import UNCHANGED, Unchanged
from app.services.desk import Desk, zone
from app.services.due_causes import Cause, causes
from app.services.records import names_a_record, read_at
from app.services.rights import NotYoursError
from app.text import _

OFFICE = "office"
_TUTOR = "tutor:"
_RULE = "rule:"


class TaskOwnerError(InputError):
    """A task was to be given to nobody the office knows."""

    def __init__(self, owner: str) -> None:
        super().__init__(
            _(
                "“{owner}” cannot have a task; give it to the office or to a tutor."
            ).format(owner=owner[:40])
        )


class AlreadyFinishedError(RuleError):
    """A task was to be finished a second time."""

    def __init__(self, what: str, who: str) -> None:
        super().__init__(
            _("“{what}” was finished already, by {who}.").format(what=what, who=who)
        )


@dataclass(frozen=True, slots=True)
class AddTask:
    """A request to note a task.

    Attributes:
        owner: ``office``, or ``tutor:`` and the tutor's id.
        about_kind: the table of what it is about, with its id; or nothing.
    """

    what: str
    due_on: date | None = None
    owner: str = OFFICE
    about_kind: str = ""
    about_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeTask:
    """A request to change a task; what is left out stays as it is."""

    task_id: int
    version: int | None = None
    what: str | Unchanged = UNCHANGED
    due_on: date | Unchanged | None = UNCHANGED
    owner: str | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class DueTasks:
    """What the rules did: ids of tasks made, opened again, and finished."""

    made: tuple[int, ...]
    opened: tuple[int, ...]
    finished: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as lists show it."""

    task_id: int
    version: int
    what: str
    about_kind: str
    about_id: int | None
    owner: str
    due_on: date | None
    is_overdue: bool
    made_by: str
    made_at: datetime


class Tasks:
    """Keeps what is to be done; a tutor sees only the own tasks."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_task(self, request: AddTask) -> int:
        """Note a task; a tutor may note one for oneself.

        Raises:
            TaskOwnerError: Nobody is called so.
            NotYoursError: A tutor gave a task to somebody else.
            InputError: The text is empty or too long.
        """
        actor = self._desk.actor
        what = entries.named(request.what, _("task"))
        kind = entries.short(request.about_kind, _("kind of record"), 32)
        self._require_mine(request.owner)
        with self._desk.transaction(_("Add a task")) as transaction:
            _require_owner(transaction, request.owner)
            task = Task(
                what=what,
                about_kind=kind,
                about_id=request.about_id,
                owner=request.owner,
                due_on=request.due_on,
                made_by=actor.name,
                made_at=transaction.at,
            )
            transaction.add(task)
            transaction.flush()
            return task.id

    def make_due_tasks(self) -> DueTasks:
        """Let the office's rules make, open again and finish their tasks.

        Doing it again changes nothing until something else has changed.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Make the tasks that are due")) as transaction:
            due = {cause.key: cause for cause in causes(transaction, self._desk)}
            query = select(Task).where(Task.key.is_not(None))
            known = {str(task.key): task for task in transaction.scalars(query)}
            opened, finished = _follow(known, due, transaction.at)
            new = sorted(due.keys() - known.keys())
            rows = [_row(due[key], transaction.at) for key in new]
            made = transaction.insert_all(Task, rows)
            return DueTasks(tuple(made), tuple(opened), tuple(finished))

    def finish_task(self, task_id: int, version: int | None = None) -> None:
        """Mark a task as done.

        Raises:
            AlreadyFinishedError: It was done before.
            NotYoursError: A tutor finished somebody else's.
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        with self._desk.transaction(_("Finish a task")) as transaction:
            self._finish(transaction, task_id, version)

    def finish_tasks(self, tasks: Sequence[TaskRow]) -> int:
        """Mark several tasks as done in one step, and count them.

        Raises:
            OfficeError: As for finishing one; then none is done.
        """
        with self._desk.transaction(_("Finish tasks")) as transaction:
            for task in tasks:
                self._finish(transaction, task.task_id, task.version)
        return len(tasks)

    def change_tasks(self, requests: Sequence[ChangeTask]) -> int:
        """Change several tasks in one step, and count them.

        Raises:
            TaskOwnerError: Nobody is called so.
            NotYoursError: A tutor changed somebody else's, or gave one away.
            AlreadyFinishedError: One was done before.
            ChangedMeanwhileError: Somebody changed one since it was read.
            InputError: The text is empty or too long.
        """
        with self._desk.transaction(_("Change tasks")) as transaction:
            for request in requests:
                self._change(transaction, request)
        return len(requests)

    def open_tasks(self, owner: str | None = None) -> tuple[TaskRow, ...]:
        """List what is to be done, the most urgent first; a tutor's are the own."""
        query = select(Task).where(Task.done_at.is_(None), Task.archived_at.is_(None))
        if not self._desk.actor.is_office:
            owner = _own(self._desk.actor)
        if owner is not None:
            query = query.where(Task.owner == owner)
        with self._desk.snapshot() as snapshot:
            today = local_date(self._desk.now(), zone(snapshot))
            rows = sorted(
                snapshot.scalars(query),
                key=lambda task: (task.due_on or date.max, task.id),
            )
            return tuple(_shown(task, today) for task in rows)

    def _finish(
        self, transaction: Transaction, task_id: int, version: int | None
    ) -> None:
        task = self._open_task(transaction, task_id, version)
        task.done_at = transaction.at
        task.done_by = self._desk.actor.name

    def _change(self, transaction: Transaction, request: ChangeTask) -> None:
        task = self._open_task(transaction, request.task_id, request.version)
        if request.what is not UNCHANGED:
            task.what = entries.named(request.what, _("task"))
        if request.due_on is not UNCHANGED:
            task.due_on = request.due_on
        if request.owner is not UNCHANGED:
            self._require_mine(request.owner)
            _require_owner(transaction, request.owner)
            task.owner = request.owner

    def _open_task(
        self, transaction: Transaction, task_id: int, version: int | None
    ) -> Task:
        task = read_at(transaction, Task, task_id, version, _("task"))
        self._require_mine(task.owner)
        if task.done_at is not None:
            raise AlreadyFinishedError(task.what, task.done_by)
        return task

    def _require_mine(self, owner: str) -> None:
        actor = self._desk.actor
        if not actor.is_office and owner != _own(actor):
            raise NotYoursError(_("tasks"))


def _follow(
    known: dict[str, Task], due: dict[str, Cause], at: datetime
) -> tuple[list[int], list[int]]:
    opened: list[int] = []
    finished: list[int] = []
    for key, task in known.items():
        is_by_rule = task.done_by.startswith(_RULE)
        if key in due and task.done_at is not None and is_by_rule:
            task.done_at, task.done_by = None, ""
            opened.append(task.id)
        elif key not in due and task.done_at is None:
            task.done_at, task.done_by = at, task.made_by
            finished.append(task.id)
    return opened, finished


def _row(cause: Cause, at: datetime) -> dict[str, object]:
    return {
        "what": cause.what,
        "about_kind": cause.about_kind,
        "about_id": cause.about_id,
        "owner": OFFICE,
        "due_on": cause.due_on,
        "made_by": f"{_RULE}{cause.rule}",
        "made_at": at,
        "key": cause.key,
    }


def _own(actor: Actor) -> str:
    return f"{_TUTOR}{actor.tutor_id}"


def _require_owner(transaction: Transaction, owner: str) -> None:
    if owner == OFFICE:
        return
    kind, found, number = owner.partition(":")
    if f"{kind}{found}" != _TUTOR or not number.isdecimal():
        raise TaskOwnerError(owner)
    names_a_record(transaction, Tutor, int(number), _("tutor"))


def _shown(task: Task, today: date) -> TaskRow:
    return TaskRow(
        task.id,
        task.version,
        task.what,
        task.about_kind,
        task.about_id,
        task.owner,
        task.due_on,
        task.due_on is not None and task.due_on < today,
        task.made_by,
        task.made_at,
    )
