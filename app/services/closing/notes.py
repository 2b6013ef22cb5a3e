"""Keeps what a close-out tells: notes, homework and the skills worked on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from app.models.base import Model
from app.models.closing import Homework, Note, SkillTouch
from app.models.database import Transaction
from app.services.closing.errors import EmptyTextError, SkillStepError
from app.services.closing.requests import FAMILY, INTERNAL, CloseSession
from app.text import _

Kept = TypeVar("Kept", bound=Model)

PROGRESS = "progress"  # the kind of note that a report replaces
_STEPS = range(1, 6)


def check_words(request: CloseSession) -> None:
    """Refuse notes, homework and skills without words, and steps off the scale.

    Raises:
        EmptyTextError: Something has no text.
        SkillStepError: A step is not from 1 to 5.
    """
    texts = [(_("note"), each.text) for each in request.notes]
    texts += [(_("homework"), each.text) for each in request.homework]
    texts += [(_("skill"), each.skill) for each in request.skills]
    for what, text in texts:
        if not text.strip():
            raise EmptyTextError(what)
    for skill in request.skills:
        if skill.step is not None and skill.step not in _STEPS:
            raise SkillStepError(skill.step)


def keep_words(
    transaction: Transaction, request: CloseSession, present: Sequence[int]
) -> None:
    """Put the report's words in the place of the former ones; equal ones stay.

    Args:
        transaction: the step they belong to.
        request: the report.
        present: the students who came, for what is meant for all of them.
    """
    session_id = request.session_id
    _replace(transaction, Note, session_id, _notes(request, present), _note_key)
    homework = [
        Homework(
            session_id=session_id,
            student_id=student_id,
            text=each.text.strip(),
            due_on=each.due_on,
        )
        for each in request.homework
        for student_id in (present if each.student_id is None else [each.student_id])
    ]
    _replace(transaction, Homework, session_id, homework, _homework_key)
    skills = [
        SkillTouch(
            session_id=session_id,
            student_id=each.student_id,
            skill=each.skill.strip(),
            step=each.step,
        )
        for each in request.skills
    ]
    _replace(transaction, SkillTouch, session_id, skills, _skill_key)


def _notes(request: CloseSession, present: Sequence[int]) -> list[Note]:
    texts: list[tuple[int | None, str, str]] = [
        (None, FAMILY, request.progress_note),
        (None, INTERNAL, request.internal_note),
    ]
    if request.copy_note:
        texts += [(student, FAMILY, request.progress_note) for student in present]
    texts += [
        (each.student_id, INTERNAL if each.is_internal else FAMILY, each.text)
        for each in request.notes
    ]
    return [
        Note(
            session_id=request.session_id,
            student_id=student,
            audience=audience,
            kind=PROGRESS,
            text=text.strip(),
        )
        for student, audience, text in texts
        if text.strip()
    ]


def _replace(
    transaction: Transaction,
    kind: type[Kept],
    session_id: int,
    wanted: Sequence[Kept],
    key: Callable[[Any], Hashable],
) -> None:
    column = kind.__table__.c.session_id
    query = select(kind).where(column == session_id).order_by(kind.__table__.c.id)
    if kind is Note:
        query = query.where(Note.kind == PROGRESS)
    former = list(transaction.scalars(query))
    for thing in wanted:
        same = next((old for old in former if key(old) == key(thing)), None)
        if same is None:
            transaction.add(thing)
        else:
            former.remove(same)
    for old in former:
        transaction.delete(old)


def _note_key(note: Note) -> Hashable:
    return note.student_id, note.audience, note.text


def _homework_key(homework: Homework) -> Hashable:
    return homework.student_id, homework.text, homework.due_on


def _skill_key(skill: SkillTouch) -> Hashable:
    return skill.student_id, skill.skill, skill.step
