"""What an earlier close-out of a session told and claimed, before it is replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, bindparam, select

from app.models.closing import Expense, Homework, MileageClaim, Note, SkillTouch
from app.models.database import Snapshot, Transaction
from app.services.session_parts import has_any

PROGRESS = "progress"  # the kind of note that a report replaces
_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_NOTES = (
    select(Note)
    .where(Note.session_id.in_(_IDS), Note.kind == PROGRESS)
    .order_by(Note.id)
)
_HOMEWORK = select(Homework).where(Homework.session_id.in_(_IDS)).order_by(Homework.id)
_SKILLS = (
    select(SkillTouch).where(SkillTouch.session_id.in_(_IDS)).order_by(SkillTouch.id)
)
_EXPENSES = (
    select(Expense)
    .where(Expense.session_id.in_(_IDS), Expense.withdrawn_at.is_(None))
    .order_by(Expense.id)
)
_MILEAGE = (
    select(MileageClaim)
    .where(MileageClaim.session_id.in_(_IDS), MileageClaim.withdrawn_at.is_(None))
    .order_by(MileageClaim.id)
)
_KINDS = (Note, Homework, SkillTouch, Expense, MileageClaim)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of one session, in the order in which it was made."""

    notes: list[Note] = field(default_factory=list)
    homework: list[Homework] = field(default_factory=list)
    skills: list[SkillTouch] = field(default_factory=list)
    expenses: list[Expense] = field(default_factory=list)
    mileage: list[MileageClaim] = field(default_factory=list)


def load_standing(
    work: Snapshot | Transaction, session_ids: Sequence[int]
) -> dict[int, Standing]:
    """Read what stands of several sessions, by session."""
    asked = {"ids": list(session_ids)}
    found = {each: Standing() for each in session_ids}
    if not has_any(work, session_ids, *_KINDS):
        return found
    for note in work.scalars(_NOTES, asked):
        found[note.session_id].notes.append(note)
    for homework in work.scalars(_HOMEWORK, asked):
        found[homework.session_id].homework.append(homework)
    for skill in work.scalars(_SKILLS, asked):
        found[skill.session_id].skills.append(skill)
    for expense in work.scalars(_EXPENSES, asked):
        found[expense.session_id or 0].expenses.append(expense)
    for claim in work.scalars(_MILEAGE, asked):
        found[claim.session_id or 0].mileage.append(claim)
    return found
