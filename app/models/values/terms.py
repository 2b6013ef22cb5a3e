"""What is agreed for a price or for pay, before it is written down anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.models.values.billing import PricePer
from app.models.values.payroll import PayPer


@dataclass(frozen=True, slots=True)
class PriceTerms:
    """A price.

    Attributes:
        amount: minor units per hour or session.
        tiers: amounts by number of students; above the largest the largest holds.
    """

    per: PricePer
    amount: int
    tiers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PayTerms:
    """A rate of pay.

    Attributes:
        amount: minor units per hour, session or student-hour.
        percent: of the price by rate, where ``per`` is percent.
        minimum: the least pay for a session, minor units.
        per_extra_student: added to the rate for each student after the first.
        tiers: amounts by number of students attending.
    """

    per: PayPer
    amount: int = 0
    percent: Decimal | None = None
    minimum: int | None = None
    per_extra_student: int | None = None
    tiers: Mapping[int, int] = field(default_factory=dict)
