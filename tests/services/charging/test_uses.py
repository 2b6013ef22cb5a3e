"""What sessions take from lots, contracts and make-up credits, and give back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.models.agreements import (
    Contract,
    ContractStudent,
    ContractUse,
    LotUse,
    MakeUpCredit,
    MakeUpUse,
)
from app.models.billing import Charge
from app.models.values.billing import ContractBasis, HouseholdKind
from app.models.values.policies import MakeUp
from app.models.values.schedule import SessionStatus
from app.services.charging.errors import MakeUpUsedError
from tests.services.charging.lots import buy, left
from tests.services.charging.story import Story, at

LATE = SessionStatus.CANCELLED_LATE


def test_a_package_is_used_up_and_the_rest_is_charged(story: Story) -> None:
    lot = buy(story)
    first, second = (story.book(at(day), minutes=90) for day in (3, 10))
    assert story.close(first, {story.student: 90}).charged == 0
    assert story.close(second, {story.student: 90}).charged == 2400
    assert (left(story, lot), story.reasons(first)) == (0, ["package"])


def test_settling_again_draws_nothing_again(story: Story) -> None:
    buy(story)
    session = story.book(at(3))
    story.close(session)
    before = [(row.id, row.version) for row in story.rows(LotUse)]
    story.settle(session)
    assert [(row.id, row.version) for row in story.rows(LotUse)] == before


def test_what_a_session_does_not_use_any_more_goes_back(story: Story) -> None:
    lot = buy(story)
    session = story.book(at(3))
    story.close(session)
    story.call_off(session, SessionStatus.CANCELLED_IN_TIME)
    assert left(story, lot) == 150
    story.restore(session)
    story.close(session, {story.student: 45})
    assert left(story, lot) == 105


def contract(story: Story, **terms: Any) -> int:  # noqa: ANN401
    funder = story.make.household("School", kind=HouseholdKind.FUNDER)
    story.make.payer(funder)
    plain = {
        "name": "School",
        "household_id": funder,
        "basis": ContractBasis.SESSION_ONCE,
        "rate": 5500,
        "pool_minutes": 90,
    }
    return story.make.save(Contract(**{**plain, **terms}))


def test_the_pool_runs_out_and_the_family_pays_the_rest(story: Story) -> None:
    school = contract(story)
    sessions = [story.book(at(day), contract_id=school) for day in (3, 10)]
    assert [story.close(session).charged for session in sessions] == [5500, 5150]
    assert story.charges(sessions[1]) == [2750, 2400]
    assert [story.settle(session).charged for session in sessions] == [5500, 5150]
    assert len(story.rows(ContractUse)) == 2


def test_a_session_called_off_gives_its_minutes_back(story: Story) -> None:
    school = contract(story, pool_minutes=60)
    first, second = (story.book(at(day), contract_id=school) for day in (3, 10))
    story.close(first)
    story.call_off(first, SessionStatus.CANCELLED_BY_OFFICE)
    story.close(second)
    assert story.charges(second) == [5500]


def test_the_placements_contract_holds_for_its_students(story: Story) -> None:
    school = contract(story, basis=ContractBasis.STUDENT_TIME, tiers={"2": 6000})
    story.make.save(
        ContractStudent(contract_id=school, student_id=story.student, minutes=30)
    )
    placement = story.make.placement(
        story.tutor, [story.student], story.offering, contract_id=school
    )
    friend = story.make.student("Erik")
    people = [story.student, friend]
    session = story.book(at(3), placement_id=placement, students=people)
    story.close(session, dict.fromkeys(people, 60))
    assert sorted(story.charges(session)) == [2400, 3000, 4800]


def test_a_contract_does_not_hold_outside_its_dates(story: Story) -> None:
    school = contract(story, valid_from=date(2026, 11, 4))
    session = story.book(at(3), contract_id=school)
    story.close(session)
    assert story.charges(session) == [4800]


def missed(story: Story) -> int:
    story.set_policy(MakeUp(instead_of_charge=True, expires_days=10))
    session = story.book(at(10))
    assert story.call_off(session, LATE).charged == 0
    return session


def test_a_late_cancellation_is_made_up_without_charge(story: Story) -> None:
    first = missed(story)
    (credit,) = story.rows(MakeUpCredit)
    assert (credit.minutes, credit.expires_on) == (60, date(2026, 11, 20))
    second = story.book(at(20), make_up_of_id=first)
    assert story.close(second).charged == 0
    assert story.reasons(first) + story.reasons(second) == ["make_up", "make_up"]
    assert story.settle(first).charged == 0
    assert story.settle(second).charged == 0
    assert (len(story.rows(MakeUpCredit)), len(story.rows(MakeUpUse))) == (1, 1)


def test_a_credit_is_used_once_and_not_after_its_last_day(story: Story) -> None:
    first = missed(story)
    late = story.book(at(21), make_up_of_id=first)
    assert story.close(late).charged == 4800
    story.close(story.book(at(19), make_up_of_id=first), {story.student: 30})
    assert story.close(story.book(at(20), make_up_of_id=first)).charged == 4800


def test_a_make_up_that_is_called_off_frees_the_credit(story: Story) -> None:
    first = missed(story)
    second = story.book(at(19), make_up_of_id=first)
    story.close(second)
    story.call_off(second, SessionStatus.CANCELLED_BY_OFFICE)
    assert story.close(story.book(at(20), make_up_of_id=first)).charged == 0


def test_a_missed_make_up_uses_the_credit_up(story: Story) -> None:
    first = missed(story)
    second = story.book(at(19), make_up_of_id=first)
    assert story.call_off(second, LATE).charged == 0
    assert len(story.rows(MakeUpCredit)) == 1
    assert story.close(story.book(at(20), make_up_of_id=first)).charged == 4800


def test_a_used_credit_is_not_taken_back(story: Story) -> None:
    first = missed(story)
    story.close(story.book(at(19), make_up_of_id=first))
    with pytest.raises(MakeUpUsedError, match="19 Nov 2026"):
        story.restore(first)
    assert story.reasons(first) == ["make_up"]
    assert story.rows(MakeUpCredit)[0].withdrawn_at is None


def test_an_unused_credit_goes_when_the_session_is_put_back(story: Story) -> None:
    first = missed(story)
    story.restore(first)
    assert story.rows(MakeUpCredit)[0].withdrawn_at is not None
    assert story.close(first).charged == 4800


def test_a_used_credit_stays_as_it_was_given_when_the_policy_changes(
    story: Story,
) -> None:
    first = missed(story)
    story.close(story.book(at(19), make_up_of_id=first))
    story.set_policy(MakeUp(instead_of_charge=True, expires_days=90))
    story.settle(first)
    assert [row.expires_on for row in story.rows(MakeUpCredit)] == [date(2026, 11, 20)]
    assert story.rows(Charge) == []
