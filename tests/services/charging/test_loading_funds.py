"""Which lots, contracts, credits and flat fees a session may use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.services.charging.loading_funds import Slot, load_lots
from tests.services.charging.lots import buy, left
from tests.services.charging.story import Story, at


@pytest.mark.parametrize(
    "terms",
    [
        {"bought_on": date(2026, 11, 4)},
        {"expires_on": date(2026, 11, 2)},
        {"offering_ids": [999]},
        {"forfeited": 100, "refunded": 50},
    ],
)
def test_a_lot_that_cannot_be_used_is_left_alone(
    story: Story, terms: dict[str, Any]
) -> None:
    lot = buy(story, **terms)
    assert story.close(story.book(at(3))).charged == 4800
    assert left(story, lot) == 150


def test_a_lot_can_be_used_on_its_first_and_last_day(story: Story) -> None:
    day = date(2026, 11, 3)
    buy(story, bought_on=day, expires_on=day, offering_ids=[story.offering])
    assert story.close(story.book(at(3))).charged == 0


def test_what_the_session_itself_took_counts_as_not_taken(story: Story) -> None:
    lot = buy(story)
    first, second = story.book(at(3)), story.book(at(4))
    story.close(first)
    story.close(second, {story.student: 30})
    for session, units in ((first, 120), (second, 90)):
        slot = Slot(
            session_id=session,
            starts_at=at(3),
            service_on=date(2026, 11, 1) + timedelta(days=2),
            zone=ZoneInfo("Europe/London"),
            offering_id=story.offering,
            placement_id=None,
            places=((story.student, story.household),),
        )
        with story.desk.snapshot() as snapshot:
            (found,) = load_lots(snapshot, slot)
        assert (found.lot_id, found.left) == (lot, units)
