"""What an edit means for each session of a series."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values.schedule import EditScope
from app.services.scheduling.edits import (
    Change,
    Field,
    Present,
    by_hand_after,
    changed,
    differences,
    in_scope,
)
from tests.services.scheduling.conftest import wall

FIRST = wall("2026-11-03T16:00")
WEEK = timedelta(days=7)
SERIES = [
    Present(number, FIRST + WEEK * number, FIRST + WEEK * number, 60, (1,), (2,), 3, 4)
    for number in range(5)
]


def test_later_goes_by_the_slots_and_not_by_where_sessions_were_moved() -> None:
    moved_back = replace(SERIES[3], start=FIRST - WEEK)
    moved_on = replace(SERIES[0], start=FIRST + WEEK * 9)
    sessions = [moved_on, SERIES[1], SERIES[2], moved_back, SERIES[4]]
    found = in_scope(sessions, SERIES[2], EditScope.LATER)
    assert [one.session_id for one in found] == [2, 3, 4]
    assert in_scope(sessions, SERIES[2], EditScope.THIS) == [SERIES[2]]
    assert in_scope(sessions, SERIES[2], EditScope.ALL) == sessions


@given(st.integers(-20000, 20000), st.integers(0, 4))
def test_a_move_shifts_every_session_alike_on_the_wall_clock(by: int, at: int) -> None:
    change = Change(shift=timedelta(minutes=by))
    for one in SERIES:
        new = changed(one, change, is_at_hand=one.session_id == at)
        assert new.start - one.start == timedelta(minutes=by)
        assert differences(one, new) == ({Field.START} if by else set())


def test_only_touched_fields_change() -> None:
    new = changed(SERIES[0], Change(minutes=90, room_id=None), is_at_hand=True)
    assert new == replace(SERIES[0], minutes=90, room_id=None)
    assert Change(minutes=90, room_id=None).touches == {Field.MINUTES, Field.ROOM}


def test_what_was_changed_by_hand_stays_unless_ticked() -> None:
    by_hand = replace(SERIES[1], tutor_ids=(9,), by_hand=frozenset({"tutors"}))
    change = Change(tutor_ids=(5,), minutes=45)
    assert changed(by_hand, change, is_at_hand=False).tutor_ids == (9,)
    assert changed(by_hand, change, is_at_hand=False).minutes == 45
    ticked = replace(change, even_by_hand=True)
    assert changed(by_hand, ticked, is_at_hand=False).tutor_ids == (5,)
    assert changed(by_hand, change, is_at_hand=True).tutor_ids == (5,)


def test_changing_one_makes_its_fields_hand_made() -> None:
    new = replace(SERIES[0], start=FIRST + timedelta(hours=2))
    change = Change(shift=timedelta(hours=2))
    by_hand = by_hand_after(SERIES[0], new, change, EditScope.THIS, is_at_hand=True)
    assert by_hand == {"start"}


def test_ticking_takes_a_field_back_into_the_series_but_not_a_start() -> None:
    former = replace(SERIES[0], by_hand=frozenset({"start", "room", "tutors"}))
    change = Change(shift=WEEK, room_id=7, even_by_hand=True)
    new = changed(former, change, is_at_hand=False)
    after = by_hand_after(former, new, change, EditScope.ALL, is_at_hand=False)
    assert after == {"start", "tutors"}
    kept = replace(change, even_by_hand=False)
    after = by_hand_after(former, former, kept, EditScope.ALL, is_at_hand=False)
    assert after == {"start", "room", "tutors"}
