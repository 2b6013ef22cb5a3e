"""What a whole session costs: which model pays for each place, and why none does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.models.values.billing import (
    BillingModel,
    ChargeKind,
    LotUnit,
    MoneyOutcome,
    Reason,
)
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging.facts import (
    CreditFacts,
    FlatFeeFacts,
    LotFacts,
    MissedRules,
)
from app.services.charging.lots import Draw
from app.services.charging.sessions import CreditOwed, CreditTaken, cost_of
from app.services.charging.settling import would_charge
from tests.services.charging.pictures import (
    DAY,
    contract,
    household,
    price,
    session,
    student,
)

ABSENT, LATE = AttendanceState.ABSENT, AttendanceState.CANCELLED_LATE
LOT = LotFacts(1, 1, None, LotUnit.MINUTES, 60)
HALF = MissedRules(no_show=Decimal(50), late_cancel=Decimal(50))
CREDIT = CreditFacts(4, 60)


def test_a_package_covers_what_it_can_and_the_rest_is_by_rate() -> None:
    cost = cost_of(session(minutes=90, lots=(LOT,)))
    assert cost.draws == (Draw(1, 1, 60),)
    assert [(d.minutes, d.amount) for d in cost.drafts] == [(30, 2400)]
    assert cost.drafts[0].reason == "The package covers 60 of 90 min"
    assert cost.reasons == {}


def test_a_package_that_covers_all_is_the_reason() -> None:
    cost = cost_of(session(lots=(LOT,), prices=[]))
    assert (cost.reasons, cost.drafts, cost.faults) == ({1: Reason.PACKAGE}, (), {})


def test_a_missed_session_uses_its_percentage_of_the_package() -> None:
    cost = cost_of(session(student(state=ABSENT), rules=HALF, lots=(LOT,)))
    assert (cost.draws, cost.reasons) == ((Draw(1, 1, 30),), {1: Reason.PACKAGE})


def test_what_the_package_lacks_for_a_missed_session_is_that_percentage() -> None:
    few = replace(LOT, left=10)
    cost = cost_of(session(student(state=ABSENT), rules=HALF, lots=(few,)))
    (draft,) = cost.drafts
    assert (draft.kind, draft.minutes, draft.amount) == (ChargeKind.NO_SHOW, 20, 1600)


def test_missed_sessions_may_leave_the_package_alone() -> None:
    rules = MissedRules(uses_package=False)
    cost = cost_of(session(student(state=ABSENT), rules=rules, lots=(LOT,)))
    assert cost.draws == ()
    assert [d.amount for d in cost.drafts] == [4800]


@pytest.mark.parametrize(
    ("fee", "charged"),
    [
        (FlatFeeFacts(), 0),
        (FlatFeeFacts(included=4, used=3), 0),
        (FlatFeeFacts(included=4, used=4), 4800),
    ],
)
def test_a_flat_fee_covers_its_number_of_sessions(
    fee: FlatFeeFacts, charged: int
) -> None:
    cost = cost_of(session(student(flat_fee=fee)))
    assert cost.charged == charged
    assert cost.reasons == ({} if charged else {1: Reason.FLAT_FEE})


def test_beyond_a_flat_fee_says_so() -> None:
    cost = cost_of(session(student(flat_fee=FlatFeeFacts(4, 4))))
    assert cost.drafts[0].reason == "Beyond the 4 sessions a month of the flat fee"


@pytest.mark.parametrize(
    ("minutes", "charged", "reasons"),
    [(60, 0, {1: Reason.MAKE_UP}), (45, 0, {1: Reason.MAKE_UP}), (90, 2400, {})],
)
def test_a_make_up_is_charged_only_beyond_its_credit(
    minutes: int, charged: int, reasons: dict[int, Reason]
) -> None:
    cost = cost_of(session(student(credit=CREDIT), minutes=minutes))
    assert (cost.charged, cost.reasons) == (charged, reasons)
    assert cost.taken == (CreditTaken(4, min(minutes, 60)),)


@pytest.mark.parametrize("percent", [0, 100])
def test_missing_a_make_up_uses_its_credit_up(percent: int) -> None:
    rules = MissedRules(no_show=Decimal(percent), gives_make_up=True)
    cost = cost_of(session(student(state=ABSENT, credit=CREDIT), rules=rules))
    assert (cost.reasons, len(cost.taken)) == ({1: Reason.MAKE_UP}, 1)


def test_missing_a_long_make_up_costs_the_percentage_beyond_its_credit() -> None:
    one = student(state=ABSENT, credit=CREDIT)
    cost = cost_of(session(one, rules=HALF, minutes=150))
    assert [(d.minutes, d.amount) for d in cost.drafts] == [(15, 1200)]
    assert cost.drafts[0].reason == (
        "Absent without notice, charged 50 %; The make-up credit covers 60 of 75 min"
    )


def test_the_office_may_charge_a_make_up_all_the_same() -> None:
    money = MoneyOutcome.CHARGED_AND_PAID
    cost = cost_of(session(student(credit=CREDIT), money=money))
    assert (cost.charged, cost.taken) == (4800, ())


def test_a_late_cancellation_gives_a_credit_of_the_planned_minutes() -> None:
    rules = MissedRules(gives_make_up=True, make_up_days=60)
    one = student(state=LATE)
    cost = cost_of(session(one, rules=rules, minutes=45))
    assert cost.owed == (CreditOwed(1, 45, DAY + timedelta(days=60)),)
    assert (cost.reasons, cost.drafts) == ({1: Reason.MAKE_UP}, ())


def test_a_trial_costs_its_own_price_whatever_else_could_pay() -> None:
    offering = {"trial_amount": 1500, "minimum_amount": 3000}
    one = student(flat_fee=FlatFeeFacts())
    facts = session(one, is_trial=True, offering=offering, lots=(LOT,))
    cost = cost_of(replace(facts, contract=contract()))
    assert [(d.amount, d.reason) for d in cost.drafts] == [(1500, "Trial session")]


def test_the_whole_course_is_the_reason_of_its_sessions() -> None:
    cost = cost_of(session(student(is_enrolled=True), student(2)))
    assert cost.reasons == {1: Reason.COURSE}
    assert [(d.student_id, d.amount) for d in cost.drafts] == [(2, 4800)]


@pytest.mark.parametrize("model", ["package", "credit", "flat_fee", "course"])
def test_in_advance_only_what_nothing_else_may_cover_is_charged(model: str) -> None:
    may_cover: dict[str, dict[str, Any]] = {
        "package": {},
        "credit": {"credit": CREDIT},
        "flat_fee": {"flat_fee": FlatFeeFacts()},
        "course": {"is_enrolled": True},
    }
    extra = may_cover[model]
    one = student(state=AttendanceState.EXPECTED, model=BillingModel.ADVANCE, **extra)
    lots = (LOT,) if model == "package" else ()
    cost = cost_of(session(one, status=SessionStatus.PLANNED, lots=lots), ahead=True)
    assert (cost.reasons, cost.charged) == ({1: Reason.NOT_CLOSED}, 0)
    assert (cost.draws, cost.taken) == ((), ())


def test_in_advance_the_planned_minutes_are_charged() -> None:
    one = student(state=AttendanceState.EXPECTED, model=BillingModel.ADVANCE)
    facts = session(one, student(2), status=SessionStatus.PLANNED)
    cost = cost_of(facts, ahead=True)
    assert [(d.student_id, d.minutes, d.amount) for d in cost.drafts] == [(1, 60, 4800)]
    assert cost.reasons == {2: Reason.NOT_CLOSED}


@pytest.mark.parametrize("prices", [[price(0)], [price(0, tiers={1: 0})]])
def test_a_price_of_nothing_is_the_reason(prices: list[Any]) -> None:
    assert cost_of(session(prices=prices)).reasons == {1: Reason.ZERO_PRICE}


def test_a_place_without_a_rate_has_neither_charge_nor_reason() -> None:
    told = would_charge(session(prices=[]))
    assert (told.charged, told.reasons) == (0, {})
    assert "“Maths” has no price" in told.faults[1]


def test_a_household_without_payers_does_not_stop_the_others() -> None:
    homes = {1: household(1, ()), 2: household(2)}
    cost = cost_of(session(student(1), student(2), households=homes))
    assert [d.student_id for d in cost.drafts] == [2]
    assert "has no payer" in cost.faults[1]


def test_what_was_credited_for_good_stays_away_while_it_is_the_same() -> None:
    facts = session(student(is_credited=True))
    (draft,) = cost_of(facts).drafts
    again = cost_of(replace(facts, credited=frozenset({draft.content})))
    assert (again.reasons, again.drafts) == ({1: Reason.CREDITED}, ())
    longer = replace(facts, planned_minutes=90, credited=frozenset({draft.content}))
    assert cost_of(longer).charged == 7200
    assert cost_of(longer).is_anew(1)


def test_two_odd_students_of_one_family_share_one_lot_in_listed_order() -> None:
    people = (student(2, household_id=1), student(1))
    cost = cost_of(session(*people, lots=(replace(LOT, left=90),)))
    assert cost.draws == (Draw(1, 2, 60), Draw(1, 1, 30))
    assert [(d.student_id, d.amount) for d in cost.drafts] == [(1, 2400)]
