"""Packing a resource's time into whole numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.models.values.occupancy import (
    ResourceKind,
    pack,
    resource,
    unpack_moment,
    unpack_resource,
)

moments = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001  the strategy adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(second=0, microsecond=0))
users = st.tuples(st.sampled_from(ResourceKind), st.integers(1, 10**6))


@given(users, moments)
def test_what_was_packed_unpacks(user: tuple[ResourceKind, int], at: datetime) -> None:
    packed = pack(resource(*user), at)
    assert unpack_resource(packed) == user
    assert unpack_moment(packed) == at


@given(users, users, moments, moments)
def test_times_of_two_resources_never_mix(
    one: tuple[ResourceKind, int],
    other: tuple[ResourceKind, int],
    at: datetime,
    then: datetime,
) -> None:
    if resource(*one) < resource(*other):
        assert pack(resource(*one), at) < pack(resource(*other), then)


@given(users, moments, st.integers(1, 10_000))
def test_later_is_larger(
    user: tuple[ResourceKind, int], at: datetime, minutes: int
) -> None:
    later = at + timedelta(minutes=minutes)
    assert pack(resource(*user), later) - pack(resource(*user), at) == minutes
