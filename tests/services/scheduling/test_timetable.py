"""What the calendar reads: complete, in order, fast, and a tutor's own only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from app.models.closing import CloseOut
from app.models.database import Database
from app.models.scheduling import Attendance, Session
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
    TimeSpan,
    TutorPart,
)
from app.services.desk import MissingRecordError
from app.services.rights import NotYoursError
from app.services.scheduling.cards import SessionCard, cards_of
from app.services.scheduling.occupancy import sync
from app.services.scheduling.timetable import Timetable
from tests.services.scheduling.conftest import Scene, statements_of, wall

AT = wall("2026-11-24T17:30")
HOUR = timedelta(hours=1)
WEEK = TimeSpan(
    datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC)
)


def ids(cards: tuple[SessionCard, ...]) -> list[int]:
    return [card.session_id for card in cards]


def called_off(scene: Scene, session_id: int) -> None:
    with scene.make.transaction() as transaction:
        session = transaction.get_one(Session, session_id)
        session.status = SessionStatus.CANCELLED_LATE
        sync(transaction, [session_id])


def test_a_card_shows_who_where_and_how_far(scene: Scene) -> None:
    room = scene.make.room()
    both = (scene.maya, scene.ben)
    booked = scene.book(
        AT, tutor_ids=(scene.paul, scene.anna), student_ids=both, room_id=room
    ).session_id
    with scene.make.transaction() as transaction:
        place = select(Attendance).where(Attendance.student_id == scene.ben)
        transaction.scalars(place).one().state = AttendanceState.CANCELLED_IN_TIME
        transaction.add(
            CloseOut(
                session_id=booked,
                state=CloseOutState.APPROVED,
                closed_by="Anna",
                closed_at=scene.desk.now(),
            )
        )
    (card,) = Timetable(scene.desk).sessions_in(WEEK)
    assert card.starts_at == datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
    assert card.ends_at - card.starts_at == HOUR
    assert (card.offering, card.room_id, card.status) == (
        "Maths",
        room,
        SessionStatus.PLANNED,
    )
    assert card.tutors == ((scene.paul, "Paul"), (scene.anna, "Anna"))
    assert [(one.name, one.state) for one in card.students] == [
        ("Maya Lindqvist", AttendanceState.EXPECTED),
        ("Ben Okafor", AttendanceState.CANCELLED_IN_TIME),
    ]
    assert (card.close_out, card.is_overridden) == (CloseOutState.APPROVED, False)


def test_the_span_is_half_open(scene: Scene) -> None:
    early = scene.book(wall("2026-11-22T23:00")).session_id
    over = scene.book(
        wall("2026-11-22T23:30"), tutor_ids=(scene.paul,), student_ids=(scene.ben,)
    ).session_id
    last = scene.book(wall("2026-11-29T23:30")).session_id
    scene.book(wall("2026-11-30T00:30"), tutor_ids=(scene.paul,))
    table = Timetable(scene.desk)
    assert ids(table.sessions_in(WEEK)) == [over, last]
    everyone = (scene.anna, scene.paul)
    assert ids(table.sessions_in(WEEK, everyone)) == [over, last]
    assert early not in ids(table.sessions_in(WEEK, (scene.anna,)))


def test_filters_must_all_hold(scene: Scene) -> None:
    room = scene.make.room()
    one = scene.book(AT, room_id=room).session_id
    other = scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,)).session_id
    third = scene.book(AT + HOUR, student_ids=(scene.ben,)).session_id
    table = Timetable(scene.desk)
    assert ids(table.sessions_in(WEEK)) == [one, other, third]
    assert ids(table.sessions_in(WEEK, (scene.anna,))) == [one, third]
    assert ids(table.sessions_in(WEEK, None, (scene.ben,))) == [other, third]
    assert ids(table.sessions_in(WEEK, (scene.anna,), (scene.ben,))) == [third]
    assert ids(table.sessions_in(WEEK, None, None, (room,))) == [one]
    assert table.sessions_in(WEEK, ()) == ()


def test_called_off_sessions_come_only_when_asked_for(scene: Scene) -> None:
    gone = scene.book(AT).session_id
    called_off(scene, gone)
    kept = scene.book(AT).session_id
    table = Timetable(scene.desk)
    for who in (None, (scene.anna,)):
        assert ids(table.sessions_in(WEEK, who)) == [kept]
        assert ids(table.sessions_in(WEEK, who, with_cancelled=True)) == [gone, kept]
    assert table.sessions_in(WEEK, (scene.paul,), with_cancelled=True) == ()
    for wanted in (False, True):
        found = table.sessions_in(WEEK, None, (scene.maya,), with_cancelled=wanted)
        assert gone in ids(found) or not wanted


def test_overridden_sessions_are_shown(scene: Scene) -> None:
    first = scene.book(AT).session_id
    forced = scene.book(AT, override_reason="Exams").session_id
    cards = Timetable(scene.desk).sessions_in(WEEK, (scene.anna,))
    assert [(one.session_id, one.is_overridden) for one in cards] == [
        (first, False),
        (forced, True),
    ]


def test_a_tutor_sees_own_sessions_only(scene: Scene) -> None:
    own = scene.book(AT).session_id
    others = scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    table = Timetable(scene.as_tutor(scene.anna))
    assert ids(table.sessions_in(WEEK)) == [own]
    assert table.sessions_in(WEEK, (scene.paul,)) == ()
    assert table.session(own).card.session_id == own
    with pytest.raises(NotYoursError):
        table.session(others.session_id)


def test_a_sessions_own_view_has_all_of_it(scene: Scene) -> None:
    room = scene.make.room(scene.make.place("Mitte"), "Attic")
    scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,), room_id=room)
    booked = scene.book(AT, room_id=room, override_reason="Exams").session_id
    found = Timetable(scene.desk).session(booked)
    assert (found.place, found.room, found.override_reason) == (
        "Mitte",
        "Attic",
        "Exams",
    )
    assert [(one.name, one.part) for one in found.tutors] == [("Anna", TutorPart.MAIN)]
    assert (found.course, found.slot_at, found.changed_fields) == ("", None, ())
    with pytest.raises(MissingRecordError):
        Timetable(scene.desk).session(999)
    with scene.desk.snapshot() as snapshot:
        assert cards_of(snapshot, []) == ()


def test_the_number_of_statements_does_not_grow(
    scene: Scene, database: Database
) -> None:
    counts: list[int] = []
    for _ in range(2):
        for hour in range(5):
            start = AT + HOUR * (hour + 10 * len(counts))
            scene.book(start)
        with statements_of(database) as said:
            Timetable(scene.desk).sessions_in(WEEK, (scene.anna, scene.paul))
        counts.append(len(said))
    assert counts[0] == counts[1] <= 7


def plan_of(database: Database, statement: str, parameters: Any) -> str:  # noqa: ANN401
    """Ask SQLite how it goes about a statement."""
    with database._engine.connect() as connection:
        rows = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", parameters
        ).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("tutors", [None, (1, 2)])
def test_no_table_is_read_from_end_to_end(
    scene: Scene, database: Database, tutors: tuple[int, ...] | None
) -> None:
    if not database.is_sqlite:
        pytest.skip("the plan is read from SQLite")
    for number in range(30):
        scene.book(AT + HOUR * number)
    said: list[tuple[str, Any]] = []

    def note(*call: Any) -> None:  # noqa: ANN401  the driver's arguments
        said.append((call[2], call[3]))

    event.listen(database._engine, "before_cursor_execute", note)
    Timetable(scene.desk).sessions_in(WEEK, tutors, with_cancelled=True)
    event.remove(database._engine, "before_cursor_execute", note)
    plans = [
        line
        for statement, parameters in said
        if "FROM session" in statement or "occupancy" in statement
        for line in plan_of(database, statement, parameters).splitlines()
    ]
    scans = {line for line in plans if line.startswith("SCAN")} - {"SCAN probe"}
    assert not {line for line in scans if "CONSTANT" not in line}
    wanted = "ix_session_starts_at_session_status"
    if tutors is not None:
        wanted = "SEARCH near USING INTEGER PRIMARY KEY"
    assert any(wanted in line for line in plans)


def test_the_week_is_not_sorted_by_the_database(
    scene: Scene, database: Database
) -> None:
    scene.book(AT)
    with statements_of(database) as said:
        Timetable(scene.desk).sessions_in(WEEK)
    assert not any("ORDER BY" in statement for statement in said)
