"""Keeps what a close-out tells: notes, homework and the skills worked on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from app.models.base import Model
from app.models.closing import Homework, Note, SkillTouch
from app.models.database import Transaction
from app.models.values.unchanged import Unchanged
from app.services.closing.errors import EmptyTextError, SkillStepError
from app.services.closing.requests import (
    FAMILY,
    INTERNAL,
    CloseSession,
    TouchSkill,
    named,
)
from app.services.closing.standing import PROGRESS, Standing
from app.text import _

Kept = TypeVar("Kept", bound=Model)

_STEPS = range(1, 6)


def check_words(request: CloseSession) -> None:
    """Refuse notes, homework and skills without words, and steps off the scale.

    Raises:
        EmptyTextError: Something has no text.
        SkillStepError: A step is not from 1 to 5.
    """
    texts = [(_("note"), each.text) for each in named(request.notes)]
    texts += [(_("homework"), each.text) for each in named(request.homework)]
    texts += [(_("skill"), each.skill) for each in named(request.skills)]
    for what, text in texts:
        if not text.strip():
            raise EmptyTextError(what)
    for skill in named(request.skills):
        if skill.step is not None and skill.step not in _STEPS:
            raise SkillStepError(skill.step)


def keep_words(
    transaction: Transaction,
    request: CloseSession,
    present: Sequence[int],
    standing: Standing,
) -> None:
    """Put the words a report names in the place of the former ones; equal ones stay.

    Args:
        transaction: the step they belong to.
        request: the report.
        present: the students who came, for what is meant for all of them.
        standing: what an earlier report said.
    """
    session_id = request.session_id
    gone, notes = _notes(request, present, standing.notes)
    _replace(transaction, gone, notes, _note_key)
    if not isinstance(request.homework, Unchanged):
        homework = [
            Homework(
                session_id=session_id,
                student_id=student_id,
                text=each.text.strip(),
                due_on=each.due_on,
            )
            for each in request.homework
            for student_id in (
                present if each.student_id is None else [each.student_id]
            )
        ]
        _replace(transaction, standing.homework, homework, _homework_key)
    if not isinstance(request.skills, Unchanged):
        skills = [_skill(session_id, each) for each in request.skills]
        _replace(transaction, standing.skills, skills, _skill_key)


def _skill(session_id: int, touched: TouchSkill) -> SkillTouch:
    return SkillTouch(
        session_id=session_id,
        student_id=touched.student_id,
        skill=touched.skill.strip(),
        step=touched.step,
    )


def _notes(
    request: CloseSession, present: Sequence[int], former: Sequence[Note]
) -> tuple[list[Note], list[Note]]:
    """Sort out the former notes that are named anew, and write what takes their place.

    A copy of the progress note is the same note, so it goes with it.
    """
    progress = [note for note in former if _is(note, FAMILY)]
    words = {note.text for note in progress}
    progress += [
        note
        for note in former
        if note.student_id is not None
        and note.audience == FAMILY
        and note.text in words
    ]
    internal = [note for note in former if _is(note, INTERNAL)]
    own = [note for note in former if note not in progress and note not in internal]
    gone: list[Note] = []
    texts: list[tuple[int | None, str, str]] = []
    if not isinstance(request.progress_note, Unchanged):
        gone += progress
        texts.append((None, FAMILY, request.progress_note))
        words = {request.progress_note}
    if request.copy_note:
        gone += [note for note in progress if note.student_id and note not in gone]
        texts += [(who, FAMILY, text) for text in sorted(words) for who in present]
    if not isinstance(request.internal_note, Unchanged):
        gone += internal
        texts.append((None, INTERNAL, request.internal_note))
    if not isinstance(request.notes, Unchanged):
        gone += own
        texts += [
            (each.student_id, INTERNAL if each.is_internal else FAMILY, each.text)
            for each in request.notes
        ]
    return gone, [_note(request.session_id, *text) for text in texts if text[2].strip()]


def _is(note: Note, audience: str) -> bool:
    return note.student_id is None and note.audience == audience


def _note(session_id: int, student: int | None, audience: str, text: str) -> Note:
    return Note(
        session_id=session_id,
        student_id=student,
        audience=audience,
        kind=PROGRESS,
        text=text.strip(),
    )


def _replace(
    transaction: Transaction,
    former: Sequence[Kept],
    wanted: Sequence[Kept],
    key: Callable[[Any], Hashable],
) -> None:
    left = list(former)
    for thing in wanted:
        same = next((old for old in left if key(old) == key(thing)), None)
        if same is None:
            transaction.add(thing)
        else:
            left.remove(same)
    for old in left:
        transaction.delete(old)


def _note_key(note: Note) -> Hashable:
    return note.student_id, note.audience, note.text


def _homework_key(homework: Homework) -> Hashable:
    return homework.student_id, homework.text, homework.due_on


def _skill_key(skill: SkillTouch) -> Hashable:
    return skill.student_id, skill.skill, skill.step
