"""The clash rules of one resource, against what they say in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.services.scheduling.rules import (
    Met,
    Stop,
    in_the_way,
    no_gap,
    overlap,
    room_needs,
    tutor_needs,
)

spans = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(
    lambda pair: Stop(pair[0], pair[0] + pair[1])
)


def no_way(_start: int, _end: int) -> int:
    return 0


@given(spans, spans)
def test_overlap_is_having_a_minute_in_common(one: Stop, other: Stop) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert overlap(one, other) is bool(shared)
    assert overlap(other, one) is overlap(one, other)


def test_touching_is_allowed_without_buffers() -> None:
    assert in_the_way(Stop(60, 120), [Stop(0, 60), Stop(120, 180)], no_gap) == []


def test_the_largest_of_all_gaps_counts() -> None:
    first = Stop(0, 60, place_id=1, before=90, after=10)
    second = Stop(70, 130, place_id=2, before=15, after=90)
    by_foot = {(1, 2): 25, (2, 1): 99}
    needs = tutor_needs(20, lambda start, end: by_foot[start, end])
    assert needs(first, second) == 25
    assert tutor_needs(30, lambda _start, _end: 5)(first, second) == 30
    assert tutor_needs(0, no_way)(first, second) == 15
    assert tutor_needs(0, no_way)(Stop(0, 60, after=40), second) == 40


def test_no_travel_is_counted_online_or_within_a_place() -> None:
    needs = tutor_needs(0, lambda _start, _end: 30)
    here, there, online = Stop(0, 60, place_id=1), Stop(60, 90, place_id=2), Stop(0, 60)
    assert needs(here, there) == 30
    assert needs(here, Stop(60, 90, place_id=1)) == 0
    assert needs(online, there) == 0
    assert needs(here, online) == 0


def test_a_gap_equal_to_the_need_is_enough_and_a_minute_less_is_not() -> None:
    needs = room_needs(10)
    planned = Stop(100, 160)
    assert in_the_way(planned, [Stop(30, 90), Stop(170, 200)], needs) == []
    near = [Stop(30, 91), Stop(169, 200)]
    assert in_the_way(planned, near, needs) == [Met(near[0], 10), Met(near[1], 10)]


def test_only_the_nearest_on_each_side_are_neighbours() -> None:
    planned = Stop(100, 160)
    far, near = Stop(0, 95), Stop(96, 98)
    assert in_the_way(planned, [far, near], room_needs(10)) == [Met(near, 10)]


@given(spans, st.lists(spans, max_size=6), st.integers(0, 30))
def test_all_overlaps_are_named_in_order(
    planned: Stop, others: list[Stop], changing: int
) -> None:
    found = in_the_way(planned, others, room_needs(changing))
    overlaps = [met.other for met in found if met.needed is None]
    assert sorted(overlaps, key=lambda stop: (stop.start, stop.end)) == overlaps
    assert sorted(map(repr, overlaps)) == sorted(
        repr(other) for other in others if overlap(planned, other)
    )
    is_free = all(
        other.end + changing <= planned.start or planned.end + changing <= other.start
        for other in others
    )
    assert is_free is (found == [])
