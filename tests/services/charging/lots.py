"""Lots that families bought, and what is left of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.models.agreements import Lot, LotUse, Package
from app.models.values.billing import LotUnit
from tests.services.charging.story import Story


def buy(story: Story, granted: int = 150, **more: Any) -> int:  # noqa: ANN401
    """Buy minutes on 1 November 2026, without expiry."""
    package = Package(
        name="Ten", units=granted, price=10_000, tax_code_id=story.make.tax_code("0")
    )
    plain = {
        "package_id": story.make.save(package),
        "household_id": story.household,
        "bought_on": date(2026, 11, 1),
        "unit": LotUnit.MINUTES,
        "granted": granted,
        "price": 10_000,
    }
    return story.make.save(Lot(**{**plain, **more}))


def left(story: Story, lot: int) -> int:
    """Count the minutes that no session uses."""
    (granted,) = (row.granted for row in story.rows(Lot) if row.id == lot)
    uses = (row for row in story.rows(LotUse) if row.returned_at is None)
    return granted - sum(row.units for row in uses if row.lot_id == lot)
