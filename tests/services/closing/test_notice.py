"""Notice is counted in elapsed time, and exactly the limit is in time."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from app.services.closing.notice import is_late, notice_minutes
from tests.services.closing.world import START


@given(st.integers(-100_000, 1_000_000), st.integers(0, 200))
def test_late_is_less_than_the_limit(seconds: int, hours: int) -> None:
    at = START - timedelta(seconds=seconds)
    assert is_late(at, START, Decimal(hours)) == (seconds < hours * 3600)
    assert is_late(at, START, Decimal(hours)) == (
        notice_minutes(at, START) < hours * 60
    )


def test_a_limit_may_be_part_of_an_hour() -> None:
    at = START - timedelta(minutes=90)
    assert not is_late(at, START, Decimal("1.5"))
    assert is_late(at, START, Decimal("1.51"))
