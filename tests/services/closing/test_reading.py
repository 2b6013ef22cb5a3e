"""Close-outs and the latest notes are read back."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.values.actors import Actor, Role
from app.services.closing.requests import (
    CloseSession,
    Outcome,
    SetHomework,
    StudentNote,
)
from tests.services.closing.world import START, World


def wall(day: int, hour: int, minute: int) -> datetime:
    """Give a time of March on the office's clock."""
    return datetime(2026, 3, day, hour, minute)  # noqa: DTZ001


def test_the_latest_notes_of_a_student_come_first(world: World) -> None:
    for day in range(3):
        session = world.session(START - timedelta(days=day))
        notes = (StudentNote(world.maya, f"Day {day}"),)
        homework = (SetHomework(world.maya, f"Page {day}"),)
        world.close_outs().close(CloseSession(session, notes=notes, homework=homework))
    told = world.close_outs().latest_notes(world.maya, 2)
    assert [note.text for note in told.notes] == ["Day 0", "Day 1"]
    assert [each.text for each in told.homework] == ["Page 0", "Page 1"]
    other = Actor("Bob", Role.TUTOR, world.make.tutor("Bob"))
    assert world.close_outs(other).latest_notes(world.maya).notes == ()


def test_actual_times_stand_beside_the_planned_ones(world: World) -> None:
    session = world.session()
    request = CloseSession(
        session, Outcome.OTHER_TIMES, start=wall(3, 16, 10), minutes=70
    )
    world.close_outs().close(request)
    told = world.close_outs().report(session)
    assert told.tutors[0].actual_starts_at == START + timedelta(minutes=10)
    assert (told.tutors[0].planned_minutes, told.tutors[0].actual_minutes) == (60, 70)
    assert (told.students[0].planned_minutes, told.students[0].actual_minutes) == (
        60,
        70,
    )
    assert world.read(session).starts_at == START


def test_a_note_on_the_whole_session_counts_for_who_was_in_it(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, progress_note="Fractions"))
    [note] = world.close_outs().latest_notes(world.maya).notes
    assert (note.text, note.starts_at) == ("Fractions", START)
    assert world.close_outs().latest_notes(world.ben).notes == ()
