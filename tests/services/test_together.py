"""Several sessions are changed in one step: all or none, and undone at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.people import TutorTeaches
from app.models.values.schedule import CancelledBy, EditScope, SessionStatus
from app.services.closing.requests import CancelSession
from app.services.desk import OfficeOnlyError
from app.services.journal import Journal
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import ClashError, NotTentativeError
from app.services.scheduling.requests import EditSeries, Substitute
from app.services.together import Together
from tests.services.scheduling.conftest import Scene, desk, scene, wall

__all__ = ("desk", "scene")  # fixtures of the timetable
FOUR, FIVE = wall("2026-11-24T16:00"), wall("2026-11-24T17:00")
SIX, SEVEN = wall("2026-11-24T18:00"), wall("2026-11-24T19:00")


def pair(scene: Scene) -> tuple[int, int]:
    """Book two sessions of one tutor, one after the other."""
    return scene.book(FOUR).session_id, scene.book(FIVE).session_id


def to(session_id: int, start: str) -> EditSeries:
    """Ask for another start on the day."""
    at = wall(f"2026-11-24T{start}")
    return EditSeries(session_id, EditScope.THIS, start=at)


def starts(scene: Scene, *ids: int) -> list[str]:
    """Read when sessions start, in UTC."""
    return [f"{scene.stored(one).starts_at:%H:%M}" for one in ids]


@pytest.mark.parametrize(
    ("first", "second", "now"),
    [("17:00", "18:00", ["16:00", "17:00"]), ("15:00", "16:00", ["14:00", "15:00"])],
)
def test_sessions_go_to_each_others_times(
    scene: Scene, first: str, second: str, now: list[str]
) -> None:
    ids = pair(scene)
    edited = Together(scene.desk).change([to(ids[0], first), to(ids[1], second)])
    assert {one for each in edited for one in each.changed_ids} == set(ids)
    assert starts(scene, *ids) == now


@pytest.mark.parametrize("asked_last", [False, True])
@pytest.mark.parametrize(
    ("shift", "now"), [(1, ["16:00", "17:00"]), (-1, ["14:00", "15:00"])]
)
def test_the_order_of_asking_decides_nothing(
    scene: Scene, shift: int, now: list[str], *, asked_last: bool
) -> None:
    ids = pair(scene)
    moves = [
        to(one, f"{hour + shift}:00") for one, hour in zip(ids, (16, 17), strict=True)
    ]
    Together(scene.desk).change(moves[::-1] if asked_last else moves)
    assert starts(scene, *ids) == now


def test_who_goes_later_makes_room_before_others_go_earlier(scene: Scene) -> None:
    ids = pair(scene)
    Together(scene.desk).change([to(ids[1], "15:30"), to(ids[0], "18:00")])
    assert starts(scene, *ids) == ["17:00", "14:30"]


def test_one_clash_leaves_all_where_they_are(scene: Scene) -> None:
    ids = pair(scene)
    scene.book(SEVEN)
    with pytest.raises(ClashError):
        Together(scene.desk).change([to(ids[0], "18:00"), to(ids[1], "19:00")])
    assert starts(scene, *ids) == ["15:00", "16:00"]


def test_what_was_done_together_is_undone_together(scene: Scene) -> None:
    ids = pair(scene)
    together, journal = Together(scene.desk), Journal(scene.desk)
    together.change([to(ids[0], "18:00"), to(ids[1], "19:00")])
    journal.undo(journal.undoable()[0].step)
    assert starts(scene, *ids) == ["15:00", "16:00"]
    together.cancel(ids, CancelledBy.OFFICE)
    assert all(scene.stored(one).status.is_cancelled for one in ids)
    journal.undo(journal.undoable()[0].step)
    assert not any(scene.stored(one).status.is_cancelled for one in ids)


def test_several_are_confirmed_or_none(scene: Scene) -> None:
    waits = [scene.book(at, is_tentative=True).session_id for at in (FOUR, FIVE)]
    planned = scene.book(SIX).session_id
    together = Together(scene.desk)
    with pytest.raises(NotTentativeError):
        together.confirm([*waits, planned])
    assert scene.stored(waits[0]).status is SessionStatus.TENTATIVE
    together.confirm(waits)
    assert {scene.stored(one).status for one in waits} == {SessionStatus.PLANNED}


def test_several_are_booked_or_none(scene: Scene) -> None:
    together = Together(scene.desk)
    booked = together.book([scene.request(FOUR), scene.request(FIVE)])
    assert starts(scene, *(one.session_id for one in booked)) == ["15:00", "16:00"]
    with pytest.raises(ClashError):
        together.book([scene.request(SIX), scene.request(FIVE)])
    assert len(scene.book(SIX).soft) == 0


def test_a_tutor_leaves_it_to_the_office(scene: Scene) -> None:
    with pytest.raises(OfficeOnlyError):
        Together(scene.as_tutor(scene.anna)).confirm([])


def test_sessions_concerned_are_settled_each_in_its_way(scene: Scene) -> None:
    first, second = pair(scene)
    third = scene.book(SIX).session_id
    ways = (
        Substitute(first, scene.paul, scene.anna),
        to(second, "19:00"),
        CancelSession(third, CancelledBy.TUTOR),
    )
    with pytest.raises(OfficeOnlyError):
        Together(scene.as_tutor(scene.anna)).resolve(ways)
    scene.book(FOUR, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    with pytest.raises(ClashError):
        Together(scene.desk).resolve(ways)
    assert scene.stored(third).status is SessionStatus.PLANNED
    Together(scene.desk).resolve(ways[1:])
    assert starts(scene, second) == ["18:00"]
    assert scene.stored(third).status is SessionStatus.CANCELLED_BY_TUTOR
    Journal(scene.desk).undo(Journal(scene.desk).undoable()[0].step)
    assert starts(scene, second) == ["16:00"]
    assert scene.stored(third).status is SessionStatus.PLANNED


def test_those_who_are_free_and_teach_it_could_stand_in(scene: Scene) -> None:
    chess = scene.make.subject("Chess")
    club = scene.make.offering("Club", subject_id=chess)
    carl, dora, eve = (scene.make.tutor(name) for name in ("Carl", "Dora", "Eve"))
    for tutor in (carl, dora, scene.paul):
        scene.make.save(TutorTeaches(tutor_id=tutor, subject_id=chess))
    scene.book(FOUR, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    past = scene.desk.now() - timedelta(days=7)
    held = SessionStatus.HELD
    scene.make.session(
        past, tutors=[dora], students=[scene.maya], offering=club, status=held
    )
    session = scene.book(FOUR, offering_id=club).session_id
    bookings = Bookings(scene.desk)
    found = bookings.stand_ins(session, scene.anna)
    assert [(one.tutor_id, one.knows) for one in found] == [(dora, 1), (carl, 0)]
    assert eve not in {one.tutor_id for one in found}
    with pytest.raises(OfficeOnlyError):
        Bookings(scene.as_tutor(scene.anna)).stand_ins(session, scene.anna)
