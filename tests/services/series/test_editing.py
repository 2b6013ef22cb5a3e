"""Changing a series: one session, it and later ones, or all."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select

from app.models.billing import Charge
from app.models.scheduling import (
    Series,
    occupancy,
)
from app.models.values.billing import ChargeKind
from app.models.values.schedule import (
    ClockGapError,
    EditScope,
)
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import (
    ClashError,
    FixedSessionError,
)
from app.services.scheduling.requests import (
    MoveSession,
    OnClash,
    Untouched,
)
from tests.services.scheduling.conftest import Scene, wall
from tests.services.series.steps import (
    HOUR,
    START,
    WEEK,
    book,
    closed,
    edit,
    starts,
)


def test_a_series_moves_onto_its_own_old_dates(scene: Scene) -> None:
    ids = book(scene).session_ids
    edited = edit(scene, ids[0], EditScope.ALL, start=START + WEEK)
    assert edited.changed_ids == ids
    assert starts(scene) == [
        "10 Nov 16:00",
        "17 Nov 16:00",
        "24 Nov 16:00",
        "01 Dec 16:00",
    ]
    edit(scene, ids[1], EditScope.LATER, start=START + WEEK * 2 + HOUR / 2)
    assert starts(scene)[:2] == ["10 Nov 16:00", "17 Nov 16:30"]


def test_a_move_over_the_clock_change_keeps_the_wall_clock(scene: Scene) -> None:
    ids = book(scene, start=wall("2026-10-20T16:00")).session_ids
    edit(scene, ids[0], EditScope.ALL, start=wall("2026-10-21T17:15"))
    assert starts(scene) == [
        "21 Oct 17:15",
        "28 Oct 17:15",
        "04 Nov 17:15",
        "11 Nov 17:15",
    ]
    assert scene.stored(ids[0]).starts_at.hour == 15
    assert scene.stored(ids[1]).starts_at.hour == 16


def test_a_shift_into_the_spring_gap_is_refused_or_left(scene: Scene) -> None:
    ids = book(scene, start=wall("2027-03-21T04:00"), count=3).session_ids
    early = wall("2027-03-21T02:30")
    with pytest.raises(ClockGapError):
        edit(scene, ids[0], EditScope.ALL, start=early)
    edited = edit(scene, ids[0], EditScope.ALL, start=early, on_clash=OnClash.SKIP)
    assert edited.changed_ids == (ids[0], ids[2])
    assert "does not exist" in edited.untouched[0].why


def test_tutors_students_room_and_length_change_for_all(scene: Scene) -> None:
    room = scene.make.room()
    ids = book(scene).session_ids
    both = (scene.maya, scene.ben)
    edit(
        scene,
        ids[1],
        EditScope.LATER,
        tutor_ids=(scene.paul,),
        student_ids=both,
        room_id=room,
        minutes=90,
    )
    assert [scene.tutors(one) for one in ids] == [{scene.anna}, *[{scene.paul}] * 3]
    changed = scene.stored(ids[3])
    assert (changed.ends_at - changed.starts_at, changed.room_id) == (HOUR * 1.5, room)
    with scene.desk.snapshot() as snapshot:
        rows = snapshot.scalars(select(func.count()).select_from(occupancy)).one()
        series = snapshot.scalars(select(Series)).one()
    assert rows == 2 + 3 * 4
    assert (series.tutor_ids, series.student_ids) == ([scene.paul], list(both))
    assert (series.room_id, series.minutes) == (room, 90)
    edit(scene, ids[3], EditScope.ALL, student_ids=(scene.ben,), room_id=None)
    assert scene.stored(ids[0]).room_id is None


def test_ticking_changes_hand_made_fields_too(scene: Scene) -> None:
    ids = book(scene).session_ids
    bookings = Bookings(scene.desk)
    bookings.move(MoveSession(ids[1], START + WEEK + HOUR * 3))
    assert scene.stored(ids[1]).changed_fields == ["start"]
    edit(scene, ids[0], EditScope.ALL, start=START + HOUR)
    assert starts(scene)[1] == "10 Nov 19:00"
    edit(scene, ids[0], EditScope.ALL, start=START, include_changed=True)
    assert starts(scene)[1] == "10 Nov 18:00"


def test_what_is_closed_invoiced_or_paid_stays_and_is_named(scene: Scene) -> None:
    ids = book(scene).session_ids
    closed(scene, ids[0])
    scene.make.save(
        Charge(
            session_id=ids[1],
            payer_id=1,
            kind=ChargeKind.SESSION,
            service_on=date(2026, 11, 10),
            tax_code_id=1,
            amount=1,
            made_at=scene.desk.now(),
            live_key="a",
            line_id=7,
        )
    )
    edited = edit(scene, ids[3], EditScope.ALL, minutes=30)
    assert edited.changed_ids == ids[2:]
    assert edited.untouched == (
        Untouched(ids[0], "it is closed out"),
        Untouched(ids[1], "it is invoiced"),
    )
    with pytest.raises(FixedSessionError):
        edit(scene, ids[1], EditScope.THIS, minutes=45)


def test_what_stays_is_counted_as_taken_when_others_move(scene: Scene) -> None:
    ids = book(scene).session_ids
    closed(scene, ids[1])
    with pytest.raises(ClashError, match="Anna already teaches Maya"):
        edit(scene, ids[0], EditScope.ALL, start=START + WEEK)
    edited = edit(
        scene, ids[0], EditScope.ALL, start=START + WEEK, on_clash=OnClash.SKIP
    )
    assert edited.changed_ids == (ids[2], ids[3])
    assert starts(scene) == [
        "03 Nov 16:00",
        "10 Nov 16:00",
        "24 Nov 16:00",
        "01 Dec 16:00",
    ]


def test_leaving_one_out_may_leave_out_the_next(scene: Scene) -> None:
    ids = book(scene).session_ids
    scene.book(START + WEEK * 4, student_ids=(scene.ben,))
    edited = edit(
        scene, ids[0], EditScope.ALL, start=START + WEEK, on_clash=OnClash.SKIP
    )
    assert edited.changed_ids == ()
    assert [one.session_id for one in edited.untouched] == [*reversed(ids)]
    assert len(starts(scene)) == 5
