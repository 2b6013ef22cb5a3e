"""What cannot be priced is listed until it can."""

from __future__ import annotations

from datetime import date

from app.models.catalog import Price
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.schedule import SessionStatus
from app.services.charging.unpriced import Unpriced, price_anew, unpriced
from tests.services.charging.story import Story, at

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


def listed(story: Story, *households: int) -> tuple[Unpriced, ...]:
    with story.desk.snapshot() as snapshot:
        return unpriced(snapshot, FIRST, LAST, households or None)


def test_a_session_without_a_price_is_listed_until_it_has_one(story: Story) -> None:
    offering = story.make.offering("Chess")
    session = story.book(at(10), offering=offering)
    assert story.close(session).charged == 0
    assert story.reasons(session) == [""]
    (found,) = listed(story)
    assert (found.session_id, found.student_id) == (session, story.student)
    assert (found.household_id, found.service_on) == (
        story.household,
        date(2026, 11, 10),
    )
    assert "“Chess” has no price" in found.sentence
    level, per = PriceLevel.OFFERING, PricePer.HOUR
    story.make.save(Price(level=level, per=per, offering_id=offering, amount=3000))
    with story.desk.transaction("price") as transaction:
        assert price_anew(transaction, story.desk, FIRST, LAST) == ()
    assert story.charges(session) == [3000]


def test_only_closed_sessions_of_the_period_and_the_households_are_listed(
    story: Story,
) -> None:
    offering = story.make.offering("Chess")
    story.book(at(10), offering=offering)
    early = story.book(at(31, month=10), offering=offering)
    late = story.book(at(30, 20), offering=offering)
    story.close(early)
    story.call_off(late, SessionStatus.CANCELLED_LATE)
    assert [one.session_id for one in listed(story)] == [late]
    assert listed(story, 999) == ()


def test_what_is_charged_or_has_a_reason_is_not_listed(story: Story) -> None:
    story.close(story.book(at(10)))
    story.call_off(story.book(at(11)), SessionStatus.CANCELLED_IN_TIME)
    assert listed(story) == ()
