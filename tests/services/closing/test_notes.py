"""Notes, homework and skills are kept, and replaced by a correction."""

from __future__ import annotations

from datetime import date

from app.services.closing.requests import (
    ClaimExpense,
    CloseSession,
    SetHomework,
    StudentNote,
    TouchSkill,
)
from tests.services.closing.world import World


def test_notes_homework_and_skills_are_kept_and_replaced(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    first = CloseSession(
        session,
        progress_note="Fractions went well",
        internal_note="Ben was tired",
        copy_note=True,
        notes=(StudentNote(world.ben, "Needs glasses?", is_internal=True),),
        homework=(SetHomework(None, "Page 12", date(2026, 3, 10)),),
        skills=(TouchSkill(world.maya, "fractions", 4),),
    )
    world.close_outs().close(first)
    told = world.close_outs().report(session)
    family = [(n.student_id, n.text) for n in told.notes if not n.is_internal]
    text = "Fractions went well"
    assert family == [(None, text), (world.maya, text), (world.ben, text)]
    inside = [(n.student_id, n.text) for n in told.notes if n.is_internal]
    assert inside == [(None, "Ben was tired"), (world.ben, "Needs glasses?")]
    assert {h.student_id for h in told.homework} == {world.maya, world.ben}
    assert [(s.skill, s.step) for s in told.skills] == [("fractions", 4)]
    world.close_outs().close(CloseSession(session, progress_note="Better"))
    told = world.close_outs().report(session)
    texts = {note.text for note in told.notes}
    assert texts == {"Ben was tired", "Needs glasses?", "Better"}
    assert len(told.homework) == 2
    assert len(told.skills) == 1
    emptied = CloseSession(
        session, progress_note="", internal_note="", notes=(), homework=(), skills=()
    )
    world.close_outs().close(emptied)
    told = world.close_outs().report(session)
    assert (told.notes, told.homework, told.skills) == ((), (), ())


def test_a_correction_of_the_times_keeps_every_word(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    world.close_outs().close(
        CloseSession(
            session,
            progress_note="Fractions went well",
            notes=(StudentNote(world.maya, "Brave"),),
            homework=(SetHomework(None, "Page 12"),),
            skills=(TouchSkill(world.maya, "fractions", 4),),
            expenses=(ClaimExpense(world.anna, "Book", 1250),),
        )
    )
    before = world.close_outs().report(session)
    world.close_outs().close(CloseSession(session, minutes=45))
    after = world.close_outs().report(session)
    assert after.notes == before.notes
    assert after.homework == before.homework
    assert (after.skills, after.expenses) == (before.skills, before.expenses)


def test_closing_again_the_same_way_keeps_the_same_notes(world: World) -> None:
    session = world.session()
    request = CloseSession(
        session,
        progress_note="Well done",
        homework=(SetHomework(world.maya, "Page 3"),),
        expenses=(ClaimExpense(world.anna, "Book", 1250),),
    )
    world.close_outs().close(request)
    before = world.close_outs().report(session)
    world.close_outs().close(request)
    after = world.close_outs().report(session)
    assert (before.homework, before.expenses) == (after.homework, after.expenses)
