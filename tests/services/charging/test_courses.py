"""A whole course is charged at once, and given back only where the office does."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.models.billing import Charge
from app.models.people import PayerShare
from app.models.scheduling import Enrolment, Series
from app.models.values.billing import ChargeKind
from app.models.values.policies import CourseRefund
from app.models.values.schedule import EnrolmentState, SessionStatus
from app.services.charging.courses import Joining, settle_enrolment
from app.services.charging.errors import NoPayerError
from app.services.desk import MissingRecordError
from tests.services.charging.story import Story, at

DAYS = (3, 10, 17, 24)
DATES = [date(2026, 11, day) for day in DAYS]


def course(story: Story, **more: Any) -> int:  # noqa: ANN401  columns of the series
    plain = {
        "offering_id": story.offering,
        "weekdays": [1],
        "start_minute": 960,
        "minutes": 60,
        "from_on": DATES[0],
        "course_name": "Exam course",
        "course_amount": 10_001,
        "is_whole_price": True,
    }
    return story.make.save(Series(**{**plain, **more}))


def hold(story: Story, series: int) -> list[int]:
    return [story.book(at(day), series_id=series) for day in DAYS]


def enrol(story: Story, series: int, day: int = 1, **more: Any) -> int:  # noqa: ANN401
    enrolment = Enrolment(
        series_id=series,
        from_on=date(2026, 11, day),
        made_at=at(1),
        **{"student_id": story.student, "state": EnrolmentState.BOOKED, **more},
    )
    return story.make.save(enrolment)


def settled(story: Story, enrolment: int) -> int:
    with story.desk.transaction("enrol") as transaction:
        return settle_enrolment(transaction, story.desk, enrolment)


def leave(story: Story, enrolment: int, day: int) -> int:
    with story.desk.transaction("leave") as transaction:
        row = transaction.get_one(Enrolment, enrolment)
        row.state, row.until_on = EnrolmentState.LEFT, date(2026, 11, day)
        return settle_enrolment(transaction, story.desk, enrolment)


@pytest.mark.parametrize(
    ("day", "amount", "service_on", "reason"),
    [
        (1, 10_001, DATES[0], ""),
        (3, 10_001, DATES[0], ""),
        (4, 7501, date(2026, 11, 4), "3 of 4 sessions"),
        (24, 2500, DATES[3], "1 of 4 sessions"),
    ],
)
def test_joining_costs_the_sessions_left(
    story: Story, day: int, amount: int, service_on: date, reason: str
) -> None:
    series = course(story)
    hold(story, series)
    enrolment = enrol(story, series, day)
    assert settled(story, enrolment) == amount
    assert settled(story, enrolment) == amount
    (charge,) = story.rows(Charge)
    assert (charge.kind, charge.amount) == (ChargeKind.COURSE, amount)
    assert (charge.service_on, charge.reason) == (service_on, reason)
    assert charge.live_key == f"enrolment:{enrolment}//p{story.payer}/course"


def test_its_sessions_are_inside(story: Story) -> None:
    series = course(story)
    first, *_rest = hold(story, series)
    enrol(story, series)
    assert story.close(first).charged == 0
    assert story.reasons(first) == ["course"]


def test_a_guest_in_a_whole_course_pays_by_rate(story: Story) -> None:
    first, *_rest = hold(story, course(story))
    assert story.close(first).charged == 4800


def test_a_course_by_session_is_charged_session_by_session(story: Story) -> None:
    series = course(story, is_whole_price=False, course_amount=2500)
    first, *_rest = hold(story, series)
    assert settled(story, enrol(story, series)) == 0
    assert story.close(first).charged == 2500
    assert [row.rate_source for row in story.rows(Charge)] == ["course"]


def test_nobody_waiting_is_charged(story: Story) -> None:
    series = course(story)
    hold(story, series)
    waiting = enrol(story, series, state=EnrolmentState.WAITING)
    assert settled(story, waiting) == 0
    assert leave(story, waiting, 9) == 0
    assert story.rows(Charge) == []


def test_a_course_without_sessions_costs_nothing_yet(story: Story) -> None:
    assert settled(story, enrol(story, course(story))) == 0


def test_sessions_called_off_do_not_count(story: Story) -> None:
    series = course(story)
    story.call_off(hold(story, series)[0], SessionStatus.CANCELLED_BY_OFFICE)
    assert settled(story, enrol(story, series, 11)) == 6667


def test_leaving_gives_nothing_back_by_itself(story: Story) -> None:
    series = course(story)
    hold(story, series)
    enrolment = enrol(story, series)
    settled(story, enrolment)
    assert leave(story, enrolment, 10) == 10_001
    assert len(story.rows(Charge)) == 1


def test_leaving_gives_back_what_was_not_held_where_the_office_does(
    story: Story,
) -> None:
    story.set_policy(CourseRefund(on_leaving=True))
    series = course(story)
    hold(story, series)
    enrolment = enrol(story, series)
    settled(story, enrolment)
    story.bill()
    assert leave(story, enrolment, 10) == 5000
    assert settled(story, enrolment) == 5000
    assert story.bill() == [-10_001, 5000]


def test_two_payers_share_a_course(story: Story) -> None:
    other = story.make.payer(story.household)
    for payer in (story.payer, other):
        share = PayerShare(payer_id=payer, household_id=story.household)
        share.percent = Decimal(50)
        story.make.save(share)
    series = course(story)
    hold(story, series)
    assert settled(story, enrol(story, series)) == 10_001
    assert [row.amount for row in story.rows(Charge)] == [5001, 5000]


def test_a_family_without_payers_is_told(story: Story) -> None:
    series = course(story)
    hold(story, series)
    lonely = story.make.student("Ben", story.make.household("Okafor"))
    with pytest.raises(NoPayerError, match="“Okafor”"):
        settled(story, enrol(story, series, student_id=lonely))


def test_an_enrolment_that_is_gone_is_told(story: Story) -> None:
    with pytest.raises(MissingRecordError):
        settled(story, 999)


@pytest.mark.parametrize(
    ("until", "price"), [(2, 0), (3, 2500), (16, 5000), (23, 7501), (24, 10_001)]
)
def test_what_stays_after_leaving_is_what_was_held(until: int, price: int) -> None:
    joining = Joining(10_001, DATES, date(2026, 11, 1), date(2026, 11, until))
    assert joining.price == price
