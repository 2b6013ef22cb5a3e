"""Reads close-outs back: one session's report, and a student's latest notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, and_, or_, select

from app.models.base import Model
from app.models.closing import Homework, Note, SkillTouch
from app.models.database import Snapshot
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance, Session
from app.models.values import entries
from app.models.values.schedule import CloseOutState
from app.services.closing.claims import live_claims
from app.services.closing.deciding import waits_for_of
from app.services.closing.requests import INTERNAL
from app.services.closing.results import (
    ExpenseKept,
    HomeworkSet,
    MileageKept,
    NoteText,
    Report,
    SkillTouched,
    StudentNotes,
    StudentReport,
    TutorReport,
)
from app.services.closing.sheet import Sheet, require_own, sheet_of
from app.services.desk import Desk
from app.services.rights import is_own, own_sessions

Told = TypeVar("Told", Note, Homework)


def report(snapshot: Snapshot, desk: Desk, session_id: int) -> Report:
    """Read everything that a session's close-out carries.

    Raises:
        MissingRecordError: There is no such session.
        NotYourSessionError: A tutor asked for another's.
    """
    sheet = sheet_of(snapshot, session_id)
    require_own(desk, sheet)
    close_out = sheet.close_out
    expenses, distances = _claims(snapshot, desk, session_id)
    notes = snapshot.scalars(
        select(Note).where(Note.session_id == session_id).order_by(Note.id)
    )
    homework = snapshot.scalars(
        select(Homework).where(Homework.session_id == session_id).order_by(Homework.id)
    )
    return Report(
        session_id=session_id,
        status=sheet.session.status,
        state=close_out.state if close_out else CloseOutState.OPEN,
        closed_by=close_out.closed_by if close_out else "",
        closed_at=close_out.closed_at if close_out else None,
        reviewed_by=close_out.reviewed_by if close_out else "",
        approved_by=close_out.approved_by if close_out else "",
        waits_for=waits_for_of(snapshot, [session_id]).get(session_id),
        money=close_out.money if close_out else None,
        money_reason=close_out.money_reason if close_out else "",
        students=_students(snapshot, sheet),
        tutors=_tutors(snapshot, sheet),
        notes=tuple(_note(note) for note in notes),
        homework=tuple(_homework(each) for each in homework),
        skills=_skills(snapshot, session_id),
        mileage=distances,
        expenses=expenses,
    )


def _skills(snapshot: Snapshot, session_id: int) -> tuple[SkillTouched, ...]:
    rows = snapshot.scalars(
        select(SkillTouch)
        .where(SkillTouch.session_id == session_id)
        .order_by(SkillTouch.id)
    )
    return tuple(SkillTouched(row.student_id, row.skill, row.step) for row in rows)


def latest_notes(
    snapshot: Snapshot, desk: Desk, student_id: int, limit: int
) -> StudentNotes:
    """Read a student's notes and homework, newest session first.

    Notes on the whole session count where the student was in it. A tutor sees those
    of the own sessions.
    """
    about = select(Attendance.session_id).where(Attendance.student_id == student_id)
    on_all = and_(Note.student_id.is_(None), Note.session_id.in_(about))
    notes = (
        select(Note, Session.starts_at)
        .join(Session, Session.id == Note.session_id)
        .where(or_(Note.student_id == student_id, on_all))
    )
    homework = (
        select(Homework, Session.starts_at)
        .join(Session, Session.id == Homework.session_id)
        .where(Homework.student_id == student_id)
    )
    return StudentNotes(
        tuple(
            replace(_note(note), starts_at=at)
            for note, at in snapshot.execute(_newest(notes, desk, limit))
        ),
        tuple(
            replace(_homework(each), starts_at=at)
            for each, at in snapshot.execute(_newest(homework, desk, limit))
        ),
    )


def _newest(
    query: Select[Told, datetime], desk: Desk, limit: int
) -> Select[Told, datetime]:
    query = query.order_by(Session.starts_at.desc(), Session.id.desc())
    query = query.limit(entries.rows(limit))
    if desk.actor.is_office:
        return query
    return query.where(Session.id.in_(own_sessions(desk.actor)))


def _claims(
    snapshot: Snapshot, desk: Desk, session_id: int
) -> tuple[tuple[ExpenseKept, ...], tuple[MileageKept, ...]]:
    expenses, distances = live_claims(snapshot, session_id)
    who = desk.actor  # another tutor's claims are that tutor's pay
    expenses = [each for each in expenses if is_own(who, each.tutor_id)]
    distances = [each for each in distances if is_own(who, each.tutor_id)]
    return (
        tuple(
            ExpenseKept(
                each.id,
                each.tutor_id,
                each.what,
                each.amount,
                each.approved_amount,
                each.receipt_id,
            )
            for each in expenses
        ),
        tuple(
            MileageKept(
                each.id,
                each.tutor_id,
                each.claimed,
                each.unit,
                each.from_place_id,
                each.to_place_id,
                each.approved,
            )
            for each in distances
        ),
    )


def _students(snapshot: Snapshot, sheet: Sheet) -> tuple[StudentReport, ...]:
    names = _names(snapshot, Student, [place.student_id for place in sheet.places])
    return tuple(
        StudentReport(
            place.student_id,
            names[place.student_id],
            place.state,
            sheet.planned_minutes,
            place.actual_minutes,
            {int(key): part for key, part in place.subject_minutes.items()},
            place.state_at,
            place.notice_minutes,
        )
        for place in sheet.places
    )


def _tutors(snapshot: Snapshot, sheet: Sheet) -> tuple[TutorReport, ...]:
    names = _names(snapshot, Tutor, [part.tutor_id for part in sheet.tutors])
    return tuple(
        TutorReport(
            part.tutor_id,
            names[part.tutor_id],
            sheet.planned_minutes,
            part.actual_starts_at,
            part.actual_minutes,
        )
        for part in sheet.tutors
    )


def _names(snapshot: Snapshot, kind: type[Model], ids: Sequence[int]) -> dict[int, str]:
    columns = kind.__table__.c
    rows = snapshot.execute(select(columns.id, columns.name).where(columns.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _note(note: Note) -> NoteText:
    return NoteText(
        note.session_id, note.student_id, note.audience == INTERNAL, note.text
    )


def _homework(homework: Homework) -> HomeworkSet:
    return HomeworkSet(
        homework.id,
        homework.session_id,
        homework.student_id,
        homework.text,
        homework.due_on,
        homework.done_at,
    )
