"""What became of a place, and whether it may be charged."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeAlias

import pytest

from app.models.values.billing import BillingModel, ChargeKind, MoneyOutcome, Reason
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging.dues import (
    Due,
    Owed,
    attending,
    booked,
    held_minutes,
    is_funded,
    judge,
    planned,
    state_of,
)
from app.services.charging.facts import (
    CreditFacts,
    MissedRules,
    SessionFacts,
    StudentFacts,
)
from tests.services.charging.pictures import contract, session, student

A: TypeAlias = AttendanceState
S: TypeAlias = SessionStatus
M: TypeAlias = MoneyOutcome
R = Reason
HALF = MissedRules(no_show=Decimal(50), late_cancel=Decimal(50))
FREE = MissedRules(no_show=Decimal(0), late_cancel=Decimal(0))
MAKE_UP = MissedRules(gives_make_up=True)


def judged(facts: SessionFacts) -> Due | Owed | Reason:
    return judge(facts, facts.students[0], ahead=False)


@pytest.mark.parametrize(
    ("status", "state", "found"),
    [
        (S.PLANNED, A.EXPECTED, A.EXPECTED),
        (S.PLANNED, A.PRESENT, A.EXPECTED),
        (S.PLANNED, A.CANCELLED_LATE, A.CANCELLED_LATE),
        (S.HELD, A.EXPECTED, A.PRESENT),
        (S.HELD, A.ABSENT, A.ABSENT),
        (S.NO_SHOW, A.EXPECTED, A.ABSENT),
        (S.CANCELLED_LATE, A.EXPECTED, A.CANCELLED_LATE),
        (S.CANCELLED_LATE, A.CANCELLED_IN_TIME, A.CANCELLED_IN_TIME),
        (S.CANCELLED_BY_TUTOR, A.PRESENT, A.CANCELLED_BY_TUTOR),
    ],
)
def test_the_sessions_status_decides_what_the_place_leaves_open(
    status: S, state: A, found: A
) -> None:
    facts = session(student(state=state), status=status)
    assert state_of(facts, facts.students[0]) is found


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (S.PLANNED, R.NOT_CLOSED),
        (S.TENTATIVE, R.NOT_CLOSED),
        (S.CANCELLED_IN_TIME, R.CANCELLED_IN_TIME),
        (S.CANCELLED_BY_OFFICE, R.CANCELLED_BY_OFFICE),
        (S.CANCELLED_BY_TUTOR, R.CANCELLED_BY_TUTOR),
    ],
)
def test_what_never_costs_has_its_reason(status: S, reason: Reason) -> None:
    assert judged(session(student(state=A.EXPECTED), status=status)) is reason


@pytest.mark.parametrize(
    ("status", "kind"),
    [(S.NO_SHOW, ChargeKind.NO_SHOW), (S.CANCELLED_LATE, ChargeKind.LATE_CANCEL)],
)
def test_a_missed_place_costs_the_percentage_of_the_planned_minutes(
    status: S, kind: ChargeKind
) -> None:
    one = student(state=A.EXPECTED, actual_minutes=10)
    due = judged(session(one, status=status, minutes=45, rules=HALF))
    assert isinstance(due, Due)
    assert (due.kind, due.minutes, due.percent, due.needed) == (
        kind,
        45,
        Decimal(50),
        23,
    )


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (180, "Cancelled 3 h before start, charged 50 %"),
        (200, "Cancelled 3 h 20 min before start, charged 50 %"),
        (45, "Cancelled 45 min before start, charged 50 %"),
        (0, "Cancelled after the start, charged 50 %"),
        (-5, "Cancelled after the start, charged 50 %"),
        (None, "Cancelled, charged 50 %"),
    ],
)
def test_a_late_cancellation_says_how_late(notice: int | None, text: str) -> None:
    one = student(state=A.CANCELLED_LATE, notice_minutes=notice)
    due = judged(session(one, status=S.CANCELLED_LATE, rules=HALF))
    assert isinstance(due, Due)
    assert due.reason == text


def test_a_no_show_says_so() -> None:
    due = judged(session(student(state=A.ABSENT)))
    assert isinstance(due, Due)
    assert due.reason == "Absent without notice, charged 100 %"


@pytest.mark.parametrize("state", [A.ABSENT, A.CANCELLED_LATE])
def test_a_percentage_of_nothing_is_a_zero_price(state: A) -> None:
    assert judged(session(student(state=state), rules=FREE)) is R.ZERO_PRICE


@pytest.mark.parametrize("state", [A.ABSENT, A.CANCELLED_LATE])
def test_a_waiver_holds_for_missed_places(state: A) -> None:
    assert judged(session(student(state=state, is_waived=True))) is R.WAIVED


def test_a_waiver_does_not_hold_for_who_came() -> None:
    assert isinstance(judged(session(student(is_waived=True))), Due)


def test_a_trial_is_free_unless_it_has_a_price() -> None:
    assert judged(session(is_trial=True)) is R.TRIAL
    priced = session(is_trial=True, offering={"trial_amount": 1500})
    assert isinstance(judged(priced), Due)


@pytest.mark.parametrize(
    ("state", "extra", "is_owed"),
    [
        (A.CANCELLED_LATE, {}, True),
        (A.ABSENT, {}, False),
        (A.CANCELLED_LATE, {"is_enrolled": True}, False),
        (A.CANCELLED_LATE, {"credit": CreditFacts(1, 60)}, False),
        (A.CANCELLED_LATE, {"is_waived": True}, False),
    ],
)
def test_a_late_cancellation_is_made_up_where_the_policy_says_so(
    state: A,
    extra: dict[str, Any],
    is_owed: bool,  # noqa: FBT001  a row of the table
) -> None:
    facts = session(student(state=state, **extra), rules=MAKE_UP)
    assert isinstance(judged(facts), Owed) is is_owed


def test_a_make_up_is_owed_whatever_the_percentage() -> None:
    rules = MissedRules(late_cancel=Decimal(0), gives_make_up=True)
    assert isinstance(
        judged(session(student(state=A.CANCELLED_LATE), rules=rules)), Owed
    )


def test_a_contract_makes_nothing_up() -> None:
    facts = session(student(state=A.CANCELLED_LATE), rules=MAKE_UP, contract=contract())
    assert isinstance(judged(facts), Due)


@pytest.mark.parametrize("money", [M.PAID_ONLY, M.NEITHER])
@pytest.mark.parametrize("state", [A.PRESENT, A.ABSENT])
def test_the_office_may_leave_a_session_uncharged(money: M, state: A) -> None:
    assert judged(session(student(state=state), money=money)) is R.WAIVED


@pytest.mark.parametrize("money", [M.CHARGED_AND_PAID, M.CHARGED_ONLY])
@pytest.mark.parametrize(
    ("status", "state", "kind"),
    [
        (S.HELD, A.ABSENT, ChargeKind.NO_SHOW),
        (S.CANCELLED_IN_TIME, A.CANCELLED_IN_TIME, ChargeKind.LATE_CANCEL),
        (S.CANCELLED_BY_OFFICE, A.EXPECTED, ChargeKind.LATE_CANCEL),
    ],
)
def test_the_office_may_charge_what_the_policy_would_not(
    money: M, status: S, state: A, kind: ChargeKind
) -> None:
    facts = session(student(state=state), status=status, money=money, rules=FREE)
    due = judged(facts)
    assert isinstance(due, Due)
    assert (due.kind, due.percent, due.is_forced) == (kind, Decimal(100), True)


def test_charging_anyway_keeps_a_percentage_that_costs_something() -> None:
    facts = session(student(state=A.ABSENT), money=M.CHARGED_ONLY, rules=HALF)
    due = judged(facts)
    assert isinstance(due, Due)
    assert due.percent == 50


def test_the_offices_word_leaves_alone_who_called_off_before() -> None:
    early = student(2, A.CANCELLED_IN_TIME)
    late = student(3, A.CANCELLED_LATE)
    facts = session(student(1), early, late, money=M.NEITHER)
    assert judge(facts, early, ahead=False) is R.CANCELLED_IN_TIME
    assert isinstance(judge(facts, late, ahead=False), Due)
    assert [one.student_id for one in booked(facts)] == [1, 3]


def test_the_office_may_owe_a_make_up_for_any_outcome() -> None:
    facts = session(student(state=A.ABSENT), money=M.MAKE_UP)
    assert isinstance(judged(facts), Owed)


@pytest.mark.parametrize(
    ("model", "ahead", "before", "is_due"),
    [
        (BillingModel.ADVANCE, True, False, True),
        (BillingModel.ADVANCE, False, True, True),
        (BillingModel.ADVANCE, False, False, False),
        (BillingModel.ARREARS, True, True, False),
    ],
)
def test_a_planned_place_is_charged_only_in_advance(
    model: BillingModel,
    ahead: bool,  # noqa: FBT001  a row of the table
    before: bool,  # noqa: FBT001  a row of the table
    is_due: bool,  # noqa: FBT001  a row of the table
) -> None:
    one = student(state=A.EXPECTED, model=model, was_charged_ahead=before)
    found = judge(session(one, status=S.PLANNED), one, ahead=ahead)
    assert isinstance(found, Due) is is_due


@pytest.mark.parametrize(
    ("actual", "step", "minimum", "minutes"),
    [
        (None, 1, None, 60),
        (61, 1, None, 61),
        (61, 15, None, 75),
        (60, 15, None, 60),
        (20, 1, 45, 45),
        (31, 30, 45, 60),
        (0, 5, None, 0),
    ],
)
def test_minutes_are_rounded_up_to_the_step_and_the_minimum(
    actual: int | None, step: int, minimum: int | None, minutes: int
) -> None:
    one = student(actual_minutes=actual)
    offering = {"step_minutes": step, "minimum_minutes": minimum}
    assert held_minutes(session(one, offering=offering), one) == minutes


def ids(students: tuple[StudentFacts, ...]) -> list[int]:
    return [one.student_id for one in students]


def test_who_came_and_who_was_booked_are_listed_in_order() -> None:
    facts = session(
        student(3), student(1, A.ABSENT), student(2, A.CANCELLED_IN_TIME), student(4)
    )
    assert ids(attending(facts)) == [3, 4]
    assert ids(booked(facts)) == [3, 1, 4]
    assert planned(facts) == booked(facts)


def test_where_the_office_called_off_its_students_were_planned() -> None:
    facts = session(
        student(1, A.EXPECTED),
        student(2, A.CANCELLED_IN_TIME),
        status=S.CANCELLED_BY_OFFICE,
    )
    assert (ids(booked(facts)), ids(planned(facts))) == ([], [1])


def test_a_contract_without_students_is_for_everybody() -> None:
    anybody = session(contract=contract())
    named = session(contract=contract(students={2: None}))
    assert is_funded(anybody, anybody.students[0])
    assert not is_funded(named, named.students[0])
    assert not is_funded(session(contract=contract(), is_trial=True), student())
