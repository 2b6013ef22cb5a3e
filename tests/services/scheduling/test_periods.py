"""What a calendar, a session's panel and a proposal are told, each at one look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.catalog import Closure
from app.models.closing import Note
from app.models.people import TutorException
from app.models.scheduling import Session
from app.models.values.people import ExceptionKind
from app.models.values.schedule import EditScope, SessionStatus, TimeSpan, WeekWindow
from app.services.availability import Availabilities, SetWeek
from app.services.desk import MissingRecordError
from app.services.rights import NotYoursError
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import FixedSessionError, NothingToChangeError
from app.services.scheduling.occupancy import sync
from app.services.scheduling.requests import EditPreview, EditSeries
from app.services.scheduling.timetable import Timetable
from app.services.series import SeriesBook
from tests.services.scheduling.conftest import Scene, wall
from tests.services.series.steps import book, closed

AT = wall("2026-11-24T16:00")
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
SPAN = TimeSpan(
    datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC)
)


def note(scene: Scene, session_id: int, text: str, audience: str = "family") -> None:
    scene.make.save(
        Note(
            session_id=session_id,
            audience=audience,
            text=text,
        )
    )


def called_off(scene: Scene, session_id: int) -> None:
    with scene.make.transaction() as transaction:
        session = transaction.get_one(Session, session_id)
        session.status = SessionStatus.CANCELLED_LATE
        sync(transaction, [session_id])


# -- the period ------------------------------------------------------------------------


def test_a_period_has_sessions_called_off_too_unless_not_wanted(scene: Scene) -> None:
    gone = scene.book(AT).session_id
    called_off(scene, gone)
    kept = scene.book(AT).session_id
    scene.book(AT + WEEK)
    table = Timetable(scene.desk)
    period = table.period(SPAN)
    assert [card.session_id for card in period.cards] == [gone, kept]
    assert set(period.marks) == {gone, kept}
    assert set(period.times) == {scene.anna, scene.paul}
    shown = table.period(SPAN, with_cancelled=False).cards
    assert [card.session_id for card in shown] == [kept]


def test_a_mark_says_buffers_and_whether_there_is_a_note(scene: Scene) -> None:
    slow = scene.make.offering("Piano", buffer_before=10, buffer_after=15)
    plain = scene.book(AT).session_id
    piano = scene.book(AT + 3 * HOUR, offering_id=slow).session_id
    note(scene, piano, "Scales are even now.")
    marks = Timetable(scene.desk).period(SPAN).marks
    assert (marks[plain].before, marks[plain].after) == (0, 0)
    assert (marks[piano].before, marks[piano].after) == (10, 15)
    assert not marks[plain].has_note
    assert marks[piano].has_note
    assert marks[piano].invoice == ""


def test_a_period_tells_leave_and_closures_that_touch_it(scene: Scene) -> None:
    start = datetime(2026, 11, 25, 8, tzinfo=UTC)
    for first, reason in ((start, "Dentist"), (start + 2 * WEEK, "Ski")):
        scene.make.save(
            TutorException(
                tutor_id=scene.anna,
                kind=ExceptionKind.LEAVE,
                starts_at=first,
                ends_at=first + 2 * HOUR,
                reason=reason,
            )
        )
    from_on, until_on = date(2026, 11, 29), date(2026, 12, 1)
    scene.make.save(Closure(name="Repairs", from_on=from_on, until_on=until_on))
    period = Timetable(scene.desk).period(SPAN)
    assert [(one.reason, one.is_extra) for one in period.away] == [("Dentist", False)]
    assert [one.name for one in period.closed] == ["Repairs"]


def test_a_tutors_period_is_the_tutors_own(scene: Scene) -> None:
    own = scene.book(AT).session_id
    scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    period = Timetable(scene.as_tutor(scene.anna)).period(SPAN)
    assert [card.session_id for card in period.cards] == [own]
    assert set(period.times) == {scene.anna}


def test_a_period_tells_when_tutors_can(scene: Scene) -> None:
    week = (WeekWindow(1, 15 * 60, 18 * 60),)
    Availabilities(scene.desk).set_week(SetWeek(week, tutor_id=scene.anna))
    times = Timetable(scene.desk).period(SPAN).times
    start = datetime(2026, 11, 24, 14, tzinfo=UTC)
    assert times[scene.anna].is_known
    assert list(times[scene.anna].free) == [TimeSpan(start, start + 3 * HOUR)]
    assert not times[scene.paul].is_known


# -- a session's face, and what is usual -----------------------------------------------


def test_a_face_says_which_of_its_series_a_session_is(scene: Scene) -> None:
    ids = book(scene).session_ids
    table = Timetable(scene.desk)
    places = [(table.face(one).position, table.face(one).of) for one in ids]
    assert places == [(1, 4), (2, 4), (3, 4), (4, 4)]
    single = scene.book(wall("2026-11-20T10:00")).session_id
    assert (table.face(single).position, table.face(single).of) == (0, 0)
    with pytest.raises(MissingRecordError):
        table.face(999)


def test_a_face_says_why_a_session_stays_as_it_is(scene: Scene) -> None:
    booked = scene.book(AT).session_id
    table = Timetable(scene.desk)
    assert table.face(booked).fixed == ""
    closed(scene, booked)
    assert table.face(booked).fixed


def test_a_face_has_the_latest_note_for_the_family_only(scene: Scene) -> None:
    first = scene.book(AT).session_id
    second = scene.book(AT + WEEK).session_id
    note(scene, first, "Fractions are firm.")
    note(scene, second, "Father is difficult.", "internal")
    assert Timetable(scene.desk).face(second).last_note == "Fractions are firm."
    assert Timetable(scene.desk).face(first).last_note == "Fractions are firm."


def test_a_face_is_for_its_own_tutor(scene: Scene) -> None:
    booked = scene.book(AT).session_id
    face = Timetable(scene.as_tutor(scene.anna)).face(booked)
    assert face.detail.card.session_id == booked
    with pytest.raises(NotYoursError):
        Timetable(scene.as_tutor(scene.paul)).face(booked)


def test_the_usual_is_how_a_student_was_taught_last(scene: Scene) -> None:
    room = scene.make.room()
    scene.book(AT, tutor_ids=(scene.paul,))
    scene.book(AT + WEEK, 45, room_id=room)
    usual = Timetable(scene.desk).usual(scene.maya)
    assert usual is not None
    assert (usual.tutor_ids, usual.minutes, usual.room_id) == ((scene.anna,), 45, room)
    assert usual.offering_id == scene.maths
    assert Timetable(scene.desk).usual(scene.ben) is None


def test_what_was_called_off_is_not_usual(scene: Scene) -> None:
    scene.book(AT, tutor_ids=(scene.paul,))
    latest = scene.book(AT + WEEK).session_id
    called_off(scene, latest)
    usual = Timetable(scene.desk).usual(scene.maya)
    assert usual is not None
    assert usual.tutor_ids == (scene.paul,)


def test_tutors_are_told_what_is_usual_for_their_own_students(scene: Scene) -> None:
    scene.book(AT)
    assert Timetable(scene.as_tutor(scene.anna)).usual(scene.maya)
    with pytest.raises(NotYoursError):
        Timetable(scene.as_tutor(scene.paul)).usual(scene.maya)


# -- changes looked at before they are made --------------------------------------------


def test_a_change_is_checked_and_nothing_is_done(scene: Scene) -> None:
    taken = scene.book(AT).session_id
    moved = scene.book(AT + 2 * HOUR, student_ids=(scene.ben,)).session_id
    check = Bookings(scene.desk).check_change
    ask = EditSeries(moved, EditScope.THIS, start=AT + HOUR / 2)
    [clash] = check(ask)
    assert clash.is_hard
    assert clash.session_id == taken
    assert "Maya" in clash.sentence or "Anna" in clash.sentence
    assert check(replace(ask, start=AT + HOUR)) == ()
    assert check(EditSeries(moved, EditScope.THIS, minutes=90)) == ()
    kept = scene.stored(moved)
    assert kept.starts_at == datetime(2026, 11, 24, 17, tzinfo=UTC)


def test_a_change_to_another_tutor_is_checked_for_that_tutor(scene: Scene) -> None:
    scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    mine = scene.book(AT).session_id
    ask = EditSeries(mine, EditScope.THIS, tutor_ids=(scene.paul,))
    found = Bookings(scene.desk).check_change(ask)
    assert [clash.is_hard for clash in found] == [True]


def test_what_may_not_change_is_not_checked(scene: Scene) -> None:
    booked = scene.book(AT).session_id
    check = Bookings(scene.desk).check_change
    with pytest.raises(NothingToChangeError):
        check(EditSeries(booked, EditScope.THIS))
    with pytest.raises(MissingRecordError):
        check(EditSeries(999, EditScope.THIS, minutes=30))
    closed(scene, booked)
    with pytest.raises(FixedSessionError):
        check(EditSeries(booked, EditScope.THIS, minutes=30))


def test_an_edit_is_counted_before_it_is_made(scene: Scene) -> None:
    first, second, _third, fourth = book(scene).session_ids
    closed(scene, first)
    last = scene.stored(fourth)
    scene.book(wall("2026-11-24T17:30"), student_ids=(scene.ben,))
    preview = SeriesBook(scene.desk).preview_edit
    ask = EditSeries(second, EditScope.ALL, start=wall("2026-11-10T17:30"))
    assert preview(ask) == EditPreview(changes=2, keeps=1, clashes=1)
    later = replace(ask, scope=EditScope.LATER)
    assert preview(later) == EditPreview(changes=2, keeps=0, clashes=1)
    only = replace(ask, scope=EditScope.THIS)
    assert preview(only) == EditPreview(changes=1, keeps=0, clashes=0)
    assert scene.stored(last.id).starts_at == last.starts_at
