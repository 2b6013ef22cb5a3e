"""Free starts, against counting minute by minute."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.services.scheduling.rules import Stop, in_the_way, no_gap, room_needs
from app.services.scheduling.slots import Stretch, Timeline, common, minus, on_grid

stretches = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 40)).map(
        lambda pair: (pair[0], pair[0] + pair[1])
    ),
    max_size=5,
)


def minutes_of(found: list[Stretch]) -> set[int]:
    return {minute for first, last in found for minute in range(first, last)}


def apart(found: list[Stretch]) -> list[Stretch]:
    """Merge stretches, as availability comes."""
    merged: list[Stretch] = []
    for first, last in sorted(found):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


@given(stretches, stretches)
def test_taking_out_leaves_the_other_minutes(
    free: list[Stretch], taken: list[Stretch]
) -> None:
    free = apart(free)
    assert minutes_of(minus(free, taken)) == minutes_of(free) - minutes_of(taken)


@given(st.lists(stretches, min_size=1, max_size=4))
def test_what_is_common_lies_in_every_set(sets: list[list[Stretch]]) -> None:
    merged = [apart(one) for one in sets]
    wanted = minutes_of(merged[0])
    for one in merged[1:]:
        wanted &= minutes_of(one)
    assert minutes_of(common(merged)) == wanted


def test_no_sets_have_nothing_in_common_and_touching_is_nothing() -> None:
    assert common([]) == []
    assert common([[(0, 60)], [(60, 120)]]) == []


@given(stretches, st.integers(1, 30), st.integers(1, 20), st.integers(0, 19))
def test_starts_lie_on_the_grid_and_fit(
    free: list[Stretch], minutes: int, grid: int, offset: int
) -> None:
    free = apart(free)
    found = list(on_grid(free, minutes, grid, offset))
    assert found == [
        start
        for start in range(200)
        if (start - offset) % grid == 0
        and any(first <= start and start + minutes <= last for first, last in free)
    ]


@given(stretches, st.integers(0, 160), st.integers(1, 40), st.integers(0, 15))
def test_a_timeline_says_what_all_stops_say(
    taken: list[Stretch], start: int, minutes: int, changing: int
) -> None:
    stops = [Stop(first, last) for first, last in taken]
    planned = Stop(start, start + minutes)
    needs = room_needs(changing)
    has_room = not in_the_way(planned, stops, needs)
    assert Timeline(stops, needs).has_room(planned) is has_room


def test_an_empty_timeline_has_room() -> None:
    assert Timeline([], no_gap).has_room(Stop(0, 60))
