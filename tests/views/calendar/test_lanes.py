"""Overlapping sessions side by side."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.views.calendar.geometry import Slot
from app.views.calendar.lanes import arrange, overlap

spans = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda s: (s[0], s[0] + s[1]))
)


def test_sessions_one_after_the_other_have_the_whole_width() -> None:
    assert arrange([(0, 60), (60, 120)]).slots == (Slot(0, 1, 1), Slot(0, 1, 1))


def test_the_longer_of_two_that_start_together_stands_left() -> None:
    assert arrange([(0, 30), (0, 60)]).slots == (Slot(1, 1, 2), Slot(0, 1, 2))


def test_a_session_takes_the_leftmost_lane_that_is_free_again() -> None:
    found = arrange([(0, 60), (0, 30), (30, 60)]).slots
    assert found == (Slot(0, 1, 2), Slot(1, 1, 2), Slot(1, 1, 2))


def test_a_session_widens_over_free_lanes() -> None:
    found = arrange([(0, 90), (0, 30), (0, 20), (40, 90)]).slots
    assert found == (Slot(0, 1, 3), Slot(1, 1, 3), Slot(2, 1, 3), Slot(1, 2, 3))


def test_five_at_once_are_three_and_a_count() -> None:
    found = arrange([(0, 60)] * 5)
    assert [slot is None for slot in found.slots] == [False] * 3 + [True] * 2
    assert [(one.hidden, one.slot) for one in found.more] == [((3, 4), Slot(3, 1, 4))]


def test_counts_are_apart_where_what_they_count_is_apart() -> None:
    found = arrange([(0, 200)] * 3 + [(0, 50)] * 2 + [(100, 150)] * 2)
    assert [(one.start, one.end, len(one.hidden)) for one in found.more] == [
        (0, 50, 2),
        (100, 150, 2),
    ]


@given(spans, st.integers(2, 6))
def test_no_two_sessions_share_pixels(times: list[tuple[int, int]], most: int) -> None:
    found = arrange(times, most)
    drawn = [
        (span, slot.lane, slot.lane + slot.taken, slot.lanes)
        for span, slot in zip(times, found.slots, strict=True)
        if slot is not None
    ]
    drawn += [
        ((one.start, one.end), one.slot.lane, one.slot.lane + 1, one.slot.lanes)
        for one in found.more
    ]
    for one, other in combinations(drawn, 2):
        if overlap(one[0], other[0]):
            assert one[3] == other[3]
            assert one[2] <= other[1] or other[2] <= one[1]
    assert all(end <= lanes <= most for _span, _lane, end, lanes in drawn)


@given(spans)
def test_every_session_is_drawn_or_counted_once(times: list[tuple[int, int]]) -> None:
    found = arrange(times)
    counted = [n for one in found.more for n in one.hidden]
    missing = [n for n, slot in enumerate(found.slots) if slot is None]
    assert sorted(counted) == missing
