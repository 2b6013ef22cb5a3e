"""The strongest level's newest rate holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.models.values.payroll import PayKind, PayLevel, PayPer
from app.models.values.terms import PayTerms
from app.services.payroll.rates import Rate, Wanted, find_rate

L = PayLevel
WANTED = Wanted(
    tutor_id=1,
    on=date(2026, 11, 10),
    session_id=2,
    placement_id=3,
    offering_id=4,
    subject_id=5,
    level_ids=frozenset({6, 7}),
)
BY_LEVEL: list[dict[str, Any]] = [
    {"level": L.SESSION, "session_id": 2},
    {"level": L.PLACEMENT, "placement_id": 3},
    {"level": L.TUTOR_OFFERING, "tutor_id": 1, "offering_id": 4},
    {"level": L.TUTOR_SUBJECT, "tutor_id": 1, "subject_id": 5},
    {"level": L.TUTOR, "tutor_id": 1},
    {"level": L.OFFERING, "offering_id": 4},
    {"level": L.OFFICE},
]


def rate(rate_id: int, **more: Any) -> Rate:  # noqa: ANN401  ids of the rate
    values: dict[str, Any] = {
        "level": L.TUTOR,
        "kind": PayKind.SESSION,
        "terms": PayTerms(PayPer.HOUR, 1000),
    }
    return Rate(rate_id, **{**values, **more})


@pytest.mark.parametrize("strongest", range(len(BY_LEVEL)))
def test_the_strongest_level_wins(strongest: int) -> None:
    rates = [
        rate(place, **ids) for place, ids in enumerate(BY_LEVEL) if place >= strongest
    ]
    found = find_rate(reversed(rates), WANTED)
    assert found is not None
    assert found.rate_id == strongest


def test_the_newest_that_is_valid_wins_within_a_level() -> None:
    rates = [
        rate(1),
        rate(2, valid_from=date(2026, 11, 10)),
        rate(3, valid_from=date(2026, 1, 1)),
        rate(4, valid_from=date(2026, 11, 11)),
    ]
    assert find_rate(rates, WANTED) == rates[1]


def test_of_two_of_one_day_the_later_one_wins() -> None:
    day = date(2026, 11, 1)
    rates = [rate(2, valid_from=day), rate(1, valid_from=day)]
    assert find_rate(rates, WANTED) == rates[0]


def test_a_rate_of_the_level_of_difficulty_goes_before_the_subjects() -> None:
    ids: dict[str, Any] = {"level": L.TUTOR_SUBJECT, "tutor_id": 1, "subject_id": 5}
    newer = rate(1, **ids, valid_from=date(2026, 11, 1))
    fitting, other = rate(2, **ids, level_id=7), rate(3, **ids, level_id=8)
    assert find_rate([newer, fitting, other], WANTED) == fitting


def test_a_session_rate_for_a_tutor_goes_before_one_for_all() -> None:
    ids: dict[str, Any] = {"level": L.SESSION, "session_id": 2}
    own, other = rate(1, **ids, tutor_id=1), rate(2, **ids, tutor_id=9)
    everybody = rate(3, **ids)
    assert find_rate([own, other, everybody], WANTED) == own
    assert find_rate([other, everybody], WANTED) == everybody


@pytest.mark.parametrize(
    "other",
    [
        {"kind": PayKind.PREPARATION, "tutor_id": 1},
        {"tutor_id": 9},
        {"level": L.OFFERING, "offering_id": 9},
        {"level": L.PLACEMENT, "placement_id": 9},
        {"level": L.SESSION, "session_id": 9},
        {"level": L.TUTOR_SUBJECT, "tutor_id": 1, "subject_id": 9},
        {"tutor_id": 1, "valid_from": date(2026, 11, 11)},
    ],
)
def test_what_is_agreed_for_something_else_does_not_hold(
    other: dict[str, object],
) -> None:
    assert find_rate([rate(1, **other)], WANTED) is None
