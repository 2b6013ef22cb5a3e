"""Who changed what, and taking it back: the journal of the office."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.models.database import Snapshot, Transaction
from app.models.office import JournalEntry
from app.models.values import entries
from app.services.desk import Desk
from app.services.undoing.errors import (
    NoStepError,
    NotUndoneError,
    NotYourStepError,
    UndoneAlreadyError,
)
from app.services.undoing.reversing import take_back
from app.services.undoing.standing import standing
from app.services.undoing.words import EntryInWords, Wording, parts_of
from app.text import _

STEPS_KEPT = 50
_LOOKED_AT = 8 * STEPS_KEPT  # steps, undone and redone ones included


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of somebody at a desk.

    Attributes:
        step: its number in the journal.
        undoes: the step that it took back.
    """

    step: int
    at: datetime
    actor: str
    desk: str
    action: str
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """A step that was taken back or done again.

    Attributes:
        step: the number of the new step that did so.
        action: what was taken back, in words.
        records: table and id of every record that changed, to show them.
    """

    step: int
    action: str
    records: tuple[tuple[str, int], ...]


class Journal:
    """Tells who changed what, and undoes steps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def entries(
        self, kind: str = "", row_id: int | None = None, limit: int = 200
    ) -> tuple[EntryInWords, ...]:
        """List what was changed, the newest first, in words.

        Args:
            kind: the name of a table; with ``row_id`` what belongs to that record
                comes along, such as the close-out of a session.
            row_id: one record of the kind.
            limit: at most so many.

        Raises:
            NumberError: Fewer than no entries, or far too many, were asked for.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            latest = select(JournalEntry).order_by(JournalEntry.id.desc())
            query = latest.limit(entries.rows(limit))
            if kind:
                query = query.where(_about(kind, row_id))
            return Wording(snapshot).entries(list(snapshot.scalars(query)))

    def steps(self, limit: int = STEPS_KEPT) -> tuple[StepTaken, ...]:
        """List the latest steps, the newest first; a tutor sees the own ones.

        Raises:
            NumberError: Fewer than no steps, or far too many, were asked for.
        """
        most = entries.rows(limit)
        with self._desk.snapshot() as snapshot:
            return tuple(self._heads(snapshot, most, own=not self._is_office))

    def undoable(self) -> tuple[StepTaken, ...]:
        """List what this person can undo at this desk, the next one first.

        Steps that stand for ever, such as an issued invoice, are left out.
        """
        with self._desk.snapshot() as snapshot:
            return self._stacks(snapshot)[0]

    def redoable(self) -> tuple[StepTaken, ...]:
        """List what this person can do again at this desk, the next one first.

        The steps are the ones that undid; their action is what they took back.
        """
        with self._desk.snapshot() as snapshot:
            return self._stacks(snapshot)[1]

    def undo(self, step: int) -> Undone:
        """Take a step back, if its records are still as it left them.

        Undoing a step that undid does the first one again.

        Raises:
            NoStepError: There is no such step.
            NotYourStepError: A tutor undoes somebody else's.
            UndoneAlreadyError: It was undone before.
            StandingStepError: It stands for ever; the sentence says what to do instead.
            ChangedSinceError: Somebody changed one of its records since.
            NotKeptError: The journal does not keep what would have to be put back.
            PeriodLockedError: It would change money of a locked period.
            ClashError: A time that would be taken again is taken.
            StillUsedError: Other records need one that would go.
        """
        with self._desk.snapshot() as snapshot:
            standing = self._in_force(snapshot, step)
            first, times = _origin(snapshot, standing)
        head = _("Redo: {action}") if times % 2 else _("Undo: {action}")
        heading = head.format(action=first.action)
        with self._desk.transaction(heading, undoes=standing.step) as transaction:
            self._in_force(transaction, standing.step)  # nobody came in between
            found = take_back(transaction, self._desk, standing.step)
        with self._desk.snapshot() as snapshot:
            new = _undoer(snapshot, standing.step) or 0
        records = tuple(dict.fromkeys((each.table, each.row_id) for each in found))
        return Undone(new, first.action, records)

    def redo(self, step: int) -> Undone:
        """Do a step again that was undone: undo what undid it.

        Raises:
            NoStepError: There is no such step.
            NotUndoneError: It stands.
            OfficeError: As for undoing.
        """
        with self._desk.snapshot() as snapshot:
            first, _times = _origin(snapshot, self._head(snapshot, step))
            turns = _turns(snapshot, first.step)
        if len(turns) % 2:  # done, undone, done again ...
            raise NotUndoneError(first.action)
        return self.undo(turns[-1])

    @property
    def _is_office(self) -> bool:
        return self._desk.actor.is_office

    def _head(self, work: Snapshot | Transaction, step: int) -> StepTaken:
        entry = work.get(JournalEntry, step)
        if entry is None or entry.step != step:
            raise NoStepError
        if not self._is_office and entry.actor != self._desk.actor.signature:
            raise NotYourStepError
        return _taken(entry)

    def _in_force(self, work: Snapshot | Transaction, step: int) -> StepTaken:
        """Give the step itself, or the one that did it again last."""
        head = self._head(work, step)
        turns = _turns(work, step)
        if len(turns) % 2 == 0:  # done and undone in turns
            raise UndoneAlreadyError(head.action)
        return self._head(work, turns[-1])

    def _heads(
        self, work: Snapshot, limit: int, *, own: bool, at_desk: bool = False
    ) -> list[StepTaken]:
        query = (
            select(JournalEntry)
            .where(JournalEntry.id == JournalEntry.step)
            .order_by(JournalEntry.id.desc())
            .limit(limit)
        )
        if own:
            query = query.where(JournalEntry.actor == self._desk.actor.signature)
        if at_desk:
            query = query.where(JournalEntry.desk == self._desk.name)
        return [_taken(entry) for entry in work.scalars(query)]

    def _stacks(
        self, work: Snapshot
    ) -> tuple[tuple[StepTaken, ...], tuple[StepTaken, ...]]:
        done: list[StepTaken] = []
        undone: list[StepTaken] = []
        for step in reversed(self._heads(work, _LOOKED_AT, own=True, at_desk=True)):
            if step.undoes is None:
                done.append(step)
                undone.clear()
            elif not _carry(step, done, undone):
                _carry(step, undone, done)
        for_ever = standing(work, [step.step for step in done])
        done = [step for step in done if step.step not in for_ever]
        return (
            tuple(reversed(done[-STEPS_KEPT:])),
            tuple(reversed(undone[-STEPS_KEPT:])),
        )


def _carry(step: StepTaken, away: list[StepTaken], to: list[StepTaken]) -> bool:
    """Move the step that another turned round from one pile to the other."""
    for former in away:
        if former.step == step.undoes:
            away.remove(former)
            to.append(replace(step, action=former.action))
            return True
    return False


def _taken(entry: JournalEntry) -> StepTaken:
    return StepTaken(
        entry.step, entry.at, entry.actor, entry.desk, entry.action, entry.undoes
    )


def _undoer(work: Snapshot | Transaction, step: int) -> int | None:
    return work.scalar(
        select(func.max(JournalEntry.step)).where(JournalEntry.undoes == step)
    )


def _turns(work: Snapshot | Transaction, step: int) -> list[int]:
    """List a step, what undid it, what undid that, and so on."""
    turns = [step]
    while (undoer := _undoer(work, turns[-1])) is not None:
        turns.append(undoer)
    return turns


def _origin(work: Snapshot | Transaction, step: StepTaken) -> tuple[StepTaken, int]:
    """Find what a step did first, and how often that was turned round since."""
    times = 0
    while step.undoes is not None:
        entry = work.get(JournalEntry, step.undoes)
        if entry is None:
            break
        step, times = _taken(entry), times + 1
    return step, times


def _about(kind: str, row_id: int | None) -> ColumnElement[bool]:
    if row_id is None:
        return JournalEntry.table_name == kind
    wanted = [and_(JournalEntry.table_name == kind, JournalEntry.row_id == row_id)]
    for model, column in parts_of(kind):
        ids = select(model.id).where(column == row_id)
        part = model.__tablename__
        wanted.append(
            and_(JournalEntry.table_name == part, JournalEntry.row_id.in_(ids))
        )
    return or_(*wanted)
