"""Settling a session: its charges are what its close-out says, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.models.billing import Charge
from app.models.catalog import Price
from app.models.closing import CloseOut
from app.models.scheduling import Session
from app.models.values.billing import (
    BillingModel,
    ChargeKind,
    MoneyOutcome,
    PriceLevel,
    PricePer,
)
from app.models.values.policies import LateCancel
from app.models.values.schedule import CloseOutState, SessionStatus
from app.services.charging.loading import load_facts
from app.services.charging.settling import would_charge
from app.services.desk import MissingRecordError
from tests.services.charging.story import Story, at


def test_a_held_session_is_charged_by_rate(story: Story) -> None:
    session = story.book(at(10), minutes=75)
    settled = story.close(session, {story.student: 75})
    (charge,) = story.rows(Charge)
    assert settled.charged == charge.amount == 6000
    assert (charge.kind, charge.minutes, charge.rate) == (ChargeKind.SESSION, 75, 4800)
    assert (charge.rate_per, charge.rate_source) == ("hour", "offering")
    assert charge.live_key == f"s{session}/{story.student}/p{story.payer}/session"
    assert story.reasons(session) == [""]


def test_settling_twice_writes_nothing(story: Story) -> None:
    session = story.book(at(10))
    story.close(session)
    before = [(row.id, row.version) for row in story.rows(Charge)]
    assert story.settle(session).charged == 4800
    assert [(row.id, row.version) for row in story.rows(Charge)] == before


def test_a_planned_session_has_no_charge_and_says_why(story: Story) -> None:
    session = story.book(at(10))
    assert story.settle(session).charged == 0
    assert story.reasons(session) == ["not_closed"]


def test_the_service_date_is_the_offices(story: Story) -> None:
    session = story.book(at(30, 23, month=6))
    story.close(session)
    assert story.rows(Charge)[0].service_on == date(2026, 7, 1)


def test_re_closing_replaces_what_lies_on_no_document(story: Story) -> None:
    session = story.book(at(10))
    story.close(session, {story.student: 90})
    story.close(session)
    first, second = story.rows(Charge)
    assert (first.replaced_at is None, first.live_key) == (False, None)
    assert (second.amount, second.successor_of_id) == (4800, first.id)


def test_re_closing_reverses_what_was_invoiced(story: Story) -> None:
    session = story.book(at(10))
    story.close(session, {story.student: 90})
    story.bill()
    story.close(session)
    first, back, second = story.rows(Charge)
    assert (first.amount, first.replaced_at, first.live_key) == (7200, None, None)
    assert (back.amount, back.minutes, back.reverses_id) == (-7200, -90, first.id)
    assert (back.live_key, back.line_id) == (None, None)
    assert (second.amount, second.successor_of_id) == (4800, first.id)
    assert story.bill() == [-7200, 4800]


def test_words_that_change_replace_an_open_charge_but_no_invoiced_one(
    story: Story,
) -> None:
    session = story.book(at(10))
    story.call_off(session, SessionStatus.CANCELLED_LATE, notice=180)
    story.call_off(session, SessionStatus.CANCELLED_LATE, notice=120)
    reasons = [row.reason for row in story.rows(Charge)]
    assert reasons[-1] == "Cancelled 2 h before start, charged 100 %"
    story.bill()
    story.call_off(session, SessionStatus.CANCELLED_LATE, notice=60)
    assert len(story.rows(Charge)) == len(reasons) == 2


@pytest.mark.parametrize("is_billed", [False, True])
def test_a_cancellation_put_back_costs_what_it_cost_before(
    story: Story,
    is_billed: bool,  # noqa: FBT001  a row of the table
) -> None:
    session = story.book(at(10))
    level, per = PriceLevel.SESSION, PricePer.HOUR
    story.make.save(Price(level=level, per=per, session_id=session, amount=5200))
    story.close(session)
    if is_billed:
        story.bill()
    assert story.call_off(session, SessionStatus.CANCELLED_BY_TUTOR).charged == 0
    assert story.reasons(session) == ["cancelled_by_tutor"]
    assert story.restore(session).charged == 0
    assert story.close(session).charged == 5200
    assert story.charges(session) == [5200]


def test_the_policy_of_the_day_gives_the_percentage(story: Story) -> None:
    story.set_policy(LateCancel(charge=Decimal(50)))
    session = story.book(at(10))
    assert story.call_off(session, SessionStatus.CANCELLED_LATE).charged == 2400
    (charge,) = story.rows(Charge)
    assert (charge.kind, charge.percent) == (ChargeKind.LATE_CANCEL, Decimal(50))


@pytest.mark.parametrize(
    ("state", "charged", "reason"),
    [(CloseOutState.CLOSED, 0, "waived"), (CloseOutState.OPEN, 4800, "")],
)
def test_the_close_out_may_say_another_money_effect(
    story: Story, state: CloseOutState, charged: int, reason: str
) -> None:
    session = story.book(at(10))
    story.make.save(
        CloseOut(
            session_id=session,
            state=state,
            closed_by="office",
            closed_at=at(10),
            money=MoneyOutcome.PAID_ONLY,
        )
    )
    assert story.close(session).charged == charged
    assert story.reasons(session) == [reason]


def test_an_advance_charge_stays_when_the_session_is_held_as_planned(
    story: Story,
) -> None:
    session = _on_advance(story)
    assert story.charge_ahead(session).charged == 4800
    assert story.settle(session).charged == 4800
    assert story.close(session).charged == 4800
    assert len(story.rows(Charge)) == 1


def test_the_difference_to_an_advance_charge_comes_at_the_close_out(
    story: Story,
) -> None:
    session = _on_advance(story)
    story.charge_ahead(session)
    assert story.bill() == [4800]
    story.close(session, {story.student: 90})
    assert story.bill() == [-4800, 7200]


def test_an_advance_charge_goes_with_the_session_and_comes_back_with_it(
    story: Story,
) -> None:
    session = _on_advance(story)
    story.charge_ahead(session)
    story.bill()
    assert story.call_off(session, SessionStatus.CANCELLED_IN_TIME).charged == 0
    assert story.bill() == [-4800]
    assert story.restore(session).charged == 4800
    assert story.bill() == [4800]


def test_who_is_not_on_advance_is_not_charged_ahead(story: Story) -> None:
    session = story.book(at(10))
    assert story.charge_ahead(session).charged == 0


def test_a_close_out_can_be_tried_out(story: Story) -> None:
    session = story.book(at(10))
    with story.desk.snapshot() as snapshot:
        facts = load_facts(snapshot, session)
    held = replace(facts, status=SessionStatus.HELD)
    assert would_charge(held).charged == 4800
    assert story.rows(Charge) == []


def test_a_student_taken_off_the_list_is_not_charged_any_more(story: Story) -> None:
    session = story.book(at(10))
    story.close(session)
    with story.desk.transaction("take off") as transaction:
        for seat in story.seats(transaction, session):
            transaction.delete(seat)
    assert story.settle(session).charged == 0
    assert story.charges(session) == []


def test_a_session_that_is_gone_is_told(story: Story) -> None:
    with pytest.raises(MissingRecordError):
        story.settle(999)


def _on_advance(story: Story) -> int:
    placement = story.make.placement(
        story.tutor, [story.student], story.offering, model=BillingModel.ADVANCE
    )
    session = story.book(at(10), placement_id=placement)
    with story.desk.snapshot() as snapshot:
        assert snapshot.get_one(Session, session).status is SessionStatus.PLANNED
    return session
