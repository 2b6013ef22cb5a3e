"""What a story calls things, and what they are in the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.models.values.actors import Actor, Role
from app.models.values.money import parse_amount
from app.models.values.payroll import PayLevel, PayPer
from app.models.values.terms import PayTerms, PriceTerms
from app.services.office import Office
from app.services.payroll.requests import SetPay
from tests.golden.steps import SessionPay, SessionPrice, Step
from tests.golden.strict import Amount, CaseError
from tests.golden.terms import PayAsked

ADMINISTRATOR = Actor("Olga", Role.ADMINISTRATOR)


@dataclass(slots=True)
class Names:
    """What the story calls things, and the ids they have."""

    currency: str
    taxes: dict[str, int] = field(default_factory=dict)
    offerings: dict[str, int] = field(default_factory=dict)
    tutors: dict[str, int] = field(default_factory=dict)
    students: dict[str, int] = field(default_factory=dict)
    households: dict[str, int] = field(default_factory=dict)
    payers: dict[tuple[str, str], int] = field(default_factory=dict)
    packages: dict[str, int] = field(default_factory=dict)
    contracts: dict[str, int] = field(default_factory=dict)
    sessions: dict[str, int] = field(default_factory=dict)

    def money(self, amount: Amount) -> int:
        """Give an amount in minor units."""
        return parse_amount(amount, self.currency)

    def perhaps(self, amount: Amount | None) -> int | None:
        """Give an amount in minor units, where there is one."""
        return None if amount is None else self.money(amount)

    def price(self, asked: SessionPrice) -> PriceTerms:
        """Give a session's own price."""
        return PriceTerms(asked.per, self.money(asked.amount), self.tiers(asked.tiers))

    def tiers(self, tiers: Mapping[int, Amount]) -> dict[int, int]:
        """Give amounts by number of students."""
        return {size: self.money(amount) for size, amount in tiers.items()}

    def pay(self, asked: PayAsked | SessionPay, amount: Amount) -> PayTerms:
        """Give a rate of pay; a percentage stands where else the amount does."""
        is_percent = asked.per is PayPer.PERCENT
        return PayTerms(
            per=asked.per,
            amount=0 if is_percent else self.money(amount),
            percent=Decimal(amount) if is_percent else None,
            minimum=self.perhaps(asked.minimum),
            per_extra_student=self.perhaps(asked.per_extra_student),
        )


def known(ids: Mapping[str, int], name: str, what: str) -> int:
    """Give the id of something that the story names.

    Raises:
        CaseError: It was not named before.
    """
    if name not in ids:
        raise CaseError(what, f"“{name}” is nowhere in the case")
    return ids[name]


def pay_request(
    terms: PayTerms,
    level: PayLevel,
    tutor_id: int | None,
    offering_id: int | None = None,
    valid_from: date | None = None,
) -> SetPay:
    """Ask for a rate of pay."""
    return SetPay(
        level,
        tutor_id=tutor_id,
        offering_id=offering_id,
        per=terms.per,
        amount=terms.amount,
        percent=terms.percent,
        minimum=terms.minimum,
        per_extra_student=terms.per_extra_student,
        valid_from=valid_from,
    )


def acting(office: Office, step: Step, names: Names) -> Office:
    """Give the office with the person at the desk who does a step.

    Raises:
        CaseError: Nobody of that name teaches here.
    """
    if step.as_ is None:
        return office
    tutor_id = known(names.tutors, step.as_, "as")
    return office.acting_as(Actor(step.as_, Role.TUTOR, tutor_id))
