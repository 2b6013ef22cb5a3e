"""Another program's cases of rounding and rates: ours agree, or a rule says why not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app.models.values.payroll import PayKind, PayLevel, PayPer
from app.models.values.terms import PayTerms
from app.services.payroll.earning import Measure, session_pay, stepped
from app.services.payroll.rates import Rate, Wanted, find_rate

CASES = (
    Path(__file__).parents[2].parent
    / "shared/corpora/money/kimai/time_rounding_and_rates.json"
)
ON = date(2026, 11, 23)
WHOLE_MINUTES = "time is counted in whole minutes"
WHOLE_UNITS = "a rate is whole minor units of a currency with two decimals"
LENGTHS_ONLY = "lengths are rounded, the moments of starting and ending never"
ONLY_UP = "paid minutes are rounded up to the step, never down or to the nearest"
FOR_SHOWING = "hours with two decimals are for showing only, never for reckoning"
ENTERED = "a length is entered as minutes, there is no text to read"
NO_RATE = "the case names no rate"

Judged = str | tuple[object, object]  # the rule that refuses it, or (ours, expected)
LEVELS: list[tuple[str, PayLevel, dict[str, Any]]] = [
    ("timesheet", PayLevel.SESSION, {"session_id": 1}),
    ("activity", PayLevel.PLACEMENT, {"placement_id": 2}),
    ("project", PayLevel.TUTOR_OFFERING, {"tutor_id": 3, "offering_id": 4}),
    ("customer", PayLevel.OFFERING, {"offering_id": 4}),
    ("user", PayLevel.OFFICE, {}),
]


@cache
def cases() -> list[dict[str, Any]]:
    if not CASES.exists():
        return []
    found: list[dict[str, Any]] = json.loads(CASES.read_text("utf-8"))["cases"]
    return found


def pay(terms: PayTerms, seconds: int) -> Decimal:
    minutes = seconds // 60
    measure = Measure(minutes, (minutes,))
    return Decimal(session_pay(terms, measure, (), "EUR").amount) / 100


def minor(amount: object) -> int | None:
    scaled = Decimal(str(amount)) * 100
    return int(scaled) if scaled == int(scaled) else None


def rounding(case: dict[str, Any], *, goes_up: bool) -> Judged:
    start, end = (datetime.fromisoformat(case[name]) for name in ("start", "end"))
    seconds = int((end - start).total_seconds())
    step = case["roundDuration"]
    if case["expectedStart"] != case["start"] or case["expectedEnd"] != case["end"]:
        return LENGTHS_ONLY
    if not step and seconds % 60:
        return WHOLE_MINUTES
    if not goes_up and seconds % (60 * (step or 1)):
        return ONLY_UP
    begun = -(-seconds // 60)
    return stepped(begun, step) * 60, case["expectedDuration"]


def by_the_hour(case: dict[str, Any], *, in_hundredths: bool) -> Judged:
    seconds: int = case["seconds"] if "seconds" in case else case["duration"]
    expected = Decimal(str(case.get("expected", case.get("expectedRate"))))
    rate = minor(case["hourlyRate"])
    if rate is None:
        return WHOLE_UNITS
    if in_hundredths and seconds % 36:
        return FOR_SHOWING
    if seconds % 60:
        return WHOLE_MINUTES
    ours = pay(PayTerms(PayPer.HOUR, rate), seconds)
    return ours, round(expected, 2)


def precedence(case: dict[str, Any]) -> Judged:
    if "userRate" not in case:
        return NO_RATE
    rates = []
    for place, (name, level, ids) in enumerate(LEVELS):
        terms = terms_of(case, name)
        if terms is not None:
            rates.append(Rate(place, level, PayKind.SESSION, terms, **ids))
    wanted = Wanted(3, ON, session_id=1, placement_id=2, offering_id=4)
    found = find_rate(reversed(rates), wanted)
    assert found is not None
    return pay(found.terms, case["duration"]), Decimal(str(case["expectedRate"]))


def terms_of(case: dict[str, Any], name: str) -> PayTerms | None:
    if name == "timesheet" and case["timesheetFixed"] is not None:
        return PayTerms(PayPer.SESSION, minor(case["timesheetFixed"]) or 0)
    amount = case["timesheetHourly"] if name == "timesheet" else case[f"{name}Rate"]
    if amount is None:
        return None
    is_fixed = case.get(f"{name}IsFixed", False)
    return PayTerms(PayPer.SESSION if is_fixed else PayPer.HOUR, minor(amount) or 0)


JUDGES: dict[str, Callable[[dict[str, Any]], Judged]] = {
    "Duration": lambda _case: ENTERED,
    "CeilRounding": lambda case: rounding(case, goes_up=True),
    "FloorRounding": lambda case: rounding(case, goes_up=False),
    "DefaultRounding": lambda case: rounding(case, goes_up=False),
    "ClosestRounding": lambda case: rounding(case, goes_up=False),
    "ClassicRateCalculator": lambda case: by_the_hour(case, in_hundredths=False),
    "DecimalRateCalculator": lambda case: by_the_hour(case, in_hundredths=True),
    "RateService": precedence,
}

pytestmark = pytest.mark.skipif(
    not cases(), reason="the collected cases are not beside the project"
)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
def test_a_case_agrees_or_a_rule_refuses_it(case: dict[str, Any]) -> None:
    judged = JUDGES[case["what"]](case["case"])
    if not isinstance(judged, str):
        ours, expected = judged
        assert ours == expected


def test_it_is_known_what_is_refused_and_why() -> None:
    judged = [JUDGES[case["what"]](case["case"]) for case in cases()]
    refused = Counter(rule for rule in judged if isinstance(rule, str))
    assert refused == {
        ENTERED: 27,
        WHOLE_MINUTES: 10,
        LENGTHS_ONLY: 9,
        ONLY_UP: 2,
        WHOLE_UNITS: 2,
        FOR_SHOWING: 2,
        NO_RATE: 1,
    }
    assert len(judged) - refused.total() == 21
