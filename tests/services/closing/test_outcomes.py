"""A session's status follows from what became of its students."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.closing.outcomes import status_after
from tests.services.closing.world import START

State = AttendanceState
STATES = st.lists(st.sampled_from(list(State)), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("states", "status"),
    [
        ([State.PRESENT], SessionStatus.HELD),
        ([State.ABSENT, State.PRESENT], SessionStatus.HELD),
        ([State.ABSENT, State.CANCELLED_LATE], SessionStatus.NO_SHOW),
        ([State.EXPECTED, State.CANCELLED_LATE], None),
        ([State.CANCELLED_LATE, State.CANCELLED_IN_TIME], SessionStatus.CANCELLED_LATE),
        (
            [State.CANCELLED_IN_TIME, State.CANCELLED_BY_TUTOR],
            SessionStatus.CANCELLED_BY_TUTOR,
        ),
        ([], None),
    ],
)
def test_the_students_decide(
    states: list[AttendanceState], status: SessionStatus | None
) -> None:
    moments = [START + timedelta(minutes=number) for number in range(len(states))]
    assert status_after(list(zip(states, moments, strict=True))) is status


def test_the_last_to_cancel_decides_not_the_last_listed() -> None:
    early, late = START - timedelta(days=3), START - timedelta(days=2)
    places = [(State.CANCELLED_BY_TUTOR, late), (State.CANCELLED_IN_TIME, early)]
    assert status_after(places) is SessionStatus.CANCELLED_BY_TUTOR
    just_now = [(State.CANCELLED_BY_TUTOR, late), (State.CANCELLED_IN_TIME, None)]
    assert status_after(just_now) is SessionStatus.CANCELLED_IN_TIME


@given(STATES)
def test_a_session_is_cancelled_only_when_everybody_is(
    states: list[AttendanceState],
) -> None:
    status = status_after([(state, START) for state in states])
    everybody = all(state.is_cancelled for state in states)
    assert (status is not None and status.is_cancelled) == everybody
