"""Facts of made-up sessions, for tests of the rules; only what matters is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from app.models.values.billing import (
    Beyond,
    ContractBasis,
    PriceLevel,
    PricePer,
)
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging.facts import (
    ContractFacts,
    HouseholdFacts,
    MissedRules,
    OfferingFacts,
    PriceFacts,
    SessionFacts,
    ShareFacts,
    StudentFacts,
)

DAY = date(2026, 11, 10)
TAX = 7
FUNDER = 90


def student(
    number: int = 1,
    state: AttendanceState = AttendanceState.PRESENT,
    **more: Any,  # noqa: ANN401  fields of the facts
) -> StudentFacts:
    """Picture a student of the household of the same number, whose payer is too."""
    return StudentFacts(
        **{"student_id": number, "household_id": number, **more}, state=state
    )


def price(
    amount: int = 4800,
    per: PricePer = PricePer.HOUR,
    level: PriceLevel = PriceLevel.OFFERING,
    **more: Any,  # noqa: ANN401  fields of the facts
) -> PriceFacts:
    """Picture a price, for the offering unless another level is said."""
    plain = {"price_id": 1, "tiers": {}, **more}
    return PriceFacts(level=level, per=per, amount=amount, **plain)


def household(
    number: int,
    shares: Sequence[ShareFacts] | None = None,
    rules: MissedRules | None = None,
) -> HouseholdFacts:
    """Picture a household with one payer of its own number."""
    own = (ShareFacts(number),) if shares is None else tuple(shares)
    return HouseholdFacts(number, f"Family {number}", own, rules or MissedRules())


def session(
    *students: StudentFacts,
    minutes: int = 60,
    status: SessionStatus = SessionStatus.HELD,
    prices: Sequence[PriceFacts] | None = None,
    offering: dict[str, Any] | None = None,
    rules: MissedRules | None = None,
    **more: Any,  # noqa: ANN401  fields of the facts
) -> SessionFacts:
    """Picture a session held for an hour at 48.00 an hour."""
    people = students or (student(),)
    numbers = {one.household_id for one in people} | {FUNDER}
    plain = {"households": {one: household(one, rules=rules) for one in numbers}}
    terms = {"offering_id": 1, "name": "Maths", "tax_code_id": TAX}
    return SessionFacts(
        session_id=1,
        service_on=DAY,
        planned_minutes=minutes,
        status=status,
        offering=OfferingFacts(**{**terms, "tax_rate": Decimal(0), **(offering or {})}),
        students=people,
        prices=(price(),) if prices is None else tuple(prices),
        **{**plain, **more},
    )


def contract(**more: Any) -> ContractFacts:  # noqa: ANN401  fields of the facts
    """Picture a contract of 55.00 an hour by the students' time, for everybody."""
    plain = {
        "contract_id": 1,
        "household_id": FUNDER,
        "basis": ContractBasis.STUDENT_TIME,
        "rate": 5500,
        "tiers": {},
        "beyond": Beyond.HOUSEHOLD,
        "tax_code_id": TAX,
    }
    return ContractFacts(**{**plain, **more})
