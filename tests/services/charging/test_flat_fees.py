"""A flat fee covers its number of sessions of a month, the earliest ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.models.agreements import FlatFee
from app.models.values.billing import BillingModel
from app.models.values.schedule import SessionStatus
from app.services.charging.flat_fees import later_in_month
from tests.services.charging.story import Story, at


def fee(story: Story, **terms: Any) -> int:  # noqa: ANN401
    plain = {
        "household_id": story.household,
        "amount": 16_500,
        "tax_code_id": story.make.tax_code("0"),
        "from_on": date(2026, 11, 1),
    }
    return story.make.save(FlatFee(**{**plain, **terms}))


def test_the_sessions_inside_cost_nothing_more(story: Story) -> None:
    fee(story)
    session = story.book(at(17))
    assert story.close(session).charged == 0
    assert story.reasons(session) == ["flat_fee"]


def test_before_it_begins_and_after_it_ends_sessions_are_charged(story: Story) -> None:
    fee(story, from_on=date(2026, 11, 10), until_on=date(2026, 11, 12))
    sessions = [story.book(at(day)) for day in (9, 10, 12, 13)]
    assert [story.close(session).charged for session in sessions] == [4800, 0, 0, 4800]


def test_the_earliest_of_the_month_are_covered_whatever_the_order(
    story: Story,
) -> None:
    fee(story, included=2)
    third, second, first = (story.book(at(day)) for day in (24, 17, 3))
    assert [story.close(one).charged for one in (third, second, first)] == [0, 0, 0]
    assert [story.charges(one) for one in (first, second, third)] == [[], [], [4800]]


def test_calling_one_off_lets_a_later_one_be_covered(story: Story) -> None:
    fee(story, included=1)
    first, second = (story.book(at(day)) for day in (3, 10))
    story.close(first)
    assert story.close(second).charged == 4800
    story.call_off(first, SessionStatus.CANCELLED_IN_TIME)
    assert (story.charges(second), story.reasons(second)) == ([], ["flat_fee"])


def test_each_month_counts_anew(story: Story) -> None:
    fee(story, included=1)
    november, december = story.book(at(30)), story.book(at(1, month=12))
    assert story.close(november).charged == 0
    assert story.close(december).charged == 0


def test_brother_and_sister_in_one_session_are_one_session(story: Story) -> None:
    fee(story, included=1)
    erik = story.make.student("Erik", story.household)
    both = {story.student: 60, erik: 60}
    session = story.book(at(3), students=list(both))
    assert story.close(session, both).charged == 0
    assert story.close(story.book(at(10))).charged == 4800


def test_a_students_own_fee_is_not_for_the_brother(story: Story) -> None:
    fee(story, student_id=story.student)
    erik = story.make.student("Erik", story.household)
    assert story.close(story.book(at(3), students=[erik]), {erik: 60}).charged == 4800


def test_a_placement_billed_otherwise_is_outside(story: Story) -> None:
    fee(story)
    placement = story.make.placement(
        story.tutor, [story.student], story.offering, model=BillingModel.ARREARS
    )
    assert story.close(story.book(at(3), placement_id=placement)).charged == 4800


def test_a_placements_own_fee_is_for_its_sessions_alone(story: Story) -> None:
    placement = story.make.placement(story.tutor, [story.student], story.offering)
    fee(story, placement_id=placement)
    assert story.close(story.book(at(3), placement_id=placement)).charged == 0
    assert story.close(story.book(at(10))).charged == 4800


def test_the_placements_fee_wins_over_the_households(story: Story) -> None:
    placement = story.make.placement(story.tutor, [story.student], story.offering)
    fee(story, placement_id=placement, included=0)
    fee(story, from_on=date(2026, 11, 2))
    assert story.close(story.book(at(3), placement_id=placement)).charged == 4800


def test_a_students_own_fee_wins_over_the_familys(story: Story) -> None:
    fee(story, student_id=story.student, included=0)
    fee(story, from_on=date(2026, 11, 2))
    assert story.close(story.book(at(3))).charged == 4800


def test_only_a_limited_fee_concerns_later_sessions(story: Story) -> None:
    fee(story)
    first, second = (story.book(at(day)) for day in (3, 10))
    story.close(second)
    with story.desk.snapshot() as snapshot:
        assert list(later_in_month(snapshot, first)) == []
    fee(story, included=2)
    with story.desk.snapshot() as snapshot:
        assert list(later_in_month(snapshot, first)) == [second]
