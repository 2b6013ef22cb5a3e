"""What a funder's contract pays for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.billing import Beyond, ChargeKind, ContractBasis, Reason
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging.contracts import ContractDraw
from app.services.charging.facts import MissedRules, SessionFacts, StudentFacts
from app.services.charging.sessions import Cost, cost_of
from tests.services.charging.pictures import FUNDER, contract, session, student

ABSENT = AttendanceState.ABSENT
ONCE, TIMES = ContractBasis.SESSION_ONCE, ContractBasis.SESSION_TIMES_TUTORS


def lines(cost: Cost) -> list[tuple[int, int | None, int | None, int]]:
    return [(d.payer_id, d.student_id, d.minutes, d.amount) for d in cost.drafts]


def funded(*students: StudentFacts, tutors: int = 1, **terms: Any) -> SessionFacts:  # noqa: ANN401
    return session(*students, tutors=tutors, contract=contract(**terms))


def test_the_funder_pays_each_students_own_minutes() -> None:
    cost = cost_of(funded(student(1, actual_minutes=45), student(2)))
    assert lines(cost) == [(FUNDER, 1, 45, 4125), (FUNDER, 2, 60, 5500)]
    assert cost.funded == (ContractDraw(1, 1, 45), ContractDraw(1, 2, 60))
    assert cost.reasons == {}


def test_the_session_once_is_as_long_as_the_longest_stay() -> None:
    cost = cost_of(funded(student(1, actual_minutes=45), student(2), basis=ONCE))
    assert lines(cost) == [(FUNDER, None, 60, 5500)]
    assert cost.funded == (ContractDraw(1, None, 60),)


def test_each_tutor_counts_where_it_is_agreed() -> None:
    assert lines(cost_of(funded(tutors=2, basis=TIMES))) == [
        (FUNDER, None, 120, 11_000)
    ]


def test_the_rate_goes_by_those_who_came() -> None:
    people = (student(1), student(2), student(3, ABSENT))
    cost = cost_of(funded(*people, basis=ONCE, tiers={2: 6000, 3: 6600}))
    assert lines(cost) == [(FUNDER, None, 60, 6000)]


def test_the_family_pays_beyond_the_pool_by_its_own_rate() -> None:
    cost = cost_of(funded(basis=ONCE, pool_left=30))
    assert lines(cost) == [(FUNDER, None, 30, 2750), (1, 1, 30, 2400)]
    assert cost.drafts[1].reason == "Beyond the authorised time"


def test_the_pool_is_used_in_listed_order() -> None:
    cost = cost_of(funded(student(1), student(2), pool_left=90))
    assert lines(cost) == [
        (FUNDER, 1, 60, 5500),
        (FUNDER, 2, 30, 2750),
        (2, 2, 30, 2400),
    ]


def test_a_students_own_minutes_go_before_the_pool() -> None:
    cost = cost_of(
        funded(student(1), student(2), students={1: 20, 2: None}, pool_left=60)
    )
    assert lines(cost) == [
        (FUNDER, 1, 20, 1833),
        (1, 1, 40, 3200),
        (FUNDER, 2, 60, 5500),
    ]


def test_own_minutes_limit_a_session_counted_once_and_are_used_too() -> None:
    cost = cost_of(funded(student(1), basis=ONCE, students={1: 40}, pool_left=100))
    assert lines(cost) == [(FUNDER, None, 40, 3667), (1, 1, 20, 1600)]
    assert cost.funded == (ContractDraw(1, None, 40), ContractDraw(1, 1, 40))


def test_what_exceeds_is_nobodys_where_it_is_agreed() -> None:
    part = cost_of(funded(pool_left=30, beyond=Beyond.NONE))
    assert lines(part) == [(FUNDER, 1, 30, 2750)]
    assert part.reasons == {}
    nothing = cost_of(funded(pool_left=0, beyond=Beyond.NONE))
    assert (lines(nothing), nothing.reasons) == ([], {1: Reason.CONTRACT})


@pytest.mark.parametrize("left", [0, -15])
def test_a_used_up_pool_leaves_all_to_the_family(left: int) -> None:
    cost = cost_of(funded(pool_left=left))
    assert lines(cost) == [(1, 1, 60, 4800)]
    assert cost.funded == ()


def test_outside_its_dates_nothing_is_authorised() -> None:
    assert lines(cost_of(funded(is_valid=False))) == [(1, 1, 60, 4800)]
    once = cost_of(funded(is_valid=False, basis=ONCE))
    assert lines(once) == [(1, 1, 60, 4800)]


def test_the_excess_of_several_tutors_is_the_familys_once_rounded_up() -> None:
    cost = cost_of(funded(tutors=2, basis=TIMES, pool_left=95))
    assert lines(cost) == [(FUNDER, None, 95, 8708), (1, 1, 13, 1040)]


def test_nobody_pays_beyond_the_own_stay() -> None:
    people = (student(1, actual_minutes=20), student(2))
    cost = cost_of(funded(*people, basis=ONCE, pool_left=10))
    assert lines(cost) == [(FUNDER, None, 10, 917), (1, 1, 20, 1600), (2, 2, 50, 4000)]


def test_a_missed_place_costs_the_percentage_of_the_planned_price() -> None:
    """The price is half of 41.25; the minutes that it takes are whole ones."""
    rules = MissedRules(no_show=Decimal(50))
    facts = session(student(1, ABSENT), minutes=45, rules=rules, contract=contract())
    cost = cost_of(facts)
    assert lines(cost) == [(FUNDER, 1, 23, 2063)]
    assert cost.funded == (ContractDraw(1, 1, 23),)
    assert cost.drafts[0].kind is ChargeKind.NO_SHOW


def test_a_missed_place_authorised_in_part_is_paid_in_proportion() -> None:
    rules = MissedRules(no_show=Decimal(50))
    terms = contract(pool_left=10)
    facts = session(student(1, ABSENT), minutes=45, rules=rules, contract=terms)
    assert lines(cost_of(facts)) == [(FUNDER, 1, 10, 897), (1, 1, 13, 1040)]


def test_a_percentage_below_a_minute_is_still_the_funders() -> None:
    rules = MissedRules(no_show=Decimal(1))
    facts = session(student(1, ABSENT), minutes=30, rules=rules, contract=contract())
    cost = cost_of(facts)
    assert (lines(cost), cost.funded) == ([(FUNDER, 1, 0, 28)], ())


@pytest.mark.parametrize("basis", list(ContractBasis))
def test_a_missed_place_wholly_beyond_is_the_percentage_of_the_familys_price(
    basis: ContractBasis,
) -> None:
    rules = MissedRules(no_show=Decimal("33.33"))
    terms = contract(pool_left=0, basis=basis)
    facts = session(student(1, ABSENT), minutes=50, rules=rules, contract=terms)
    assert lines(cost_of(facts)) == [(1, 1, 50, 1333)]


def test_a_session_that_nobody_came_to_counts_once() -> None:
    people = (student(1, ABSENT), student(2, ABSENT))
    facts = session(
        *people, status=SessionStatus.NO_SHOW, contract=contract(basis=ONCE)
    )
    cost = cost_of(facts)
    assert lines(cost) == [(FUNDER, None, 60, 5500)]
    assert cost.drafts[0].kind is ChargeKind.NO_SHOW


def test_a_student_who_is_not_in_the_contract_pays_alone() -> None:
    cost = cost_of(funded(student(1), student(2), students={1: None}))
    assert lines(cost) == [(FUNDER, 1, 60, 5500), (2, 2, 60, 4800)]


def test_before_the_close_out_nothing_is_charged_to_the_funder() -> None:
    late = student(2, AttendanceState.CANCELLED_LATE)
    facts = session(student(1), late, status=SessionStatus.PLANNED, contract=contract())
    cost = cost_of(facts)
    assert lines(cost) == []
    assert set(cost.reasons.values()) == {Reason.NOT_CLOSED}


def test_a_family_without_a_rate_leaves_the_excess_unpriced() -> None:
    facts = session(prices=[], contract=contract(pool_left=30))
    cost = cost_of(facts)
    assert lines(cost) == [(FUNDER, 1, 30, 2750)]
    assert "no price" in cost.faults[1]


@given(
    st.lists(st.integers(0, 200), min_size=1, max_size=5),
    st.one_of(st.none(), st.integers(-50, 600)),
    st.sampled_from(list(ContractBasis)),
    st.integers(1, 3),
)
def test_no_more_than_the_pool_is_ever_used(
    stays: list[int], pool: int | None, basis: ContractBasis, tutors: int
) -> None:
    people = [student(n, actual_minutes=stay) for n, stay in enumerate(stays, 1)]
    cost = cost_of(funded(*people, tutors=tutors, basis=basis, pool_left=pool))
    used = sum(draw.minutes for draw in cost.funded)
    wanted = sum(stays) if basis is ContractBasis.STUDENT_TIME else max(stays)
    wanted *= tutors if basis is TIMES else 1
    assert used == (wanted if pool is None else min(wanted, max(pool, 0)))
    of_funder = sum(d.minutes or 0 for d in cost.drafts if d.payer_id == FUNDER)
    assert of_funder == used
