"""Records of the journal are named as long as they are there."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.services.closing.requests import CloseSession
from app.services.journal import Journal
from app.services.undoing.naming import record_names
from tests.services.closing.world import World

LONDON = ZoneInfo("Europe/London")


def test_a_session_and_its_parts_are_named_by_student_and_time(world: World) -> None:
    shared = world.session(students=[world.maya, world.ben])
    world.close_outs().close(CloseSession(shared))
    records = {
        entry.table: entry.record
        for entry in Journal(world.desk()).entries("session", shared)
    }
    when = "Maya +1, Tue 03 Mar 2026 16:00"
    assert records["session"] == f"session: {when}"
    assert records["close_out"] == f"close-out: {when}"
    assert records["attendance"] == f"place of a student: {when}"


def test_people_are_named_and_what_belongs_to_them(world: World) -> None:
    keys = [("student", world.maya), ("tutor", world.anna), ("household", 1)]
    with world.database.snapshot() as snapshot:
        found = record_names(snapshot, LONDON, [*keys, ("payer", 1)])
    assert found["student", world.maya] == "Maya"
    assert found["tutor", world.anna] == "Anna"
    assert found["household", 1] == "Maya family"
    assert ("payer", 1) in found


def test_what_is_gone_or_unknown_has_no_name(world: World) -> None:
    keys = [("session", 999), ("student", 999), ("no such table", 1), ("policy", 1)]
    with world.database.snapshot() as snapshot:
        assert record_names(snapshot, LONDON, keys) == {}


def test_a_reopened_close_out_keeps_its_number(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    world.close_outs().reopen(session)
    gone = [
        entry.record
        for entry in Journal(world.desk()).entries("close_out")
        if entry.action == "Reopen a session"
    ]
    assert gone == ["close-out 1"]
