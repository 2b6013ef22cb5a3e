"""What a household pays for a place by its own rate."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.billing import ChargeKind, PriceBasis, PriceLevel, PricePer
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging.by_rate import charge_by_rate, charge_rest, price_by_rate
from app.services.charging.dues import Due, judge
from app.services.charging.errors import MissingRateError, UnpricedError
from app.services.charging.facts import MissedRules, SessionFacts, ShareFacts
from tests.services.charging.pictures import household, price, session, student

ABSENT = AttendanceState.ABSENT
IN_TIME = AttendanceState.CANCELLED_IN_TIME
HALF = MissedRules(no_show=Decimal(50))
PER_SESSION = PricePer.SESSION


def amounts(facts: SessionFacts) -> list[int]:
    """Give each student's charge, 0 for those that may not be charged."""
    found = [judge(facts, one, ahead=False) for one in facts.students]
    return [
        sum(draft.amount for draft in charge_by_rate(facts, due))
        if isinstance(due, Due)
        else 0
        for due in found
    ]


def split(amount: int, per: PricePer = PER_SESSION, **tiers: int) -> dict[str, Any]:
    sizes = {int(size.removeprefix("of")): value for size, value in tiers.items()}
    return {"prices": [price(amount, per, tiers=sizes)], "offering": {"is_split": True}}


def test_each_attending_student_pays_the_rate_for_the_own_minutes() -> None:
    assert amounts(
        session(student(1, actual_minutes=60), student(2, actual_minutes=45))
    ) == [
        4800,
        3600,
    ]


def test_the_session_splits_over_three_by_cumulative_rounding() -> None:
    facts = session(student(1), student(2), student(3), **split(10_000))
    assert amounts(facts) == [3333, 3334, 3333]


def test_who_stays_away_keeps_the_place_in_the_split_and_who_cancels_leaves_it() -> (
    None
):
    people = (student(1), student(2, ABSENT), student(3, IN_TIME))
    assert amounts(session(*people, **split(9001))) == [4501, 4500, 0]


def test_a_split_hourly_price_follows_each_students_own_minutes() -> None:
    people = (student(1, actual_minutes=60), student(2, actual_minutes=30))
    facts = session(*people, **split(5001, PricePer.HOUR))
    assert amounts(facts) == [2501, 1250]


def test_the_tier_goes_by_those_who_came_and_for_the_absent_by_those_booked() -> None:
    tiers = {1: 5000, 2: 4500, 3: 4000}
    people = (student(1), student(2), student(3, ABSENT))
    assert amounts(session(*people, prices=[price(tiers=tiers)])) == [4500, 4500, 4000]


def test_a_missed_place_costs_a_percentage_rounded_once_more() -> None:
    facts = session(student(1, ABSENT), prices=[price(5001)], rules=HALF)
    assert amounts(facts) == [2501]


@pytest.mark.parametrize(
    ("state", "minutes", "amount"),
    [
        (AttendanceState.PRESENT, 20, 3000),
        (AttendanceState.PRESENT, 60, 4800),
        (ABSENT, 20, 1500),
    ],
)
def test_the_minimum_holds_for_a_place_and_the_percentage_is_of_it(
    state: AttendanceState, minutes: int, amount: int
) -> None:
    offering = {"minimum_amount": 3000}
    facts = session(student(1, state), minutes=minutes, offering=offering, rules=HALF)
    assert amounts(facts) == [amount]


def test_a_rest_has_no_minimum_and_takes_its_part_of_a_session_price() -> None:
    offering = {"minimum_amount": 3000}
    facts = session(offering=offering, prices=[price(9000, PER_SESSION)], minutes=90)
    due = Due(facts.students[0], ChargeKind.SESSION, 90)
    (draft,) = charge_rest(facts, due, 30, "rest")
    assert (draft.amount, draft.minutes, draft.reason) == (3000, 30, "rest")


def test_a_charge_keeps_all_that_explains_it() -> None:
    facts = session(student(1, ABSENT), prices=[price(level=PriceLevel.PLACEMENT)])
    due = judge(facts, facts.students[0], ahead=False)
    assert isinstance(due, Due)
    (draft,) = charge_by_rate(facts, due)
    assert draft.kind is ChargeKind.NO_SHOW
    assert (draft.minutes, draft.rate, draft.rate_per) == (60, 4800, "hour")
    assert draft.rate_source == "placement"
    assert draft.percent == Decimal(100)
    assert draft.reason == "Absent without notice, charged 100 %"


def test_two_payers_share_one_place() -> None:
    shares = [ShareFacts(5, Decimal(50)), ShareFacts(6, Decimal(50))]
    homes = {1: household(1, shares)}
    facts = session(prices=[price(12_501, PER_SESSION)], households=homes)
    due = Due(facts.students[0], ChargeKind.SESSION, 60)
    drafts = charge_by_rate(facts, due)
    assert [(draft.payer_id, draft.amount) for draft in drafts] == [
        (5, 6251),
        (6, 6250),
    ]


@pytest.mark.parametrize(
    ("basis", "rate", "amount", "net"),
    [
        (PriceBasis.NET, "19", 4760, 4760),
        (PriceBasis.GROSS, "19", 4760, 4000),
        (PriceBasis.GROSS, "0", 4760, 4760),
        (PriceBasis.GROSS, "7.5", 1000, 930),
    ],
)
def test_the_price_by_rate_is_net_of_tax(
    basis: PriceBasis, rate: str, amount: int, net: int
) -> None:
    offering = {"tax_rate": Decimal(rate)}
    facts = session(prices=[price(amount)], offering=offering, basis=basis)
    assert price_by_rate(facts) == net


def test_the_price_by_rate_is_of_those_who_came_or_as_planned_of_those_booked() -> None:
    facts = session(
        student(1, actual_minutes=30), student(2, ABSENT), student(3, IN_TIME)
    )
    assert price_by_rate(facts) == 2400
    assert price_by_rate(facts, as_planned=True) == 9600


def test_a_trial_has_its_price_by_rate_for_the_tutor() -> None:
    assert price_by_rate(session(is_trial=True)) == 4800


def test_what_the_office_called_off_has_a_planned_price() -> None:
    people = (
        student(1, AttendanceState.EXPECTED),
        student(2, AttendanceState.EXPECTED),
    )
    status = SessionStatus.CANCELLED_BY_OFFICE
    facts = session(*people, status=status, **split(9001))
    assert price_by_rate(facts, as_planned=True) == 9001


def test_no_rate_is_told() -> None:
    facts = session(prices=[])
    with pytest.raises(MissingRateError):
        price_by_rate(facts)
    due = Due(facts.students[0], ChargeKind.SESSION, 60)
    with pytest.raises(UnpricedError, match="“Maths” has no price"):
        charge_by_rate(facts, due)


STATES: Sequence[AttendanceState] = (AttendanceState.PRESENT, ABSENT, IN_TIME)


@given(
    st.lists(st.sampled_from(STATES), min_size=1, max_size=7),
    st.integers(0, 10**7),
    st.sampled_from(list(PricePer)),
    st.integers(1, 300),
)
def test_the_parts_of_a_split_price_add_up_to_it(
    states: list[AttendanceState], amount: int, per: PricePer, minutes: int
) -> None:
    people = [student(number, state) for number, state in enumerate(states, 1)]
    facts = session(*people, minutes=minutes, **split(amount, per))
    whole = price(amount, per)
    expected = session(prices=[whole], minutes=minutes)
    is_anybody = any(state is not IN_TIME for state in states)
    assert sum(amounts(facts)) == (price_by_rate(expected) if is_anybody else 0)
