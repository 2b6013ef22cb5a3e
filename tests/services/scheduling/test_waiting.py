"""What was missed waits until it is placed again; a series tells its dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.models.agreements import MakeUpCredit
from app.models.scheduling import SeriesException
from app.models.values.schedule import CancelledBy, EditScope, SessionStatus
from app.services.closing.cancelling import Cancellations
from app.services.closing.requests import CancelSession
from app.services.scheduling.requests import BookSeries, EditSeries
from app.services.scheduling.timetable import Timetable
from app.services.series.book import SeriesBook
from tests.fakes import FakeClock
from tests.services.scheduling.conftest import Scene, wall

AT, LATER = wall("2026-11-24T17:30"), wall("2026-11-26T17:30")


def cancelled(scene: Scene, by: CancelledBy) -> int:
    """Book Maya and call her off."""
    number = scene.book(AT).session_id
    Cancellations(scene.desk).cancel(CancelSession(number, by))
    return number


def test_what_the_office_called_off_waits_until_it_is_placed(scene: Scene) -> None:
    number = cancelled(scene, CancelledBy.OFFICE)
    found = Timetable(scene.desk).waiting()
    assert [one.card.session_id for one in found] == [number]
    assert (found[0].student_ids, found[0].minutes) == ((scene.maya,), 60)
    again = scene.book(LATER, make_up_of_id=number).session_id
    assert not Timetable(scene.desk).waiting()
    Cancellations(scene.desk).cancel(CancelSession(again, CancelledBy.HOUSEHOLD))
    assert len(Timetable(scene.desk).waiting()) == 1


def test_what_the_family_called_off_does_not_wait_unless_it_is_owed(
    scene: Scene,
) -> None:
    number = cancelled(scene, CancelledBy.HOUSEHOLD)
    assert not Timetable(scene.desk).waiting()
    scene.make.save(
        MakeUpCredit(
            session_id=number,
            student_id=scene.maya,
            minutes=45,
            expires_on=date(2026, 12, 24),
        )
    )
    found = Timetable(scene.desk).waiting()[0]
    assert (found.minutes, found.expires_on, found.is_owed) == (
        45,
        date(2026, 12, 24),
        True,
    )


def test_what_was_called_off_long_ago_waits_no_more(
    scene: Scene, clock: FakeClock
) -> None:
    cancelled(scene, CancelledBy.OFFICE)
    clock.time = datetime(2026, 12, 23, tzinfo=UTC)
    assert not Timetable(scene.desk).waiting()


def test_a_series_tells_its_dates_with_what_is_special_about_them(
    scene: Scene,
) -> None:
    request = BookSeries(scene.maths, (scene.anna,), (scene.maya,), AT, 60, count=4)
    booked = SeriesBook(scene.desk).book_series(request)
    first, second, third, last = booked.session_ids
    moved = EditSeries(second, EditScope.THIS, start=wall("2026-12-02T18:00"))
    SeriesBook(scene.desk).edit(moved)
    Cancellations(scene.desk).cancel(CancelSession(third, CancelledBy.OFFICE))
    scene.make.save(
        SeriesException(
            series_id=booked.series_id,
            slot_at=datetime(2026, 12, 22, 16, 30, tzinfo=UTC),
            reason="Holiday",
        )
    )
    dates = Timetable(scene.desk).series_dates(last)
    numbers = [one.session_id for one in dates]
    assert numbers == [first, second, third, last, None]
    assert [one.is_moved for one in dates] == [False, True, False, False, False]
    assert dates[2].status is SessionStatus.CANCELLED_BY_OFFICE
    assert dates[2].fixed
    assert dates[4].left_out == "Holiday"


def test_a_session_of_its_own_has_no_dates(scene: Scene) -> None:
    number = scene.book(AT).session_id
    assert Timetable(scene.desk).series_dates(number) == ()
