"""Who pays what share of a family's charges on a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.models.billing import Charge
from app.models.catalog import Price
from app.models.people import PayerShare
from app.models.values.billing import PriceLevel, PricePer
from app.services.charging.facts import ShareFacts
from app.services.charging.loading_shares import load_shares
from tests.services.charging.story import Story, at


def test_each_payer_of_a_family_is_charged_the_own_share(story: Story) -> None:
    other = story.make.payer(story.household)
    for position, payer in enumerate([other, story.payer]):
        share = PayerShare(payer_id=payer, household_id=story.household)
        share.position, share.percent = position, Decimal(50)
        story.make.save(share)
    session = story.book(at(10), minutes=50)
    story.close(session, {story.student: 50})
    assert [(row.payer_id, row.amount) for row in story.rows(Charge)] == [
        (other, 2000),
        (story.payer, 2000),
    ]


def test_the_placements_price_and_payer_win(story: Story) -> None:
    other = story.make.payer(story.household)
    placement = story.make.placement(story.tutor, [story.student], story.offering)
    level, per = PriceLevel.PLACEMENT, PricePer.SESSION
    story.make.save(Price(level=level, per=per, placement_id=placement, amount=7000))
    story.make.save(
        PayerShare(placement_id=placement, payer_id=other, percent=Decimal(100))
    )
    session = story.book(at(10), placement_id=placement)
    story.close(session)
    (charge,) = story.rows(Charge)
    assert (charge.payer_id, charge.amount, charge.rate_source) == (
        other,
        7000,
        "placement",
    )


def test_the_newest_agreement_on_shares_that_holds_is_taken(story: Story) -> None:
    other = story.make.payer(story.household)
    for payer, day in ((story.payer, 1), (other, 10), (story.payer, 11)):
        share = PayerShare(payer_id=payer, household_id=story.household)
        share.percent, share.valid_from = Decimal(100), date(2026, 11, day)
        story.make.save(share)
    story.close(story.book(at(10)))
    assert [row.payer_id for row in story.rows(Charge)] == [other]


def test_a_family_without_agreement_is_its_first_payers_and_one_without_is_left_out(
    story: Story,
) -> None:
    story.make.payer(story.household, archived_at=at(1), position=-2)
    first = story.make.payer(story.household, position=-1)
    nobody = story.make.household()
    with story.desk.snapshot() as snapshot:
        households = [story.household, nobody]
        shares = load_shares(snapshot, households, None, date(2026, 11, 10))
    assert shares == {story.household: (ShareFacts(first),)}
